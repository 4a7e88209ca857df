/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/* SHA-256 in hex over all fields, each with its length, and the hash before. */
char *bh_audit_hash (const char *station, gint64 seq, gint64 at_us, const char *operator,
                     const char * act, const char *what, const char *entity, const char *before,
                     const char *after, const char *previous);

/* FALSE: could not look. *bad names the first entry that is not as it was
 * written, NULL when all are; *entries counts those that were good. */
gboolean bh_desk_audit_verify (BhDesk *self, gint64 *entries, char **bad, GError **error);

G_END_DECLS
