/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What all reports share: the table, the days they are about, and their rows. */

#include "reports-private.h"

#include "backhaul/table.h"

/* A new report is a row here. */
static const BhReportKind *const kinds[] = {
  &bh_report_not_back,   &bh_report_not_back_accounts, &bh_report_came_back,
  &bh_report_reminders,  &bh_report_turn_round,        &bh_report_dock_days,
  &bh_report_on_time,    &bh_report_repair_on_time,    &bh_report_faults,
  &bh_report_first_pass, &bh_report_no_fault_found,    &bh_report_ages,
  &bh_report_tl9000,     &bh_report_carrier_count,
};

const BhReport *const *
bh_reports (guint *n)
{
  static const BhReport *list[G_N_ELEMENTS (kinds)];
  static gsize made;

  if (g_once_init_enter (&made)) {
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      list[i] = &kinds[i]->report;
    g_once_init_leave (&made, 1);
  }
  *n = G_N_ELEMENTS (list);
  return list;
}

static const BhReportKind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i]->report.name, name) == 0)
      return kinds[i];
  return NULL;
}

const BhReport *
bh_report_find (const char *name, GError **error)
{
  const BhReportKind *kind = find_kind (name);

  if (kind == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: no such report; `report list` names them",
                 name);
  return kind != NULL ? &kind->report : NULL;
}

const BhReportChart *
bh_report_chart_of (const BhReport *report)
{
  return &find_kind (report->name)->chart;
}

/* ---- days and months ---------------------------------------------------------------- */

guint
bh_month_of (BhDay day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_date_get_year (&date) * 12u + (guint) g_date_get_month (&date) - 1;
}

static BhDay
first_of (guint month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth) (month % 12 + 1), (GDateYear) (month / 12));
  return g_date_get_julian (&date);
}

BhDay
bh_report_day (gint64 at_us, const char *zone)
{
  g_autoptr (GTimeZone) tz = zone != NULL ? bh_zone (zone) : NULL;

  return bh_day_of (at_us, tz);
}

gboolean
bh_report_wants (const BhReportRun *run, BhDay day)
{
  return day >= run->from && day <= run->to;
}

void
bh_report_set_range (BhReportRun *run)
{
  /* zones are up to 14 hours apart from UTC: what is too much is left out by its own day */
  run->range.from_us = bh_day_start_us (run->from - 1, NULL);
  run->range.to_us = bh_day_start_us (run->to + 2, NULL);
}

static gboolean
set_days (BhReportRun *run, GError **error)
{
  const BhReport *report = &run->kind->report;
  const BhReportQuery *query = run->query;

  if (report->days == 0 && (query->from != BH_DAY_NONE || query->to != BH_DAY_NONE)) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: it tells what is now; leave --from and --to out", report->name);
    return FALSE;
  }
  if (report->days == 0)
    return TRUE;
  run->to = query->to != BH_DAY_NONE ? query->to : bh_day_of (run->now_us, NULL);
  run->from = query->from != BH_DAY_NONE ? query->from : run->to - report->days + 1;
  if (run->from > run->to) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the last day is before the first; put the earlier one into --from",
                 report->name);
    return FALSE;
  }
  /* half a month beside whole ones misleads */
  if (report->columns[0].type == BH_REPORT_MONTH) {
    run->from = first_of (bh_month_of (run->from));
    run->to = first_of (bh_month_of (run->to) + 1) - 1;
  }
  bh_report_set_range (run);
  return TRUE;
}

/* ---- rows ------------------------------------------------------------------------------- */

void
bh_report_text (BhReportRun *run, const char *value)
{
  g_ptr_array_add (run->cells, g_strdup (value));
}

void
bh_report_filled (BhReportRun *run, const char *value)
{
  bh_report_text (run, value != NULL && *value != '\0' ? value : NULL);
}

void
bh_report_count (BhReportRun *run, gint64 value)
{
  g_ptr_array_add (run->cells, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
bh_report_number (BhReportRun *run, double value, int decimals)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  char format[] = "%.0f";

  format[2] = (char) ('0' + decimals);
  g_ptr_array_add (run->cells,
                   value < 0 ? NULL
                             : g_strdup (g_ascii_formatd (digits, sizeof digits, format, value)));
}

void
bh_report_date (BhReportRun *run, BhDay day)
{
  g_ptr_array_add (run->cells, day != BH_DAY_NONE ? bh_day_format (day) : NULL);
}

void
bh_report_month (BhReportRun *run, guint month)
{
  g_ptr_array_add (run->cells, g_strdup_printf ("%04u-%02u", month / 12, month % 12 + 1));
}

void
bh_report_time (BhReportRun *run, gint64 at_us, const char *zone)
{
  g_autoptr (GTimeZone) tz = zone != NULL ? bh_zone (zone) : NULL;

  g_ptr_array_add (run->cells, at_us != 0 ? bh_time_format (at_us, tz) : NULL);
}

gboolean
bh_report_row (BhReportRun *run, GError **error)
{
  gboolean ok;

  g_assert (run->cells->len == run->kind->report.n_columns);
  ok = run->each (&run->kind->report, (const char *const *) run->cells->pdata, run->data, error);
  g_ptr_array_set_size (run->cells, 0);
  return ok;
}

gboolean
bh_report_read (BhReportRun *run, BhReportRows rows, BhReportRowFunc each, GError **error)
{
  return bh_store_report_rows (run->desk->store, rows, &run->range, each, run, error);
}

static gboolean
check_query (BhReportRun *run, GError **error)
{
  const BhReport *report = &run->kind->report;
  gboolean known = TRUE;

  if (report->file != (run->query->stream != NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 report->file ? "%s: it counts a carrier's list; name the FILE"
                              : "%s: it takes no file; leave it out",
                 report->name);
    return FALSE;
  }
  if (run->query->account == NULL)
    return TRUE;
  if (report->file) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: it has no accounts; leave --account out",
                 report->name);
    return FALSE;
  }
  if (!bh_store_refers (run->desk->store, BH_REF_ACCOUNT, run->query->account, NULL, &known, error))
    return FALSE;
  if (!known)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such account; `export accounts` names them", run->query->account);
  return known;
}

gboolean
bh_desk_report (BhDesk *self, const BhReport *report, const BhReportQuery *query, gint64 now_us,
                BhReportFunc each, gpointer data, GError **error)
{
  BhReportRun run = { .desk = self,
                      .kind = find_kind (report->name),
                      .query = query,
                      .now_us = now_us,
                      .range.account = query->account,
                      .each = each,
                      .data = data };
  g_autoptr (BhTx) tx = NULL;
  gboolean ok;

  g_return_val_if_fail (run.kind != NULL, FALSE);
  if (!bh_desk_require (self, BH_MAY_READ, error) || !set_days (&run, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL || !check_query (&run, error))
    return FALSE;
  run.cells = g_ptr_array_new_with_free_func (g_free);
  run.state = run.kind->begin != NULL ? run.kind->begin (&run) : NULL;
  ok = run.kind->rows (&run, error);
  if (run.kind->free != NULL)
    run.kind->free (run.state);
  g_ptr_array_unref (run.cells);
  return ok;
}
