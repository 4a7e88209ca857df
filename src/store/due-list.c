/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/lists-store.h"
#include "driver.h"

void
bh_clock_row_free (BhClockRow *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->state);
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->account);
  g_free (self->case_no);
  g_free (self->due);
  g_free (self->zone);
  g_free (self->calendar);
  g_free (self);
}

#define COLUMNS                                                                                    \
  "SELECT c.kind, c.state, l.rma, l.line, l.serial, l.account, c.case_no, c.started_us, c.due,"    \
  " c.due_us, c.zone, c.calendar FROM clock c LEFT JOIN rma_line l ON l.id = c.line_id"

/* One text each, so that each is one index range. */
#define RUNNING BH_STREAM COLUMNS " WHERE c.state IN ('open', 'paused')"
#define SOONEST " ORDER BY c.due, c.id"

gboolean
bh_store_each_clock (BhStore *self, const char *rma, const char *kind,
                     gboolean (*each) (BhClockRow *row, gpointer data), gpointer data,
                     GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     rma != NULL    ? COLUMNS " WHERE l.rma = $1 ORDER BY l.line, c.kind, c.id"
                     : kind != NULL ? RUNNING " AND c.kind = $1" SOONEST
                                    : RUNNING SOONEST,
                     error);
  gboolean row = TRUE;
  gboolean go_on = TRUE;

  if (stmt == NULL ||
      ((rma != NULL || kind != NULL) && !bh_stmt_bind (stmt, error, "t", rma != NULL ? rma : kind)))
    return FALSE;
  while (go_on) {
    g_autoptr (BhClockRow) clock = NULL;

    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (!row)
      return TRUE;
    clock = g_new0 (BhClockRow, 1);
    clock->kind = bh_stmt_dup_text (stmt, 0);
    clock->state = bh_stmt_dup_text (stmt, 1);
    clock->rma = bh_stmt_dup_text (stmt, 2);
    clock->line = bh_stmt_is_null (stmt, 3) ? 0 : (int) bh_stmt_int64 (stmt, 3);
    clock->serial = bh_stmt_dup_text (stmt, 4);
    clock->account = bh_stmt_dup_text (stmt, 5);
    clock->case_no = bh_stmt_dup_text (stmt, 6);
    clock->started_us = bh_stmt_int64 (stmt, 7);
    clock->due = bh_stmt_dup_text (stmt, 8);
    clock->due_us = bh_stmt_is_null (stmt, 9) ? 0 : bh_stmt_int64 (stmt, 9);
    clock->zone = bh_stmt_dup_text (stmt, 10);
    clock->calendar = bh_stmt_dup_text (stmt, 11);
    go_on = each (clock, data);
  }
  return TRUE;
}
