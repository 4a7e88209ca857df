/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "whole-text.h"

#include <string.h>

#include "page.h"

typedef struct {
  GtkWidget *label; /* that has this */
  GtkEntry *entry;  /* NULL: it is gone */
  guint idle;       /* source */
} Whole;

static gboolean
is_longer (GtkEntry *entry)
{
  GdkRectangle room = { 0 };
  int width = 0;

  if (!gtk_widget_get_realized (GTK_WIDGET (entry)))
    return FALSE;
  gtk_entry_get_text_area (entry, &room);
  pango_layout_get_pixel_size (gtk_entry_get_layout (entry), &width, NULL);
  return width > room.width || strchr (gtk_entry_get_text (entry), '\n') != NULL;
}

static gboolean
on_idle (gpointer data)
{
  Whole *self = data;
  gboolean longer = self->entry != NULL && is_longer (self->entry);

  self->idle = 0;
  gtk_label_set_text (GTK_LABEL (self->label), longer ? gtk_entry_get_text (self->entry) : "");
  gtk_widget_set_visible (self->label, longer);
  return G_SOURCE_REMOVE;
}

/* Once the entry has its place: while places are given nothing may come or go. */
static void
look_later (Whole *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (GDK_PRIORITY_REDRAW + 5, on_idle, self, NULL);
}

static void
on_changed (GtkWidget *entry, GtkWidget *label)
{
  look_later (g_object_get_data (G_OBJECT (label), "whole"));
}

static void
on_allocated (GtkWidget *entry, GdkRectangle *place, GtkWidget *label)
{
  look_later (g_object_get_data (G_OBJECT (label), "whole"));
}

static void
whole_free (gpointer data)
{
  Whole *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_weak_pointer (&self->entry);
  g_free (self);
}

GtkWidget *
bh_whole_text_new (GtkEntry *entry)
{
  Whole *self = g_new0 (Whole, 1);

  self->label = page_label ("", "whole-text");
  g_set_weak_pointer (&self->entry, entry);
  g_object_set_data_full (G_OBJECT (self->label), "whole", self, whole_free);
  gtk_widget_set_no_show_all (self->label, TRUE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed), self->label, 0);
  g_signal_connect_object (entry, "size-allocate", G_CALLBACK (on_allocated), self->label, 0);
  return self->label;
}
