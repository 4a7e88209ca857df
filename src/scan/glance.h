/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/decode.h"
#include "picture.h"

G_BEGIN_DECLS

/* One pass over a frame, at the cost of ZBar's alone: what is held well is read, thirty times a
 * second. What it misses is for a longer look at one frame of many.
 * Returns: (transfer full) (element-type BhSymbol) */
GPtrArray *bh_glance (const BhGrey *grey, guint symbologies);

/* (transfer full) */
BhSymbol *bh_symbol_copy (const BhSymbol *self);

G_END_DECLS
