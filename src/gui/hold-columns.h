/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/holds.h"

G_BEGIN_DECLS

/* (transfer full): the store of rows of @tree, which gets its columns. */
GtkListStore *bh_hold_columns_add (GtkTreeView *tree);
void bh_hold_columns_append (GtkListStore *store, const BhHold *hold);
/* The rows are those of @holds, in its order; which are there already stay as they are. */
void bh_hold_columns_merge (GtkListStore *store, GPtrArray *holds);

G_END_DECLS
