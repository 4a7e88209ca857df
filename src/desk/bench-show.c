/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Jobs as they are looked at: one with all of it, the queue, attachments, lists. */

#include "backhaul/blob-store.h"
#include "bench-private.h"
#include "clocks-private.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT     1000

static gboolean
light (BhDesk *self, BhJob *job, gint64 now_us, GError **error)
{
  g_autoptr (GError) why = NULL;
  BhClockState state;

  if (job->clock == NULL)
    return TRUE;
  job->light = g_strdup (job->clock);
  if (job->due == NULL)
    return TRUE;
  state =
      bh_desk_clock_light (self, g_str_equal (job->kind, "fa") ? BH_C3 : BH_C2, job->due, 0,
                           job->zone, job->calendar, BH_DAY_NONE, now_us, &job->days_left, &why);
  if (why != NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  if (g_str_equal (job->clock, "open")) {
    g_free (job->light);
    job->light = g_strdup (bh_clock_state_name (state));
  }
  return TRUE;
}

BhJob *
bh_desk_job (BhDesk *self, const char *name, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autofree char *number = NULL;
  g_autoptr (BhJob) job = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      (number = bh_desk_job_number (self, name, error)) == NULL ||
      !bh_store_job (self->store, number, &job, error) || job == NULL ||
      !light (self, job, now_us, error) ||
      (job->entries = bh_store_entries (self->store, number, 0, error)) == NULL ||
      (job->posts = bh_store_posts (self->store, number, error)) == NULL)
    return NULL;
  return g_steal_pointer (&job);
}

GPtrArray *
bh_desk_jobs (BhDesk *self, const BhJobQuery *query, gint64 now_us, GError **error)
{
  BhJobQuery asks = *query;
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  asks.limit = query->limit > 0 ? MIN (query->limit, MAX_LIMIT) : DEFAULT_LIMIT;
  if (query->technician != NULL && *query->technician == '\0')
    asks.technician = self->operator;
  if (asks.state == NULL)
    asks.state = "open";
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL)
    return NULL;
  jobs = g_str_equal (asks.state, "waiting")
             ? bh_store_waiting (self->store, asks.kind, asks.limit, error)
             : bh_store_jobs (self->store, &asks, error);
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    if (!light (self, g_ptr_array_index (jobs, i), now_us, error))
      return NULL;
  return g_steal_pointer (&jobs);
}

GBytes *
bh_desk_attachment (BhDesk *self, const char *sha256, gboolean thumb, char **media_type,
                    GError **error)
{
  GBytes *bytes = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_blob (self->store, sha256, thumb, &bytes, media_type, error))
    return NULL;
  if (bytes == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%.64s: no such attachment; `bench show` names them", sha256);
  return bytes;
}

GPtrArray *
bh_desk_code_list (BhDesk *self, BhCodeList list, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) ? bh_store_list (self->store, list, error)
                                                    : NULL;
}
