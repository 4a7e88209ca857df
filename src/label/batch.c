/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "backhaul/batch.h"

#include "template.h"

/* labels under way: enough that no thread waits, few enough that memory is flat */
#define UNDER_WAY 32

typedef struct {
  BhLabelTemplate *label;
  GHashTable *fields;
  guint dpi;
  BhCodes *codes;
  gboolean done;
  GError *why;
} Work;

struct _BhLabelBatch {
  GThreadPool *pool;
  GMutex mutex;
  GCond some_done;
  GQueue *queue; /* of Work, in the order of the caller */
  guint dpi;
};

static void
work_free (Work *work)
{
  g_hash_table_unref (work->fields);
  bh_codes_free (work->codes);
  g_clear_error (&work->why);
  g_free (work);
}

static void
check (gpointer data, gpointer user)
{
  Work *work = data;
  BhLabelBatch *self = user;
  GError *why = NULL;

  work->codes = bh_codes_new (work->label, work->fields, work->dpi, &why);
  if (work->codes != NULL)
    bh_label_check (work->label, work->fields, work->codes, &why);
  g_mutex_lock (&self->mutex);
  work->why = why;
  work->done = TRUE;
  g_cond_broadcast (&self->some_done);
  g_mutex_unlock (&self->mutex);
}

BhLabelBatch *
bh_label_batch_new (guint dpi)
{
  BhLabelBatch *self = g_new0 (BhLabelBatch, 1);

  self->dpi = dpi;
  self->queue = g_queue_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->some_done);
  self->pool = g_thread_pool_new (check, self, (int) g_get_num_processors (), FALSE, NULL);
  return self;
}

/* Takes the oldest label off, once it is judged. */
static gboolean
take_one (BhLabelBatch *self, BhLabelTook took, gpointer data, GError **error)
{
  Work *work = g_queue_pop_head (self->queue);
  BhLabelChecked checked = { work->label, work->fields, NULL };
  gboolean go_on;

  g_mutex_lock (&self->mutex);
  while (!work->done)
    g_cond_wait (&self->some_done, &self->mutex);
  g_mutex_unlock (&self->mutex);
  checked.codes = work->codes;
  go_on = took (&checked, work->why, data, error);
  work_free (work);
  return go_on;
}

gboolean
bh_label_batch_add (BhLabelBatch *self, BhLabelTemplate *label, GHashTable *fields,
                    BhLabelTook took, gpointer data, GError **error)
{
  Work *work = g_new0 (Work, 1);

  work->label = label;
  work->fields = g_hash_table_ref (fields);
  work->dpi = self->dpi;
  g_queue_push_tail (self->queue, work);
  g_thread_pool_push (self->pool, work, NULL);
  while (self->queue->length >= UNDER_WAY)
    if (!take_one (self, took, data, error))
      return FALSE;
  return TRUE;
}

gboolean
bh_label_batch_finish (BhLabelBatch *self, BhLabelTook took, gpointer data, GError **error)
{
  while (self->queue->length > 0)
    if (!take_one (self, took, data, error))
      return FALSE;
  return TRUE;
}

void
bh_label_batch_free (BhLabelBatch *self)
{
  if (self == NULL)
    return;
  /* those not yet begun are dropped; those under way end first */
  g_thread_pool_free (self->pool, TRUE, TRUE);
  g_queue_free_full (self->queue, (GDestroyNotify) work_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->some_done);
  g_free (self);
}
