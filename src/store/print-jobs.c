/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/print-store.h"

#define COLUMNS                                                                                    \
  "SELECT job, template, receipt, rma, state, station, error, claimed_by, printer, printed_by,"    \
  " at_us, next_us, claimed_until_us, printed_us, copies, tries, copy FROM label_job"

void
bh_print_job_free (BhPrintJob *self)
{
  if (self == NULL)
    return;
  g_free (self->job);
  g_free (self->template);
  g_free (self->receipt);
  g_free (self->rma);
  g_free (self->state);
  g_free (self->station);
  g_free (self->error);
  g_free (self->claimed_by);
  g_free (self->printer);
  g_free (self->printed_by);
  g_free (self);
}

static BhPrintJob *
read_job (BhStmt *stmt)
{
  BhPrintJob *job = g_new0 (BhPrintJob, 1);
  int column = 0;

  job->job = bh_stmt_dup_text (stmt, column++);
  job->template = bh_stmt_dup_text (stmt, column++);
  job->receipt = bh_stmt_dup_text (stmt, column++);
  job->rma = bh_stmt_dup_text (stmt, column++);
  job->state = bh_stmt_dup_text (stmt, column++);
  job->station = bh_stmt_dup_text (stmt, column++);
  job->error = bh_stmt_dup_text (stmt, column++);
  job->claimed_by = bh_stmt_dup_text (stmt, column++);
  job->printer = bh_stmt_dup_text (stmt, column++);
  job->printed_by = bh_stmt_dup_text (stmt, column++);
  job->at_us = bh_stmt_int64 (stmt, column++);
  job->next_us = bh_stmt_int64 (stmt, column++);
  job->claimed_until_us = bh_stmt_int64 (stmt, column++);
  job->printed_us = bh_stmt_int64 (stmt, column++);
  job->copies = (int) bh_stmt_int64 (stmt, column++);
  job->tries = (int) bh_stmt_int64 (stmt, column++);
  job->copy = bh_stmt_int64 (stmt, column++) != 0;
  return job;
}

GPtrArray *
bh_store_print_jobs (BhStore *self, const char *state, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     state == NULL ? COLUMNS " ORDER BY at_us, job"
                                   : COLUMNS " WHERE state = $1 ORDER BY at_us, job",
                     error);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_print_job_free);
  gboolean row = FALSE;

  if (stmt == NULL || (state != NULL && !bh_stmt_bind (stmt, error, "t", state)))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&jobs);
    g_ptr_array_add (jobs, read_job (stmt));
  }
  return NULL;
}

gboolean
bh_store_find_print_job (BhStore *self, const char *job, BhPrintJob **found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, COLUMNS " WHERE job = $1", error);
  gboolean row = FALSE;

  *found = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", job) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = read_job (stmt);
  return TRUE;
}

gboolean
bh_store_next_print_job (BhStore *self, const char *station, const BhPrintJob *after, gint64 now_us,
                         BhPrintJob **found, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     COLUMNS " WHERE state = 'queued' AND station = $1 AND next_us <= $2"
                             " AND at_us >= $3 AND (at_us > $3 OR job > $4)"
                             " ORDER BY at_us, job LIMIT 1",
                     error);
  gboolean row = FALSE;

  *found = NULL;
  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "tiit", station, now_us,
                     after != NULL ? after->at_us : G_MININT64, after != NULL ? after->job : "") ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = read_job (stmt);
  return TRUE;
}

gboolean
bh_store_claim_print_job (BhStore *self, const BhPrintJob *job, const char *by, gint64 until_us,
                          gboolean *claimed, GError **error)
{
  gint64 changed = 0;

  if (!bh_store_run (self, &changed, error,
                     "UPDATE label_job SET claimed_by = $1, claimed_until_us = $2,"
                     " tries = tries + 1,"
                     " copy = CASE WHEN claimed_by IS NULL THEN copy ELSE 1 END"
                     " WHERE job = $3 AND state = 'queued' AND tries = $4"
                     " AND coalesce(claimed_by, '') = $5",
                     "titit", by, until_us, job->job, (gint64) job->tries,
                     job->claimed_by != NULL ? job->claimed_by : ""))
    return FALSE;
  *claimed = changed > 0;
  return TRUE;
}

gboolean
bh_store_settle_print_job (BhStore *self, const BhPrintJob *job, const char *by, gboolean *settled,
                           GError **error)
{
  gint64 changed = 0;

  if (!bh_store_run (self, &changed, error,
                     "UPDATE label_job SET state = $1, error = $2, next_us = $3, copy = $4,"
                     " printer = $5, printed_us = $6, printed_by = $7, claimed_by = NULL,"
                     " claimed_until_us = NULL WHERE job = $8 AND coalesce(claimed_by, '') = $9",
                     "ttiititt"
                     "t",
                     job->state, job->error, job->next_us, (gint64) job->copy, job->printer,
                     job->printed_us, job->printed_by, job->job, by != NULL ? by : ""))
    return FALSE;
  *settled = changed > 0;
  return TRUE;
}
