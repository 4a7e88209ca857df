/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "report-table.h"

#include <glib/gi18n.h>

#include "live-rows.h"

static gboolean
is_figure (const BhReportColumn *kind)
{
  return kind->type == BH_REPORT_COUNT || kind->type == BH_REPORT_NUMBER;
}

static void
add_column (GtkTreeView *tree, const BhReportColumn *kind, int n)
{
  GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
  GtkTreeViewColumn *column =
      gtk_tree_view_column_new_with_attributes (_ (kind->title), cell, "text", n, NULL);

  if (is_figure (kind)) {
    g_object_set (cell, "xalign", 1.0, NULL);
    gtk_tree_view_column_set_alignment (column, 1.0);
  }
  /* numbers and serials stand whole, names and sentences may be cut */
  if (kind->type == BH_REPORT_TEXT && kind->width > 14)
    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars",
                  (int) MIN (kind->width, 28), NULL);
  gtk_tree_view_column_set_resizable (column, TRUE);
  gtk_tree_view_append_column (tree, column);
}

/* (transfer full) */
static GtkListStore *
rows_of (const BhReportShown *shown)
{
  guint n = shown->report->n_columns;
  g_autofree GType *types = g_new (GType, n);
  GtkListStore *rows;

  for (guint i = 0; i < n; i++)
    types[i] = G_TYPE_STRING;
  rows = gtk_list_store_newv ((int) n, types);
  for (guint r = 0; r < shown->rows->len; r++) {
    char **cells = g_ptr_array_index (shown->rows, r);
    GtkTreeIter iter;

    gtk_list_store_append (rows, &iter);
    for (guint i = 0; i < n; i++)
      gtk_list_store_set (rows, &iter, (int) i, cells[i], -1);
  }
  return rows;
}

void
bh_report_table_fill (GtkTreeView *tree, const BhReportShown *shown)
{
  g_autoptr (GtkListStore) rows = rows_of (shown);

  while (gtk_tree_view_get_n_columns (tree) > 0)
    gtk_tree_view_remove_column (tree, gtk_tree_view_get_column (tree, 0));
  for (guint i = 0; i < shown->report->n_columns; i++)
    add_column (tree, &shown->report->columns[i], (int) i);
  /* takes what width is left, so that no figure stands apart from the others */
  gtk_tree_view_append_column (tree, gtk_tree_view_column_new ());
  gtk_tree_view_set_model (tree, GTK_TREE_MODEL (rows));
}

void
bh_report_table_merge (GtkTreeView *tree, const BhReportShown *shown)
{
  GtkTreeModel *model = gtk_tree_view_get_model (tree);
  g_autoptr (GtkListStore) fresh = rows_of (shown);
  g_autofree int *key = g_new (int, shown->report->n_columns + 1);
  g_autoptr (GtkTreePath) was = NULL;
  g_autoptr (GtkTreePath) is = NULL;
  guint n = 0;

  if (model == NULL) {
    bh_report_table_fill (tree, shown);
    return;
  }
  for (guint i = 0; i < shown->report->n_columns; i++)
    if (!is_figure (&shown->report->columns[i]))
      key[n++] = (int) i;
  key[n] = -1;
  gtk_tree_view_get_cursor (tree, &was, NULL);
  page_rows_merge (GTK_LIST_STORE (model), fresh, key, TRUE);
  gtk_tree_view_get_cursor (tree, &is, NULL);
  /* its row is no more: the one in its place */
  if (was != NULL && is == NULL && shown->rows->len > 0) {
    g_autoptr (GtkTreePath) near = gtk_tree_path_new_from_indices (
        MIN (gtk_tree_path_get_indices (was)[0], (int) shown->rows->len - 1), -1);

    gtk_tree_view_set_cursor (tree, near, NULL, FALSE);
  }
}
