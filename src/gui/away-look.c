/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

/* The store is looked for while it is away, and copied from while it is there: by connections of
 * their own, so that nothing waits for them. */

#include "away-private.h"

#include <glib/gi18n.h>

/* The copy of what is awaited is made anew after so long, and a server has at least so many times
 * what one took for other work. */
#define COPY_US    (5 * G_TIME_SPAN_MINUTE)
#define COPY_TIMES 200

typedef struct {
  BhAwayState state;
  gint64 took_us;
  char *why;
} Look;

static void
look_free (gpointer data)
{
  g_free (((Look *) data)->why);
  g_free (data);
}

/* Another store at the same address is not what the dock went out from. */
static gboolean
is_there (BhAway *self, const Look *look, GError **error)
{
  g_autoptr (BhStore) store = bh_store_open (self->uri, BH_STORE_OPEN, error);
  g_autoptr (BhStationMemory) memory = NULL;
  gboolean known = FALSE;

  if (store == NULL || look->state != BH_AWAY_OUT)
    return store != NULL;
  memory = bh_away_memory (self);
  if (!bh_station_memory_is_of (memory, store, &known, error))
    return FALSE;
  if (!known)
    g_set_error_literal (error, BH_ERROR, BH_ERROR_NOT_OURS,
                         _ ("Another store answers in its place; nothing is sent to it. Ask who "
                            "looks after the server."));
  return known;
}

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
    ok = is_there (self, look, &error);
  }
  if (error != NULL)
    g_debug ("%s", error->message);
  /* somebody answers, and is not what is waited for: that is told */
  if (!ok && !g_error_matches (error, BH_ERROR, BH_ERROR_LOST))
    look->why = g_strdup (error->message);
  g_task_return_boolean (task, ok);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  BhAway *self = BH_AWAY (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  gboolean found = g_task_propagate_boolean (G_TASK (result), NULL);

  self->looking = FALSE;
  if (look->state == BH_AWAY_NOT) {
    self->copied_us = g_get_monotonic_time ();
    self->copy_after_us = MAX (COPY_US, look->took_us * COPY_TIMES);
    /* who may sit down here, and by which rules, is as fresh as the copy */
    if (found)
      bh_away_remember (self);
  } else if (found && look->state == BH_AWAY_SEEKING && self->state == BH_AWAY_SEEKING) {
    self->state = BH_AWAY_NOT;
    g_signal_emit (self, bh_away_signals[BH_AWAY_FOUND], 0);
  } else if (found && self->state == BH_AWAY_OUT) {
    self->state = BH_AWAY_BACK;
    self->done = 0;
    bh_away_receive_more (self);
  }
  if (g_strcmp0 (self->why, look->why) != 0 || self->state == BH_AWAY_BACK) {
    g_free (self->why);
    self->why = g_steal_pointer (&look->why);
    g_signal_emit (self, bh_away_signals[BH_AWAY_CHANGED], 0);
  }
}

void
bh_away_look (BhAway *self)
{
  gboolean copies =
      self->state == BH_AWAY_NOT && self->started &&
      (self->copied_us == 0 || g_get_monotonic_time () - self->copied_us > self->copy_after_us);
  g_autoptr (GTask) task = NULL;
  Look *look;

  if (self->looking ||
      !(copies || self->state == BH_AWAY_SEEKING || (self->state == BH_AWAY_OUT && self->started)))
    return;
  self->looking = TRUE;
  look = g_new0 (Look, 1);
  look->state = self->state;
  task = g_task_new (self, NULL, on_looked, NULL);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, run_look);
}
