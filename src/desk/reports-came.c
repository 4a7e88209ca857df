/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What came back, with all that the customer's side files it by (K6). */

#include "reports-private.h"

/* of BH_ROWS_CAME_BACK */
enum {
  RECEIVED,
  ACCOUNT,
  ACCOUNT_NAME,
  RMA,
  LINE,
  CASE_NO,
  REFERENCE,
  SERIAL,
  REPLACEMENT,
  PART,
  ISSUED,
  RETURN_BY,
  ZONE
};

static gboolean
on_line (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  const char *zone = bh_stmt_text (row, ZONE);
  BhDay back = bh_report_day (bh_stmt_int64 (row, RECEIVED), zone);
  BhDay issued = BH_DAY_NONE;
  BhDay due = BH_DAY_NONE;

  if (!bh_report_wants (run, back))
    return TRUE;
  if (!bh_stmt_is_null (row, ISSUED))
    issued = bh_report_day (bh_stmt_int64 (row, ISSUED), zone);
  if (!bh_stmt_is_null (row, RETURN_BY))
    due = bh_day_parse (bh_stmt_text (row, RETURN_BY));
  bh_report_date (run, back);
  bh_report_text (run, due == BH_DAY_NONE ? "no date" : back > due ? "late" : "in time");
  for (int column = ACCOUNT; column <= RMA; column++)
    bh_report_text (run, bh_stmt_text (row, column));
  bh_report_count (run, bh_stmt_int64 (row, LINE));
  for (int column = CASE_NO; column <= PART; column++)
    bh_report_filled (run, bh_stmt_text (row, column));
  bh_report_date (run, issued);
  bh_report_date (run, due);
  return bh_report_row (run, error);
}

static gboolean
each_line (BhReportRun *run, GError **error)
{
  return bh_report_read (run, BH_ROWS_CAME_BACK, on_line, error);
}

static const BhReportColumn columns[] = {
  { "received", "Came back", BH_REPORT_DATE, 10 },
  { "in_time", "In time", BH_REPORT_TEXT, 7 },
  { "account", "Account", BH_REPORT_TEXT, 10 },
  { "account_name", "Name", BH_REPORT_TEXT, 20 },
  { "rma", "RMA", BH_REPORT_TEXT, 11 },
  { "line", "Line", BH_REPORT_COUNT, 4 },
  { "case", "Case", BH_REPORT_TEXT, 16 },
  { "reference", "Reference", BH_REPORT_TEXT, 12 },
  { "serial", "Serial", BH_REPORT_TEXT, 16 },
  { "replacement", "Replacement", BH_REPORT_TEXT, 16 },
  { "part", "Part", BH_REPORT_TEXT, 12 },
  { "issued", "Issued", BH_REPORT_DATE, 10 },
  { "return_by", "Return by", BH_REPORT_DATE, 10 },
};

const BhReportKind bh_report_came_back = {
  .report = { "came-back", "What came back",
              "Each unit that was received, by the day: in time or late, with RMA, case, the "
              "customer's reference, faulty and replacement serial",
              columns, G_N_ELEMENTS (columns), 30, FALSE },
  .rows = each_line,
  .chart = { BH_CHART_STACKED, 0, 1, "units", { { NULL, BH_SUM_ROWS, 0, 0 } } },
};
