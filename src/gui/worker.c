/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "worker.h"

struct _BhWorker {
  GThread *thread;
  GAsyncQueue *queue; /* of GTask; the worker itself as the sign to end */
  char *uri;
  char *dock;
  char *station;
  GMutex lock; /* of desk, between the thread and interrupts */
  BhDesk *desk;
};

typedef struct {
  BhWork work;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
run_one (BhWorker *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  /* a store that could not be opened may be there by now */
  if (self->desk == NULL) {
    BhDesk *desk = bh_desk_open (self->uri, BH_STORE_OPEN, NULL, self->dock, self->station, &error);

    g_mutex_lock (&self->lock);
    self->desk = desk;
    g_mutex_unlock (&self->lock);
  }
  result = self->desk != NULL ? job->work (self->desk, job->data, &error) : NULL;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
  g_object_unref (task);
}

static gpointer
loop (gpointer data)
{
  BhWorker *self = data;
  gpointer next;

  while ((next = g_async_queue_pop (self->queue)) != self)
    run_one (self, next);
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->desk, bh_desk_close);
  g_mutex_unlock (&self->lock);
  return NULL;
}

BhWorker *
bh_worker_new (const char *uri, const char *dock, const char *station)
{
  BhWorker *self = g_new0 (BhWorker, 1);

  self->uri = g_strdup (uri);
  self->dock = g_strdup (dock);
  self->station = g_strdup (station);
  self->queue = g_async_queue_new ();
  g_mutex_init (&self->lock);
  self->thread = g_thread_new ("store", loop, self);
  return self;
}

void
bh_worker_free (BhWorker *self)
{
  if (self == NULL)
    return;
  g_async_queue_push (self->queue, self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->lock);
  g_free (self->uri);
  g_free (self->dock);
  g_free (self->station);
  g_free (self);
}

void
bh_worker_run (BhWorker *self, BhWork work, gpointer data, GDestroyNotify free_data,
               GDestroyNotify free_result, GAsyncReadyCallback ready, gpointer user_data)
{
  /* no cancellable: an act that was committed must not show as cancelled */
  GTask *task = g_task_new (NULL, NULL, ready, user_data);
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_task_set_source_tag (task, bh_worker_run);
  g_task_set_task_data (task, job, job_free);
  g_async_queue_push (self->queue, task);
}

gpointer
bh_worker_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
bh_worker_interrupt (BhWorker *self)
{
  g_mutex_lock (&self->lock);
  if (self->desk != NULL)
    bh_store_interrupt (bh_desk_store (self->desk));
  g_mutex_unlock (&self->lock);
}
