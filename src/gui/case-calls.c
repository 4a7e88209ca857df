/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "case-calls.h"

#define PAGE_ROWS 200

typedef struct {
  char *text;
  char *after;
  BhCasesSort sort;
  gboolean descending;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->text);
  g_free (question->after);
  g_free (question);
}

void
bh_case_list_free (BhCaseList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self->next);
  g_free (self);
}

static gpointer
list (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  const BhCasesQuery query = { .text = *question->text != '\0' ? question->text : NULL,
                               .sort = question->sort,
                               .descending = question->descending,
                               .limit = PAGE_ROWS,
                               .after = question->after };
  char *next = NULL;
  GPtrArray *rows = bh_desk_list_cases (desk, &query, &next, error);
  BhCaseList *self;

  if (rows == NULL)
    return NULL;
  self = g_new0 (BhCaseList, 1);
  *self = (BhCaseList){ rows, next };
  return self;
}

void
bh_call_cases_async (BhWorker *reads, const char *text, BhCasesSort sort, gboolean descending,
                     const char *after, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
  Question *question = g_new0 (Question, 1);

  *question = (Question){ g_strdup (text), g_strdup (after), sort, descending };
  bh_worker_search (reads, list, question, question_free, (GDestroyNotify) bh_case_list_free,
                    cancellable, callback, data);
}

typedef struct {
  char *act;
  char *case_no;
  char *what;
  char *kind;
  char *owner;
  char *message;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->act);
  g_free (job->case_no);
  g_free (job->what);
  g_free (job->kind);
  g_free (job->owner);
  g_free (job->message);
  g_free (job);
}

static gpointer
run_job (BhDesk *desk, gpointer data, GError **error)
{
  const Job *job = data;
  const BhWhen when = { job->act, g_get_real_time (), FALSE };
  /* another priority changes what is promised; it tells the customer nothing */
  gboolean priority = *job->what == 'P';
  const BhCaseChange change = { .message = !priority || *job->message != '\0' ? job->message : NULL,
                                .priority = priority ? job->what : NULL,
                                .internal = priority };
  const char *reason = *job->message != '\0' ? job->message : NULL;
  gboolean ok;

  if (g_str_equal (job->what, "escalate"))
    ok = bh_desk_escalate_case (desk, &when, job->case_no, job->kind, job->owner, reason, error);
  else if (g_str_equal (job->what, "close"))
    ok = bh_desk_close_case (desk, &when, job->case_no, reason, error);
  else if (g_str_equal (job->what, "reopen"))
    ok = bh_desk_reopen_case (desk, &when, job->case_no, job->message, error);
  else
    ok = bh_desk_update_case (desk, &when, job->case_no, &change, error);
  return ok ? g_strdup (job->case_no) : NULL;
}

void
bh_call_case_act_async (BhWorker *acts, const char *case_no, const char *what, const char *kind,
                        const char *owner, const char *message, GAsyncReadyCallback callback,
                        gpointer data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ g_uuid_string_random (), g_strdup (case_no), g_strdup (what),
                g_strdup (kind),         g_strdup (owner),   g_strdup (message) };
  bh_worker_run (acts, run_job, job, job_free, g_free, callback, data);
}
