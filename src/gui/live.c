/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "live.h"

#include "backhaul/watch.h"

typedef struct {
  GtkStack *stack;
  BhWatch *watch;
  void (*first) (gpointer data);
  gpointer data;
} Live;

static void
live_free (gpointer data, GObject *stack)
{
  Live *self = data;

  bh_watch_free (self->watch);
  g_free (self);
}

static void
on_change (gpointer data)
{
  Live *self = data;
  GtkWidget *room = gtk_stack_get_visible_child (self->stack);
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (room));

  self->first (self->data);
  if (children != NULL && gtk_widget_get_mapped (GTK_WIDGET (children->data)))
    bh_page_changed (BH_PAGE (children->data));
}

void
bh_live_attach (GtkStack *stack, const char *uri, void (*first) (gpointer data), gpointer data)
{
  Live *self = g_new0 (Live, 1);

  self->stack = stack;
  self->first = first;
  self->data = data;
  g_object_weak_ref (G_OBJECT (stack), live_free, self);
  self->watch = bh_watch_new (uri, NULL, on_change, self);
}
