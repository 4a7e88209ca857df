/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/* `check`: the store's own integrity, what must never be, and the journal's
 * chain (F6). @found is called with one sentence a fault. FALSE: could not look. */
gboolean bh_desk_check (BhDesk *self, void (*found) (const char *what, gpointer data),
                        gpointer data, GError **error);

G_END_DECLS
