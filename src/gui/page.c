/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "page.h"

#include <stdarg.h>

#include "pages.h"

GtkWidget *
page_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), style);
  return label;
}

GtkWidget *
page_text (const char *text, const char *style)
{
  GtkWidget *label = page_label (text, style);

  gtk_label_set_line_wrap (GTK_LABEL (label), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_show (label);
  return label;
}

void
page_name (GtkWidget *widget, const char *name, const char *id)
{
  AtkObject *accessible = gtk_widget_get_accessible (widget);

  if (name != NULL)
    atk_object_set_name (accessible, name);
  if (id != NULL)
    atk_object_set_accessible_id (accessible, id);
}

void
page_style (GtkWidget *widget, const char *style)
{
  gtk_style_context_add_class (gtk_widget_get_style_context (widget), style);
}

GtkWidget *
page_told (const char *what, const char *style)
{
  GtkWidget *label = page_label ("", style);

  page_name (label, NULL, what);
  return label;
}

static gboolean
on_link (GtkLabel *label, const char *what, gpointer page)
{
  page_open (GTK_WIDGET (label), page, what);
  return TRUE;
}

void
page_link (GtkLabel *label, const char *page, const char *what)
{
  g_autofree char *markup = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", what, what);

  gtk_label_set_markup (label, markup);
  gtk_label_set_track_visited_links (label, FALSE);
  g_signal_connect_data (label, "activate-link", G_CALLBACK (on_link), g_strdup (page),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
}

static gboolean
on_cell_clicked (GtkWidget *widget, GdkEventButton *event, gpointer data)
{
  GtkTreeView *tree = GTK_TREE_VIEW (widget);
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeViewColumn *column = NULL;

  if (event->button != GDK_BUTTON_PRIMARY || (event->state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) ||
      event->window != gtk_tree_view_get_bin_window (tree) ||
      !gtk_tree_view_get_path_at_pos (tree, (int) event->x, (int) event->y, &path, &column, NULL,
                                      NULL) ||
      g_object_get_data (G_OBJECT (column), "link") == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_tree_view_row_activated (tree, path, column);
  return GDK_EVENT_STOP;
}

void
page_link_column (GtkTreeView *tree, GtkTreeViewColumn *column, GtkCellRenderer *cell)
{
  g_object_set (cell, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_object_set_data (G_OBJECT (column), "link", column);
  if (g_object_get_data (G_OBJECT (tree), "links") != NULL)
    return;
  g_object_set_data (G_OBJECT (tree), "links", tree);
  g_signal_connect (tree, "button-release-event", G_CALLBACK (on_cell_clicked), NULL);
}

GtkTreeViewColumn *
page_column (GtkTreeView *tree, const char *title, int column, int width, gboolean expand)
{
  GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
  GtkTreeViewColumn *added =
      gtk_tree_view_column_new_with_attributes (title, cell, "text", column, NULL);

  g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_tree_view_column_set_sizing (added, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_fixed_width (added, width);
  gtk_tree_view_column_set_resizable (added, TRUE);
  gtk_tree_view_column_set_expand (added, expand);
  gtk_tree_view_append_column (tree, added);
  gtk_tree_view_set_fixed_height_mode (tree, TRUE);
  return added;
}

char *
page_read_day (GtkEntry *entry, BhDay *day)
{
  const char *text = gtk_entry_get_text (entry);

  *day = *text != '\0' ? bh_day_parse (text) : BH_DAY_NONE;
  return *text != '\0' && *day == BH_DAY_NONE
             ? g_strdup_printf (_ ("%s: no such date; write YYYY-MM-DD"), text)
             : NULL;
}

void
page_take_keys (GtkWidget *view, GtkWidget *inside)
{
  GtkWidget *top = gtk_widget_get_toplevel (view);
  GtkWidget *focus = GTK_IS_WINDOW (top) ? gtk_window_get_focus (GTK_WINDOW (top)) : NULL;

  if (gtk_widget_get_mapped (view) &&
      (focus == NULL || focus == view || !gtk_widget_get_mapped (focus)))
    gtk_widget_child_focus (inside, GTK_DIR_TAB_FORWARD);
}

void
page_clear (GtkContainer *container)
{
  g_autoptr (GList) children = gtk_container_get_children (container);

  for (GList *child = children; child != NULL; child = child->next)
    gtk_widget_destroy (child->data);
}

void
page_section (GtkBox *box, const char *heading)
{
  GtkWidget *label = page_label (heading, "section");

  gtk_widget_set_margin_top (label, 12);
  gtk_box_pack_start (box, label, FALSE, FALSE, 0);
}

void
page_row (GtkBox *box, const char *first, ...)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  va_list texts;

  va_start (texts, first);
  for (const char *text = first; text != NULL; text = va_arg (texts, const char *)) {
    GtkWidget *label = page_label (text, NULL);

    gtk_label_set_selectable (GTK_LABEL (label), TRUE);
    gtk_widget_set_can_focus (label, FALSE);
    gtk_box_pack_start (GTK_BOX (row), label, FALSE, FALSE, 0);
  }
  va_end (texts);
  gtk_box_pack_start (box, row, FALSE, FALSE, 0);
}

/* The theme says on what ground colours will be seen. */
void
page_mark_theme (GtkWidget *self)
{
  g_autofree char *theme = NULL;
  const char *forced = g_getenv ("GTK_THEME");
  GdkRGBA text;

  g_object_get (gtk_widget_get_settings (self), "gtk-theme-name", &theme, NULL);
  if (g_str_has_prefix (forced != NULL ? forced : theme, "HighContrast"))
    page_style (self, "contrast");
  gtk_style_context_get_color (gtk_widget_get_style_context (self), GTK_STATE_FLAG_NORMAL, &text);
  if (text.red + text.green + text.blue > 1.5)
    page_style (self, "dark");
}
