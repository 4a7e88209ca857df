/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What each role sees first in the morning. */

#include "backhaul/morning.h"

#include "backhaul/chase-store.h"
#include "backhaul/reports-store.h"
#include "desk-private.h"

#define WEEK       7
#define MAILS_DAYS 7 /* a failure of before was seen on the days since */

/* What is counted; the words are in the table below. */
typedef enum {
  EXPECTED_TODAY,
  EXPECTED_WEEK,
  ON_THE_WAY,
  HELD_TODAY,
  HELD_DAYS,
  HELD_LONG,
  DRAFTS,
  DUE_SOON,
  LATE_5,
  LATE_10,
  LATE_MORE,
  CLAIMS,
  MAILS_FAILED,
  CASES_RED,
  CASES_TODAY,
  JOBS_LATE,
  JOBS_TODAY,
  JOBS_WEEK,
  TO_CREDIT,
  TO_DECIDE,
  LABELS,
  LAST
} Count;

#define R(role) (1u << BH_ROLE_##role)
#define DOCK    (R (RECEIVER) | R (SUPERVISOR))
#define OFFICE  (R (CSR) | R (SUPERVISOR))
#define BENCH   (R (TECHNICIAN) | R (SUPERVISOR))

/* In the order in which they are shown. @alarm: more than none is bad news. */
static const struct {
  Count count;
  guint roles;
  gboolean alarm;
  const char *name;
  const char *one;
  const char *many;
  const char *page;
  const char *filter;
  const char *command;
} figures[] = {
  { TO_DECIDE, R (SUPERVISOR), TRUE, "decisions", "overdue unit waits for a decision",
    "overdue units wait for a decision: charge, extend or waive (O2)", "due", "kind=C1 state=late",
    "due --kind C1 --state late" },
  { TO_CREDIT, R (SUPERVISOR), TRUE, "to-credit",
    "charge is to be credited, as the unit came in (O3)",
    "charges are to be credited, as the units came in (O3)", "due", "charges=to-credit",
    "charge list --to-credit" },
  { CASES_RED, OFFICE, TRUE, "cases-red", "case is past its response time (C6)",
    "cases are past their response time (C6)", "cases", "state=late",
    "due --kind C6 --state late" },
  { CASES_TODAY, OFFICE, FALSE, "cases-today", "case must be answered today (C6)",
    "cases must be answered today (C6)", "cases", "state=amber", "due --kind C6" },
  { DRAFTS, OFFICE, FALSE, "drafts", "draft waits in the logistics queue (N1)",
    "drafts wait in the logistics queue (N1)", "issue", "queue", "rma queue" },
  { HELD_LONG, OFFICE | R (RECEIVER), TRUE, "held-long", "unit is held for more than 3 days",
    "units are held for more than 3 days", "dock", "held", "hold list" },
  { HELD_DAYS, OFFICE | R (RECEIVER), FALSE, "held-days", "unit is held for 1 to 3 days",
    "units are held for 1 to 3 days", "dock", "held", "hold list" },
  { HELD_TODAY, OFFICE | R (RECEIVER), FALSE, "held-today", "unit is held since today",
    "units are held since today", "dock", "held", "hold list" },
  { CLAIMS, OFFICE, FALSE, "claims", "proof of delivery waits for a decision (O5)",
    "proofs of delivery wait for a decision (O5)", "due", "claims=pending",
    "claim list --state pending" },
  { LATE_MORE, OFFICE, TRUE, "late-over-10", "unit is more than 10 business days late",
    "units are more than 10 business days late", "due", "kind=C1 state=late", "report not-back" },
  { LATE_10, OFFICE, TRUE, "late-10", "unit is 6 to 10 business days late",
    "units are 6 to 10 business days late", "due", "kind=C1 state=late", "report not-back" },
  { LATE_5, OFFICE, TRUE, "late-5", "unit is 1 to 5 business days late",
    "units are 1 to 5 business days late", "due", "kind=C1 state=late", "report not-back" },
  { DUE_SOON, OFFICE, FALSE, "due-soon", "unit is due back within 3 days",
    "units are due back within 3 days", "due", "kind=C1 state=amber", "due --kind C1" },
  { JOBS_LATE, BENCH, TRUE, "jobs-late", "result is past its date (C2, C3)",
    "results are past their date (C2, C3)", "bench", "state=late", "due --state late" },
  { JOBS_TODAY, BENCH, FALSE, "jobs-today", "result is to be posted today (C2, C3)",
    "results are to be posted today (C2, C3)", "bench", "due=today", "due --kind C2" },
  { JOBS_WEEK, BENCH, FALSE, "jobs-week", "more result is to be posted within a week (C2, C3)",
    "more results are to be posted within a week (C2, C3)", "bench", "due=week", "due --kind C2" },
  { EXPECTED_TODAY, DOCK, FALSE, "expected-today", "unit is due at the dock today",
    "units are due at the dock today", "dock", "expected=today", "due --kind C1" },
  { EXPECTED_WEEK, DOCK, FALSE, "expected-week", "unit is due at the dock within a week",
    "units are due at the dock within a week", "dock", "expected=week", "due --kind C1" },
  { ON_THE_WAY, DOCK, FALSE, "on-the-way", "unit is awaited in all", "units are awaited in all",
    "dock", "expected=all", "report not-back" },
  { MAILS_FAILED, OFFICE | R (ADMINISTRATOR), TRUE, "mails-failed",
    "mail could not be delivered in the last 7 days",
    "mails could not be delivered in the last 7 days", "mails", "failed",
    "mail list --state failed" },
  { LABELS, DOCK | R (ADMINISTRATOR), FALSE, "labels", "label waits to be printed",
    "labels wait to be printed", "dock", "labels", "label" },
};

typedef struct {
  BhDesk *desk;
  gint64 now_us;
  gint64 counts[LAST];
} Morning;

void
bh_morning_figure_free (BhMorningFigure *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

static BhDay
today_in (const Morning *morning, const char *name)
{
  g_autoptr (GTimeZone) zone = name != NULL ? bh_zone (name) : NULL;

  return bh_day_of (morning->now_us, zone);
}

/* So many units of one date, zone and calendar. */
static gboolean
on_expected (BhStmt *row, gpointer data, GError **error)
{
  Morning *morning = data;
  BhDay due = bh_day_parse (bh_stmt_text (row, 0));
  BhDay today = today_in (morning, bh_stmt_text (row, 1));
  BhCalendar *calendar = bh_desk_calendar (morning->desk, bh_stmt_text (row, 2), error);
  gint64 n = bh_stmt_int64 (row, 3);
  int late;

  if (calendar == NULL)
    return FALSE;
  morning->counts[ON_THE_WAY] += n;
  if (due == BH_DAY_NONE) /* paused */
    return TRUE;
  morning->counts[EXPECTED_TODAY] += due == today ? n : 0;
  morning->counts[EXPECTED_WEEK] += due >= today && due < today + WEEK ? n : 0;
  morning->counts[DUE_SOON] += due >= today && due < today + 3 ? n : 0;
  if (due >= today)
    return TRUE;
  late = bh_calendar_between (calendar, due, today);
  morning->counts[late <= 5 ? LATE_5 : late <= 10 ? LATE_10 : LATE_MORE] += n;
  return TRUE;
}

static gboolean
on_due (BhStmt *row, gpointer data, GError **error)
{
  Morning *morning = data;
  gboolean is_case = g_str_equal (bh_stmt_text (row, 0), "C6");
  BhDay due = bh_day_parse (bh_stmt_text (row, 1));
  BhDay today = today_in (morning, bh_stmt_text (row, 3));
  gboolean past = bh_stmt_is_null (row, 2) ? due < today : bh_stmt_int64 (row, 2) < morning->now_us;
  gint64 n = bh_stmt_int64 (row, 4);

  if (past)
    morning->counts[is_case ? CASES_RED : JOBS_LATE] += n;
  else if (due <= today)
    morning->counts[is_case ? CASES_TODAY : JOBS_TODAY] += n;
  else if (!is_case && due < today + WEEK)
    morning->counts[JOBS_WEEK] += n;
  return TRUE;
}

static gboolean
on_held (BhStmt *row, gpointer data, GError **error)
{
  Morning *morning = data;
  g_autoptr (GTimeZone) zone = !bh_stmt_is_null (row, 1) ? bh_zone (bh_stmt_text (row, 1)) : NULL;
  BhDay since = bh_day_of (bh_stmt_int64 (row, 0), zone);
  BhDay today = bh_day_of (morning->now_us, zone);

  morning->counts[since >= today ? HELD_TODAY : since + 3 >= today ? HELD_DAYS : HELD_LONG]++;
  return TRUE;
}

static gboolean
on_count (BhStmt *row, gpointer data, GError **error)
{
  static const Count places[] = { DRAFTS, CLAIMS, MAILS_FAILED, LABELS, TO_DECIDE };
  gint64 place = bh_stmt_int64 (row, 0);

  g_return_val_if_fail (place >= 0 && place < (gint64) G_N_ELEMENTS (places), TRUE);
  ((Morning *) data)->counts[places[place]] = bh_stmt_int64 (row, 1);
  return TRUE;
}

static gboolean
count_all (Morning *morning, GError **error)
{
  BhStore *store = morning->desk->store;
  BhDay today = bh_day_of (morning->now_us, NULL);
  g_autofree char *horizon = bh_day_format (today + WEEK + 1);
  g_autofree char *day = bh_day_format (today);
  const BhReportRange soon = { .until = horizon };
  const BhReportRange now = { .from_us = morning->now_us - MAILS_DAYS * G_TIME_SPAN_DAY,
                              .until = day };
  g_autoptr (GPtrArray) credits = NULL;

  if (!bh_store_report_rows (store, BH_ROWS_EXPECTED, &soon, on_expected, morning, error) ||
      !bh_store_report_rows (store, BH_ROWS_DUE, &soon, on_due, morning, error) ||
      !bh_store_report_rows (store, BH_ROWS_HELD, &soon, on_held, morning, error) ||
      !bh_store_report_rows (store, BH_ROWS_COUNTS, &now, on_count, morning, error) ||
      (credits = bh_store_charges (store, BH_CHARGES_TO_CREDIT, NULL, 0, G_MAXINT64, error)) ==
          NULL)
    return FALSE;
  morning->counts[TO_CREDIT] = credits->len;
  return TRUE;
}

static BhMorningFigure *
figure_of (const Morning *morning, guint i)
{
  BhMorningFigure *figure = g_new0 (BhMorningFigure, 1);
  gint64 n = morning->counts[figures[i].count];

  figure->name = figures[i].name;
  figure->count = n;
  figure->alarm = figures[i].alarm && n > 0;
  figure->text = n == 0 ? g_strdup_printf ("no %s", figures[i].one)
                        : g_strdup_printf ("%" G_GINT64_FORMAT " %s", n,
                                           n == 1 ? figures[i].one : figures[i].many);
  figure->page = figures[i].page;
  figure->filter = figures[i].filter;
  figure->command = figures[i].command;
  return figure;
}

GPtrArray *
bh_desk_morning (BhDesk *self, BhRole role, gint64 now_us, GError **error)
{
  Morning morning = { .desk = self, .now_us = now_us };
  g_autoptr (BhTx) tx = NULL;
  GPtrArray *list;

  if (!bh_desk_require (self, BH_MAY_READ, error))
    return NULL;
  if (role != self->role && self->role != BH_ROLE_SUPERVISOR &&
      self->role != BH_ROLE_ADMINISTRATOR) {
    g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
                 "morning: a %s does not see the %s's (V9); ask for your own",
                 bh_role_name (self->role), bh_role_name (role));
    return NULL;
  }
  if ((tx = bh_store_begin_read (self->store, error)) == NULL || !count_all (&morning, error))
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_morning_figure_free);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    if ((figures[i].roles & (1u << role)) != 0)
      g_ptr_array_add (list, figure_of (&morning, i));
  return list;
}
