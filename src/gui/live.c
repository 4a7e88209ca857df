/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "live.h"

#include "backhaul/link.h"
#include "backhaul/watch.h"
#include "page.h"

typedef struct {
  GtkStack *stack;
  GtkInfoBar *bar;
  GtkLabel *words;
  BhWatch *watch;
  BhWorker *acts;
} Live;

static void
live_free (gpointer data, GObject *stack)
{
  Live *self = data;

  g_signal_handlers_disconnect_by_data (self->acts, self);
  bh_watch_free (self->watch);
  g_free (self);
}

static void
on_change (gpointer data)
{
  Live *self = data;
  GtkWidget *room = gtk_stack_get_visible_child (self->stack);
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (room));

  if (children != NULL && gtk_widget_get_mapped (GTK_WIDGET (children->data)))
    bh_page_changed (BH_PAGE (children->data));
}

/* What it says stays until the store answers; scans wait in their queue meanwhile. */
static void
on_link (BhWorker *acts, int state, Live *self)
{
  static const char *const words[] = {
    [BH_LINK_LOST] = N_ ("The store does not answer. Reconnecting… Go on scanning: what you scan"
                         " waits here, and nothing that was said done is undone."),
    [BH_LINK_STANDBY] = N_ ("The store waits for its second server, which does not confirm."),
    [BH_LINK_ALONE] = N_ ("The store works on one server only. What is done is kept; tell who looks"
                          " after the database."),
  };

  gtk_info_bar_set_message_type (self->bar,
                                 state == BH_LINK_LOST ? GTK_MESSAGE_WARNING : GTK_MESSAGE_INFO);
  if (state != BH_LINK_UP)
    gtk_label_set_text (self->words, _ (words[state]));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), state != BH_LINK_UP);
}

void
bh_live_attach (GtkStack *stack, GtkWidget *box, BhWorker *acts, const char *uri)
{
  Live *self = g_new0 (Live, 1);
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *label = page_told ("link", NULL);

  self->stack = stack;
  self->bar = GTK_INFO_BAR (bar);
  self->words = GTK_LABEL (label);
  gtk_widget_show (label);
  gtk_container_add (GTK_CONTAINER (gtk_info_bar_get_content_area (self->bar)), label);
  gtk_box_pack_start (GTK_BOX (box), bar, FALSE, FALSE, 0);
  g_object_weak_ref (G_OBJECT (stack), live_free, self);
  self->acts = acts;
  g_signal_connect (acts, "link", G_CALLBACK (on_link), self);
  self->watch = bh_watch_new (uri, NULL, on_change, self);
}
