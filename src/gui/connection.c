/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "connection.h"

#include <glib/gi18n.h>

#include "page.h"

#define KEY "bh-connection"

/* Said once in a window, by however many workers. */
typedef struct {
  GWeakRef label;
  guint seeking; /* workers that do; main thread only */
} Said;

static void
said_clear (gpointer data)
{
  Said *self = data;

  g_weak_ref_clear (&self->label);
}

static void
said_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, said_clear);
}

static void
show (Said *self)
{
  g_autoptr (GtkWidget) label = g_weak_ref_get (&self->label);

  if (label != NULL)
    gtk_widget_set_visible (label, self->seeking > 0);
}

static gboolean
on_gone (gpointer data)
{
  ((Said *) data)->seeking++;
  show (data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_back (gpointer data)
{
  Said *self = data;

  self->seeking -= self->seeking > 0;
  show (self);
  return G_SOURCE_REMOVE;
}

/* On the worker's thread. */
static void
on_lost (gboolean lost, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, lost ? on_gone : on_back, g_atomic_rc_box_acquire (data),
                   said_unref);
}

static Said *
said_beside (GtkLabel *beside)
{
  Said *self = g_object_get_data (G_OBJECT (beside), KEY);
  GtkWidget *label;

  if (self != NULL)
    return self;
  label = page_told ("connection", "notice");
  gtk_label_set_text (GTK_LABEL (label),
                      _ ("Reconnecting to the store. Go on scanning: codes wait here and are "
                         "saved when it is back."));
  gtk_box_pack_start (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (beside))), label, FALSE, FALSE,
                      0);
  self = g_atomic_rc_box_new0 (Said);
  g_weak_ref_init (&self->label, label);
  g_object_set_data_full (G_OBJECT (beside), KEY, self, said_unref);
  return self;
}

BhWorker *
bh_connection_worker (GtkLabel *beside, const char *uri, const char *dock, const char *station)
{
  BhWorker *worker = bh_worker_new (uri, dock, station);

  bh_worker_tell_lost (worker, on_lost, g_atomic_rc_box_acquire (said_beside (beside)), said_unref);
  return worker;
}
