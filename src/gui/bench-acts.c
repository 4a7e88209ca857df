/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-calls.h"

#include <glib/gi18n.h>

#include "backhaul/custody.h"

typedef struct {
  BhBenchAct *act;
  char *id;
  char *log_id;
} Job;

BhBenchAct *
bh_bench_act_new (BhBenchVerb verb, const char *of)
{
  BhBenchAct *self = g_new0 (BhBenchAct, 1);

  self->verb = verb;
  self->of = g_strdup (of);
  return self;
}

void
bh_bench_act_free (BhBenchAct *self)
{
  if (self == NULL)
    return;
  g_free (self->of);
  for (int i = 0; i < BH_BENCH_TEXTS; i++)
    g_free (self->texts[i]);
  g_strfreev (self->present);
  g_strfreev (self->missing);
  bh_notes_free (self->notes);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_free (self->readings);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  bh_bench_act_free (job->act);
  g_free (job->id);
  g_free (job->log_id);
  g_free (job);
}

static gboolean
move (BhDesk *desk, const BhWhen *when, const BhBenchAct *act, char **told, GError **error)
{
  const char *serials[] = { act->of, NULL };
  const BhMove asked = { .serials = serials, .to = act->texts[0] };
  g_autoptr (GPtrArray) all = bh_desk_move (desk, when, &asked, error);
  const BhMoved *moved;

  if (all == NULL)
    return FALSE;
  moved = all->len > 0 ? g_ptr_array_index (all, 0) : NULL;
  if (moved != NULL && moved->clock != NULL)
    *told = g_strdup_printf (_ ("Now at %s. %s runs, due %s."), moved->location, moved->clock,
                             moved->due != NULL ? moved->due : "–");
  else if (moved != NULL)
    *told = g_strdup_printf (_ ("Now at %s."), moved->location);
  return TRUE;
}

static gboolean
post (BhDesk *desk, const BhWhen *when, const BhBenchAct *act, char **told, GError **error)
{
  const BhResult result = { act->of, act->texts[0], act->interim, act->corrects, act->texts[1] };
  g_auto (BhPosted) posted = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);

  if (!bh_desk_bench_post (desk, when, &result, &posted, error))
    return FALSE;
  g_string_printf (words, _ ("Version %d is posted."), posted.version);
  if (posted.next != NULL)
    g_string_append_printf (words, _ (" The next result is due %s (C3)."), posted.next);
  if (posted.same_fault > 0)
    g_string_append_printf (words, _ (" This fault came %d times of late: an FA is proposed (R4)."),
                            posted.same_fault);
  *told = g_string_free (g_steal_pointer (&words), FALSE);
  return TRUE;
}

static gboolean
start (BhDesk *desk, const BhWhen *when, BhBenchAct *act, char **told, GError **error)
{
  g_autofree char *job = NULL;
  g_autoptr (GPtrArray) advice = NULL;

  if (!bh_desk_bench_start (desk, when, act->of, act->kind, act->texts[0], &job, &advice, error))
    return FALSE;
  g_free (act->of);
  act->of = g_steal_pointer (&job);
  *told = g_strdup_printf (_ ("%s is begun."), act->of);
  return TRUE;
}

static gboolean
check_intake (BhDesk *desk, const BhWhen *when, const BhBenchAct *act, char **told, GError **error)
{
  g_autofree char *voided = NULL;

  if (!bh_desk_bench_intake (desk, when, act->of, (const char *const *) act->present,
                             (const char *const *) act->missing, &voided, error))
    return FALSE;
  *told = voided != NULL
              ? g_strdup_printf (_ ("The request is void, %s is missing (RA7). The unit stays "
                                    "received."),
                                 voided)
              : g_strdup (_ ("All components came back."));
  return TRUE;
}

static gboolean
insufficient (BhDesk *desk, const BhWhen *when, BhBenchAct *act, char **told, GError **error)
{
  g_autofree char *fa = NULL;

  if (!bh_desk_bench_insufficient (desk, when, act->of, act->texts[0], act->texts[1], act->texts[2],
                                   &fa, error))
    return FALSE;
  *told = g_strdup_printf (_ ("%s is begun: the FA of the same unit."), fa);
  g_free (act->of);
  act->of = g_steal_pointer (&fa);
  return TRUE;
}

/* Files are read here, not on the main thread. */
static gboolean
add_files (BhBenchAct *act, GError **error)
{
  if (act->photos == NULL && act->readings == NULL)
    return TRUE;
  if (act->notes == NULL)
    act->notes = bh_notes_new ();
  if (act->readings != NULL && !bh_notes_add_readings_file (act->notes, act->readings, error))
    return FALSE;
  for (guint i = 0; act->photos != NULL && i < act->photos->len; i++)
    if (!bh_notes_add_photo_file (act->notes, g_ptr_array_index (act->photos, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
log_notes (BhDesk *desk, const BhWhen *when, BhBenchAct *act, GError **error)
{
  if (!add_files (act, error))
    return FALSE;
  return act->notes == NULL || act->notes->all->len == 0 ||
         bh_desk_bench_log (desk, when, act->of, (const BhNote *) act->notes->all->data,
                            act->notes->all->len, error);
}

static gpointer
run_act (BhDesk *desk, gpointer data, GError **error)
{
  Job *job = data;
  BhBenchAct *act = job->act;
  const BhWhen when = { job->id, bh_now_us (), FALSE };
  const BhWhen before = { job->log_id, when.at_us, FALSE };
  g_autofree char *told = NULL;
  BhBenchSight *sight = NULL;
  gboolean ok = log_notes (desk, &before, act, error);

  if (!ok)
    return NULL;
  switch (act->verb) {
  case BH_DO_MOVE:
    ok = move (desk, &when, act, &told, error);
    break;
  case BH_DO_START:
    ok = start (desk, &when, act, &told, error);
    break;
  case BH_DO_TAKE:
    ok = bh_desk_bench_take (desk, &when, act->of, act->texts[0], error);
    break;
  case BH_DO_INTAKE:
    ok = check_intake (desk, &when, act, &told, error);
    break;
  case BH_DO_LOG:
    break;
  case BH_DO_STRIKE:
    told = g_strdup_printf (_ ("Struck: %s. It stays on record, and no report tells it."),
                            act->texts[0]);
    break;
  case BH_DO_CONSENT:
    ok = bh_desk_bench_consent (desk, &when, act->of, act->texts[0], act->texts[1], error);
    break;
  case BH_DO_INSUFFICIENT:
    ok = insufficient (desk, &when, act, &told, error);
    break;
  case BH_DO_POST:
    ok = post (desk, &when, act, &told, error);
    break;
  default:
    g_return_val_if_reached (NULL);
  }
  if (!ok || !bh_bench_sight_find (desk, act->of, &sight, error))
    return NULL;
  if (sight == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 _ ("%s: it is done, but no longer on record; look at the queue"), act->of);
  else
    sight->told = g_steal_pointer (&told);
  return sight;
}

void
bh_call_bench_act_async (BhWorker *acts, BhBenchAct *act, GAsyncReadyCallback callback,
                         gpointer data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ act, g_uuid_string_random (), g_uuid_string_random () };
  bh_worker_run (acts, run_act, job, job_free, (GDestroyNotify) bh_bench_sight_free, callback,
                 data);
}
