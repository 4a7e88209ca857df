/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/rma-table.h"

#include "driver.h"

#include <string.h>

void
bh_rma_head_clear (BhRmaHead *self)
{
  g_free (self->rma);
  g_free (self->state);
  g_free (self->account);
  g_free (self->site);
  g_free (self->case_no);
  g_free (self->contact);
  g_free (self->reference);
  g_free (self->destination);
  *self = (BhRmaHead){ 0 };
}

void
bh_rma_line_clear (BhRmaLine *self)
{
  g_free (self->serial);
  g_free (self->part);
  g_free (self->state);
  g_free (self->flag);
  g_free (self->return_by);
  *self = (BhRmaLine){ 0 };
}

const char *
bh_rma_status_of (const char *state)
{
  static const char *const gone[] = { "closed", "cancelled", "charged", "waived", NULL };

  return g_strv_contains (gone, state) ? "closed" : "open";
}

/* 0 is no time: NULL in the store */
static gboolean
bind_time (BhStmt *stmt, int n, gint64 at_us, GError **error)
{
  return at_us != 0 ? bh_stmt_bind_int64 (stmt, n, at_us, error)
                    : bh_stmt_bind_null (stmt, n, error);
}

gboolean
bh_store_rma_head (BhStore *self, const char *rma, BhRmaHead *head, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT id, state, account, site, case_no, contact, reference, destination, created_us,"
      " confirmed_us, closed_us FROM rma WHERE rma = $1",
      error);
  gboolean row = FALSE;

  bh_rma_head_clear (head);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", rma) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  head->id = bh_stmt_int64 (stmt, 0);
  head->rma = g_strdup (rma);
  head->state = bh_stmt_dup_text (stmt, 1);
  head->account = bh_stmt_dup_text (stmt, 2);
  head->site = bh_stmt_dup_text (stmt, 3);
  head->case_no = bh_stmt_dup_text (stmt, 4);
  head->contact = bh_stmt_dup_text (stmt, 5);
  head->reference = bh_stmt_dup_text (stmt, 6);
  head->destination = bh_stmt_dup_text (stmt, 7);
  head->created_us = bh_stmt_int64 (stmt, 8);
  head->confirmed_us = bh_stmt_int64 (stmt, 9);
  head->closed_us = bh_stmt_int64 (stmt, 10);
  return TRUE;
}

gboolean
bh_store_rma_line (BhStore *self, gint64 rma_id, const char *serial, BhRmaLine *line,
                   GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT id, line, part, state, flag, received_us, return_by FROM rma_line"
                     " WHERE rma_id = $1 AND serial = $2 ORDER BY line LIMIT 1",
                     error);
  gboolean row = FALSE;

  bh_rma_line_clear (line);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "it", rma_id, serial) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  line->id = bh_stmt_int64 (stmt, 0);
  line->line = (int) bh_stmt_int64 (stmt, 1);
  line->serial = g_strdup (serial);
  line->part = bh_stmt_dup_text (stmt, 2);
  line->state = bh_stmt_dup_text (stmt, 3);
  line->flag = bh_stmt_dup_text (stmt, 4);
  line->received_us = bh_stmt_int64 (stmt, 5);
  line->return_by = bh_stmt_dup_text (stmt, 6);
  return TRUE;
}

gboolean
bh_store_count_lines (BhStore *self, gint64 rma_id, gint64 *lines, gint64 *awaited, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT coalesce(max(line), 0), CAST(coalesce(sum(awaited), 0) AS bigint)"
                     " FROM rma_line"
                     " WHERE rma_id = $1",
                     error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", rma_id) || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *lines = bh_stmt_int64 (stmt, 0);
  *awaited = bh_stmt_int64 (stmt, 1);
  return TRUE;
}

/* One text or nothing: most questions of an import. */
static gboolean
one_text (BhStore *self, const char *sql, const char *key, char **value, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = FALSE;

  *value = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", key) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *value = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

gboolean
bh_store_awaited_under (BhStore *self, const char *serial, char **rma, GError **error)
{
  return one_text (self, "SELECT rma FROM rma_line WHERE serial = $1 AND awaited = 1", serial, rma,
                   error);
}

gboolean
bh_store_case_account (BhStore *self, const char *case_no, char **account, GError **error)
{
  return one_text (self, "SELECT account FROM support_case WHERE case_no = $1", case_no, account,
                   error);
}

gboolean
bh_store_unit_part (BhStore *self, const char *serial, char **part, GError **error)
{
  return one_text (self, "SELECT part FROM unit WHERE serial = $1", serial, part, error);
}

gboolean
bh_store_account_name (BhStore *self, const char *account, char **name, GError **error)
{
  return one_text (self, "SELECT name FROM account WHERE account = $1", account, name, error);
}

gboolean
bh_store_third_party (BhStore *self, const char *part, gboolean *third_party, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT 1 FROM product WHERE part = $1 AND third_party = 1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", part) &&
         bh_stmt_next (stmt, third_party, error);
}

gboolean
bh_store_place (BhStore *self, const char *destination, char **zone, char **calendar,
                GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT time_zone, calendar FROM destination WHERE destination = $1", error);
  gboolean row = FALSE;

  *zone = NULL;
  *calendar = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", destination) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row) {
    *zone = bh_stmt_dup_text (stmt, 0);
    *calendar = bh_stmt_dup_text (stmt, 1);
  }
  return TRUE;
}

/* ---- writing ------------------------------------------------------------------------ */

/* Not by RETURNING: for it SQLite makes a table in memory at each statement, which
 * costs more than the row and a look at its key together. */
gboolean
bh_store_add_rma (BhStore *self, BhRmaHead *head, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "INSERT INTO rma (rma, state, status, account, site, case_no, contact, reference,"
      " destination, created_us, confirmed_us, closed_us)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      error);
  g_autoptr (BhStmt) id = NULL;

  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "ttttttttti", head->rma, head->state,
                     bh_rma_status_of (head->state), head->account, head->site, head->case_no,
                     head->contact, head->reference, head->destination, head->created_us) ||
      !bind_time (stmt, 11, head->confirmed_us, error) ||
      !bind_time (stmt, 12, head->closed_us, error) || !bh_stmt_run (stmt, NULL, error))
    return FALSE;
  id = bh_store_stmt (self, "SELECT id FROM rma WHERE rma = $1", error);
  if (id == NULL || !bh_stmt_bind (id, error, "t", head->rma) || !bh_stmt_one_row (id, error))
    return FALSE;
  head->id = bh_stmt_int64 (id, 0);
  return TRUE;
}

gboolean
bh_store_set_rma (BhStore *self, const BhRmaHead *head, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "UPDATE rma SET state = $1, status = $2, site = $3, case_no = $4, contact = $5,"
      " reference = $6, destination = $7, created_us = $8, confirmed_us = $9, closed_us = $10"
      " WHERE id = $11",
      error);

  return stmt != NULL &&
         bh_stmt_bind (stmt, error, "ttttttti", head->state, bh_rma_status_of (head->state),
                       head->site, head->case_no, head->contact, head->reference, head->destination,
                       head->created_us) &&
         bind_time (stmt, 9, head->confirmed_us, error) &&
         bind_time (stmt, 10, head->closed_us, error) &&
         bh_stmt_bind_int64 (stmt, 11, head->id, error) && bh_stmt_run (stmt, NULL, error) &&
         bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET status = $1, case_no = $2, created_us = $3"
                       " WHERE rma_id = $4",
                       "ttii", bh_rma_status_of (head->state),
                       head->case_no != NULL ? head->case_no : "", head->created_us, head->id);
}

gboolean
bh_store_add_line (BhStore *self, const BhRmaHead *head, const char *account_name, BhRmaLine *line,
                   GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "INSERT INTO rma_line (rma_id, line, serial, part, state, flag, awaited, rma, status,"
      " account, account_name, case_no, created_us, return_by, received_us)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      error);
  g_autoptr (BhStmt) id = NULL;

  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "iittttittttti", head->id, (gint64) line->line, line->serial,
                     line->part, line->state, line->flag,
                     (gint64) g_str_equal (line->state, "awaited"), head->rma,
                     bh_rma_status_of (head->state), head->account, account_name,
                     head->case_no != NULL ? head->case_no : "", head->created_us) ||
      !bh_stmt_bind_text (stmt, 14, line->return_by, error) ||
      !bind_time (stmt, 15, line->received_us, error) || !bh_stmt_run (stmt, NULL, error))
    return FALSE;
  id = bh_store_stmt (self, "SELECT id FROM rma_line WHERE rma_id = $1 AND line = $2", error);
  if (id == NULL || !bh_stmt_bind (id, error, "ii", head->id, (gint64) line->line) ||
      !bh_stmt_one_row (id, error))
    return FALSE;
  line->id = bh_stmt_int64 (id, 0);
  return TRUE;
}

gboolean
bh_store_set_line (BhStore *self, const BhRmaLine *line, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "UPDATE rma_line SET part = $1, state = $2, flag = $3, awaited = $4, return_by = $5,"
      " received_us = $6 WHERE id = $7",
      error);

  return stmt != NULL &&
         bh_stmt_bind (stmt, error, "tttit", line->part, line->state, line->flag,
                       (gint64) g_str_equal (line->state, "awaited"), line->return_by) &&
         bind_time (stmt, 6, line->received_us, error) &&
         bh_stmt_bind_int64 (stmt, 7, line->id, error) && bh_stmt_run (stmt, NULL, error);
}

gboolean
bh_store_add_clock (BhStore *self, const char *kind, gint64 line_id, const char *state,
                    gint64 started_us, const char *due, int policy_days, gint64 ended_us,
                    const char *zone, const char *calendar, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "INSERT INTO clock (kind, line_id, state, started_us, due, zone, calendar, policy_days,"
      " ended_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      error);

  return stmt != NULL &&
         bh_stmt_bind (stmt, error, "titittti", kind, line_id, state, started_us, due, zone,
                       calendar, (gint64) policy_days) &&
         bind_time (stmt, 9, ended_us, error) && bh_stmt_run (stmt, NULL, error);
}

gboolean
bh_store_restart_clock (BhStore *self, const char *kind, gint64 line_id, gint64 started_us,
                        const char *due, const char *zone, const char *calendar, gint64 *moved,
                        GError **error)
{
  return bh_store_run (self, moved, error,
                       "UPDATE clock SET started_us = $1, due = $2, zone = $3, calendar = $4"
                       " WHERE line_id = $5 AND kind = $6 AND state = 'open' AND extra_days = 0"
                       " AND NOT EXISTS (SELECT 1 FROM clock_pause p WHERE p.clock_id = clock.id)",
                       "itttit", started_us, due, zone, calendar, line_id, kind);
}

gboolean
bh_store_add_case (BhStore *self, const char *case_no, const char *account, const char *site,
                   const char *priority, const char *contact, gint64 opened_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO support_case (case_no, account, site, priority, contact,"
                       " opened_us, modified_us) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       "tttttii", case_no, account, site, priority, contact, opened_us, opened_us);
}

/* ---- reading all ---------------------------------------------------------------------- */

struct _BhRmaReader {
  BhStmt *stmt;
};

BhRmaReader *
bh_store_read_rmas (BhStore *self, GError **error)
{
  BhStmt *stmt = bh_store_stmt (
      self,
      BH_STREAM
      "SELECT r.rma, r.state, r.account, r.site, r.case_no, r.contact, r.reference,"
      " r.destination, r.created_us, r.confirmed_us, r.closed_us, l.line, l.serial, l.part,"
      " l.state, l.flag, l.received_us, c.priority, d.time_zone"
      " FROM rma r JOIN rma_line l ON l.rma_id = r.id"
      " LEFT JOIN support_case c ON c.case_no = r.case_no"
      " LEFT JOIN destination d ON d.destination = r.destination"
      " ORDER BY r.rma, l.line",
      error);
  BhRmaReader *reader;

  if (stmt == NULL)
    return NULL;
  reader = g_new0 (BhRmaReader, 1);
  reader->stmt = stmt;
  return reader;
}

gboolean
bh_rma_reader_next (BhRmaReader *self, BhRmaHead *head, BhRmaLine *line, const char **priority,
                    const char **zone, gboolean *row, GError **error)
{
  BhStmt *stmt = self->stmt;

  if (!bh_stmt_next (stmt, row, error))
    return FALSE;
  if (!*row)
    return TRUE;
  head->rma = (char *) bh_stmt_text (stmt, 0);
  head->state = (char *) bh_stmt_text (stmt, 1);
  head->account = (char *) bh_stmt_text (stmt, 2);
  head->site = (char *) bh_stmt_text (stmt, 3);
  head->case_no = (char *) bh_stmt_text (stmt, 4);
  head->contact = (char *) bh_stmt_text (stmt, 5);
  head->reference = (char *) bh_stmt_text (stmt, 6);
  head->destination = (char *) bh_stmt_text (stmt, 7);
  head->created_us = bh_stmt_int64 (stmt, 8);
  head->confirmed_us = bh_stmt_int64 (stmt, 9);
  head->closed_us = bh_stmt_int64 (stmt, 10);
  line->line = (int) bh_stmt_int64 (stmt, 11);
  line->serial = (char *) bh_stmt_text (stmt, 12);
  line->part = (char *) bh_stmt_text (stmt, 13);
  line->state = (char *) bh_stmt_text (stmt, 14);
  line->flag = (char *) bh_stmt_text (stmt, 15);
  line->received_us = bh_stmt_int64 (stmt, 16);
  *priority = bh_stmt_text (stmt, 17);
  *zone = bh_stmt_text (stmt, 18);
  return TRUE;
}

void
bh_rma_reader_free (BhRmaReader *self)
{
  if (self == NULL)
    return;
  bh_stmt_done (self->stmt);
  g_free (self);
}
