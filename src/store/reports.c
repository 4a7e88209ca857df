/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/reports-store.h"
#include "driver.h"

#define OF_ACCOUNT(column, n) " AND (CAST (" n " AS TEXT) IS NULL OR " column " = " n ")"

/* @binds: what $1, $2, … are: 'f'rom, 't'o, 'a'ccount, 'u'ntil */
static const struct {
  const char *binds;
  const char *sql;
} queries[] = {
  [BH_ROWS_NOT_BACK] = { "a", BH_STREAM
                         "SELECT l.account, l.account_name, l.rma, l.line, l.serial, l.part, "
                         "l.return_by, l.state,"
                         " coalesce(c.zone, d.time_zone), coalesce(c.calendar, d.calendar), "
                         "c.state,"
                         " (SELECT p.reason FROM clock_pause p WHERE p.clock_id = c.id AND p.to_us "
                         "IS NULL LIMIT 1),"
                         " (SELECT max(h.at_us) FROM chase h WHERE h.line_id = l.id AND h.mail IS "
                         "NOT NULL),"
                         " (SELECT k.state FROM claim k WHERE k.line_id = l.id ORDER BY k.at_us "
                         "DESC LIMIT 1), l.case_no, r.reference, l.replacement"
                         " FROM rma_line l JOIN rma r ON r.id = l.rma_id"
                         " LEFT JOIN destination d ON d.destination = r.destination"
                         " LEFT JOIN clock c ON c.line_id = l.id AND c.kind = 'C1' AND c.state IN "
                         "('open','paused')"
                         /* without a date and a clock nothing is expected back (C8) */
                         " WHERE l.awaited = 1 AND (l.return_by IS NOT NULL OR c.id IS NOT "
                         "NULL)" OF_ACCOUNT (
                             "l.account",
                             "$1") " ORDER BY coalesce(l.return_by, '9999-12-31'), l.id" },
  [BH_ROWS_REMINDERS] = { "fta", BH_STREAM
                          "SELECT m.at_us, m.kind, m.account, a.name, m.to_address, m.rmas, "
                          "m.state, m.sent_us, m.tries,"
                          " m.error FROM mail m LEFT JOIN account a ON a.account = m.account"
                          " WHERE m.kind IN ('reminder','overdue') AND m.at_us >= $1 AND m.at_us < "
                          "$2" OF_ACCOUNT ("m.account", "$3") " ORDER BY m.at_us, m.mail" },
  [BH_ROWS_TURN_ROUND] = { "fta", BH_STREAM
                           "SELECT j.posted_us, j.kind, l.received_us, d.time_zone FROM job j"
                           " JOIN rma_line l ON l.id = j.line_id JOIN rma r ON r.id = l.rma_id"
                           " LEFT JOIN destination d ON d.destination = r.destination"
                           " WHERE j.posted_us >= $1 AND j.posted_us < $2 AND j.state = 'posted'"
                           " AND l.received_us IS NOT NULL" OF_ACCOUNT ("l.account", "$3") },
  /* The entries that the newest result tells. The order of job_posted, then of job_entry_of_job:
     nothing is sorted. */
  [BH_ROWS_REPAIRED] = { "fta", BH_STREAM
                         "SELECT j.posted_us, j.kind, j.part, d.time_zone, j.job, j.fault,"
                         " j.disposition, coalesce((SELECT max(CASE f.state WHEN 'posted' THEN 2"
                         "  WHEN 'open' THEN 1 ELSE 0 END) FROM job f WHERE f.line_id = j.line_id"
                         "  AND f.follows = j.job), 0), CASE WHEN p.job IS NULL THEN 0 ELSE 1 END,"
                         " e.id, e.what, e.value, e.low, e.high FROM job j"
                         " JOIN rma_line l ON l.id = j.line_id JOIN rma r ON r.id = l.rma_id"
                         " LEFT JOIN destination d ON d.destination = r.destination"
                         " LEFT JOIN job_post p ON p.job = j.job AND p.version = j.versions"
                         " LEFT JOIN job_entry e ON e.job = j.job AND e.id <= p.upto"
                         " AND e.what IN ('action', 'fault', 'reading', 'reproduced', 'strike')"
                         " WHERE j.posted_us >= $1 AND j.posted_us < $2 AND j.state = "
                         "'posted'" OF_ACCOUNT ("l.account",
                                                "$3") " ORDER BY j.posted_us, j.job, e.id" },
  [BH_ROWS_DOCK] = { "fta", BH_STREAM
                     "SELECT p.at_us, p.verdict, p.rule, p.void, p.replaced_by, p.late, p.dock, "
                     "d.time_zone, p.resolved"
                     " FROM receipt p LEFT JOIN destination d ON d.destination = p.destination"
                     " WHERE p.at_us >= $1 AND p.at_us < $2" OF_ACCOUNT (
                         "p.account", "$3") " ORDER BY p.at_us" },
  /* the order of unit_by_part: nothing is sorted */
  [BH_ROWS_SHIPPED] = { "", BH_STREAM
                        "SELECT part, shipped, count(*) FROM unit WHERE shipped IS NOT NULL"
                        " GROUP BY part, shipped" },
  [BH_ROWS_RETURNED] = { "fta",
                         BH_STREAM "SELECT l.received_us, coalesce(u.part, l.part), u.shipped, "
                                   "d.time_zone FROM rma_line l"
                                   " JOIN rma r ON r.id = l.rma_id LEFT JOIN destination d ON "
                                   "d.destination = r.destination"
                                   " LEFT JOIN unit u ON u.serial = l.serial"
                                   " WHERE l.received_us >= $1 AND l.received_us < $2" OF_ACCOUNT (
                                       "l.account", "$3") },
  [BH_ROWS_CAME_BACK] = { "fta",
                          BH_STREAM "SELECT l.received_us, l.account, l.account_name, l.rma, "
                                    "l.line, l.case_no, r.reference,"
                                    " l.serial, l.replacement, l.part, r.confirmed_us, "
                                    "l.return_by, d.time_zone FROM rma_line l"
                                    " JOIN rma r ON r.id = l.rma_id LEFT JOIN destination d ON "
                                    "d.destination = r.destination"
                                    " WHERE l.received_us >= $1 AND l.received_us < $2" OF_ACCOUNT (
                                        "l.account", "$3") " ORDER BY l.received_us, l.id" },
  [BH_ROWS_OPEN] = { "a", BH_STREAM "SELECT l.state, l.awaited, coalesce(r.confirmed_us, "
                                    "r.created_us), d.time_zone"
                                    " FROM rma_line l JOIN rma r ON r.id = l.rma_id"
                                    " LEFT JOIN destination d ON d.destination = r.destination"
                                    " WHERE l.status = 'open'" OF_ACCOUNT ("l.account", "$1") },
  [BH_ROWS_ENDED] = { "fta", BH_STREAM
                      "SELECT c.ended_us, c.kind, c.state, c.zone FROM clock c"
                      " LEFT JOIN rma_line l ON l.id = c.line_id"
                      " LEFT JOIN support_case s ON s.case_no = c.case_no"
                      " WHERE c.ended_us >= $1 AND c.ended_us < $2 AND c.state IN "
                      "('met','missed')" OF_ACCOUNT ("coalesce(l.account, s.account)", "$3") },
  [BH_ROWS_BOXES] = { "ft", BH_STREAM
                      "SELECT b.box, b.opened_us, b.dock, b.carrier, b.tracking, s.code,"
                      " (SELECT d.time_zone FROM receipt p JOIN destination d ON d.destination = "
                      "p.destination"
                      "  WHERE p.box = b.box AND p.void = 0 LIMIT 1) FROM box b"
                      " LEFT JOIN box_scan s ON s.box = b.box AND s.kind = 'tracking'"
                      " WHERE b.opened_us >= $1 AND b.opened_us < $2 ORDER BY b.opened_us, b.box" },
  /* a paused unit is awaited too, at no date */
  [BH_ROWS_EXPECTED] = { "", BH_STREAM
                         "SELECT l.return_by, coalesce(c.zone, d.time_zone), coalesce(c.calendar, "
                         "d.calendar), count(*)"
                         " FROM rma_line l JOIN rma r ON r.id = l.rma_id"
                         " LEFT JOIN destination d ON d.destination = r.destination"
                         " LEFT JOIN clock c ON c.line_id = l.id AND c.kind = 'C1' AND c.state IN "
                         "('open','paused')"
                         " WHERE l.awaited = 1 AND (l.return_by IS NOT NULL OR c.id IS NOT NULL)"
                         " GROUP BY l.return_by, coalesce(c.zone, d.time_zone), "
                         "coalesce(c.calendar, d.calendar)" },
  [BH_ROWS_DUE] = { "u", BH_STREAM
                    "SELECT c.kind, c.due, c.due_us, c.zone, count(*) FROM clock c"
                    " WHERE c.state = 'open' AND c.state IN ('open','paused') AND c.due IS NOT NULL"
                    " AND c.due <= $1 AND c.kind IN ('C2', 'C3', 'C6') GROUP BY c.kind, c.due, "
                    "c.due_us, c.zone" },
  [BH_ROWS_HELD] = { "",
                     BH_STREAM "SELECT p.at_us, d.time_zone FROM receipt p"
                               " LEFT JOIN destination d ON d.destination = p.destination"
                               " WHERE p.verdict = 'hold' AND p.void = 0 AND p.resolved IS NULL" },
  [BH_ROWS_COUNTS] = { "fu",
                       "SELECT 0, (SELECT count(*) FROM rma WHERE state = 'draft')"
                       " UNION ALL SELECT 1, (SELECT count(*) FROM claim WHERE state = 'pending')"
                       " UNION ALL SELECT 2, (SELECT count(*) FROM mail WHERE state = 'failed' AND "
                       "at_us >= $1)"
                       " UNION ALL SELECT 3, (SELECT count(*) FROM label_job WHERE state = "
                       "'queued')"
                       /* O2: told once that it is overdue, and nothing of it is being asked or
                          paused */
                       " UNION ALL SELECT 4, (SELECT count(*) FROM rma_line l WHERE l.awaited = 1"
                       "  AND l.state = 'awaited' AND coalesce(l.return_by, '9999-12-31') < $2"
                       "  AND EXISTS (SELECT 1 FROM chase h WHERE h.line_id = l.id AND h.return_by "
                       "= l.return_by"
                       "   AND h.stage IN ('overdue', 'decide'))"
                       "  AND EXISTS (SELECT 1 FROM clock c WHERE c.line_id = l.id AND c.kind = "
                       "'C1'"
                       "   AND c.state = 'open')"
                       "  AND NOT EXISTS (SELECT 1 FROM claim k WHERE k.line_id = l.id"
                       "   AND k.state IN ('pending', 'accepted')))" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (queries) == BH_ROWS_LAST);

static gboolean
bind_range (BhStmt *stmt, const char *binds, const BhReportRange *range, GError **error)
{
  for (int n = 1; *binds != '\0'; binds++, n++) {
    gboolean ok = *binds == 'f'   ? bh_stmt_bind_int64 (stmt, n, range->from_us, error)
                  : *binds == 't' ? bh_stmt_bind_int64 (stmt, n, range->to_us, error)
                  : *binds == 'u' ? bh_stmt_bind_text (stmt, n, range->until, error)
                                  : bh_stmt_bind_text (stmt, n, range->account, error);

    if (!ok)
      return FALSE;
  }
  return TRUE;
}

gboolean
bh_store_report_rows (BhStore *self, BhReportRows rows, const BhReportRange *range,
                      BhReportRowFunc each, gpointer data, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, queries[rows].sql, error);
  gboolean row = TRUE;

  if (stmt == NULL || !bind_range (stmt, queries[rows].binds, range, error))
    return FALSE;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return TRUE;
    if (!each (stmt, data, error))
      return FALSE;
  }
  return FALSE;
}

gboolean
bh_store_only_zone (BhStore *self, char **zone, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT min(time_zone), max(time_zone) FROM destination", error);
  gboolean row = FALSE;

  *zone = NULL;
  if (stmt == NULL || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row && g_strcmp0 (bh_stmt_text (stmt, 0), bh_stmt_text (stmt, 1)) == 0)
    *zone = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}
