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
  g_free (self->account_name);
  g_free (self->case_no);
  g_free (self->due);
  g_free (self->zone);
  g_free (self->calendar);
  g_free (self);
}

#define URGENCY "coalesce(l.urgency, s.urgency, 0)"
#define COLUMNS                                                                                    \
  "SELECT c.kind, c.state, l.rma, l.line, l.serial, coalesce(l.account, s.account), c.case_no,"    \
  " c.started_us, c.due, c.due_us, c.zone, c.calendar, a.name, " URGENCY " FROM clock c"           \
  " LEFT JOIN rma_line l ON l.id = c.line_id"                                                      \
  " LEFT JOIN support_case s ON s.case_no = c.case_no"                                             \
  " LEFT JOIN account a ON a.account = coalesce(l.account, s.account)"
#define RUNS " c.state IN ('open', 'paused')"
/* what is escalated goes before the others of its day (F5) */
#define SOONEST                                                                                    \
  " AND c.due IS NOT NULL ORDER BY c.due, coalesce(c.due_us, 9223372036854775807), " URGENCY       \
  " DESC, c.id"
/* a pause without an end has no due date: last */
#define UNDATED " AND c.due IS NULL ORDER BY c.id"

/* One text each, so that each is one index range. */
static const char *const running[] = { BH_STREAM COLUMNS " WHERE" RUNS SOONEST,
                                       BH_STREAM COLUMNS " WHERE" RUNS UNDATED };
static const char *const running_of[] = { BH_STREAM COLUMNS " WHERE" RUNS
                                                            " AND c.kind = $1" SOONEST,
                                          BH_STREAM COLUMNS " WHERE" RUNS
                                                            " AND c.kind = $1" UNDATED };
static const char of_rma[] = COLUMNS " WHERE l.rma = $1 ORDER BY l.line, c.kind, c.id";

static BhClockRow *
read_row (BhStmt *stmt)
{
  BhClockRow *clock = g_new0 (BhClockRow, 1);

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
  clock->account_name = bh_stmt_dup_text (stmt, 12);
  clock->urgency = (int) bh_stmt_int64 (stmt, 13);
  return clock;
}

static gboolean
each_of (BhStore *self, const char *sql, const char *key,
         gboolean (*each) (BhClockRow *row, gpointer data), gpointer data, gboolean *go_on,
         GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = TRUE;

  if (stmt == NULL || (key != NULL && !bh_stmt_bind (stmt, error, "t", key)))
    return FALSE;
  while (*go_on) {
    g_autoptr (BhClockRow) clock = NULL;

    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (!row)
      return TRUE;
    clock = read_row (stmt);
    *go_on = each (clock, data);
  }
  return TRUE;
}

gboolean
bh_store_each_clock (BhStore *self, const char *rma, const char *kind,
                     gboolean (*each) (BhClockRow *row, gpointer data), gpointer data,
                     GError **error)
{
  const char *const *texts = kind != NULL ? running_of : running;
  gboolean go_on = TRUE;

  if (rma != NULL)
    return each_of (self, of_rma, rma, each, data, &go_on, error);
  return each_of (self, texts[0], kind, each, data, &go_on, error) &&
         each_of (self, texts[1], kind, each, data, &go_on, error);
}
