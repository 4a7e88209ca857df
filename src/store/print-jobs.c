/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/print-store.h"

#define COLUMNS                                                                                    \
  "SELECT job, template, receipt, rma, serial, state, station, error, claimed_by, printer, "       \
  "printed_by,"                                                                                    \
  " at_us, next_us, claimed_until_us, printed_us, line, copies, tries, copy"                       \
  " FROM label_job"
/* a printer is set for it */
#define HAS_PRINTER                                                                                \
  "EXISTS (SELECT 1 FROM printer p WHERE p.station = label_job.station"                            \
  " AND (p.kind = label_job.template OR p.kind = 'any'))"

void
bh_print_job_free (BhPrintJob *self)
{
  if (self == NULL)
    return;
  g_free (self->job);
  g_free (self->template);
  g_free (self->receipt);
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->state);
  g_free (self->station);
  g_free (self->error);
  g_free (self->claimed_by);
  g_free (self->printer);
  g_free (self->printed_by);
  g_free (self);
}

BhPrintJob *
bh_print_job_dup (const BhPrintJob *self)
{
  BhPrintJob *copy = g_memdup2 (self, sizeof *self);

  copy->job = g_strdup (self->job);
  copy->template = g_strdup (self->template);
  copy->receipt = g_strdup (self->receipt);
  copy->rma = g_strdup (self->rma);
  copy->serial = g_strdup (self->serial);
  copy->state = g_strdup (self->state);
  copy->station = g_strdup (self->station);
  copy->error = g_strdup (self->error);
  copy->claimed_by = g_strdup (self->claimed_by);
  copy->printer = g_strdup (self->printer);
  copy->printed_by = g_strdup (self->printed_by);
  return copy;
}

#define OLD (7 * G_TIME_SPAN_DAY)
/* @old: the instant before which a job is; as below */
#define NOT_OLD(old) "(at_us >= " old " OR printer IS NOT NULL OR (next_us > 0 AND error IS NULL))"

gboolean
bh_print_job_is_old (const BhPrintJob *self, gint64 now_us)
{
  return self->at_us < now_us - OLD && self->printer == NULL &&
         (self->next_us == 0 || self->error != NULL);
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
  job->serial = bh_stmt_dup_text (stmt, column++);
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
  job->line = (int) bh_stmt_int64 (stmt, column++);
  job->copies = (int) bh_stmt_int64 (stmt, column++);
  job->tries = (int) bh_stmt_int64 (stmt, column++);
  job->copy = bh_stmt_int64 (stmt, column++) != 0;
  return job;
}

gboolean
bh_store_add_print_job (BhStore *self, const BhPrintJob *job, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO label_job (job, template, receipt, rma, line, serial, state,"
                       " station, at_us, copy) VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8,"
                       " $9)",
                       "ttttittii", job->job, job->template, job->receipt, job->rma,
                       (gint64) job->line, job->serial, job->station, job->at_us,
                       (gint64) job->copy);
}

static gboolean
read_one (BhStmt *stmt, BhPrintJob **found, GError **error)
{
  gboolean row = FALSE;

  if (!bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = read_job (stmt);
  return TRUE;
}

#define NEWEST " AND template = $2 ORDER BY at_us DESC, job DESC LIMIT 1"

gboolean
bh_store_print_job_like (BhStore *self, const BhPrintJob *like, BhPrintJob **found, GError **error)
{
  const char *sql = like->receipt != NULL  ? COLUMNS " WHERE receipt = $1" NEWEST
                    : like->serial != NULL ? COLUMNS " WHERE serial = $1" NEWEST
                                           : COLUMNS
                        " WHERE rma = $1 AND line = $3"
                        " AND receipt IS NULL AND serial IS NULL" NEWEST;
  const char *key = like->receipt != NULL  ? like->receipt
                    : like->serial != NULL ? like->serial
                                           : like->rma;
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);

  *found = NULL;
  return stmt != NULL &&
         (like->receipt != NULL || like->serial != NULL
              ? bh_stmt_bind (stmt, error, "tt", key, like->template)
              : bh_stmt_bind (stmt, error, "tti", key, like->template, (gint64) like->line)) &&
         read_one (stmt, found, error);
}

void
bh_prints_waiting_clear (BhPrintsWaiting *self)
{
  g_clear_pointer (&self->why, g_free);
}

gboolean
bh_store_prints_waiting (BhStore *self, const char *station, gint64 now_us,
                         BhPrintsWaiting *waiting, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT count(*), coalesce(min(next_us), 0),"
                     " count(CASE WHEN printer IS NOT NULL AND error IS NOT NULL THEN 1 END)"
                     " FROM label_job WHERE state = 'queued' AND station = $1 AND " HAS_PRINTER
                     " AND " NOT_OLD ("$2"),
                     error);
  g_autoptr (BhStmt) oldest = NULL;
  gboolean row = FALSE;

  *waiting = (BhPrintsWaiting){ 0 };
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ti", station, now_us - OLD) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  waiting->waiting = (guint) bh_stmt_int64 (stmt, 0);
  waiting->next_us = bh_stmt_int64 (stmt, 1);
  waiting->stuck = (guint) bh_stmt_int64 (stmt, 2);
  if (waiting->stuck == 0)
    return TRUE;
  oldest = bh_store_stmt (self,
                          "SELECT error FROM label_job WHERE state = 'queued' AND station = $1"
                          " AND printer IS NOT NULL AND error IS NOT NULL AND " HAS_PRINTER
                          " ORDER BY at_us, job LIMIT 1",
                          error);
  if (oldest == NULL || !bh_stmt_bind (oldest, error, "t", station) ||
      !bh_stmt_next (oldest, &row, error))
    return FALSE;
  waiting->why = row ? bh_stmt_dup_text (oldest, 0) : NULL;
  return TRUE;
}

static GPtrArray *
read_jobs (BhStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_print_job_free);
  gboolean row = FALSE;

  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&jobs);
    g_ptr_array_add (jobs, read_job (stmt));
  }
  return NULL;
}

GPtrArray *
bh_store_print_jobs (BhStore *self, const char *state, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     state == NULL ? COLUMNS " ORDER BY at_us, job"
                                   : COLUMNS " WHERE state = $1 ORDER BY at_us, job",
                     error);

  if (stmt == NULL || (state != NULL && !bh_stmt_bind (stmt, error, "t", state)))
    return NULL;
  return read_jobs (stmt, error);
}

GPtrArray *
bh_store_newest_print_jobs (BhStore *self, const char *state, guint limit, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      state == NULL ? COLUMNS " ORDER BY at_us DESC, job DESC LIMIT $1"
                    : COLUMNS " WHERE state = $2 ORDER BY at_us DESC, job DESC LIMIT $1",
      error);

  if (stmt == NULL || !(state == NULL ? bh_stmt_bind (stmt, error, "i", (gint64) limit)
                                      : bh_stmt_bind (stmt, error, "it", (gint64) limit, state)))
    return NULL;
  return read_jobs (stmt, error);
}

gboolean
bh_store_find_print_job (BhStore *self, const char *job, BhPrintJob **found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, COLUMNS " WHERE job = $1", error);

  *found = NULL;
  return stmt != NULL && bh_stmt_bind (stmt, error, "t", job) && read_one (stmt, found, error);
}

gboolean
bh_store_next_print_job (BhStore *self, const char *station, const BhPrintJob *after, gint64 now_us,
                         BhPrintJob **found, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     COLUMNS " WHERE state = 'queued' AND station = $1 AND next_us <= $2"
                             " AND at_us >= $3 AND (at_us > $3 OR job > $4)"
                             " AND (error IS NULL OR " HAS_PRINTER
                             ") AND " NOT_OLD ("$5") " ORDER BY at_us, job LIMIT 1",
                     error);

  *found = NULL;
  return stmt != NULL &&
         bh_stmt_bind (stmt, error, "tiiti", station, now_us,
                       after != NULL ? after->at_us : G_MININT64, after != NULL ? after->job : "",
                       now_us - OLD) &&
         read_one (stmt, found, error);
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
                     " claimed_until_us = NULL, station = $8 WHERE job = $9"
                     " AND coalesce(claimed_by, '') = $10",
                     "ttiititt"
                     "tt",
                     job->state, job->error, job->next_us, (gint64) job->copy, job->printer,
                     job->printed_us, job->printed_by, job->station, job->job,
                     by != NULL ? by : ""))
    return FALSE;
  *settled = changed > 0;
  return TRUE;
}
