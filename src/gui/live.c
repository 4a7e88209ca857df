/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "live.h"

#include "backhaul/watch.h"

/* A page that reads or acts is told again after so long. */
#define AGAIN_MS 100
/* Of a room: the change up to which its page was told. */
#define TOLD "bh-live-told"

typedef struct {
  GtkStack *stack;
  BhWatch *watch;
  guint change; /* number of the newest */
  guint again;  /* source */
  void (*first) (gpointer data);
  gpointer data;
} Live;

static void
live_free (gpointer data, GObject *stack)
{
  Live *self = data;

  g_clear_handle_id (&self->again, g_source_remove);
  bh_watch_free (self->watch);
  g_free (self);
}

static gboolean
tell (gpointer data)
{
  Live *self = data;
  GtkWidget *room = gtk_stack_get_visible_child (self->stack);
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (room));
  guint told = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (room), TOLD));

  /* what is not seen is told when it is */
  if (children != NULL && gtk_widget_get_mapped (GTK_WIDGET (children->data)) &&
      told != self->change) {
    if (!bh_page_changed (BH_PAGE (children->data)))
      return G_SOURCE_CONTINUE;
    g_object_set_data (G_OBJECT (room), TOLD, GUINT_TO_POINTER (self->change));
  }
  self->again = 0;
  return G_SOURCE_REMOVE;
}

static void
tell_soon (Live *self)
{
  if (self->again == 0 && tell (self) == G_SOURCE_CONTINUE)
    self->again = g_timeout_add (AGAIN_MS, tell, self);
}

static void
on_change (gpointer data)
{
  Live *self = data;

  self->change++;
  self->first (self->data);
  tell_soon (self);
}

static void
on_mapped (GtkStack *stack, Live *self)
{
  GtkWidget *room = gtk_stack_get_visible_child (stack);

  /* a page that was only made now reads what is new */
  if (g_object_get_data (G_OBJECT (room), TOLD) == NULL)
    g_object_set_data (G_OBJECT (room), TOLD, GUINT_TO_POINTER (self->change));
  tell_soon (self);
}

static void
on_seen (GtkStack *stack, gpointer unused, Live *self)
{
  on_mapped (stack, self);
}

void
bh_live_attach (GtkStack *stack, const char *uri, void (*first) (gpointer data), gpointer data)
{
  Live *self = g_new0 (Live, 1);

  self->stack = stack;
  self->first = first;
  self->data = data;
  self->change = 1;
  g_object_weak_ref (G_OBJECT (stack), live_free, self);
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_seen), self);
  g_signal_connect_after (stack, "map", G_CALLBACK (on_mapped), self);
  self->watch = bh_watch_new (uri, NULL, on_change, self);
}
