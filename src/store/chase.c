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
  g_free (self);
}

/* The range of clock_due alone says how much is read: what is due, not the history. */
#define DUE_UNTIL                                                                                  \
  "SELECT c.id, c.line_id, l.rma, l.line, l.serial, l.part, l.account, l.account_name, a.email,"   \
  " a.language, c.due, c.zone, c.calendar FROM clock c JOIN rma_line l ON l.id = c.line_id"        \
  " LEFT JOIN account a ON a.account = l.account"                                                  \
  " WHERE c.state IN ('open', 'paused') AND c.due IS NOT NULL AND c.due <= $1"                     \
  " AND c.kind = 'C1' AND c.state = 'open' AND l.state = 'awaited'"                                \
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
  CALENDAR
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
  return line;
}

GPtrArray *
bh_store_chase_lines (BhStore *self, const char *horizon, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, DUE_UNTIL, error);
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_chase_line_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", horizon))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&lines);
    g_ptr_array_add (lines, read_line (stmt));
  }
  return NULL;
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
