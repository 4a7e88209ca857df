/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/cases.h"

G_BEGIN_DECLS

/* The columns of F2, left to right: a list store's, with its number second. */
#define BH_CASE_COLUMN_NUMBER 1

/* (transfer full): the store of rows. @on_header (column, @data): a header was pressed. */
GtkListStore *bh_case_columns_add (GtkTreeView *tree, GCallback on_header, gpointer data);
void bh_case_columns_append (GtkListStore *store, const BhCaseRow *row);
BhCasesSort bh_case_columns_sort (GtkTreeViewColumn *column);
void bh_case_columns_show_sort (GtkTreeView *tree, BhCasesSort sort, gboolean descending);

G_END_DECLS
