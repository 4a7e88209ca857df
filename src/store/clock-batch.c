/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* Many clocks at once: over a network two round trips a clock would be felt. */

#include "backhaul/clock-store.h"

#define BLOCK   100
#define COLUMNS 6

/* "UPDATE … FROM (VALUES (CAST ($1 AS BIGINT), …), …) v …": the values bear no type of
 * their own, so each is cast. */
static char *
block_text (const char *set)
{
  static const char *const types[COLUMNS] = {
    "BIGINT", "TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT"
  };
  GString *sql = g_string_new (set);
  g_autofree char *values = NULL;
  GString *rows = g_string_new (NULL);

  for (guint i = 0; i < BLOCK * COLUMNS; i++)
    g_string_append_printf (rows, "%sCAST ($%u AS %s)%s",
                            i == 0             ? "("
                            : i % COLUMNS == 0 ? ", ("
                                               : ", ",
                            i + 1, types[i % COLUMNS], i % COLUMNS == COLUMNS - 1 ? ")" : "");
  values = g_string_free (rows, FALSE);
  g_string_replace (sql, "@ROWS@", values, 1);
  return g_string_free (sql, FALSE);
}

static gboolean
bind_or_null (BhStmt *stmt, int n, gint64 value, GError **error)
{
  return value != 0 ? bh_stmt_bind_int64 (stmt, n, value, error)
                    : bh_stmt_bind_null (stmt, n, error);
}

static gboolean
bind_clock (BhStmt *stmt, int n, const BhClockRecord *clock, gint64 id, GError **error)
{
  return bh_stmt_bind_int64 (stmt, n, id, error) &&
         bh_stmt_bind_text (stmt, n + 1, clock->state, error) &&
         bh_stmt_bind_text (stmt, n + 2, clock->due, error) &&
         bind_or_null (stmt, n + 3, clock->due_us, error) &&
         bh_stmt_bind_int64 (stmt, n + 4, clock->policy_days, error) &&
         bind_or_null (stmt, n + 5, clock->ended_us, error);
}

#define SET_CLOCKS                                                                                 \
  "WITH v (id, state, due, due_us, policy_days, ended_us) AS (VALUES @ROWS@)"                      \
  " UPDATE clock SET state = v.state, due = v.due, due_us = v.due_us,"                             \
  " policy_days = v.policy_days, ended_us = v.ended_us FROM v WHERE clock.id = v.id"
/* C1's date is the return-by date that lists and the dock read from the line */
#define SET_LINES                                                                                  \
  "WITH v (id, state, due, due_us, policy_days, ended_us) AS (VALUES @ROWS@)"                      \
  " UPDATE rma_line SET return_by = v.due FROM v WHERE rma_line.id = v.id"

static gboolean
run_block (BhStore *self, const char *text, GPtrArray *clocks, guint from, gboolean lines,
           GError **error)
{
  g_autofree char *sql = block_text (text);
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < BLOCK; i++) {
    const BhClockRecord *clock = g_ptr_array_index (clocks, from + i);
    /* no line has the number 0 */
    gint64 id = !lines ? clock->id : g_str_equal (clock->kind, "C1") ? clock->line_id : 0;

    if (!bind_clock (stmt, (int) (i * COLUMNS) + 1, clock, id, error))
      return FALSE;
  }
  return bh_stmt_run (stmt, NULL, error);
}

gboolean
bh_store_set_clocks (BhStore *self, GPtrArray *clocks, GError **error)
{
  guint done = 0;

  for (; done + BLOCK <= clocks->len; done += BLOCK)
    if (!run_block (self, SET_CLOCKS, clocks, done, FALSE, error) ||
        !run_block (self, SET_LINES, clocks, done, TRUE, error))
      return FALSE;
  for (; done < clocks->len; done++)
    if (!bh_store_set_clock (self, g_ptr_array_index (clocks, done), error))
      return FALSE;
  return TRUE;
}
