/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/job-store.h"

#include <string.h>

void
bh_job_free (BhJob *self)
{
  if (self == NULL)
    return;
  g_free (self->job);
  g_free (self->kind);
  g_free (self->state);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->description);
  g_free (self->components);
  g_free (self->rma);
  g_free (self->case_no);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->destination);
  g_free (self->zone);
  g_free (self->calendar);
  g_free (self->technician);
  g_free (self->disposition);
  g_free (self->fault);
  g_free (self->approved_by);
  g_free (self->approve_reason);
  g_free (self->void_reason);
  g_free (self->follows);
  g_free (self->customer);
  g_free (self->engineer);
  g_free (self->agree_reason);
  g_free (self->next);
  g_free (self->due);
  g_free (self->clock);
  g_free (self->light);
  g_free (self->location);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_free (self);
}

/* the clock of an RA is C2, of an FA C3 */
#define OF_LINE                                                                                    \
  " p.description, p.components, l.id, l.rma_id, l.rma, l.line, l.case_no, l.account,"             \
  " l.account_name, r.destination, d.time_zone, d.calendar,"                                       \
  " (SELECT w.location FROM place w WHERE w.serial = "
#define JOB                                                                                        \
  "SELECT j.job, j.kind, j.state, j.serial, j.part," OF_LINE "j.serial),"                          \
  " j.technician, j.started_us, j.posted_us, j.disposition, j.fault, j.approved_by,"               \
  " j.approve_reason, j.void_reason, j.follows, j.customer, j.engineer, j.agree_reason,"           \
  " j.versions, j.next, c.due, c.state"                                                            \
  " FROM job j JOIN rma_line l ON l.id = j.line_id JOIN rma r ON r.id = l.rma_id"                  \
  " LEFT JOIN product p ON p.part = j.part"                                                        \
  " LEFT JOIN destination d ON d.destination = r.destination"                                      \
  " LEFT JOIN clock c ON c.line_id = j.line_id AND c.state IN ('open', 'paused')"                  \
  " AND c.kind = CASE WHEN j.kind = 'ra' THEN 'C2' ELSE 'C3' END"

static BhJob *
read_job (BhStmt *stmt)
{
  BhJob *job = g_new0 (BhJob, 1);
  int n = 0;

  job->job = bh_stmt_dup_text (stmt, n++);
  job->kind = bh_stmt_dup_text (stmt, n++);
  job->state = bh_stmt_dup_text (stmt, n++);
  job->serial = bh_stmt_dup_text (stmt, n++);
  job->part = bh_stmt_dup_text (stmt, n++);
  job->description = bh_stmt_dup_text (stmt, n++);
  job->components = bh_stmt_dup_text (stmt, n++);
  job->line_id = bh_stmt_int64 (stmt, n++);
  job->rma_id = bh_stmt_int64 (stmt, n++);
  job->rma = bh_stmt_dup_text (stmt, n++);
  job->line = (int) bh_stmt_int64 (stmt, n++);
  job->case_no = bh_stmt_dup_text (stmt, n++);
  job->account = bh_stmt_dup_text (stmt, n++);
  job->account_name = bh_stmt_dup_text (stmt, n++);
  job->destination = bh_stmt_dup_text (stmt, n++);
  job->zone = bh_stmt_dup_text (stmt, n++);
  job->calendar = bh_stmt_dup_text (stmt, n++);
  job->location = bh_stmt_dup_text (stmt, n++);
  job->technician = bh_stmt_dup_text (stmt, n++);
  job->started_us = bh_stmt_int64 (stmt, n++);
  job->posted_us = bh_stmt_int64 (stmt, n++);
  job->disposition = bh_stmt_dup_text (stmt, n++);
  job->fault = bh_stmt_dup_text (stmt, n++);
  job->approved_by = bh_stmt_dup_text (stmt, n++);
  job->approve_reason = bh_stmt_dup_text (stmt, n++);
  job->void_reason = bh_stmt_dup_text (stmt, n++);
  job->follows = bh_stmt_dup_text (stmt, n++);
  job->customer = bh_stmt_dup_text (stmt, n++);
  job->engineer = bh_stmt_dup_text (stmt, n++);
  job->agree_reason = bh_stmt_dup_text (stmt, n++);
  job->versions = (int) bh_stmt_int64 (stmt, n++);
  job->next = bh_stmt_dup_text (stmt, n++);
  job->due = bh_stmt_dup_text (stmt, n++);
  job->clock = bh_stmt_dup_text (stmt, n++);
  return job;
}

gboolean
bh_store_job (BhStore *self, const char *job, BhJob **found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, JOB " WHERE j.job = $1", error);
  gboolean row = FALSE;

  *found = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", job) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = read_job (stmt);
  return TRUE;
}

static gboolean
read_text (BhStmt *stmt, char **text, GError **error)
{
  gboolean row = FALSE;

  *text = NULL;
  if (!bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *text = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

gboolean
bh_store_job_of_line (BhStore *self, gint64 line_id, gboolean open_only, char **job, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      open_only ? "SELECT job FROM job WHERE line_id = $1 AND state = 'open'"
                : "SELECT job FROM job WHERE line_id = $1"
                  " ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, job DESC LIMIT 1",
      error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "i", line_id) && read_text (stmt, job, error);
}

gboolean
bh_store_take_job_number (BhStore *self, char **job, GError **error)
{
  g_autoptr (BhStmt) stmt = NULL;
  g_autofree char *last = NULL;

  *job = NULL;
  if (!bh_store_lock_key (self, "job-number", error) ||
      (stmt = bh_store_stmt (self, "SELECT job FROM job WHERE job < 'K' ORDER BY job DESC LIMIT 1",
                             error)) == NULL ||
      !read_text (stmt, &last, error))
    return FALSE;
  *job = g_strdup_printf ("J%08" G_GUINT64_FORMAT,
                          last != NULL ? g_ascii_strtoull (last + 1, NULL, 10) + 1 : 1);
  return TRUE;
}

gboolean
bh_store_add_job (BhStore *self, const BhJob *job, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO job (job, line_id, serial, part, kind, state, technician,"
                       " started_us, approved_by, approve_reason, follows, customer, engineer,"
                       " agree_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
                       " $13, $14)",
                       "titttttitttttt", job->job, job->line_id, job->serial, job->part, job->kind,
                       job->state, job->technician, job->started_us, job->approved_by,
                       job->approve_reason, job->follows, job->customer, job->engineer,
                       job->agree_reason);
}

gboolean
bh_store_set_job (BhStore *self, const BhJob *job, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE job SET state = $1, technician = $2, disposition = $3,"
                       " fault = $4, void_reason = $5, versions = $6, next = $7 WHERE job = $8",
                       "tttttitt", job->state, job->technician, job->disposition, job->fault,
                       job->void_reason, (gint64) job->versions, job->next, job->job) &&
         (job->posted_us == 0 ||
          bh_store_run (self, NULL, error, "UPDATE job SET posted_us = $1 WHERE job = $2", "it",
                        job->posted_us, job->job));
}

/* ---- lists ------------------------------------------------------------------------------ */

static GPtrArray *
read_jobs (BhStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_job_free);
  gboolean row = TRUE;

  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&jobs);
    g_ptr_array_add (jobs, read_job (stmt));
  }
  return NULL;
}

/* Open jobs are few, and are sorted by their due date; those that ended are many, and
 * each page of them is a range of an index. */
GPtrArray *
bh_store_jobs (BhStore *self, const BhJobQuery *query, GError **error)
{
  g_autoptr (GString) sql = g_string_new (JOB " WHERE j.state = $1");
  g_autoptr (BhStmt) stmt = NULL;
  gboolean open = g_str_equal (query->state, "open");

  if (!open && !g_str_equal (query->state, "posted"))
    g_string_assign (sql, JOB " WHERE j.state = 'void' AND $1 = 'void'");
  else if (!open)
    g_string_assign (sql, JOB " WHERE j.state = 'posted' AND $1 = 'posted'"
                              " AND j.posted_us IS NOT NULL");
  else
    g_string_assign (sql, JOB " WHERE j.state = 'open' AND $1 = 'open'");
  g_string_append (sql, query->kind != NULL ? " AND j.kind = $2" : " AND CAST($2 AS TEXT) IS NULL");
  g_string_append (sql, query->technician != NULL ? " AND j.technician = $3"
                                                  : " AND CAST($3 AS TEXT) IS NULL");
  g_string_append (sql,
                   query->serial != NULL ? " AND j.serial = $4" : " AND CAST($4 AS TEXT) IS NULL");
  if (query->after == NULL)
    g_string_append (sql, " AND CAST($5 AS TEXT) IS NULL");
  else if (open)
    g_string_append (sql, " AND (coalesce(c.due, '9999-12-31'), j.job) >"
                          " (SELECT coalesce(k.due, '9999-12-31'), o.job FROM job o"
                          " LEFT JOIN clock k ON k.line_id = o.line_id"
                          " AND k.state IN ('open', 'paused') AND k.kind = CASE WHEN o.kind = 'ra'"
                          " THEN 'C2' ELSE 'C3' END WHERE o.job = $5)");
  else if (g_str_equal (query->state, "posted"))
    g_string_append (
        sql, " AND (j.posted_us, j.job) < (SELECT o.posted_us, o.job FROM job o WHERE o.job = $5)");
  else
    g_string_append (sql, " AND j.job < $5");
  g_string_append (sql, open ? " ORDER BY coalesce(c.due, '9999-12-31'), j.job"
                        : g_str_equal (query->state, "posted")
                            ? " ORDER BY j.posted_us DESC, j.job DESC"
                            : " ORDER BY j.job DESC");
  g_string_append (sql, " LIMIT $6");
  stmt = bh_store_stmt (self, sql->str, error);
  if (stmt == NULL || !bh_stmt_bind (stmt, error,
                                     "tttt"
                                     "ti",
                                     query->state, query->kind, query->technician, query->serial,
                                     query->after, (gint64) query->limit))
    return NULL;
  return read_jobs (stmt, error);
}

GPtrArray *
bh_store_jobs_of_serial (BhStore *self, const char *serial, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, JOB " WHERE j.serial = $1 ORDER BY j.job DESC", error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", serial))
    return NULL;
  return read_jobs (stmt, error);
}

GPtrArray *
bh_store_waiting (BhStore *self, const char *kind, guint limit, GError **error)
{
  const char *clock = kind == NULL ? NULL : g_str_equal (kind, "ra") ? "C2" : "C3";
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT NULL, CASE WHEN c.kind = 'C2' THEN 'ra' ELSE 'fa' END, 'waiting', l.serial,"
      " l.part," OF_LINE "l.serial), NULL, c.started_us, 0, NULL, NULL, NULL, NULL, NULL, NULL,"
      " NULL, NULL, NULL, 0, NULL, c.due, c.state FROM clock c"
      " JOIN rma_line l ON l.id = c.line_id JOIN rma r ON r.id = l.rma_id"
      " LEFT JOIN product p ON p.part = l.part"
      " LEFT JOIN destination d ON d.destination = r.destination"
      " WHERE c.state IN ('open', 'paused') AND c.kind IN ('C2', 'C3')"
      " AND (CAST($1 AS TEXT) IS NULL OR c.kind = $1)"
      " AND NOT EXISTS (SELECT 1 FROM job j WHERE j.line_id = l.id AND j.state = 'open')"
      " ORDER BY c.due, c.id LIMIT $2",
      error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ti", clock, (gint64) limit))
    return NULL;
  return read_jobs (stmt, error);
}
