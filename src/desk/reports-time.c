/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* How long repair took, and which clocks were met, by month. */

#include "reports-private.h"

typedef struct {
  GArray *days; /* double: each turn-round */
  gint64 met;
  gint64 missed;
} Month;

static void
free_month (gpointer data)
{
  Month *month = data;

  g_array_unref (month->days);
  g_free (month);
}

static int
by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (a, b);
}

/* "0024323 ra" → Month, in order */
static gpointer
begin_months (BhReportRun *run)
{
  return g_tree_new_full (by_key, NULL, g_free, free_month);
}

static Month *
month_of (BhReportRun *run, BhDay day, const char *kind)
{
  g_autofree char *key = g_strdup_printf ("%07u %s", bh_month_of (day), kind);
  Month *month = g_tree_lookup (run->state, key);

  if (month == NULL) {
    month = g_new0 (Month, 1);
    month->days = g_array_new (FALSE, FALSE, sizeof (double));
    g_tree_insert (run->state, g_steal_pointer (&key), month);
  }
  return month;
}

/* ---- dock receipt to repair done ------------------------------------------------------ */

static gboolean
add_job (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  gint64 posted_us = bh_stmt_int64 (row, 0);
  BhDay day = bh_report_day (posted_us, bh_stmt_text (row, 3));
  double days = (double) (posted_us - bh_stmt_int64 (row, 2)) / G_TIME_SPAN_DAY;

  if (bh_report_wants (run, day))
    g_array_append_val (month_of (run, day, bh_stmt_text (row, 1))->days, days);
  return TRUE;
}

static int
by_length (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static double
median (const GArray *sorted)
{
  guint half = sorted->len / 2;
  double upper = g_array_index (sorted, double, half);

  return sorted->len % 2 == 1 ? upper : (g_array_index (sorted, double, half - 1) + upper) / 2;
}

/* The least that nine of ten do not exceed. */
static double
ninetieth (const GArray *sorted)
{
  return g_array_index (sorted, double, (sorted->len * 9 + 9) / 10 - 1);
}

typedef struct {
  BhReportRun *run;
  GError **error;
  gboolean failed;
} Walk;

static void
month_and_kind (BhReportRun *run, const char *key)
{
  bh_report_month (run, (guint) g_ascii_strtoull (key, NULL, 10));
  bh_report_text (run, key + 8);
}

static gboolean
on_turn_round (gpointer key, gpointer value, gpointer data)
{
  Walk *walk = data;
  GArray *days = ((Month *) value)->days;

  g_array_sort (days, by_length);
  month_and_kind (walk->run, key);
  bh_report_count (walk->run, days->len);
  bh_report_number (walk->run, median (days), 1);
  bh_report_number (walk->run, ninetieth (days), 1);
  bh_report_number (walk->run, g_array_index (days, double, days->len - 1), 1);
  walk->failed = !bh_report_row (walk->run, walk->error);
  return walk->failed;
}

static gboolean
each_turn_round (BhReportRun *run, GError **error)
{
  Walk walk = { run, error, FALSE };

  if (!bh_report_read (run, BH_ROWS_TURN_ROUND, add_job, error))
    return FALSE;
  g_tree_foreach (run->state, on_turn_round, &walk);
  return !walk.failed;
}

static const BhReportColumn turn_round_columns[] = {
  { "month", "Month", BH_REPORT_MONTH, 7 },
  { "kind", "Kind", BH_REPORT_TEXT, 4 },
  { "units", "Units", BH_REPORT_COUNT, 7 },
  { "median_days", "Median days", BH_REPORT_NUMBER, 11 },
  { "ninetieth_days", "9 of 10 within", BH_REPORT_NUMBER, 14 },
  { "most_days", "Longest", BH_REPORT_NUMBER, 9 },
};

const BhReportKind bh_report_turn_round = {
  .report = { "turn-round", "Turn-round: dock receipt to result posted",
              "Days from the dock's receipt to the posted result, by the month of posting: "
              "median, what nine of ten did not exceed, and the longest",
              turn_round_columns, G_N_ELEMENTS (turn_round_columns), 335, FALSE },
  .begin = begin_months,
  .rows = each_turn_round,
  .free = (GDestroyNotify) g_tree_unref,
  .chart = { BH_CHART_LINES,
             0,
             1,
             "days",
             { { "median", 3, 0, 0 }, { "9 of 10 within", 4, 0, 0 } } },
};

/* ---- clocks met and missed ---------------------------------------------------------------- */

static gboolean
add_clock (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  BhDay day = bh_report_day (bh_stmt_int64 (row, 0), bh_stmt_text (row, 3));
  Month *month;

  if (!bh_report_wants (run, day))
    return TRUE;
  month = month_of (run, day, bh_stmt_text (row, 1));
  if (g_str_equal (bh_stmt_text (row, 2), "met"))
    month->met++;
  else
    month->missed++;
  return TRUE;
}

static gboolean
end_clock_row (Walk *walk, const Month *month)
{
  bh_report_count (walk->run, month->met + month->missed);
  bh_report_count (walk->run, month->met);
  bh_report_count (walk->run, month->missed);
  bh_report_number (walk->run, 100.0 * (double) month->met / (double) (month->met + month->missed),
                    1);
  walk->failed = !bh_report_row (walk->run, walk->error);
  return walk->failed;
}

static gboolean
on_clocks (gpointer key, gpointer value, gpointer data)
{
  Walk *walk = data;

  month_and_kind (walk->run, key);
  return end_clock_row (walk, value);
}

static gboolean
each_clock (BhReportRun *run, GError **error)
{
  Walk walk = { run, error, FALSE };

  if (!bh_report_read (run, BH_ROWS_ENDED, add_clock, error))
    return FALSE;
  g_tree_foreach (run->state, on_clocks, &walk);
  return !walk.failed;
}

static const BhReportColumn on_time_columns[] = {
  { "month", "Month", BH_REPORT_MONTH, 7 },   { "kind", "Clock", BH_REPORT_TEXT, 5 },
  { "ended", "Ended", BH_REPORT_COUNT, 7 },   { "met", "Met", BH_REPORT_COUNT, 7 },
  { "missed", "Missed", BH_REPORT_COUNT, 7 }, { "met_percent", "Met %", BH_REPORT_NUMBER, 6 },
};

const BhReportKind bh_report_on_time = {
  .report = { "on-time", "Clocks met and missed",
              "Clocks that ended, by kind and the month of their end: C1 return, C2 and C3 "
              "results, C4 warranty repair, C5 dispatch, C6 case",
              on_time_columns, G_N_ELEMENTS (on_time_columns), 335, FALSE },
  .begin = begin_months,
  .rows = each_clock,
  .free = (GDestroyNotify) g_tree_unref,
  .chart = { BH_CHART_LINES, 0, 1, "% met", { { NULL, 3, 2, 100 } } },
};

/* ---- RA and FA in time (C2, C3) ------------------------------------------------------------ */

static gboolean
add_repair_clock (BhStmt *row, gpointer data, GError **error)
{
  const char *kind = bh_stmt_text (row, 1);

  return (!g_str_equal (kind, "C2") && !g_str_equal (kind, "C3")) || add_clock (row, data, error);
}

static gboolean
on_repair_clocks (gpointer key, gpointer value, gpointer data)
{
  Walk *walk = data;
  gboolean fa = g_str_has_suffix (key, "C3");

  bh_report_month (walk->run, (guint) g_ascii_strtoull (key, NULL, 10));
  bh_report_text (walk->run, fa ? "fa" : "ra");
  return end_clock_row (walk, value);
}

static gboolean
each_repair_clock (BhReportRun *run, GError **error)
{
  Walk walk = { run, error, FALSE };

  if (!bh_report_read (run, BH_ROWS_ENDED, add_repair_clock, error))
    return FALSE;
  g_tree_foreach (run->state, on_repair_clocks, &walk);
  return !walk.failed;
}

static const BhReportColumn repair_on_time_columns[] = {
  { "month", "Month", BH_REPORT_MONTH, 7 },
  { "kind", "Kind", BH_REPORT_TEXT, 4 },
  { "results", "Results", BH_REPORT_COUNT, 7 },
  { "in_time", "In time", BH_REPORT_COUNT, 7 },
  { "late", "Late", BH_REPORT_COUNT, 7 },
  { "in_time_percent", "In time %", BH_REPORT_NUMBER, 9 },
};

const BhReportKind bh_report_repair_on_time = {
  .report = { "repair-on-time", "RA and FA in time",
              "Results by the month of posting: an RA within 30 days of the scan-in at the repair "
              "center, each result of an FA within 15 days of the one before",
              repair_on_time_columns, G_N_ELEMENTS (repair_on_time_columns), 335, FALSE },
  .begin = begin_months,
  .rows = each_repair_clock,
  .free = (GDestroyNotify) g_tree_unref,
  .chart = { BH_CHART_LINES, 0, 1, "% in time", { { NULL, 3, 2, 100 } } },
};
