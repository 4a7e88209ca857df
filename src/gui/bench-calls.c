/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-calls.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backhaul/location.h"
#include "backhaul/operators.h"
#include "backhaul/returns.h"
#include "backhaul/scan.h"
#include "backhaul/trail.h"
#include "live-act.h"

/* ---- the queue ----------------------------------------------------------------- */

void
bh_bench_rows_free (BhBenchRows *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->jobs);
  g_free (self);
}

typedef struct {
  const char *which; /* of the caller's table */
  guint limit;
} Wanted;

static int
by_due (gconstpointer a, gconstpointer b)
{
  const BhJob *one = *(const BhJob *const *) a;
  const BhJob *other = *(const BhJob *const *) b;

  return g_strcmp0 (one->due != NULL ? one->due : "9999", other->due != NULL ? other->due : "9999");
}

static gboolean
add_rows (BhDesk *desk, BhBenchRows *rows, guint limit, const char *state, const char *technician,
          GError **error)
{
  BhJobQuery query = { .state = state, .technician = technician, .limit = limit };
  g_autoptr (GPtrArray) jobs = bh_desk_jobs (desk, &query, bh_now_us (), error);

  if (jobs == NULL)
    return FALSE;
  rows->cut = rows->cut || jobs->len == limit;
  g_ptr_array_extend_and_steal (rows->jobs, g_steal_pointer (&jobs));
  return TRUE;
}

static gpointer
list (BhDesk *desk, gpointer data, GError **error)
{
  const Wanted *wanted = data;
  const char *which = wanted->which;
  const guint limit = wanted->limit;
  g_autoptr (BhBenchRows) rows = g_new0 (BhBenchRows, 1);
  gboolean all = g_str_equal (which, "all");

  rows->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_job_free);
  if (g_str_equal (which, "posted"))
    return add_rows (desk, rows, limit, "posted", NULL, error) ? g_steal_pointer (&rows) : NULL;
  if ((g_str_equal (which, "mine") && !add_rows (desk, rows, limit, "open", "", error)) ||
      (all && !add_rows (desk, rows, limit, "open", NULL, error)) ||
      ((all || g_str_equal (which, "waiting")) &&
       !add_rows (desk, rows, limit, "waiting", NULL, error)))
    return NULL;
  g_ptr_array_sort (rows->jobs, by_due);
  /* of each kind the first ones are here, so the first ones of both */
  if (rows->jobs->len > limit)
    g_ptr_array_set_size (rows->jobs, (int) limit);
  return g_steal_pointer (&rows);
}

void
bh_call_bench_rows_async (BhWorker *reads, const char *which, guint limit,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  *wanted = (Wanted){ which, limit };
  bh_worker_search (reads, list, wanted, g_free, (GDestroyNotify) bh_bench_rows_free, cancellable,
                    callback, data);
}

/* ---- one unit ------------------------------------------------------------------ */

void
bh_bench_sight_free (BhBenchSight *self)
{
  if (self == NULL)
    return;
  bh_job_free (self->job);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->description);
  g_free (self->rma);
  g_free (self->account_name);
  bh_bench_eligible_clear (&self->ra);
  bh_bench_eligible_clear (&self->fa);
  g_free (self->place);
  g_free (self->center);
  g_free (self->me);
  g_free (self->told);
  g_free (self);
}

gboolean
bh_bench_sight_is_others (const BhBenchSight *self)
{
  return self->job != NULL && self->job->technician != NULL &&
         g_strcmp0 (self->job->technician, self->me) != 0;
}

gboolean
bh_bench_sight_is_in (const BhBenchSight *self)
{
  BhPlaceKind kind;

  return bh_place_kind_of (self->place, &kind) &&
         (kind == BH_PLACE_REPAIR || kind == BH_PLACE_BENCH);
}

/* The line that took the unit in and waits for nobody else. */
static const BhReturnRow *
line_here (const BhUnitLife *life)
{
  static const char *const here[] = { "received", "in-analysis", NULL };

  for (guint i = 0; i < life->lines->len; i++) {
    const BhReturnRow *row = g_ptr_array_index (life->lines, i);

    if (row->received_us != 0 && row->line_state != NULL && g_strv_contains (here, row->line_state))
      return row;
  }
  return NULL;
}

static void
judge (BhDesk *desk, BhBenchSight *sight, BhRepairKind kind, BhBenchEligible *answer)
{
  g_autoptr (GError) why = NULL;

  /* a unit of which nothing is on record may be neither */
  if (!bh_desk_bench_eligible (desk, sight->serial, kind, BH_DAY_NONE, bh_now_us (), answer,
                               &why)) {
    bh_bench_eligible_clear (answer);
    *answer = (BhBenchEligible){ 0 };
  }
}

static void
take_line (BhBenchSight *sight, const BhUnitLife *life, const BhReturnRow *line)
{
  sight->serial = g_strdup (life->serial);
  sight->part = g_strdup (life->part != NULL || line == NULL ? life->part : line->part);
  sight->description = g_strdup (life->description);
  sight->rma = g_strdup (line != NULL ? line->rma : NULL);
  sight->account_name = g_strdup (line != NULL ? line->account_name : life->account_name);
  sight->place = g_strdup (life->location);
  sight->center = g_strdup (line != NULL ? line->destination : NULL);
}

static void
take_job (BhBenchSight *sight, BhJob *job)
{
  sight->serial = g_strdup (job->serial);
  sight->part = g_strdup (job->part);
  sight->description = g_strdup (job->description);
  sight->rma = g_strdup (job->rma);
  sight->account_name = g_strdup (job->account_name);
  sight->place = g_strdup (job->location);
  sight->center = g_strdup (job->destination);
  sight->job = job;
}

/* R3: what was posted of the unit before; the newest ones. */
static gboolean
count_results (BhDesk *desk, BhBenchSight *sight, GError **error)
{
  BhJobQuery query = { .state = "posted", .serial = sight->serial, .limit = 50 };
  g_autoptr (GPtrArray) jobs = bh_desk_jobs (desk, &query, bh_now_us (), error);

  for (guint i = 0; jobs != NULL && i < jobs->len; i++) {
    const BhJob *job = g_ptr_array_index (jobs, i);

    if (sight->job != NULL && g_strcmp0 (job->job, sight->job->job) >= 0)
      continue;
    sight->results++;
    sight->sound += g_strcmp0 (job->disposition, "no-fault-found") == 0;
  }
  return jobs != NULL;
}

static gboolean
is_not_found (const GError *error)
{
  return g_error_matches (error, BH_ERROR, BH_ERROR_NOT_FOUND) ||
         g_error_matches (error, BH_ERROR, BH_ERROR_INPUT);
}

gboolean
bh_bench_sight_find (BhDesk *desk, const char *name, BhBenchSight **found, GError **error)
{
  g_autoptr (BhBenchSight) sight = g_new0 (BhBenchSight, 1);
  g_autoptr (GError) why = NULL;
  g_autoptr (BhJob) job = bh_desk_job (desk, name, bh_now_us (), &why);
  g_autoptr (BhUnitLife) life = NULL;
  const BhReturnRow *line = NULL;

  if (job == NULL && !is_not_found (why)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  /* named by its number a job is meant itself; by its unit, what is here now */
  if (job == NULL ||
      (g_ascii_strcasecmp (job->job, name) != 0 && !g_str_equal (job->state, "open"))) {
    g_clear_error (&why);
    life = bh_desk_unit_life (desk, name, &why);
    if (life == NULL && !is_not_found (why)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    line = life != NULL ? line_here (life) : NULL;
    if (job != NULL && line != NULL && g_strcmp0 (line->rma, job->rma) != 0)
      g_clear_pointer (&job, bh_job_free);
  }
  if (job != NULL)
    take_job (sight, g_steal_pointer (&job));
  else if (life != NULL)
    take_line (sight, life, line);
  else
    return TRUE;
  judge (desk, sight, BH_REPAIR_RA, &sight->ra);
  judge (desk, sight, BH_REPAIR_FA, &sight->fa);
  sight->kind = sight->fa.serial != NULL && sight->fa.may.eligible == BH_ELIGIBLE ? BH_REPAIR_FA
                                                                                  : BH_REPAIR_RA;
  if (!count_results (desk, sight, error))
    return FALSE;
  sight->me = g_strdup (bh_desk_operator (desk));
  sight->role = bh_desk_role (desk);
  sight->authorised = bh_desk_unenrolled (desk) || bh_desk_authorised (desk);
  *found = g_steal_pointer (&sight);
  return TRUE;
}

static gpointer
see (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (BhScan) scan = bh_scan_new_text (data, BH_SCAN_SCANNED, 0);
  g_autoptr (BhReading) reading = bh_scan_classify (scan);
  BhBenchSight *sight = NULL;

  /* a serial in a wrapper is certain; of a bare text the whole comes first (I6) */
  for (guint i = 0; i < reading->fields->len && sight == NULL; i++) {
    const BhField *field = g_ptr_array_index (reading->fields, i);

    if (field->kind == BH_KIND_SERIAL && !bh_bench_sight_find (desk, field->value, &sight, error))
      return NULL;
  }
  if ((sight == NULL && reading->bare != NULL &&
       !bh_bench_sight_find (desk, reading->bare, &sight, error)) ||
      (sight == NULL && reading->stripped != NULL &&
       !bh_bench_sight_find (desk, reading->stripped, &sight, error)))
    return NULL;
  if (sight == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 _ ("%s: no job and no unit on record; scan the unit's serial or the job's number"),
                 reading->display);
  return sight;
}

void
bh_call_bench_sight_async (BhWorker *reads, const char *text, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_search (reads, see, g_strdup (text), g_free, (GDestroyNotify) bh_bench_sight_free,
                    cancellable, callback, data);
}

/* ---- what others do to it ----------------------------------------------------------- */

static gpointer
look (BhDesk *desk, gpointer data, GError **error)
{
  BhBenchSight *sight = see (desk, data, error);
  g_autoptr (BhTrailRow) move = NULL;
  g_autoptr (BhTrailRow) work = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *job = NULL;

  if (sight == NULL)
    return NULL;
  unit = g_strconcat ("unit:", sight->serial, NULL);
  job = sight->job != NULL ? g_strconcat ("job:", sight->job->job, NULL) : NULL;
  /* who it was is not worth the job */
  if (bh_desk_last_act (desk, unit, &move, NULL) && job != NULL)
    bh_desk_last_act (desk, job, &work, NULL);
  g_free (sight->told);
  sight->told = bh_act_words (
      data, work != NULL && (move == NULL || work->at_us > move->at_us) ? work : move, NULL);
  return sight;
}

void
bh_call_bench_look_async (BhWorker *reads, const char *name, GAsyncReadyCallback callback,
                          gpointer data)
{
  bh_worker_run (reads, look, g_strdup (name), g_free, (GDestroyNotify) bh_bench_sight_free,
                 callback, data);
}

gboolean
bh_bench_sight_is_worked_on (const BhBenchSight *before, const BhBenchSight *now)
{
  const BhJob *one = before->job;
  const BhJob *two = now->job;

  if (g_strcmp0 (before->place, now->place) != 0 || (one == NULL) != (two == NULL))
    return TRUE;
  return one != NULL &&
         (g_strcmp0 (one->job, two->job) != 0 || g_strcmp0 (one->state, two->state) != 0 ||
          g_strcmp0 (one->technician, two->technician) != 0 ||
          one->entries->len != two->entries->len || one->posts->len != two->posts->len);
}

gboolean
bh_bench_sight_is_same (const BhBenchSight *one, const BhBenchSight *two)
{
  if (bh_bench_sight_is_worked_on (one, two) || one->authorised != two->authorised ||
      one->role != two->role || g_strcmp0 (one->me, two->me) != 0)
    return FALSE;
  return one->job == NULL || (g_strcmp0 (one->job->due, two->job->due) == 0 &&
                              g_strcmp0 (one->job->light, two->job->light) == 0 &&
                              one->job->days_left == two->job->days_left);
}
