/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/clock-store.h"

static void
free_pause (gpointer data)
{
  BhPauseRecord *pause = data;

  g_free (pause->reason);
  g_free (pause);
}

BhClockRecord *
bh_clock_record_new (void)
{
  BhClockRecord *self = g_new0 (BhClockRecord, 1);

  self->pauses = g_ptr_array_new_with_free_func (free_pause);
  self->spans = g_array_new (FALSE, FALSE, sizeof (BhPause));
  return self;
}

void
bh_clock_record_free (BhClockRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->case_no);
  g_free (self->kind);
  g_free (self->state);
  g_free (self->stage);
  g_free (self->level);
  g_free (self->country);
  g_free (self->due);
  g_free (self->zone);
  g_free (self->calendar);
  g_ptr_array_unref (self->pauses);
  g_array_unref (self->spans);
  g_free (self);
}

/* C8 looks at where the goods come from: the site, else the account. */
#define COUNTRY_OF                                                                                 \
  "SELECT coalesce(s.country, a.country) FROM rma r"                                               \
  " LEFT JOIN site s ON s.account = r.account AND s.site = r.site"                                 \
  " LEFT JOIN account a ON a.account = r.account WHERE r.id = "

/* A clock comes once for each of its pauses, and once when it has none. */
#define COLUMNS                                                                                    \
  "SELECT c.id, l.rma, l.line, c.line_id, c.case_no, c.kind, c.state, c.stage, c.level,"           \
  " CASE WHEN c.kind = 'C1' THEN (" COUNTRY_OF                                                     \
  "l.rma_id) END, c.started_us, c.ended_us, c.due, c.due_us, c.extra_days, c.policy_days, c.zone," \
  " c.calendar, p.from_us, p.to_us, p.reason FROM clock c"                                         \
  " LEFT JOIN rma_line l ON l.id = c.line_id LEFT JOIN clock_pause p ON p.clock_id = c.id"
#define RUNS     " c.state IN ('open', 'paused')"
#define IN_ORDER " ORDER BY l.line, c.started_us, c.id, p.from_us"

enum {
  ID,
  RMA,
  LINE,
  LINE_ID,
  CASE,
  KIND,
  STATE,
  STAGE,
  LEVEL,
  COUNTRY,
  STARTED,
  ENDED,
  DUE,
  DUE_US,
  EXTRA,
  POLICY,
  ZONE,
  CALENDAR,
  PAUSE_FROM,
  PAUSE_TO,
  PAUSE_REASON
};

static const char *const sets[] = {
  [BH_CLOCKS_RUNNING] = COLUMNS " WHERE" RUNS " ORDER BY c.id, p.from_us",
  [BH_CLOCKS_BY_CALENDAR] = COLUMNS " WHERE" RUNS " AND c.calendar = $1 ORDER BY c.id, p.from_us",
  [BH_CLOCKS_BY_COUNTRY] = COLUMNS " WHERE" RUNS " AND c.kind = 'C1' AND (" COUNTRY_OF
                                   "l.rma_id) = $1 ORDER BY c.id, p.from_us",
  /* a claim that was accepted ends it too (O5), and is no reason to expect it again */
  [BH_CLOCKS_IMPOSSIBLE] = COLUMNS
  " WHERE c.kind = 'C1' AND c.state = 'void' AND c.due IS NULL AND l.awaited = 1"
  " AND NOT EXISTS (SELECT 1 FROM claim k WHERE k.line_id = l.id"
  " AND k.state = 'accepted') AND (" COUNTRY_OF "l.rma_id) = $1 ORDER BY c.id, p.from_us",
  [BH_CLOCKS_OF_RMA] = COLUMNS " WHERE l.rma = $1" IN_ORDER,
  [BH_CLOCKS_OF_CASE] = COLUMNS " WHERE c.case_no = $1" IN_ORDER,
};

static BhClockRecord *
read_clock (BhStmt *stmt)
{
  BhClockRecord *clock = bh_clock_record_new ();

  clock->id = bh_stmt_int64 (stmt, ID);
  clock->rma = bh_stmt_dup_text (stmt, RMA);
  clock->line = bh_stmt_is_null (stmt, LINE) ? 0 : (int) bh_stmt_int64 (stmt, LINE);
  clock->line_id = bh_stmt_is_null (stmt, LINE_ID) ? 0 : bh_stmt_int64 (stmt, LINE_ID);
  clock->case_no = bh_stmt_dup_text (stmt, CASE);
  clock->kind = bh_stmt_dup_text (stmt, KIND);
  clock->state = bh_stmt_dup_text (stmt, STATE);
  clock->stage = bh_stmt_dup_text (stmt, STAGE);
  clock->level = bh_stmt_dup_text (stmt, LEVEL);
  clock->country = bh_stmt_dup_text (stmt, COUNTRY);
  clock->started_us = bh_stmt_int64 (stmt, STARTED);
  clock->ended_us = bh_stmt_is_null (stmt, ENDED) ? 0 : bh_stmt_int64 (stmt, ENDED);
  clock->due = bh_stmt_dup_text (stmt, DUE);
  clock->due_us = bh_stmt_is_null (stmt, DUE_US) ? 0 : bh_stmt_int64 (stmt, DUE_US);
  clock->extra_days = (int) bh_stmt_int64 (stmt, EXTRA);
  clock->policy_days = (int) bh_stmt_int64 (stmt, POLICY);
  clock->zone = bh_stmt_dup_text (stmt, ZONE);
  clock->calendar = bh_stmt_dup_text (stmt, CALENDAR);
  return clock;
}

static void
read_pause (BhStmt *stmt, BhClockRecord *clock)
{
  BhPauseRecord *pause = g_new0 (BhPauseRecord, 1);
  BhPause span;

  pause->from_us = bh_stmt_int64 (stmt, PAUSE_FROM);
  pause->to_us = bh_stmt_is_null (stmt, PAUSE_TO) ? G_MAXINT64 : bh_stmt_int64 (stmt, PAUSE_TO);
  pause->reason = bh_stmt_dup_text (stmt, PAUSE_REASON);
  g_ptr_array_add (clock->pauses, pause);
  span = (BhPause){ pause->from_us, pause->to_us };
  g_array_append_val (clock->spans, span);
}

static gboolean
read_clocks (BhStmt *stmt, GPtrArray *clocks, GError **error)
{
  BhClockRecord *clock = NULL;
  gboolean row = TRUE;

  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return TRUE;
    if (clock == NULL || clock->id != bh_stmt_int64 (stmt, ID)) {
      clock = read_clock (stmt);
      g_ptr_array_add (clocks, clock);
    }
    if (!bh_stmt_is_null (stmt, PAUSE_FROM))
      read_pause (stmt, clock);
  }
  return FALSE;
}

GPtrArray *
bh_store_clocks (BhStore *self, BhClockSet set, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sets[set], error);
  g_autoptr (GPtrArray) clocks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_record_free);

  if (stmt == NULL || (set != BH_CLOCKS_RUNNING && !bh_stmt_bind (stmt, error, "t", key)) ||
      !read_clocks (stmt, clocks, error))
    return NULL;
  return g_steal_pointer (&clocks);
}

gboolean
bh_store_running_clock (BhStore *self, const char *kind, gint64 line_id, const char *case_no,
                        BhClockRecord **clock, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      case_no != NULL ? COLUMNS " WHERE" RUNS " AND c.kind = $1 AND c.case_no = $2" IN_ORDER
                      : COLUMNS " WHERE" RUNS " AND c.kind = $1 AND c.line_id = $2" IN_ORDER,
      error);
  g_autoptr (GPtrArray) clocks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_record_free);

  *clock = NULL;
  if (stmt == NULL || !bh_stmt_bind_text (stmt, 1, kind, error) ||
      !(case_no != NULL ? bh_stmt_bind_text (stmt, 2, case_no, error)
                        : bh_stmt_bind_int64 (stmt, 2, line_id, error)) ||
      !read_clocks (stmt, clocks, error))
    return FALSE;
  if (clocks->len > 0)
    *clock = g_ptr_array_steal_index (clocks, 0);
  return TRUE;
}

static gboolean
bind_or_null (BhStmt *stmt, int n, gint64 value, GError **error)
{
  return value != 0 ? bh_stmt_bind_int64 (stmt, n, value, error)
                    : bh_stmt_bind_null (stmt, n, error);
}

/* C1's date is the return-by date that lists and the dock read from the line; a clock that ends
 * with a date keeps the one it had */
static gboolean
set_return_by (BhStore *self, const BhClockRecord *clock, GError **error)
{
  return !g_str_equal (clock->kind, "C1") || (clock->ended_us != 0 && clock->due != NULL) ||
         bh_store_run (self, NULL, error, "UPDATE rma_line SET return_by = $1 WHERE id = $2", "ti",
                       clock->due, clock->line_id);
}

gboolean
bh_store_put_clock (BhStore *self, const BhClockRecord *clock, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "INSERT INTO clock (kind, line_id, case_no, state, stage, level,"
                     " started_us, due, due_us, extra_days, policy_days, zone, calendar)"
                     " VALUES ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                     error);

  return stmt != NULL && bh_stmt_bind_text (stmt, 1, clock->kind, error) &&
         bind_or_null (stmt, 2, clock->line_id, error) &&
         bh_stmt_bind_text (stmt, 3, clock->case_no, error) &&
         bh_stmt_bind_text (stmt, 4, clock->stage, error) &&
         bh_stmt_bind_text (stmt, 5, clock->level, error) &&
         bh_stmt_bind_int64 (stmt, 6, clock->started_us, error) &&
         bh_stmt_bind_text (stmt, 7, clock->due, error) &&
         bind_or_null (stmt, 8, clock->due_us, error) &&
         bh_stmt_bind_int64 (stmt, 9, clock->extra_days, error) &&
         bh_stmt_bind_int64 (stmt, 10, clock->policy_days, error) &&
         bh_stmt_bind_text (stmt, 11, clock->zone, error) &&
         bh_stmt_bind_text (stmt, 12, clock->calendar, error) && bh_stmt_run (stmt, NULL, error) &&
         set_return_by (self, clock, error);
}

gboolean
bh_store_set_clock (BhStore *self, const BhClockRecord *clock, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "UPDATE clock SET state = $1, due = $2, due_us = $3, extra_days = $4,"
                     " policy_days = $5, ended_us = $6 WHERE id = $7",
                     error);

  return stmt != NULL && bh_stmt_bind_text (stmt, 1, clock->state, error) &&
         bh_stmt_bind_text (stmt, 2, clock->due, error) &&
         bind_or_null (stmt, 3, clock->due_us, error) &&
         bh_stmt_bind_int64 (stmt, 4, clock->extra_days, error) &&
         bh_stmt_bind_int64 (stmt, 5, clock->policy_days, error) &&
         bind_or_null (stmt, 6, clock->ended_us, error) &&
         bh_stmt_bind_int64 (stmt, 7, clock->id, error) && bh_stmt_post (stmt, error) &&
         set_return_by (self, clock, error);
}

static gboolean
read_country (BhStore *self, const char *sql, gint64 id, char **country, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = FALSE;

  *country = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", id) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *country = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

gboolean
bh_store_country_of_rma (BhStore *self, gint64 rma_id, char **country, GError **error)
{
  return read_country (self, COUNTRY_OF "$1", rma_id, country, error);
}

gboolean
bh_store_country_of_line (BhStore *self, gint64 line_id, char **country, GError **error)
{
  return read_country (self, COUNTRY_OF "(SELECT rma_id FROM rma_line WHERE id = $1)", line_id,
                       country, error);
}

gboolean
bh_store_set_delivered (BhStore *self, gint64 line_id, gint64 at_us, gint64 *changed,
                        GError **error)
{
  return bh_store_run (
      self, changed, error,
      "UPDATE rma_line SET delivered_us = $1 WHERE id = $2 AND delivered_us IS NULL", "ii", at_us,
      line_id);
}

gboolean
bh_store_set_replacement (BhStore *self, gint64 line_id, const char *serial, GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE rma_line SET replacement = $1 WHERE id = $2",
                       "ti", serial, line_id);
}
