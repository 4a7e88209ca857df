/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/receipt.h"
#include "desk-private.h"

/* The newest line that took this unit in, in place of another too (D5); id 0: none. */
gboolean
bh_desk_received_line (BhDesk *self, const char *serial, BhAwaitedLine *line, GError **error);
