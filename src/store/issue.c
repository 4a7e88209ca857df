/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* What issuing an RMA writes: numbers, coverage, flags and ends (RULES §3). */

#include "backhaul/issue-store.h"

#define LAST_NUMBER "rma.last-number"

static gboolean
is_taken (BhStore *self, const char *rma, gboolean *taken, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT 1 FROM rma WHERE rma = $1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", rma) && bh_stmt_next (stmt, taken, error);
}

/* The highest number of that many digits on record: a walk over all, done when there
 * is no counter yet or an import ran into it. */
static gboolean
highest_number (BhStore *self, int digits, guint64 *highest, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT max(rma) FROM rma WHERE length(rma) = $1", error);
  const char *text;

  *highest = 0;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", (gint64) digits + 1) ||
      !bh_stmt_one_row (stmt, error))
    return FALSE;
  text = bh_stmt_text (stmt, 0);
  if (text != NULL)
    *highest = g_ascii_strtoull (text + 1, NULL, 10);
  return TRUE;
}

static char *
number_text (int digits, guint64 number)
{
  return g_strdup_printf ("R%0*" G_GUINT64_FORMAT, digits, number);
}

/* Above what was taken; where the highest number is used up already (an import may have
 * brought it), the first free one after the last taken. */
static gboolean
next_number (BhStore *self, int digits, guint64 last, char **rma, GError **error)
{
  gboolean taken = FALSE;
  guint64 highest = 0;
  guint64 most = 0;

  for (int i = 0; i < digits; i++)
    most = most * 10 + 9;
  *rma = number_text (digits, last + 1);
  if (last != 0 && last < most && !is_taken (self, *rma, &taken, error))
    return FALSE;
  if (last != 0 && last < most && !taken)
    return TRUE;
  if (!highest_number (self, digits, &highest, error))
    return FALSE;
  if (MAX (highest, last) < most) {
    g_free (*rma);
    *rma = number_text (digits, MAX (highest, last) + 1);
    return TRUE;
  }
  for (guint64 n = last + 1; n <= most; n++) {
    g_free (*rma);
    *rma = number_text (digits, n);
    if (!is_taken (self, *rma, &taken, error))
      return FALSE;
    if (!taken)
      return TRUE;
  }
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "rma: every number of %d digits is taken (I1); set rma.digits higher", digits);
  return FALSE;
}

gboolean
bh_store_take_rma_number (BhStore *self, int digits, char **rma, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *setting = NULL;
  guint64 last = 0;

  *rma = NULL;
  /* two stations that draw at one instant draw one after the other */
  if (!bh_store_lock_key (self, LAST_NUMBER, error))
    return FALSE;
  setting = bh_store_get_setting (self, LAST_NUMBER, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (setting != NULL)
    last = g_ascii_strtoull (setting + 1, NULL, 10);
  if (next_number (self, digits, last, rma, error) &&
      bh_store_set_setting (self, LAST_NUMBER, *rma, error))
    return TRUE;
  g_clear_pointer (rma, g_free);
  return FALSE;
}

gboolean
bh_store_flag_of_line (BhStore *self, gint64 line_id, char **flag, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT flag FROM rma_line WHERE id = $1", error);
  gboolean row = FALSE;

  *flag = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", line_id) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *flag = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

gboolean
bh_store_find_act (BhStore *self, const char *act, const char *what, char **entity, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT entity FROM audit WHERE act = $1 AND what = $2 ORDER BY entity LIMIT 1", error);
  gboolean row = FALSE;

  *entity = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", act, what) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *entity = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

gboolean
bh_store_act_time (BhStore *self, const char *act, const char *what, gint64 *at_us, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT at_us FROM audit WHERE act = $1 AND what = $2 LIMIT 1", error);
  gboolean row = FALSE;

  *at_us = 0;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", act, what) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *at_us = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

gboolean
bh_store_set_coverage (BhStore *self, gint64 line_id, const char *coverage, const char *level,
                       GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET coverage = $1, level = $2 WHERE id = $3", "tti",
                       coverage, level, line_id);
}

gboolean
bh_store_set_override (BhStore *self, gint64 rma_id, const char *reason, const char *by,
                       GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma SET override_reason = $1, override_by = $2 WHERE id = $3", "tti",
                       reason, by, rma_id);
}

gboolean
bh_store_end_line (BhStore *self, gint64 line_id, const char *state, const char *reason,
                   GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET state = $1, awaited = 0, cancel_reason = $2"
                       " WHERE id = $3",
                       "tti", state, reason, line_id);
}

gboolean
bh_store_reawait_line (BhStore *self, gint64 line_id, GError **error)
{
  /* where no return was possible C1 had no date, and has none now (C8) */
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET state = 'awaited', awaited = 1, cancel_reason = NULL"
                       " WHERE id = $1",
                       "i", line_id) &&
         bh_store_run (self, NULL, error,
                       "UPDATE clock SET ended_us = NULL, state = CASE WHEN EXISTS (SELECT 1"
                       " FROM clock_pause p WHERE p.clock_id = clock.id AND p.to_us IS NULL)"
                       " THEN 'paused' ELSE 'open' END"
                       " WHERE line_id = $1 AND kind IN ('C1', 'C5') AND state = 'void'"
                       " AND (due IS NOT NULL OR EXISTS (SELECT 1 FROM clock_pause p"
                       " WHERE p.clock_id = clock.id AND p.to_us IS NULL))",
                       "i", line_id);
}

gboolean
bh_store_reawait_charged (BhStore *self, gint64 rma_id, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET awaited = 1 WHERE rma_id = $1 AND state = 'charged'"
                       " AND awaited = 0 AND NOT EXISTS (SELECT 1 FROM rma_line o"
                       " WHERE o.serial = rma_line.serial AND o.awaited = 1)",
                       "i", rma_id);
}

gboolean
bh_store_clear_cancelled (BhStore *self, gint64 rma_id, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma SET cancel_reason = NULL, purchase_order = NULL WHERE id = $1",
                       "i", rma_id);
}

gboolean
bh_store_set_cancelled (BhStore *self, gint64 rma_id, const char *reason,
                        const char *purchase_order, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma SET cancel_reason = $1,"
                       " purchase_order = coalesce($2, purchase_order) WHERE id = $3",
                       "tti", reason, purchase_order, rma_id);
}

gboolean
bh_store_set_flag (BhStore *self, gint64 line_id, const char *flag, GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE rma_line SET flag = $1 WHERE id = $2", "ti", flag,
                       line_id);
}

gboolean
bh_store_touch_case (BhStore *self, const char *case_no, gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE support_case SET modified_us = $1 WHERE case_no = $2"
                       " AND modified_us < $1",
                       "it", at_us, case_no);
}

gboolean
bh_store_set_mail_details (BhStore *self, const char *mail, const char *language,
                           const char *details, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE mail SET language = $1, details = $2 WHERE mail = $3", "ttt",
                       language, details, mail);
}
