/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "mail-calls.h"

G_BEGIN_DECLS

/* The columns of a list of mails, all of texts; COL_ID is not shown. */
enum { COL_QUEUED, COL_STATE, COL_KIND, COL_TO, COL_CUSTOMER, COL_RMAS, COL_ERROR, COL_ID, N_COLS };

/* (transfer full): the rows that @tree shows from here on */
GtkListStore *bh_mail_columns_add (GtkTreeView *tree);
void bh_mail_columns_append (GtkListStore *store, const BhMailList *list);
/* @mail: (nullable): an id. FALSE: it is not in the list. */
gboolean bh_mail_columns_find (GtkListStore *store, const char *mail, GtkTreeIter *iter);

G_END_DECLS
