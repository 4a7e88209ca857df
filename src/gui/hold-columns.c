/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "hold-columns.h"

#include "live-rows.h"
#include "page.h"
#include "words.h"

enum { COL_SINCE, COL_RULE, COL_RMA, COL_SERIAL, COL_PART, COL_ACCOUNT, N_SHOWN };
/* behind those that are seen */
#define COL_RECEIPT N_SHOWN
#define N_COLS      (N_SHOWN + 1)

static const struct {
  const char *title;
  int width;
} columns[N_SHOWN] = {
  [COL_SINCE] = { N_ ("Held since"), 170 }, [COL_RULE] = { N_ ("Rule"), 50 },
  [COL_RMA] = { N_ ("RMA"), 115 },          [COL_SERIAL] = { N_ ("Serial"), 130 },
  [COL_PART] = { N_ ("Part"), 110 },        [COL_ACCOUNT] = { N_ ("Account"), 100 },
};

void
bh_hold_columns_append (GtkListStore *store, const BhHold *hold)
{
  g_autofree char *since = bh_time_words (hold->receipt.at_us, NULL);

  gtk_list_store_insert_with_values (
      store, NULL, -1, COL_SINCE, since, COL_RULE, hold->receipt.rule, COL_RMA, hold->receipt.rma,
      COL_SERIAL, hold->receipt.serial, COL_PART, hold->receipt.part, COL_ACCOUNT,
      hold->receipt.account, COL_RECEIPT, hold->receipt.receipt, -1);
}

void
bh_hold_columns_merge (GtkListStore *store, GPtrArray *holds)
{
  static const int key[] = { COL_RECEIPT, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (store);

  for (guint i = 0; i < holds->len; i++)
    bh_hold_columns_append (fresh, g_ptr_array_index (holds, i));
  page_rows_merge (store, fresh, key, TRUE);
}

GtkListStore *
bh_hold_columns_add (GtkTreeView *tree)
{
  GtkListStore *store =
      gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  for (int i = 0; i < N_SHOWN; i++) {
    GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
    GtkTreeViewColumn *column =
        gtk_tree_view_column_new_with_attributes (_ (columns[i].title), cell, "text", i, NULL);

    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
    gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
    gtk_tree_view_column_set_fixed_width (column, columns[i].width);
    gtk_tree_view_column_set_resizable (column, TRUE);
    gtk_tree_view_column_set_expand (column, i == COL_ACCOUNT);
    gtk_tree_view_append_column (tree, column);
  }
  gtk_tree_view_set_fixed_height_mode (tree, TRUE);
  gtk_tree_view_set_model (tree, GTK_TREE_MODEL (store));
  return store;
}
