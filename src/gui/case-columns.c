/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "case-columns.h"

#include "page.h"
#include "words.h"

/* F2, left to right */
enum {
  COL_STATUS,
  COL_CASE = BH_CASE_COLUMN_NUMBER,
  COL_SITE,
  COL_CONTACT,
  COL_MODIFIED,
  COL_PLATFORM,
  COL_PRIORITY,
  N_COLS
};

static const struct {
  const char *title;
  int width;
  BhCasesSort sort;
} columns[N_COLS] = {
  [COL_STATUS] = { N_ ("Status"), 80, BH_CASES_BY_STATUS },
  [COL_CASE] = { N_ ("Case number"), 160, BH_CASES_BY_CASE },
  [COL_SITE] = { N_ ("Site"), 240, BH_CASES_BY_SITE },
  [COL_CONTACT] = { N_ ("Contact"), 160, BH_CASES_BY_CONTACT },
  [COL_MODIFIED] = { N_ ("Last modified"), 190, BH_CASES_BY_MODIFIED },
  [COL_PLATFORM] = { N_ ("Platform"), 130, BH_CASES_BY_PLATFORM },
  [COL_PRIORITY] = { N_ ("Priority"), 80, BH_CASES_BY_PRIORITY },
};

void
bh_case_columns_append (GtkListStore *store, const BhCaseRow *row)
{
  g_autofree char *modified = bh_time_words (row->modified_us, row->zone);
  g_autofree char *site = row->site != NULL && row->site_name != NULL
                              ? g_strdup_printf ("%s (%s)", row->site_name, row->site)
                              : g_strdup (row->site);

  gtk_list_store_insert_with_values (store, NULL, -1, COL_STATUS, bh_state_words (row->status),
                                     COL_CASE, row->case_no, COL_SITE, site, COL_CONTACT,
                                     row->contact, COL_MODIFIED, modified, COL_PLATFORM,
                                     row->platform, COL_PRIORITY, row->priority, -1);
}

BhCasesSort
bh_case_columns_sort (GtkTreeViewColumn *column)
{
  return columns[GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "column"))].sort;
}

void
bh_case_columns_show_sort (GtkTreeView *tree, BhCasesSort sort, gboolean descending)
{
  for (int i = 0; i < N_COLS; i++) {
    GtkTreeViewColumn *column = gtk_tree_view_get_column (tree, i);

    gtk_tree_view_column_set_sort_indicator (column, columns[i].sort == sort);
    gtk_tree_view_column_set_sort_order (column,
                                         descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  }
}

GtkListStore *
bh_case_columns_add (GtkTreeView *tree, GCallback on_header, gpointer data)
{
  GtkListStore *store =
      gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);

  for (int i = 0; i < N_COLS; i++) {
    GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
    GtkTreeViewColumn *column =
        gtk_tree_view_column_new_with_attributes (_ (columns[i].title), cell, "text", i, NULL);

    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
    gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
    gtk_tree_view_column_set_fixed_width (column, columns[i].width);
    gtk_tree_view_column_set_resizable (column, TRUE);
    gtk_tree_view_column_set_expand (column, i == COL_SITE);
    gtk_tree_view_column_set_clickable (column, TRUE);
    g_object_set_data (G_OBJECT (column), "column", GINT_TO_POINTER (i));
    g_signal_connect (column, "clicked", on_header, data);
    gtk_tree_view_append_column (tree, column);
    if (i == COL_CASE)
      page_link_column (tree, column, cell);
  }
  bh_case_columns_show_sort (tree, BH_CASES_BY_CASE, FALSE);
  gtk_tree_view_set_fixed_height_mode (tree, TRUE);
  gtk_tree_view_set_model (tree, GTK_TREE_MODEL (store));
  return store;
}
