/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "live-words.h"

static gboolean
merge_name (GtkWidget *there, GtkWidget *fresh)
{
  AtkObject *one = gtk_widget_get_accessible (there);
  AtkObject *two = gtk_widget_get_accessible (fresh);

  const char *name = atk_object_get_name (two);
  const char *id = atk_object_get_accessible_id (two);
  gboolean differs = FALSE;

  /* a label's own name is its text */
  if (!GTK_IS_LABEL (there) && name != NULL && g_strcmp0 (atk_object_get_name (one), name) != 0) {
    atk_object_set_name (one, name);
    differs = TRUE;
  }
  if (id != NULL && g_strcmp0 (atk_object_get_accessible_id (one), id) != 0) {
    atk_object_set_accessible_id (one, id);
    differs = TRUE;
  }
  return differs;
}

static gboolean
merge_style (GtkWidget *there, GtkWidget *fresh)
{
  GtkStyleContext *one = gtk_widget_get_style_context (there);
  GtkStyleContext *two = gtk_widget_get_style_context (fresh);
  g_autoptr (GList) old = gtk_style_context_list_classes (one);
  g_autoptr (GList) new = gtk_style_context_list_classes (two);
  gboolean differs = FALSE;

  for (GList *class = old; class != NULL; class = class->next)
    if (!gtk_style_context_has_class (two, class->data)) {
      gtk_style_context_remove_class (one, class->data);
      differs = TRUE;
    }
  for (GList *class = new; class != NULL; class = class->next)
    if (!gtk_style_context_has_class (one, class->data)) {
      gtk_style_context_add_class (one, class->data);
      differs = TRUE;
    }
  return differs;
}

static gboolean
merge_label (GtkLabel *there, GtkLabel *fresh)
{
  const char *words = gtk_label_get_label (fresh);

  if (g_str_equal (gtk_label_get_label (there), words))
    return FALSE;
  gtk_label_set_label (there, words);
  return TRUE;
}

static gboolean
merge_bar (GtkLevelBar *there, GtkLevelBar *fresh)
{
  double value = gtk_level_bar_get_value (fresh);

  if (ABS (gtk_level_bar_get_value (there) - value) < 0.5)
    return FALSE;
  gtk_level_bar_set_value (there, value);
  return TRUE;
}

/* A link's label has a handler that another one has not. */
static gboolean
is_alike (GtkWidget *there, GtkWidget *fresh)
{
  return G_OBJECT_TYPE (there) == G_OBJECT_TYPE (fresh) &&
         (!GTK_IS_LABEL (there) || gtk_label_get_use_markup (GTK_LABEL (there)) ==
                                       gtk_label_get_use_markup (GTK_LABEL (fresh)));
}

/* Takes @fresh out of where it is; (transfer full). */
static GtkWidget *
take (GtkWidget *fresh)
{
  g_object_ref (fresh);
  gtk_container_remove (GTK_CONTAINER (gtk_widget_get_parent (fresh)), fresh);
  gtk_widget_show_all (fresh);
  return fresh;
}

static gboolean
merge_box (GtkBox *there, GtkBox *fresh)
{
  g_autoptr (GList) old = gtk_container_get_children (GTK_CONTAINER (there));
  g_autoptr (GList) new = gtk_container_get_children (GTK_CONTAINER (fresh));
  GList *was = old;
  gboolean differs = FALSE;
  int place = 0;

  for (GList *child = new; child != NULL; child = child->next, place++) {
    g_autoptr (GtkWidget) taken = NULL;

    if (was != NULL && is_alike (was->data, child->data)) {
      differs |= page_words_merge (was->data, child->data);
    } else {
      taken = take (child->data);
      if (was != NULL)
        gtk_widget_destroy (was->data);
      gtk_box_pack_start (there, taken, FALSE, FALSE, 0);
      gtk_box_reorder_child (there, taken, place);
      differs = TRUE;
    }
    was = was != NULL ? was->next : NULL;
  }
  for (; was != NULL; was = was->next) {
    gtk_widget_destroy (was->data);
    differs = TRUE;
  }
  return differs;
}

static GtkWidget *
namesake (GtkWidget *child, GtkGrid *other, int *left, int *top)
{
  gtk_container_child_get (GTK_CONTAINER (gtk_widget_get_parent (child)), child, "left-attach",
                           left, "top-attach", top, NULL);
  return gtk_grid_get_child_at (other, *left, *top);
}

static gboolean
merge_grid (GtkGrid *there, GtkGrid *fresh)
{
  g_autoptr (GList) old = gtk_container_get_children (GTK_CONTAINER (there));
  g_autoptr (GList) new = gtk_container_get_children (GTK_CONTAINER (fresh));
  gboolean differs = FALSE;
  int left;
  int top;

  for (GList *child = old; child != NULL; child = child->next)
    if (namesake (child->data, fresh, &left, &top) == NULL) {
      gtk_widget_destroy (child->data);
      differs = TRUE;
    }
  for (GList *child = new; child != NULL; child = child->next) {
    GtkWidget *was = namesake (child->data, there, &left, &top);
    g_autoptr (GtkWidget) taken = NULL;

    if (was != NULL && is_alike (was, child->data)) {
      differs |= page_words_merge (was, child->data);
      continue;
    }
    if (was != NULL)
      gtk_widget_destroy (was);
    taken = take (child->data);
    gtk_grid_attach (there, taken, left, top, 1, 1);
    differs = TRUE;
  }
  return differs;
}

gboolean
page_words_merge (GtkWidget *there, GtkWidget *fresh)
{
  gboolean differs = merge_name (there, fresh);

  differs |= merge_style (there, fresh);
  if (GTK_IS_LABEL (there))
    return merge_label (GTK_LABEL (there), GTK_LABEL (fresh)) || differs;
  if (GTK_IS_LEVEL_BAR (there))
    return merge_bar (GTK_LEVEL_BAR (there), GTK_LEVEL_BAR (fresh)) || differs;
  if (GTK_IS_GRID (there))
    return merge_grid (GTK_GRID (there), GTK_GRID (fresh)) || differs;
  if (GTK_IS_BOX (there))
    return merge_box (GTK_BOX (there), GTK_BOX (fresh)) || differs;
  return differs;
}
