/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/operator.h"
#include "desk-private.h"
#include "issue-private.h"

/* On record, or BH_ERROR_NOT_FOUND. */
BhOperatorRow *bh_desk_get_operator (BhDesk *self, const char *login, GError **error);
/* The audit entry of an act on a person. */
gboolean
bh_desk_tell_operator (BhDesk *self, const BhWhen *when, const char *what, const char *login,
                       const char *before, const char *after, GError **error);
/* One word of at most 64 bytes, all of it to be seen, accents composed (NFC). */
gboolean bh_is_login (const char *text);
/* FALSE: this computer has no source of chance. */
gboolean bh_sodium_ready (GError **error);
