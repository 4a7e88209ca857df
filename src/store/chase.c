/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/chase-store.h"

void
bh_chase_line_free (BhChaseLine *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->email);
  g_free (self->language);
  g_free (self->return_by);
  g_free (self->zone);
  g_free (self->calendar);
  g_free (self->state);
  g_free (self->clock_state);
  g_free (self);
}

/* The range of clock_due alone says how much is read: what is due, not the history. */
#define COLUMNS                                                                                    \
  "SELECT c.id, l.id, l.rma, l.line, l.serial, l.part, l.account, l.account_name, a.email,"        \
  " a.language, c.due, c.zone, c.calendar, l.state, c.state"
#define DUE_UNTIL                                                                                  \
  COLUMNS " FROM clock c JOIN rma_line l ON l.id = c.line_id"                                      \
          " LEFT JOIN account a ON a.account = l.account"                                          \
          " WHERE c.state IN ('open', 'paused') AND c.due IS NOT NULL AND c.due <= $1"             \
          " AND c.kind = 'C1' AND c.state = 'open' AND l.state = 'awaited'"                        \
          " ORDER BY l.account, l.rma, l.line"

enum {
  CLOCK,
  LINE_ID,
  RMA,
  LINE,
  SERIAL,
  PART,
  ACCOUNT,
  NAME,
  EMAIL,
  LANGUAGE,
  DUE,
  ZONE,
  CALENDAR,
  STATE,
  CLOCK_STATE
};

static BhChaseLine *
read_line (BhStmt *stmt)
{
  BhChaseLine *line = g_new0 (BhChaseLine, 1);

  line->clock_id = bh_stmt_int64 (stmt, CLOCK);
  line->line_id = bh_stmt_int64 (stmt, LINE_ID);
  line->rma = bh_stmt_dup_text (stmt, RMA);
  line->line = (int) bh_stmt_int64 (stmt, LINE);
  line->serial = bh_stmt_dup_text (stmt, SERIAL);
  line->part = bh_stmt_dup_text (stmt, PART);
  line->account = bh_stmt_dup_text (stmt, ACCOUNT);
  line->account_name = bh_stmt_dup_text (stmt, NAME);
  line->email = bh_stmt_dup_text (stmt, EMAIL);
  line->language = bh_stmt_dup_text (stmt, LANGUAGE);
  line->return_by = bh_stmt_dup_text (stmt, DUE);
  line->zone = bh_stmt_dup_text (stmt, ZONE);
  line->calendar = bh_stmt_dup_text (stmt, CALENDAR);
  line->state = bh_stmt_dup_text (stmt, STATE);
  line->clock_state = bh_stmt_dup_text (stmt, CLOCK_STATE);
  return line;
}

static gboolean
read_lines (BhStmt *stmt, GPtrArray *lines, GError **error)
{
  gboolean row = TRUE;

  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return TRUE;
    g_ptr_array_add (lines, read_line (stmt));
  }
  return FALSE;
}

GPtrArray *
bh_store_chase_lines (BhStore *self, const char *horizon, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, DUE_UNTIL, error);
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_chase_line_free);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", horizon) && read_lines (stmt, lines, error)
             ? g_steal_pointer (&lines)
             : NULL;
}

gboolean
bh_store_chase_chosen (BhStore *self, const char *rma, int line, GPtrArray *lines, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      COLUMNS " FROM rma_line l LEFT JOIN clock c ON c.line_id = l.id AND c.kind = 'C1'"
              " AND c.state IN ('open', 'paused') LEFT JOIN account a ON a.account = l.account"
              " WHERE l.rma = $1 AND (l.line = $2 OR $2 = 0) ORDER BY l.line",
      error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "ti", rma, (gint64) line) &&
         read_lines (stmt, lines, error);
}

gboolean
bh_store_chase_holds (BhStore *self, const BhChaseLine *line, gboolean *holds, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT 1 FROM clock c JOIN rma_line l ON l.id = c.line_id WHERE c.id = $1"
                     " AND c.state = 'open' AND c.due = $2 AND l.state = 'awaited'",
                     error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "it", line->clock_id, line->return_by) &&
         bh_stmt_next (stmt, holds, error);
}

gboolean
bh_store_stage_done (BhStore *self, const BhChaseLine *line, const char *stage, char **on,
                     GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT on_day FROM chase WHERE line_id = $1 AND return_by = $2 AND stage = $3", error);
  gboolean row = FALSE;

  *on = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "itt", line->line_id, line->return_by, stage) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *on = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

#define DO_STAGE                                                                                   \
  "INSERT INTO chase (line_id, return_by, stage, on_day, mail, at_us)"                             \
  " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (line_id, return_by, stage) DO "

gboolean
bh_store_do_stage (BhStore *self, const BhChaseLine *line, const char *stage, const char *on_day,
                   const char *mail, gboolean again, gint64 at_us, gboolean *done, GError **error)
{
  gint64 changed = 0;

  if (!bh_store_run (self, &changed, error,
                     again ? DO_STAGE "UPDATE SET on_day = excluded.on_day, at_us = excluded.at_us"
                                      " WHERE chase.on_day < excluded.on_day"
                           : DO_STAGE "NOTHING",
                     "itttti", line->line_id, line->return_by, stage, on_day, mail, at_us))
    return FALSE;
  *done = changed > 0;
  return TRUE;
}

/* ---- by a person (O1) ------------------------------------------------------------------- */

gboolean
bh_store_was_reminded (BhStore *self, gint64 line_id, const char *on_day, gboolean *reminded,
                       GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT 1 WHERE EXISTS (SELECT 1 FROM reminder WHERE line_id = $1 AND on_day = $2)"
      " OR EXISTS (SELECT 1 FROM chase WHERE line_id = $1 AND on_day = $2 AND mail IS NOT NULL)",
      error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "it", line_id, on_day) &&
         bh_stmt_next (stmt, reminded, error);
}

gboolean
bh_store_add_reminder (BhStore *self, gint64 line_id, const char *on_day, const char *mail,
                       gint64 at_us, gboolean *done, GError **error)
{
  gint64 changed = 0;

  if (!bh_store_run (self, &changed, error,
                     "INSERT INTO reminder (line_id, on_day, mail, at_us) VALUES ($1, $2, $3, $4)"
                     " ON CONFLICT (line_id, on_day) DO NOTHING",
                     "itti", line_id, on_day, mail, at_us))
    return FALSE;
  *done = changed > 0;
  return TRUE;
}

gboolean
bh_store_forget_reminders (BhStore *self, const char *mail, GError **error)
{
  return bh_store_run (self, NULL, error, "DELETE FROM reminder WHERE mail = $1", "t", mail) &&
         bh_store_run (self, NULL, error, "DELETE FROM chase WHERE mail = $1", "t", mail);
}
