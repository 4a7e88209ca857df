/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "case-calls.h"

#include "backhaul/identifier.h"

/* accounts that are offered while one is typed */
#define OFFERED 8

typedef struct {
  char *text;
  char *after;
  BhCasesSort sort;
  gboolean descending;
  guint limit;
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
                               .limit = question->limit,
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
                     guint limit, const char *after, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
  Question *question = g_new0 (Question, 1);

  *question = (Question){ g_strdup (text), g_strdup (after), sort, descending, limit };
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
  const BhWhen when = { job->act, bh_now_us (), FALSE };
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

/* ---- a new case ------------------------------------------------------------------ */

static gpointer
find_accounts (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_find_accounts (desk, data, OFFERED, error);
}

void
bh_call_accounts_async (BhWorker *reads, const char *typed, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_search (reads, find_accounts, g_strdup (typed), g_free,
                    (GDestroyNotify) g_ptr_array_unref, cancellable, callback, data);
}

static gpointer
find_sites (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_require (desk, BH_MAY_READ, error)
             ? bh_store_sites (bh_desk_store (desk), data, error)
             : NULL;
}

void
bh_call_sites_async (BhWorker *reads, const char *account, GAsyncReadyCallback callback,
                     gpointer data)
{
  bh_worker_run (reads, find_sites, g_strdup (account), g_free, (GDestroyNotify) g_ptr_array_unref,
                 callback, data);
}

static gpointer
next_case (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();

  return bh_desk_next_case (desk, bh_day_of (bh_now_us (), here), error);
}

void
bh_call_next_case_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (reads, next_case, NULL, NULL, g_free, callback, data);
}

/* The texts of a draft, in the order of its members, and the act. */
enum { CASE_NO, ACCOUNT, SITE, PRIORITY, CONTACT, PLATFORM, SERIAL, TEXT, ACT, N_TEXTS };

static gpointer
open_case (BhDesk *desk, gpointer data, GError **error)
{
  char **texts = data;
  const BhWhen when = { texts[ACT], bh_now_us (), FALSE };
  const BhCaseDraft draft = { texts[CASE_NO], texts[ACCOUNT],  texts[SITE],   texts[PRIORITY],
                              texts[CONTACT], texts[PLATFORM], texts[SERIAL], texts[TEXT] };

  return bh_desk_open_case (desk, &when, &draft, error) ? bh_case_normalise (texts[CASE_NO], -1)
                                                        : NULL;
}

/* "": not said. */
static char *
dup_said (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
free_texts (gpointer data)
{
  char **texts = data;

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (texts[i]);
  g_free (texts);
}

void
bh_call_open_case_async (BhWorker *acts, const BhCaseDraft *draft, GAsyncReadyCallback callback,
                         gpointer data)
{
  char **texts = g_new0 (char *, N_TEXTS);

  texts[CASE_NO] = g_strdup (draft->case_no);
  texts[ACCOUNT] = g_strdup (draft->account);
  texts[SITE] = dup_said (draft->site);
  texts[PRIORITY] = g_strdup (draft->priority);
  texts[CONTACT] = dup_said (draft->contact);
  texts[PLATFORM] = dup_said (draft->platform);
  texts[SERIAL] = dup_said (draft->serial);
  texts[TEXT] = dup_said (draft->text);
  texts[ACT] = g_uuid_string_random ();
  bh_worker_run (acts, open_case, texts, free_texts, g_free, callback, data);
}
