/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "closing.h"

#include <glib/gi18n.h>

#define KEY "bh-closing"

typedef struct {
  GtkWindow *window;
  BhDockPage *page;
  GtkLabel *notice;
  gboolean wanted; /* it closes when nothing waits */
  gboolean warned; /* that the box is not saved: closing again leaves it */
  gboolean ending; /* nobody is there to be asked */
} BhClosing;

static void
say (BhClosing *self, const char *text)
{
  gtk_label_set_text (self->notice, text);
  gtk_widget_show (GTK_WIDGET (self->notice));
}

static void
say_waiting (BhClosing *self, guint waiting)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("The window closes when %u scan is saved.",
                                 "The window closes when %u scans are saved.", waiting),
                       waiting);

  say (self, text);
}

/* TRUE: nothing is lost by closing now, or a person has said that it may be. */
static gboolean
may_close (BhClosing *self)
{
  guint waiting = bh_dock_page_waiting (self->page);

  if (waiting > 0) {
    say_waiting (self, waiting);
    return FALSE;
  }
  if (!bh_dock_unsaved (bh_dock_page_dock (self->page)) || self->warned || self->ending)
    return TRUE;
  self->wanted = FALSE;
  self->warned = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "page",
                                  g_variant_new_string ("dock"));
  say (self, _ ("The box on the table is not saved, so the window stays open. F5 tries again; "
                "closing once more leaves the box."));
  return FALSE;
}

static gboolean
close_now (gpointer data)
{
  gtk_widget_destroy (GTK_WIDGET (data));
  return G_SOURCE_REMOVE;
}

static void
on_dock_changed (BhDock *dock, BhClosing *self)
{
  if (!bh_dock_unsaved (dock) && self->warned) {
    self->warned = FALSE;
    gtk_widget_hide (GTK_WIDGET (self->notice));
  }
  if (!self->wanted || !may_close (self))
    return;
  self->wanted = FALSE;
  /* not under the feet of who sent the signal */
  g_idle_add_full (G_PRIORITY_DEFAULT, close_now, g_object_ref (self->window), g_object_unref);
}

/* The dock may outlive the window by the act that runs. */
static void
detach (BhClosing *self)
{
  if (self->page != NULL)
    g_signal_handlers_disconnect_by_data (bh_dock_page_dock (self->page), self);
  self->page = NULL;
}

static gboolean
on_delete (GtkWidget *window, GdkEvent *event, BhClosing *self)
{
  if (may_close (self))
    return GDK_EVENT_PROPAGATE;
  self->wanted = bh_dock_page_waiting (self->page) > 0;
  return GDK_EVENT_STOP;
}

void
bh_closing_attach (GtkWindow *window, BhDockPage *page, GtkLabel *notice)
{
  BhClosing *self = g_new0 (BhClosing, 1);

  *self = (BhClosing){ .window = window, .page = page, .notice = notice };
  g_object_set_data_full (G_OBJECT (window), KEY, self, g_free);
  g_signal_connect (window, "delete-event", G_CALLBACK (on_delete), self);
  g_signal_connect_data (bh_dock_page_dock (page), "changed", G_CALLBACK (on_dock_changed), self,
                         NULL, G_CONNECT_AFTER);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (detach), self);
}

void
bh_closing_leave_dialogs (void)
{
  g_autolist (GtkWindow) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_DIALOG (l->data))
      gtk_dialog_response (l->data, GTK_RESPONSE_DELETE_EVENT);
}

void
bh_closing_end (GtkWindow *window)
{
  BhClosing *self = g_object_get_data (G_OBJECT (window), KEY);

  if (self == NULL)
    return; /* a dialog: it goes with the window */
  self->ending = TRUE;
  self->wanted = bh_dock_page_waiting (self->page) > 0;
  if (!self->wanted)
    gtk_widget_destroy (GTK_WIDGET (window));
}
