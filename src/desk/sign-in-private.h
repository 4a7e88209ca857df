/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/operator.h"
#include "desk-private.h"

/* seat.c: who is at the desk */

/* FALSE with BH_ERROR_FORBIDDEN. @who may be anything that was typed. */
gboolean bh_desk_forbid (const char *who, const char *why, GError **error);
/* Gives the desk the rights of @row, who has proved who they are. */
gboolean bh_desk_seat (BhDesk *self, const BhOperatorRow *row, GError **error);

/* badge.c: (transfer full) (nullable): what the store knows a badge by; %NULL: it is none */
char *bh_badge_hash (const char *text);
