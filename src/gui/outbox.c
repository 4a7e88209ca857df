/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "outbox.h"

#include "backhaul/audit.h"
#include "sender.h"

struct _BhOutbox {
  GObject parent_instance;

  const BhOutboxKind *kind;
  BhWorker *worker;
  guint timer;
  gint64 touched_us; /* monotonic */
  gboolean running;
  gboolean hurry; /* once more when it has ended */
};

enum { RAN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhOutbox, bh_outbox, G_TYPE_OBJECT)

void
bh_outbox_run_free (BhOutboxRun *self)
{
  if (self == NULL)
    return;
  g_free (self->why);
  g_free (self);
}

static gpointer
send_mails (BhDesk *desk, gpointer data, GError **error)
{
  const BhSender *sender = bh_sender (error);
  g_autoptr (BhOutboxRun) run = g_new0 (BhOutboxRun, 1);

  return sender != NULL && sender->mails (desk, run, error) ? g_steal_pointer (&run) : NULL;
}

static gpointer
send_labels (BhDesk *desk, gpointer data, GError **error)
{
  const BhSender *sender = bh_sender (error);
  g_autoptr (BhOutboxRun) run = g_new0 (BhOutboxRun, 1);

  return sender != NULL && sender->labels (desk, run, error) ? g_steal_pointer (&run) : NULL;
}

/* F6: what this station wrote is signed while nobody waits. */
static gpointer
sign_journal (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_checkpoint (desk, NULL, NULL, error) ? g_new0 (BhOutboxRun, 1) : NULL;
}

const BhOutboxKind bh_outbox_checkpoints = { "checkpoints", 300, 5 * G_TIME_SPAN_SECOND,
                                             sign_journal };
const BhOutboxKind bh_outbox_mails = { "mail", 60, 20 * G_TIME_SPAN_SECOND, send_mails };
/* soon, as a box waits for its label; not between the codes of one */
const BhOutboxKind bh_outbox_labels = { "labels", 5, G_TIME_SPAN_SECOND, send_labels };

typedef struct {
  BhOutbox *self;
  GAsyncReadyCallback ready;
  gpointer data;
} Call;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Call *call = data;
  g_autoptr (BhOutbox) self = call->self;

  self->running = FALSE;
  call->ready (G_OBJECT (self), result, call->data);
}

void
bh_outbox_send_async (BhOutbox *self, GAsyncReadyCallback ready, gpointer data)
{
  Call *call = g_new0 (Call, 1);

  *call = (Call){ g_object_ref (self), ready, data };
  self->running = TRUE;
  bh_worker_run (self->worker, self->kind->send, NULL, NULL, (GDestroyNotify) bh_outbox_run_free,
                 on_done, call);
}

BhOutboxRun *
bh_outbox_send_finish (BhOutbox *self, GAsyncResult *result, GError **error)
{
  return bh_worker_finish (result, error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  BhOutbox *self = BH_OUTBOX (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (BhOutboxRun) run = bh_outbox_send_finish (self, result, &error);

  /* each row keeps what is wrong with it; the next time tries again */
  if (run != NULL)
    g_signal_emit (self, signals[RAN], 0, run);
  else
    g_message ("%s: %s", self->kind->what, error->message);
  if (self->hurry && self->timer != 0) {
    self->hurry = FALSE;
    bh_outbox_send_async (self, on_sent, NULL);
  }
}

void
bh_outbox_hurry (BhOutbox *self)
{
  if (self->running)
    self->hurry = TRUE;
  else
    bh_outbox_send_async (self, on_sent, NULL);
}

gboolean
bh_outbox_is_time (BhOutbox *self, gint64 monotonic_us)
{
  return !self->running && monotonic_us - self->touched_us >= self->kind->quiet_us;
}

static gboolean
on_time (gpointer data)
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
bh_outbox_watch (BhOutbox *self, GtkWidget *window)
{
  g_signal_connect_object (window, "event", G_CALLBACK (on_event), self, 0);
}

BhWorker *
bh_outbox_worker (BhOutbox *self)
{
  return self->worker;
}

static void
bh_outbox_dispose (GObject *object)
{
  BhOutbox *self = BH_OUTBOX (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (bh_outbox_parent_class)->dispose (object);
}

static void
bh_outbox_class_init (BhOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_outbox_dispose;
  signals[RAN] = g_signal_new ("ran", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
bh_outbox_init (BhOutbox *self)
{
  self->touched_us = g_get_monotonic_time ();
}

BhOutbox *
bh_outbox_new (const BhOutboxKind *kind, BhWorker *worker)
{
  BhOutbox *self = g_object_new (BH_TYPE_OUTBOX, NULL);

  self->kind = kind;
  self->worker = g_object_ref (worker);
  self->timer = g_timeout_add_seconds (kind->every_seconds, on_time, self);
  return self;
}
