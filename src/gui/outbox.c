/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "outbox.h"

#include <dlfcn.h>

#include "backhaul/error.h"

#define MODULE        "libbackhaul-mail.so"
#define EVERY_SECONDS 60
#define QUIET         (20 * G_TIME_SPAN_SECOND)

typedef struct {
  char *uri;
  char *login; /* NULL: nobody acts */
  char *dock;
  char *station;
} Where;

struct _BhOutbox {
  GObject parent_instance;

  Where where;
  guint timer;
  gint64 touched_us; /* monotonic */
  gboolean running;
};

G_DEFINE_FINAL_TYPE (BhOutbox, bh_outbox, G_TYPE_OBJECT)

static void
where_free (gpointer data)
{
  Where *where = data;

  g_free (where->uri);
  g_free (where->login);
  g_free (where->dock);
  g_free (where->station);
  g_free (where);
}

static Where *
where_copy (const Where *where)
{
  Where *copy = g_new0 (Where, 1);

  copy->uri = g_strdup (where->uri);
  copy->login = g_strdup (where->login);
  copy->dock = g_strdup (where->dock);
  copy->station = g_strdup (where->station);
  return copy;
}

const BhMailModule *
bh_mail_module_load (GError **error)
{
  gpointer library = dlopen (MODULE, RTLD_NOW | RTLD_LOCAL);
  const BhMailModule *module = library != NULL ? dlsym (library, "bh_mail_module") : NULL;

  if (module == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "mail: %s; install the program anew", dlerror ());
  return module;
}

/* In the task's thread. */
static void
send (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Where *where = data;
  GError *error = NULL;
  const BhMailModule *module = bh_mail_module_load (&error);
  g_autofree BhOutboxRun *run = g_new0 (BhOutboxRun, 1);

  if (module == NULL)
    g_task_return_error (task, error);
  else if (module->send (where->uri, where->login, where->dock, where->station, run, &error))
    g_task_return_pointer (task, g_steal_pointer (&run), g_free);
  else
    g_task_return_error (task, error);
}

void
bh_outbox_send_async (BhOutbox *self, GAsyncReadyCallback ready, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, ready, data);

  g_task_set_source_tag (task, bh_outbox_send_async);
  g_task_set_task_data (task, where_copy (&self->where), where_free);
  self->running = TRUE;
  g_task_run_in_thread (task, send);
}

gboolean
bh_outbox_send_finish (BhOutbox *self, GAsyncResult *result, BhOutboxRun *run, GError **error)
{
  g_autofree BhOutboxRun *made = g_task_propagate_pointer (G_TASK (result), error);

  self->running = FALSE;
  if (made == NULL)
    return FALSE;
  if (run != NULL)
    *run = *made;
  return TRUE;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* the row of each mail keeps what is wrong with it; the next minute tries again */
  if (!bh_outbox_send_finish (BH_OUTBOX (source), result, NULL, &error))
    g_message ("mail: %s", error->message);
}

gboolean
bh_outbox_is_time (BhOutbox *self, gint64 monotonic_us)
{
  return !self->running && self->where.login != NULL && monotonic_us - self->touched_us >= QUIET;
}

static gboolean
on_minute (gpointer data)
{
  BhOutbox *self = data;

  if (bh_outbox_is_time (self, g_get_monotonic_time ()))
    bh_outbox_send_async (self, on_sent, NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_event (GtkWidget *window, GdkEvent *event, BhOutbox *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    self->touched_us = g_get_monotonic_time ();
  return GDK_EVENT_PROPAGATE;
}

void
bh_outbox_seat (BhOutbox *self, const char *login)
{
  g_free (self->where.login);
  self->where.login = g_strdup (login);
}

void
bh_outbox_watch (BhOutbox *self, GtkWidget *window)
{
  g_signal_connect_object (window, "event", G_CALLBACK (on_event), self, 0);
}

static void
bh_outbox_dispose (GObject *object)
{
  BhOutbox *self = BH_OUTBOX (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (bh_outbox_parent_class)->dispose (object);
}

static void
bh_outbox_finalize (GObject *object)
{
  BhOutbox *self = BH_OUTBOX (object);

  g_free (self->where.uri);
  g_free (self->where.login);
  g_free (self->where.dock);
  g_free (self->where.station);
  G_OBJECT_CLASS (bh_outbox_parent_class)->finalize (object);
}

static void
bh_outbox_class_init (BhOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_outbox_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_outbox_finalize;
}

static void
bh_outbox_init (BhOutbox *self)
{
  self->touched_us = g_get_monotonic_time ();
  self->timer = g_timeout_add_seconds (EVERY_SECONDS, on_minute, self);
}

BhOutbox *
bh_outbox_new (const char *uri, const char *dock, const char *station)
{
  BhOutbox *self = g_object_new (BH_TYPE_OUTBOX, NULL);

  self->where.uri = g_strdup (uri);
  self->where.dock = g_strdup (dock);
  self->where.station = g_strdup (station);
  return self;
}
