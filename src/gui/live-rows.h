/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows that change while somebody looks at them: cursor, selection and scrolling stay. */

/* (transfer full): empty, of the same columns */
GtkListStore *page_rows_like (GtkListStore *store);
/* Of columns of texts, of numbers and of pointers, which are equal when they are the same.
 * Makes the first rows of @store those of @fresh, in its order. Which row is which says @key:
 * columns, ended by -1. A row that is there already is changed, not replaced. @all: @fresh is
 * all that there is; else what stands below it stays. */
void page_rows_merge (GtkListStore *store, GtkListStore *fresh, const int *key, gboolean all);
/* How many rows to read anew of a list that is read a page of @page_rows at a time: those that
 * are there, and where that is all (@next is NULL) what may have come behind them. */
guint page_rows_wanted (GtkListStore *store, guint page_rows, const char *next);
/* The same for a list that is read page by page: @fresh was read from its start and goes on at
 * @fresh_next; @store goes on at @next. Both are (transfer full) (nullable) cursors.
 * Returns: (transfer full) (nullable): where @store goes on afterwards */
char *page_rows_merge_first (GtkListStore *store, GtkListStore *fresh, const int *key,
                             char *fresh_next, char *next);
/* Of rows whose first column is a pointer: those that are in @pointers are drawn anew. */
void page_rows_draw (GtkListStore *store, GPtrArray *pointers);

G_END_DECLS
