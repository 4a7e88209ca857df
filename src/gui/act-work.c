/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "act-work.h"

char *
bh_act_name_of (const BhClockRow *row)
{
  if (row->rma == NULL)
    return g_strdup_printf ("%s · %s", row->case_no, row->kind);
  return g_strdup_printf ("%s/%d · %s · %s", row->rma, row->line, row->kind, row->serial);
}

/* ---- the preview --------------------------------------------------------------- */

typedef struct {
  const BhDueAct *act;
  GPtrArray *rows;
  BhDueAnswers *answers;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_ptr_array_unref (preview->rows);
  bh_due_answers_free (preview->answers);
  g_free (preview);
}

static gpointer
preview_all (BhDesk *desk, const Preview *preview, GError **error)
{
  BhDueResult *result = bh_due_result_new ();
  gboolean ok = preview->act->tell_all (desk, preview->rows, preview->answers, result, error);
  gpointer lines = ok ? g_ptr_array_ref (result->notes) : NULL;

  bh_due_result_free (result);
  return lines;
}

static gpointer
run_preview (BhDesk *desk, gpointer data, GError **error)
{
  const Preview *preview = data;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (preview->act->tell_all != NULL)
    return preview_all (desk, preview, error);

  for (guint i = 0; i < MIN (preview->rows->len, BH_ACT_PREVIEW_ROWS); i++) {
    const BhClockRow *row = g_ptr_array_index (preview->rows, i);
    g_autofree char *name = bh_act_name_of (row);
    g_autofree char *what = NULL;
    g_autoptr (GError) why = NULL;

    if (preview->act->tell != NULL)
      what = preview->act->tell (desk, row, preview->answers, &why);
    if (why != NULL) {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
    g_ptr_array_add (lines,
                     what != NULL ? g_strdup_printf ("%s: %s", name, what) : g_strdup (name));
  }
  return g_steal_pointer (&lines);
}

void
bh_act_preview (BhWorker *reads, const BhDueAct *act, GPtrArray *rows, BhDueAnswers *answers,
                GAsyncReadyCallback ready, gpointer data)
{
  Preview *preview = g_new0 (Preview, 1);

  *preview = (Preview){ act, g_ptr_array_ref (rows), answers };
  bh_worker_run (reads, run_preview, preview, preview_free, (GDestroyNotify) g_ptr_array_unref,
                 ready, data);
}

/* ---- doing it ------------------------------------------------------------------ */

typedef struct {
  const BhDueAct *act;
  GPtrArray *rows;
  guint row;
  char *id;
  BhDueAnswers *answers;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_ptr_array_unref (job->rows);
  bh_due_answers_free (job->answers);
  g_free (job->id);
  g_free (job);
}

/* What came of it: of one row its words alone. */
static gpointer
run_job (BhDesk *desk, gpointer data, GError **error)
{
  const Job *job = data;
  BhDueResult *result = bh_due_result_new ();
  g_autoptr (GString) told = g_string_new (NULL);
  gboolean ok;

  if (job->act->run_all != NULL) {
    ok = job->act->run_all (desk, job->rows, job->answers, result, error);
  } else {
    ok = job->act->run (desk, job->id, g_ptr_array_index (job->rows, job->row), job->answers, told,
                        error);
    result->done = 1;
    g_ptr_array_add (result->undo, g_strdup (job->id));
    if (told->len > 0)
      g_ptr_array_add (result->notes, g_strdup (told->str));
  }
  if (ok)
    return result;
  bh_due_result_free (result);
  return NULL;
}

void
bh_act_run (BhWorker *acts, const BhDueAct *act, GPtrArray *rows, guint row,
            const BhDueAnswers *answers, GAsyncReadyCallback ready, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ act, g_ptr_array_ref (rows), row, g_uuid_string_random (),
                bh_due_answers_copy (answers) };
  bh_worker_run (acts, run_job, job, job_free, (GDestroyNotify) bh_due_result_free, ready, data);
}
