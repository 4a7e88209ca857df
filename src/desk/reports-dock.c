/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What the dock did by day and rule, and the reminders that went out. */

#include "reports-private.h"

/* ---- the dock, by day and rule ------------------------------------------------------- */

/* of BH_ROWS_DOCK */
enum { AT, VERDICT, RULE, VOID, REPLACED_BY, LATE, DOCK, ZONE, RESOLVED };

enum { UNITS, ACCEPTED, HELD, REFUSED, LATE_ONES, VOIDED, FIGURES };

typedef struct {
  GTree *days; /* "2026-11-24 D01" → gint64[FIGURES]: as many as days and rules */
  BhDockZones zones;
} Dock;

static int
by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (a, b);
}

static gpointer
begin_dock (BhReportRun *run)
{
  Dock *dock = g_new0 (Dock, 1);

  dock->days = g_tree_new_full (by_key, NULL, g_free, g_free);
  return dock;
}

static void
free_dock (gpointer data)
{
  Dock *dock = data;

  g_tree_unref (dock->days);
  bh_dock_zones_clear (&dock->zones);
  g_free (dock);
}

gboolean
bh_dock_zones_init (BhDockZones *self, BhDesk *desk, GError **error)
{
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return bh_store_only_zone (desk->store, &self->only, error);
}

void
bh_dock_zones_clear (BhDockZones *self)
{
  g_clear_pointer (&self->zones, g_hash_table_unref);
  g_clear_pointer (&self->only, g_free);
}

const char *
bh_dock_zones_of (BhDockZones *self, const char *dock, const char *zone)
{
  const char *last = g_hash_table_lookup (self->zones, dock != NULL ? dock : "");

  if (zone == NULL)
    return last != NULL ? last : self->only;
  if (g_strcmp0 (zone, last) != 0)
    g_hash_table_insert (self->zones, g_strdup (dock != NULL ? dock : ""), g_strdup (zone));
  return zone;
}

static gint64 *
figures_of (Dock *dock, BhDay day, const char *rule)
{
  g_autofree char *date = bh_day_format (day);
  /* "D1" before "D10" before "D2" is no order: two digits */
  g_autofree char *key = g_strdup_printf (
      "%s %c%02" G_GINT64_FORMAT, date, rule[0] != '\0' ? rule[0] : '?',
      rule[0] != '\0' ? g_ascii_strtoll (rule + 1, NULL, 10) : G_GINT64_CONSTANT (0));
  gint64 *figures = g_tree_lookup (dock->days, key);

  if (figures == NULL) {
    figures = g_new0 (gint64, FIGURES);
    g_tree_insert (dock->days, g_steal_pointer (&key), figures);
  }
  return figures;
}

static gboolean
add_receipt (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  Dock *dock = run->state;
  const char *verdict = bh_stmt_text (row, VERDICT);
  const char *zone =
      bh_dock_zones_of (&dock->zones, bh_stmt_text (row, DOCK), bh_stmt_text (row, ZONE));
  BhDay day = bh_report_day (bh_stmt_int64 (row, AT), zone);
  gboolean voided = bh_stmt_int64 (row, VOID) != 0;
  gboolean ended = voided && g_str_equal (verdict, "hold") && !bh_stmt_is_null (row, RESOLVED);
  gint64 *figures;

  /* a verdict that another one took the place of is told by that one */
  if (!bh_report_wants (run, day) || (voided && !ended && !bh_stmt_is_null (row, REPLACED_BY)))
    return TRUE;
  figures = figures_of (dock, day, bh_stmt_text (row, RULE));
  if (ended) {
    /* it was held; the unit itself is counted by the decision that ended it */
    figures[HELD]++;
    return TRUE;
  }
  if (voided) {
    figures[VOIDED]++;
    return TRUE;
  }
  figures[UNITS]++;
  figures[g_str_equal (verdict, "accept") ? ACCEPTED
          : g_str_equal (verdict, "hold") ? HELD
                                          : REFUSED]++;
  figures[LATE_ONES] += g_str_equal (verdict, "accept") && bh_stmt_int64 (row, LATE) != 0;
  return TRUE;
}

typedef struct {
  BhReportRun *run;
  GError **error;
  gboolean failed;
} Walk;

static gboolean
on_day (gpointer key, gpointer value, gpointer data)
{
  Walk *walk = data;
  const char *text = key;
  const gint64 *figures = value;
  g_autofree char *day = g_strndup (text, 10);
  g_autofree char *rule =
      g_strdup_printf ("%c%" G_GINT64_FORMAT, text[11], g_ascii_strtoll (text + 12, NULL, 10));

  bh_report_text (walk->run, day);
  bh_report_text (walk->run, rule);
  for (guint i = 0; i < FIGURES; i++)
    bh_report_count (walk->run, figures[i]);
  walk->failed = !bh_report_row (walk->run, walk->error);
  return walk->failed;
}

static gboolean
each_day (BhReportRun *run, GError **error)
{
  Dock *dock = run->state;
  Walk walk = { run, error, FALSE };

  if (!bh_dock_zones_init (&dock->zones, run->desk, error) ||
      !bh_report_read (run, BH_ROWS_DOCK, add_receipt, error))
    return FALSE;
  g_tree_foreach (dock->days, on_day, &walk);
  return !walk.failed;
}

static const BhReportColumn dock_columns[] = {
  { "day", "Day", BH_REPORT_DATE, 10 },        { "rule", "Rule", BH_REPORT_TEXT, 4 },
  { "units", "Units", BH_REPORT_COUNT, 7 },    { "accepted", "Accepted", BH_REPORT_COUNT, 8 },
  { "held", "Held", BH_REPORT_COUNT, 6 },      { "refused", "Refused", BH_REPORT_COUNT, 7 },
  { "late", "Came late", BH_REPORT_COUNT, 9 }, { "voided", "Voided", BH_REPORT_COUNT, 6 },
};

const BhReportKind bh_report_dock_days = {
  .report = { "dock-days", "The dock by day and rule",
              "Units judged each day by the rule that decided: accepted, held, refused; of the "
              "accepted those that came late; verdicts that were voided; a hold that was ended "
              "counts as held, its unit by the decision",
              dock_columns, G_N_ELEMENTS (dock_columns), 30, FALSE },
  .begin = begin_dock,
  .rows = each_day,
  .free = free_dock,
  .chart = { BH_CHART_STACKED,
             0,
             -1,
             "units",
             { { "Accepted", 3, 0, 0 }, { "Held", 4, 0, 0 }, { "Refused", 5, 0, 0 } } },
};

/* ---- reminders that went out (K3, O1) -------------------------------------------------- */

static gboolean
on_mail (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;

  if (!bh_report_wants (run, bh_report_day (bh_stmt_int64 (row, 0), NULL)))
    return TRUE;
  bh_report_time (run, bh_stmt_int64 (row, 0), NULL);
  for (int i = 1; i <= 6; i++)
    bh_report_text (run, bh_stmt_text (row, i));
  bh_report_time (run, bh_stmt_int64 (row, 7), NULL);
  bh_report_count (run, bh_stmt_int64 (row, 8));
  bh_report_text (run, bh_stmt_text (row, 9));
  return bh_report_row (run, error);
}

static gboolean
each_mail (BhReportRun *run, GError **error)
{
  return bh_report_read (run, BH_ROWS_REMINDERS, on_mail, error);
}

static const BhReportColumn reminder_columns[] = {
  { "queued", "Queued", BH_REPORT_TIME, 25 },   { "kind", "Kind", BH_REPORT_TEXT, 8 },
  { "account", "Account", BH_REPORT_TEXT, 10 }, { "account_name", "Name", BH_REPORT_TEXT, 20 },
  { "to", "To", BH_REPORT_TEXT, 24 },           { "rmas", "RMAs", BH_REPORT_TEXT, 11 },
  { "state", "State", BH_REPORT_TEXT, 6 },      { "sent", "Sent", BH_REPORT_TIME, 25 },
  { "tries", "Tries", BH_REPORT_COUNT, 5 },     { "error", "Error", BH_REPORT_TEXT, 20 },
};

const BhReportKind bh_report_reminders = {
  .report = { "reminders", "Reminders sent",
              "Each reminder and overdue notice: to whom, about which RMAs, when it was queued "
              "and sent, or why not",
              reminder_columns, G_N_ELEMENTS (reminder_columns), 30, FALSE },
  .rows = each_mail,
  .chart = { BH_CHART_STACKED, 0, 6, "mails", { { NULL, BH_SUM_ROWS, 0, 0 } } },
};
