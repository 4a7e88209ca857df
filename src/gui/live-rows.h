/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows that change while somebody looks at them: cursor, selection and scrolling stay. */

/* (transfer full): empty, of the same columns */
GtkListStore *page_rows_like (GtkListStore *store);
/* Makes the first rows of @store those of @fresh, in its order. Which row is which says @key:
 * columns, ended by -1. A row that is there already is changed, not replaced. @all: @fresh is
 * all that there is; else what stands below it stays. */
void page_rows_merge (GtkListStore *store, GtkListStore *fresh, const int *key, gboolean all);

G_END_DECLS
