/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "live-rows.h"

/* More rows than anybody scrolls to are not all read at each change. */
#define MOST 2000
/* so far below its place a row is looked for, before it is taken for a new one */
#define FAR 200

GtkListStore *
page_rows_like (GtkListStore *store)
{
  int n = gtk_tree_model_get_n_columns (GTK_TREE_MODEL (store));
  g_autofree GType *types = g_new (GType, n);

  for (int i = 0; i < n; i++)
    types[i] = gtk_tree_model_get_column_type (GTK_TREE_MODEL (store), i);
  return gtk_list_store_newv (n, types);
}

static gboolean
equal (GtkListStore *a, GtkTreeIter *at_a, GtkListStore *b, GtkTreeIter *at_b, int column)
{
  g_auto (GValue) one = G_VALUE_INIT;
  g_auto (GValue) two = G_VALUE_INIT;

  gtk_tree_model_get_value (GTK_TREE_MODEL (a), at_a, column, &one);
  gtk_tree_model_get_value (GTK_TREE_MODEL (b), at_b, column, &two);
  if (G_VALUE_HOLDS_POINTER (&one))
    return g_value_get_pointer (&one) == g_value_get_pointer (&two);
  return G_VALUE_HOLDS_STRING (&one)
             ? g_strcmp0 (g_value_get_string (&one), g_value_get_string (&two)) == 0
             : g_value_get_int (&one) == g_value_get_int (&two);
}

static gboolean
is_same (GtkListStore *a, GtkTreeIter *at_a, GtkListStore *b, GtkTreeIter *at_b, const int *key)
{
  for (int i = 0; key[i] >= 0; i++)
    if (!equal (a, at_a, b, at_b, key[i]))
      return FALSE;
  return TRUE;
}

/* The row of @store at @place is that of @fresh at @from: there, brought there, or new. */
static void
bring (GtkListStore *store, GtkTreeIter *at, int place, GtkListStore *fresh, GtkTreeIter *from,
       const int *key)
{
  GtkTreeModel *model = GTK_TREE_MODEL (store);
  GtkTreeIter here;
  gboolean any = gtk_tree_model_iter_nth_child (model, &here, NULL, place);
  gboolean more = any;

  *at = here;
  for (int i = 0; more && i < FAR; i++, more = gtk_tree_model_iter_next (model, at))
    if (is_same (store, at, fresh, from, key)) {
      if (i > 0)
        gtk_list_store_move_before (store, at, &here);
      return;
    }
  gtk_list_store_insert (store, at, place);
}

void
page_rows_merge (GtkListStore *store, GtkListStore *fresh, const int *key, gboolean all)
{
  GtkTreeModel *model = GTK_TREE_MODEL (fresh);
  int n = gtk_tree_model_get_n_columns (model);
  GtkTreeIter from;
  GtkTreeIter at;
  int place = 0;

  for (gboolean more = gtk_tree_model_get_iter_first (model, &from); more;
       more = gtk_tree_model_iter_next (model, &from)) {
    bring (store, &at, place++, fresh, &from, key);
    for (int column = 0; column < n; column++)
      if (!equal (store, &at, fresh, &from, column)) {
        g_auto (GValue) value = G_VALUE_INIT;

        gtk_tree_model_get_value (model, &from, column, &value);
        gtk_list_store_set_value (store, &at, column, &value);
      }
  }
  while (all && gtk_tree_model_iter_nth_child (GTK_TREE_MODEL (store), &at, NULL, place))
    gtk_list_store_remove (store, &at);
}

guint
page_rows_wanted (GtkListStore *store, guint page_rows, const char *next)
{
  guint n = (guint) gtk_tree_model_iter_n_children (GTK_TREE_MODEL (store), NULL);

  return CLAMP (n + (next == NULL ? page_rows : 0), page_rows, MOST);
}

char *
page_rows_merge_first (GtkListStore *store, GtkListStore *fresh, const int *key, char *fresh_next,
                       char *next)
{
  gboolean leftover;

  page_rows_merge (store, fresh, key, fresh_next == NULL);
  /* what was read before and stands below stays, and with it where it ends */
  leftover = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (store), NULL) >
             gtk_tree_model_iter_n_children (GTK_TREE_MODEL (fresh), NULL);
  g_free (leftover ? fresh_next : next);
  return leftover ? next : fresh_next;
}

void
page_rows_draw (GtkListStore *store, GPtrArray *pointers)
{
  g_autoptr (GHashTable) set = g_hash_table_new (NULL, NULL);
  GtkTreeModel *model = GTK_TREE_MODEL (store);
  GtkTreeIter iter;

  for (guint i = 0; i < pointers->len; i++)
    g_hash_table_add (set, g_ptr_array_index (pointers, i));
  for (gboolean row = pointers->len > 0 && gtk_tree_model_get_iter_first (model, &iter); row;
       row = gtk_tree_model_iter_next (model, &iter)) {
    gpointer pointer = NULL;

    gtk_tree_model_get (model, &iter, 0, &pointer, -1);
    if (g_hash_table_contains (set, pointer)) {
      g_autoptr (GtkTreePath) path = gtk_tree_model_get_path (model, &iter);

      gtk_tree_model_row_changed (model, path, &iter);
    }
  }
}
