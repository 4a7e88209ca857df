/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Field return rates as the TL 9000 Measurements Handbook has them (FR, "Field Replaceable
 * Unit Returns", examples 7.1.1): returns of the month, by the age of the unit, against the
 * population at the end of the month before.
 *
 *   ERI  early return index     returns shipped in this month or the 6 before ÷ shipped in the 6
 *   YRR  one-year return rate   shipped 7 to 18 months before, both
 *   LTR  long-term return rate  shipped earlier, both                       all × 100 × 12
 *
 * The population is the units on record by their ship date. */

#include "reports-private.h"

#define EARLY 6
#define YEAR  18

double
bh_return_rate (gint64 returns, gint64 population)
{
  return population > 0 ? 100.0 * 12.0 * (double) returns / (double) population : -1;
}

enum { EARLY_RETURNS, YEAR_RETURNS, LONG_RETURNS, UNDATED_RETURNS, RETURN_AGES };

/* A product: what was shipped each month from YEAR before the first on, and all before that;
 * and its returns, RETURN_AGES a month. */
typedef struct {
  gint64 before;
  gint64 *shipped;
  gint64 *returns;
} Part;

typedef struct {
  GTree *parts;
  guint first; /* month */
  guint n;     /* months */
} Rates;

static void
free_part (gpointer data)
{
  Part *part = data;

  g_free (part->shipped);
  g_free (part->returns);
  g_free (part);
}

static int
by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (a, b);
}

static gpointer
begin (BhReportRun *run)
{
  Rates *rates = g_new0 (Rates, 1);

  rates->parts = g_tree_new_full (by_key, NULL, g_free, free_part);
  rates->first = bh_month_of (run->from);
  rates->n = bh_month_of (run->to) - rates->first + 1;
  return rates;
}

static void
end (gpointer data)
{
  Rates *rates = data;

  g_tree_unref (rates->parts);
  g_free (rates);
}

static Part *
part_of (Rates *rates, const char *name)
{
  Part *part;

  if (name == NULL)
    name = "";
  part = g_tree_lookup (rates->parts, name);
  if (part == NULL) {
    part = g_new0 (Part, 1);
    part->shipped = g_new0 (gint64, rates->n + YEAR);
    part->returns = g_new0 (gint64, rates->n * RETURN_AGES);
    g_tree_insert (rates->parts, g_strdup (name), part);
  }
  return part;
}

static gboolean
add_shipped (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  Rates *rates = run->state;
  BhDay day = bh_day_parse (bh_stmt_text (row, 1));
  guint from = rates->first - YEAR;
  Part *part;
  guint month;

  if (day == BH_DAY_NONE)
    return TRUE;
  month = bh_month_of (day);
  /* what is shipped later is of nobody's population yet */
  if (month >= rates->first + rates->n)
    return TRUE;
  part = part_of (rates, bh_stmt_text (row, 0));
  if (month < from)
    part->before += bh_stmt_int64 (row, 2);
  else
    part->shipped[month - from] += bh_stmt_int64 (row, 2);
  return TRUE;
}

static gboolean
add_returned (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  Rates *rates = run->state;
  BhDay day = bh_report_day (bh_stmt_int64 (row, 0), bh_stmt_text (row, 3));
  BhDay shipped = bh_stmt_is_null (row, 2) ? BH_DAY_NONE : bh_day_parse (bh_stmt_text (row, 2));
  gint64 *returns;
  guint age;

  if (!bh_report_wants (run, day))
    return TRUE;
  returns = part_of (rates, bh_stmt_text (row, 1))->returns +
            (bh_month_of (day) - rates->first) * RETURN_AGES;
  if (shipped == BH_DAY_NONE) {
    returns[UNDATED_RETURNS]++;
    return TRUE;
  }
  /* a ship date after the return is wrong on record; it counts as new */
  age = bh_month_of (day) - MIN (bh_month_of (shipped), bh_month_of (day));
  returns[age <= EARLY ? EARLY_RETURNS : age <= YEAR ? YEAR_RETURNS : LONG_RETURNS]++;
  return TRUE;
}

static gint64
sum (const gint64 *from, guint n)
{
  gint64 all = 0;

  for (guint i = 0; i < n; i++)
    all += from[i];
  return all;
}

static gboolean
row_of (BhReportRun *run, const char *name, const Part *part, guint n, GError **error)
{
  const Rates *rates = run->state;
  const gint64 *returns = part->returns + n * RETURN_AGES;
  /* shipped[n + YEAR] is the month itself, which is not of the population yet */
  const gint64 population[] = { sum (part->shipped + n + YEAR - EARLY, EARLY),
                                sum (part->shipped + n, YEAR - EARLY),
                                part->before + sum (part->shipped, n) };

  if (population[0] + population[1] + population[2] + sum (returns, RETURN_AGES) == 0)
    return TRUE;
  bh_report_month (run, rates->first + n);
  bh_report_text (run, name);
  for (guint age = 0; age < G_N_ELEMENTS (population); age++) {
    bh_report_count (run, returns[age]);
    bh_report_count (run, population[age]);
    bh_report_number (run, bh_return_rate (returns[age], population[age]), 2);
  }
  bh_report_count (run, returns[UNDATED_RETURNS]);
  return bh_report_row (run, error);
}

typedef struct {
  BhReportRun *run;
  guint month;
  GError **error;
  gboolean failed;
} Walk;

static gboolean
on_part (gpointer key, gpointer value, gpointer data)
{
  Walk *walk = data;

  walk->failed = !row_of (walk->run, key, value, walk->month, walk->error);
  return walk->failed;
}

static gboolean
rows (BhReportRun *run, GError **error)
{
  Rates *rates = run->state;
  Walk walk = { run, 0, error, FALSE };

  if (rates->n > 600) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: more than 50 years of months; name a later first day",
                 run->kind->report.name);
    return FALSE;
  }
  if (!bh_report_read (run, BH_ROWS_SHIPPED, add_shipped, error) ||
      !bh_report_read (run, BH_ROWS_RETURNED, add_returned, error))
    return FALSE;
  for (; walk.month < rates->n && !walk.failed; walk.month++)
    g_tree_foreach (rates->parts, on_part, &walk);
  return !walk.failed;
}

static const BhReportColumn columns[] = {
  { "month", "Month", BH_REPORT_MONTH, 7 },
  { "part", "Part", BH_REPORT_TEXT, 14 },
  { "early_returns", "Early returns", BH_REPORT_COUNT, 13 },
  { "early_population", "of shipped", BH_REPORT_COUNT, 10 },
  { "eri", "ERI %", BH_REPORT_NUMBER, 7 },
  { "year_returns", "One-year returns", BH_REPORT_COUNT, 16 },
  { "year_population", "of shipped", BH_REPORT_COUNT, 10 },
  { "yrr", "YRR %", BH_REPORT_NUMBER, 7 },
  { "long_returns", "Long-term returns", BH_REPORT_COUNT, 17 },
  { "long_population", "of shipped", BH_REPORT_COUNT, 10 },
  { "ltr", "LTR %", BH_REPORT_NUMBER, 7 },
  { "undated_returns", "No ship date", BH_REPORT_COUNT, 12 },
};

const BhReportKind bh_report_tl9000 = {
  .report = { "tl9000", "Return rates (TL 9000)",
              "Field returns of a month per hundred units a year, by product and by months since "
              "shipping: early (ERI), one-year (YRR), long-term (LTR)",
              columns, G_N_ELEMENTS (columns), 335, FALSE },
  .begin = begin,
  .rows = rows,
  .free = end,
  .chart = { BH_CHART_LINES,
             0,
             -1,
             "returns per 100 units a year",
             { { "ERI: shipped up to 6 months before", 2, 3, 1200 },
               { "YRR: 7 to 18 months", 5, 6, 1200 },
               { "LTR: earlier", 8, 9, 1200 } } },
};
