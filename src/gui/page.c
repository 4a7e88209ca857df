/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "page.h"

#include <stdarg.h>

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
