/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "worker.h"

#define LOOK_US (2 * G_TIME_SPAN_SECOND)

typedef struct {
  BhWork work;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Job;

struct _BhWorker {
  GObject parent_instance;

  char *uri;
  char *dock;
  char *station;
  int patience_ms;         /* 0: the store's own */
  BhStationMemory *memory; /* NULL: without the store there is no desk */
  GAsyncQueue *jobs;       /* of GTask; the worker itself is the word to stop */
  GThread *thread;
  BhLinkFunc told;
  gpointer told_data;
  GDestroyNotify free_told;

  BhLinkState link; /* as the thread was last told */

  GMutex mutex;          /* guards what follows */
  BhDesk *desk;          /* opened, used and closed by the thread */
  GCancellable *running; /* of the search that runs now */
};

G_DEFINE_FINAL_TYPE (BhWorker, bh_worker, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
on_link (BhLinkState state, const char *what, gpointer data)
{
  BhWorker *self = data;

  self->link = state;
  if (self->told != NULL)
    self->told (state, what, self->told_data);
}

static BhDesk *
desk_new (BhWorker *self, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GError) cannot = NULL;
  BhDesk *desk = bh_desk_open (self->uri, BH_STORE_OPEN, NULL, self->dock, self->station, &why);
  gboolean away = g_error_matches (why, BH_ERROR, BH_ERROR_LOST) && self->memory != NULL;

  if (away)
    desk = bh_desk_open_away (self->uri, self->memory, self->dock, self->station, bh_now_us (),
                              &cannot);
  if (cannot != NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_LOST, "%s\n\n%s", why->message, cannot->message);
  else if (desk == NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return desk;
}

static gboolean
open_desk (BhWorker *self, GError **error)
{
  BhDesk *desk;

  if (self->desk != NULL)
    return TRUE;
  desk = desk_new (self, error);
  if (desk != NULL)
    bh_store_on_link (bh_desk_store (desk), on_link, self);
  if (desk != NULL && self->patience_ms > 0)
    bh_store_set_patience (bh_desk_store (desk), self->patience_ms);
  g_mutex_lock (&self->mutex);
  self->desk = desk;
  g_mutex_unlock (&self->mutex);
  return desk != NULL;
}

static void
set_running (BhWorker *self, GCancellable *cancellable)
{
  g_mutex_lock (&self->mutex);
  g_set_object (&self->running, cancellable);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run_job (BhWorker *self, Job *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) lost = NULL;
  guint tries = 0;
  gpointer result;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !open_desk (self, error))
    return NULL;
  set_running (self, cancellable);
  do {
    g_clear_error (&lost);
    result = job->work (self->desk, job->data, &lost);
  } while (result == NULL && !g_cancellable_is_cancelled (cancellable) &&
           bh_desk_may_repeat (self->desk, lost, &tries));
  set_running (self, NULL);
  if (lost != NULL)
    g_propagate_error (error, g_steal_pointer (&lost));
  return result;
}

/* Nobody may act for hours after the standby is back, and the window would still say that it is
 * gone. */
static gpointer
next_job (BhWorker *self)
{
  gpointer next = NULL;

  while (next == NULL && self->link == BH_LINK_ALONE && self->desk != NULL) {
    next = g_async_queue_timeout_pop (self->jobs, LOOK_US);
    if (next == NULL)
      bh_store_look_after (bh_desk_store (self->desk));
  }
  return next != NULL ? next : g_async_queue_pop (self->jobs);
}

static gpointer
work (gpointer data)
{
  BhWorker *self = data;
  gpointer next;

  while ((next = next_job (self)) != self) {
    g_autoptr (GTask) task = next;
    Job *job = g_task_get_task_data (task);
    GError *error = NULL;
    gpointer result = run_job (self, job, g_task_get_cancellable (task), &error);

    if (error != NULL)
      g_task_return_error (task, error);
    else
      g_task_return_pointer (task, result, job->free_result);
  }
  g_clear_pointer (&self->desk, bh_desk_close);
  return NULL;
}

static void
bh_worker_finalize (GObject *object)
{
  BhWorker *self = BH_WORKER (object);

  /* what was queued before is committed before the program ends */
  g_async_queue_push (self->jobs, self);
  g_thread_join (self->thread);
  if (self->free_told != NULL)
    self->free_told (self->told_data);
  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->mutex);
  g_free (self->uri);
  g_free (self->dock);
  g_free (self->station);
  g_clear_pointer (&self->memory, bh_station_memory_unref);
  G_OBJECT_CLASS (bh_worker_parent_class)->finalize (object);
}

static void
bh_worker_class_init (BhWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_worker_finalize;
}

static void
bh_worker_init (BhWorker *self)
{
  g_mutex_init (&self->mutex);
  self->jobs = g_async_queue_new ();
}

BhWorker *
bh_worker_new (const char *uri, const char *dock, const char *station)
{
  BhWorker *self = g_object_new (BH_TYPE_WORKER, NULL);

  self->uri = g_strdup (uri);
  self->dock = g_strdup (dock);
  self->station = g_strdup (station);
  self->thread = g_thread_new ("desk", work, self);
  return self;
}

BhWorker *
bh_worker_new_beside (BhWorker *self)
{
  BhWorker *beside = bh_worker_new (self->uri, self->dock, self->station);

  if (self->memory != NULL)
    bh_worker_set_memory (beside, self->memory);
  return beside;
}

void
bh_worker_on_link (BhWorker *self, BhLinkFunc told, gpointer data, GDestroyNotify free_data)
{
  self->told = told;
  self->told_data = data;
  self->free_told = free_data;
}

void
bh_worker_set_patience (BhWorker *self, int ms)
{
  self->patience_ms = ms;
}

void
bh_worker_set_memory (BhWorker *self, BhStationMemory *memory)
{
  g_clear_pointer (&self->memory, bh_station_memory_unref);
  self->memory = bh_station_memory_ref (memory);
}

void
bh_worker_search (BhWorker *self, BhWork work_of, gpointer data, GDestroyNotify free_data,
                  GDestroyNotify free_result, GCancellable *cancellable, GAsyncReadyCallback ready,
                  gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  GTask *task;

  *job = (Job){ work_of, data, free_data, free_result };
  /* The task must not own the worker: its last reference would be dropped in
   * the thread, which would then join itself. */
  task = g_task_new (NULL, cancellable, ready, user_data);
  g_task_set_source_tag (task, bh_worker_run);
  g_task_set_task_data (task, job, job_free);
  g_task_set_check_cancellable (task, cancellable != NULL);
  g_async_queue_push (self->jobs, task);
}

void
bh_worker_run (BhWorker *self, BhWork work_of, gpointer data, GDestroyNotify free_data,
               GDestroyNotify free_result, GAsyncReadyCallback ready, gpointer user_data)
{
  bh_worker_search (self, work_of, data, free_data, free_result, NULL, ready, user_data);
}

gpointer
bh_worker_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
bh_worker_supersede (BhWorker *self, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
  g_mutex_lock (&self->mutex);
  if (cancellable != NULL && self->running == cancellable)
    bh_store_interrupt (bh_desk_store (self->desk));
  g_mutex_unlock (&self->mutex);
}
