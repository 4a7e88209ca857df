/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "away.h"

#include <glib/gi18n.h>
#include <string.h>

#define LOOK_SECONDS 2
/* The copy of what is awaited is made anew after so long, and a server has at least so many times
 * what one took for other work. */
#define COPY_US    (5 * G_TIME_SPAN_MINUTE)
#define COPY_TIMES 200

struct _BhAway {
  GObject parent_instance;

  BhWorker *acts;
  char *uri;
  char *folder;

  GMutex mutex; /* guards what follows */
  BhOffline *offline;
  int out; /* atomic */

  /* of the main thread */
  BhAwayState state;
  guint unsent;
  guint done;
  char *trouble;
  GPtrArray *changes; /* of BhReplayed */
  gboolean looking;
  gboolean started;
  gboolean receiving; /* a slice of the journal is with the worker */
  guint timer;
  gint64 copied_us;
  gint64 copy_after_us;
};

enum { CHANGED, FOUND, RECEIVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhAway, bh_away, G_TYPE_OBJECT)

static void receive_more (BhAway *self);

/* ---- what the window knows ----------------------------------------------------------- */

static BhReplayed *
replayed_copy (const BhReplayed *change)
{
  BhReplayed *copy = g_memdup2 (change, sizeof *change);

  copy->act = g_strdup (change->act);
  copy->serial = g_strdup (change->serial);
  copy->before = g_strdup (change->before);
  copy->after = g_strdup (change->after);
  return copy;
}

/* The journal as the window sees it; made where it was changed, as the window waits for nobody. */
typedef struct {
  BhAway *away;
  guint unsent;
  char *damage;
  GPtrArray *changes;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_object_unref (picture->away);
  g_free (picture->damage);
  g_clear_pointer (&picture->changes, g_ptr_array_unref);
  g_free (picture);
}

static void
take_picture (BhAway *self, Picture *picture)
{
  GPtrArray *changes;

  picture->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_replayed_free);
  g_mutex_lock (&self->mutex);
  picture->unsent = bh_offline_unsent (self->offline);
  picture->damage = g_strdup (bh_offline_damage (self->offline));
  changes = bh_offline_changes (self->offline);
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (picture->changes, replayed_copy (g_ptr_array_index (changes, i)));
  g_mutex_unlock (&self->mutex);
}

static void
set_trouble (BhAway *self, const char *why)
{
  g_free (self->trouble);
  self->trouble = g_strdup (why);
}

static gboolean
on_picture (gpointer data)
{
  Picture *picture = data;
  BhAway *self = picture->away;

  if (bh_away_is_out (self) && self->state == BH_AWAY_NOT)
    self->state = BH_AWAY_OUT;
  self->done += self->unsent > picture->unsent ? self->unsent - picture->unsent : 0;
  self->unsent = picture->unsent;
  g_ptr_array_unref (self->changes);
  self->changes = g_steal_pointer (&picture->changes);
  if (picture->damage != NULL) {
    g_autofree char *why = g_strdup_printf (_ ("%s. The file is kept beside it."), picture->damage);

    set_trouble (self, why);
  }
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell (BhAway *self)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->away = g_object_ref (self);
  take_picture (self, picture);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_picture, picture, picture_free);
}

/* ---- the worker's thread --------------------------------------------------------------- */

gboolean
bh_away_is_out (BhAway *self)
{
  return g_atomic_int_get (&self->out);
}

void
bh_away_leave (BhAway *self)
{
  g_atomic_int_set (&self->out, TRUE);
  tell (self);
}

GPtrArray *
bh_away_receive (BhAway *self, BhDesk *desk, const char *act, BhBox *box,
                 const BhReceiveOptions *options, gint64 now_us, GError **error)
{
  GPtrArray *outcomes;

  g_mutex_lock (&self->mutex);
  outcomes = bh_offline_receive (self->offline, desk, act, box, options, now_us, error);
  g_mutex_unlock (&self->mutex);
  tell (self);
  return outcomes;
}

void
bh_away_note (BhAway *self, const char *box, GPtrArray *outcomes, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  bh_offline_note (self->offline, box, outcomes, now_us);
  g_mutex_unlock (&self->mutex);
}

gboolean
bh_away_awaits (BhAway *self, const char *serial)
{
  gboolean awaits;

  g_mutex_lock (&self->mutex);
  awaits = bh_offline_awaits (self->offline, serial);
  g_mutex_unlock (&self->mutex);
  return awaits;
}

static gpointer
run_replay (BhDesk *desk, gpointer data, GError **error)
{
  BhAway *self = data;
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = bh_offline_replay_some (self->offline, desk, BH_REPLAY_TOGETHER, NULL, NULL, error);
  /* the next scan is received on line: it was taken behind all of these */
  if (ok && bh_offline_unsent (self->offline) == 0)
    g_atomic_int_set (&self->out, FALSE);
  g_mutex_unlock (&self->mutex);
  tell (self);
  return ok ? self : NULL;
}

/* ---- receiving the journal --------------------------------------------------------------- */

static void
on_replayed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhAway) self = data;
  g_autoptr (GError) error = NULL;

  self->receiving = FALSE;
  bh_worker_finish (result, &error);
  set_trouble (self, NULL);
  if (error == NULL && !bh_away_is_out (self)) {
    self->state = BH_AWAY_NOT;
    self->copied_us = 0; /* what was received is awaited no more */
    g_signal_emit (self, signals[RECEIVED], 0);
  } else if (error == NULL) {
    self->state = BH_AWAY_BACK;
    receive_more (self);
  } else {
    self->state = BH_AWAY_OUT;
    if (!g_error_matches (error, BH_ERROR, BH_ERROR_LOST))
      set_trouble (self, error->message);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
receive_more (BhAway *self)
{
  if (self->receiving)
    return;
  self->receiving = TRUE;
  /* one reference, which is dropped here: the worker's thread must not have its own worker's last
   */
  bh_worker_run (self->acts, run_replay, self, NULL, NULL, on_replayed, g_object_ref (self));
}

/* ---- looking for the store, and copying --------------------------------------------------- */

typedef struct {
  BhAwayState state;
  gint64 took_us;
} Look;

static void
run_look (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BhAway *self = source;
  Look *look = data;
  g_autoptr (GError) error = NULL;
  gint64 begun_us = g_get_monotonic_time ();
  gboolean ok;

  if (look->state == BH_AWAY_NOT) {
    ok = bh_offline_make_copy (self->folder, self->uri, bh_now_us (), &error);
    g_mutex_lock (&self->mutex);
    ok = ok && bh_offline_reload (self->offline, &error);
    g_mutex_unlock (&self->mutex);
    look->took_us = g_get_monotonic_time () - begun_us;
  } else {
    g_autoptr (BhStore) store = bh_store_open (self->uri, BH_STORE_OPEN, &error);

    ok = store != NULL;
  }
  if (error != NULL)
    g_debug ("%s", error->message);
  g_task_return_boolean (task, ok);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  BhAway *self = BH_AWAY (source);
  const Look *look = g_task_get_task_data (G_TASK (result));
  gboolean found = g_task_propagate_boolean (G_TASK (result), NULL);

  self->looking = FALSE;
  if (look->state == BH_AWAY_NOT) {
    self->copied_us = g_get_monotonic_time ();
    self->copy_after_us = MAX (COPY_US, look->took_us * COPY_TIMES);
  } else if (found && look->state == BH_AWAY_SEEKING && self->state == BH_AWAY_SEEKING) {
    self->state = BH_AWAY_NOT;
    g_signal_emit (self, signals[FOUND], 0);
  } else if (found && self->state == BH_AWAY_OUT) {
    self->state = BH_AWAY_BACK;
    self->done = 0;
    receive_more (self);
    g_signal_emit (self, signals[CHANGED], 0);
  }
}

static gboolean
on_timer (gpointer data)
{
  BhAway *self = data;
  gboolean copies =
      self->state == BH_AWAY_NOT && self->started &&
      (self->copied_us == 0 || g_get_monotonic_time () - self->copied_us > self->copy_after_us);
  g_autoptr (GTask) task = NULL;
  Look *look;

  if (self->looking ||
      !(copies || self->state == BH_AWAY_SEEKING || (self->state == BH_AWAY_OUT && self->started)))
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  look = g_new0 (Look, 1);
  look->state = self->state;
  task = g_task_new (self, NULL, on_looked, NULL);
  g_task_set_task_data (task, look, g_free);
  g_task_run_in_thread (task, run_look);
  return G_SOURCE_CONTINUE;
}

void
bh_away_start (BhAway *self)
{
  self->started = TRUE;
  if (self->state == BH_AWAY_SEEKING)
    self->state = BH_AWAY_NOT;
  if (self->unsent > 0 || self->trouble != NULL) {
    /* what is scanned now comes behind it */
    g_atomic_int_set (&self->out, TRUE);
    self->state = BH_AWAY_BACK;
    self->done = 0;
    receive_more (self);
  }
  g_signal_emit (self, signals[CHANGED], 0);
  on_timer (self);
}

void
bh_away_seek (BhAway *self)
{
  self->state = BH_AWAY_SEEKING;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- what changed ------------------------------------------------------------------------ */

static void
run_acknowledge (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BhAway *self = source;
  GError *error = NULL;
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = bh_offline_acknowledge (self->offline, data, &error);
  g_mutex_unlock (&self->mutex);
  tell (self);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_acknowledged (GObject *source, GAsyncResult *result, gpointer data)
{
  BhAway *self = BH_AWAY (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;
  set_trouble (self, error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bh_away_acknowledge (BhAway *self)
{
  g_autoptr (GTask) task = NULL;
  const BhReplayed *change = bh_away_change (self, NULL);

  if (change == NULL)
    return;
  task = g_task_new (self, NULL, on_acknowledged, NULL);
  g_task_set_task_data (task, g_strdup (change->act), g_free);
  g_task_run_in_thread (task, run_acknowledge);
}

const BhReplayed *
bh_away_change (BhAway *self, guint *left)
{
  if (left != NULL)
    *left = self->changes->len;
  return self->changes->len > 0 ? g_ptr_array_index (self->changes, 0) : NULL;
}

BhAwayState
bh_away_state (BhAway *self)
{
  return self->state;
}

guint
bh_away_unsent (BhAway *self)
{
  return self->unsent;
}

guint
bh_away_done (BhAway *self)
{
  return self->done;
}

const char *
bh_away_trouble (BhAway *self)
{
  return self->trouble;
}

/* ---- life -------------------------------------------------------------------------------- */

static void
bh_away_finalize (GObject *object)
{
  BhAway *self = BH_AWAY (object);

  bh_offline_close (self->offline);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  g_free (self->uri);
  g_free (self->folder);
  g_free (self->trouble);
  G_OBJECT_CLASS (bh_away_parent_class)->finalize (object);
}

static void
bh_away_dispose (GObject *object)
{
  BhAway *self = BH_AWAY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->acts);
  G_OBJECT_CLASS (bh_away_parent_class)->dispose (object);
}

static void
bh_away_class_init (BhAwayClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_away_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_away_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECEIVED] =
      g_signal_new ("received", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FOUND] =
      g_signal_new ("found", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bh_away_init (BhAway *self)
{
  g_mutex_init (&self->mutex);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_replayed_free);
}

/* A journal is one store's: a station that changes to another has another folder. Which settings
 * of the connection the address names makes no other store. */
static char *
folder_of (const char *uri, const char *station)
{
  g_autofree char *where = g_strndup (uri, strcspn (uri, "?"));
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, where, -1);
  g_autofree char *name =
      g_uri_escape_string (station != NULL ? station : g_get_host_name (), NULL, FALSE);
  g_autofree char *both = g_strdup_printf ("%s-%.12s", name, sum);

  return g_build_filename (g_get_user_state_dir (), "backhaul", both, NULL);
}

BhAway *
bh_away_new (BhWorker *acts, const char *uri, const char *station, guint patience_s, char **why)
{
  g_autoptr (BhAway) self = NULL;
  g_autoptr (GError) error = NULL;

  *why = NULL;
  if (patience_s == 0 ||
      !(g_str_has_prefix (uri, "postgresql:") || g_str_has_prefix (uri, "postgres:")))
    return NULL;
  self = g_object_new (BH_TYPE_AWAY, NULL);
  self->uri = g_strdup (uri);
  self->folder = folder_of (uri, station);
  self->offline = bh_offline_open (self->folder, &error);
  if (self->offline == NULL || !bh_offline_bind (self->offline, uri, &error)) {
    *why = g_strdup (error->message);
    return NULL;
  }
  self->acts = g_object_ref (acts);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, on_timer, self);
  tell (self);
  return g_steal_pointer (&self);
}
