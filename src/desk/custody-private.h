/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/custody.h"
#include "backhaul/receipt.h"
#include "desk-private.h"

/* The newest line that took this unit in, in place of another too (D5); id 0: none. */
gboolean
bh_desk_received_line (BhDesk *self, const char *serial, BhAwaitedLine *line, GError **error);
/* Moves inside the transaction of another act; @all: a BhMoved each. @move->to: not NULL */
gboolean bh_desk_move_inside (BhDesk *self, const BhWhen *when, const BhMove *move, GPtrArray *all,
                              GError **error);
