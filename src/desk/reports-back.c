/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What is not back: each unit, each account, and all that is open by age (K3, O1). */

#include "reports-private.h"

#include "backhaul/clock.h"

/* of BH_ROWS_NOT_BACK */
enum {
  ACCOUNT,
  ACCOUNT_NAME,
  RMA,
  LINE,
  SERIAL,
  PART,
  RETURN_BY,
  STATE,
  ZONE,
  CALENDAR,
  CLOCK,
  PAUSED_FOR,
  REMINDED,
  CLAIM,
  CASE_NO,
  REFERENCE,
  REPLACEMENT
};

/* words, not "1-5", which a spreadsheet takes for a date */
static const struct {
  int most;
  const char *name;
} late_buckets[] = {
  { 0, "not due yet" },    { 5, "1 to 5 days" },    { 10, "6 to 10 days" },
  { 20, "11 to 20 days" }, { 60, "21 to 60 days" }, { G_MAXINT, "over 60 days" }
};

/* Business days past its date, 0: not past; -1: paused, so it has none */
static gboolean
days_late (BhReportRun *run, BhStmt *row, int *days, GError **error)
{
  BhDay due = bh_day_parse (bh_stmt_text (row, RETURN_BY));
  BhDay today = bh_report_day (run->now_us, bh_stmt_text (row, ZONE));
  BhCalendar *calendar = bh_desk_calendar (run->desk, bh_stmt_text (row, CALENDAR), error);

  if (calendar == NULL)
    return FALSE;
  *days = -1;
  if (due == BH_DAY_NONE || g_strcmp0 (bh_stmt_text (row, CLOCK), "paused") == 0)
    return TRUE;
  /* a date that is past is past, though only a weekend went by since */
  *days = today <= due ? 0 : MAX (1, bh_calendar_between (calendar, due, today));
  return TRUE;
}

static const char *
bucket_of (int days)
{
  guint i = 0;

  if (days < 0)
    return "paused";
  while (days > late_buckets[i].most)
    i++;
  return late_buckets[i].name;
}

static const char *
state_of (BhStmt *row)
{
  if (g_strcmp0 (bh_stmt_text (row, STATE), "charged") == 0)
    return "charged";
  if (g_strcmp0 (bh_stmt_text (row, CLAIM), "pending") == 0 ||
      g_strcmp0 (bh_stmt_text (row, CLAIM), "accepted") == 0)
    return g_str_equal (bh_stmt_text (row, CLAIM), "pending") ? "claim pending" : "claim accepted";
  return g_strcmp0 (bh_stmt_text (row, CLOCK), "paused") == 0 ? "paused" : "awaited";
}

static gboolean
on_line (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  int days = 0;

  if (!days_late (run, row, &days, error))
    return FALSE;
  bh_report_text (run, bh_stmt_text (row, ACCOUNT));
  bh_report_text (run, bh_stmt_text (row, ACCOUNT_NAME));
  bh_report_text (run, bh_stmt_text (row, RMA));
  bh_report_count (run, bh_stmt_int64 (row, LINE));
  bh_report_text (run, bh_stmt_text (row, SERIAL));
  bh_report_text (run, bh_stmt_text (row, PART));
  bh_report_text (run, bh_stmt_text (row, RETURN_BY));
  bh_report_number (run, days, 0);
  bh_report_text (run, bucket_of (days));
  bh_report_text (run, state_of (row));
  bh_report_text (run, bh_stmt_text (row, PAUSED_FOR));
  bh_report_time (run, bh_stmt_int64 (row, REMINDED), bh_stmt_text (row, ZONE));
  /* K6: what the customer's side files it by */
  for (int column = CASE_NO; column <= REPLACEMENT; column++)
    bh_report_filled (run, bh_stmt_text (row, column));
  return bh_report_row (run, error);
}

static gboolean
each_line (BhReportRun *run, GError **error)
{
  return bh_report_read (run, BH_ROWS_NOT_BACK, on_line, error);
}

static const BhReportColumn not_back_columns[] = {
  { "account", "Account", BH_REPORT_TEXT, 10 },
  { "account_name", "Name", BH_REPORT_TEXT, 20 },
  { "rma", "RMA", BH_REPORT_TEXT, 11 },
  { "line", "Line", BH_REPORT_COUNT, 4 },
  { "serial", "Serial", BH_REPORT_TEXT, 16 },
  { "part", "Part", BH_REPORT_TEXT, 12 },
  { "return_by", "Return by", BH_REPORT_DATE, 10 },
  { "days_late", "Business days late", BH_REPORT_COUNT, 5 },
  { "age", "How late", BH_REPORT_TEXT, 13 },
  { "state", "State", BH_REPORT_TEXT, 13 },
  { "paused_for", "Paused for", BH_REPORT_TEXT, 12 },
  { "last_reminder", "Last reminder", BH_REPORT_TIME, 25 },
  { "case", "Case", BH_REPORT_TEXT, 16 },
  { "reference", "Reference", BH_REPORT_TEXT, 12 },
  { "replacement", "Replacement", BH_REPORT_TEXT, 16 },
};

const BhReportKind bh_report_not_back = {
  .report = { "not-back", "What is not back",
              "Each unit that is awaited, latest first: business days past its return-by date, "
              "state, last reminder",
              not_back_columns, G_N_ELEMENTS (not_back_columns), 0, FALSE },
  .rows = each_line,
  .chart = { BH_CHART_STACKED, 8, 9, "units", { { NULL, BH_SUM_ROWS, 0, 0 } } },
};

/* ---- per account ---------------------------------------------------------------------- */

typedef struct {
  char *account;
  char *name;
  gint64 units;
  gint64 late;
  gint64 very_late;
  gint64 most;
  gint64 paused;
  gint64 claims;
  gint64 charged;
} Account;

static void
free_account (gpointer data)
{
  Account *account = data;

  g_free (account->account);
  g_free (account->name);
  g_free (account);
}

static gpointer
begin_accounts (BhReportRun *run)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_account);
}

static gboolean
add_to_account (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  const char *key = bh_stmt_text (row, ACCOUNT);
  Account *account = g_hash_table_lookup (run->state, key);
  const char *state = state_of (row);
  int days = 0;

  if (!days_late (run, row, &days, error))
    return FALSE;
  if (account == NULL) {
    account = g_new0 (Account, 1);
    account->account = g_strdup (key);
    account->name = g_strdup (bh_stmt_text (row, ACCOUNT_NAME));
    g_hash_table_insert (run->state, account->account, account);
  }
  account->units++;
  account->late += days > 0;
  account->very_late += days > 10;
  account->most = MAX (account->most, days);
  account->paused += days < 0;
  account->claims += g_str_has_prefix (state, "claim");
  account->charged += g_str_equal (state, "charged");
  return TRUE;
}

static int
by_late (gconstpointer a, gconstpointer b)
{
  const Account *one = a;
  const Account *other = b;

  if (one->late != other->late)
    return one->late > other->late ? -1 : 1;
  if (one->units != other->units)
    return one->units > other->units ? -1 : 1;
  return g_strcmp0 (one->account, other->account);
}

static gboolean
each_account (BhReportRun *run, GError **error)
{
  g_autoptr (GList) accounts = NULL;

  if (!bh_report_read (run, BH_ROWS_NOT_BACK, add_to_account, error))
    return FALSE;
  accounts = g_list_sort (g_hash_table_get_values (run->state), by_late);
  for (GList *one = accounts; one != NULL; one = one->next) {
    const Account *account = one->data;

    bh_report_text (run, account->account);
    bh_report_text (run, account->name);
    bh_report_count (run, account->units);
    bh_report_count (run, account->late);
    bh_report_count (run, account->very_late);
    bh_report_count (run, account->most);
    bh_report_count (run, account->paused);
    bh_report_count (run, account->claims);
    bh_report_count (run, account->charged);
    if (!bh_report_row (run, error))
      return FALSE;
  }
  return TRUE;
}

static const BhReportColumn account_columns[] = {
  { "account", "Account", BH_REPORT_TEXT, 10 },
  { "account_name", "Name", BH_REPORT_TEXT, 24 },
  { "not_back", "Not back", BH_REPORT_COUNT, 8 },
  { "late", "Late", BH_REPORT_COUNT, 6 },
  { "late_over_10", "Late over 10 days", BH_REPORT_COUNT, 12 },
  { "most_days_late", "Most days late", BH_REPORT_COUNT, 14 },
  { "paused", "Paused", BH_REPORT_COUNT, 6 },
  { "claims", "Claimed returned", BH_REPORT_COUNT, 6 },
  { "charged", "Charged", BH_REPORT_COUNT, 7 },
};

const BhReportKind bh_report_not_back_accounts = {
  .report = { "not-back-accounts", "What is not back, by account",
              "Units awaited of each account, and how many are past their return-by date in "
              "business days; most late first",
              account_columns, G_N_ELEMENTS (account_columns), 0, FALSE },
  .begin = begin_accounts,
  .rows = each_account,
  .free = (GDestroyNotify) g_hash_table_unref,
  .chart = { BH_CHART_BARS,
             1,
             -1,
             "units",
             { { "Not back", 2, 0, 0 }, { "of them late", 3, 0, 0 } } },
};

/* ---- all that is open, by age ------------------------------------------------------------ */

static const struct {
  guint most; /* calendar days since issue */
  const char *name;
} ages[] = { { 7, "up to 7 days" },         { 14, "8 to 14 days" },  { 30, "15 to 30 days" },
             { 60, "31 to 60 days" },       { 90, "61 to 90 days" }, { 180, "91 to 180 days" },
             { G_MAXUINT, "over 180 days" } };

enum { LINES, DRAFTS, AWAITED, RECEIVED, OTHER, FIGURES };

static gpointer
begin_ages (BhReportRun *run)
{
  return g_new0 (gint64, G_N_ELEMENTS (ages) * FIGURES);
}

static gboolean
add_age (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  const char *state = bh_stmt_text (row, 0);
  const char *zone = bh_stmt_text (row, 3);
  BhDay since = bh_report_day (bh_stmt_int64 (row, 2), zone);
  BhDay today = bh_report_day (run->now_us, zone);
  guint days = today > since ? today - since : 0;
  gint64 *figures = run->state;
  guint i = 0;

  while (days > ages[i].most)
    i++;
  figures += i * FIGURES;
  figures[LINES]++;
  figures[bh_stmt_int64 (row, 1) != 0          ? AWAITED
          : g_strcmp0 (state, "draft") == 0    ? DRAFTS
          : g_strcmp0 (state, "received") == 0 ? RECEIVED
                                               : OTHER]++;
  return TRUE;
}

static gboolean
each_age (BhReportRun *run, GError **error)
{
  const gint64 *figures = run->state;

  if (!bh_report_read (run, BH_ROWS_OPEN, add_age, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++) {
    bh_report_text (run, ages[i].name);
    for (guint n = 0; n < FIGURES; n++)
      bh_report_count (run, figures[i * FIGURES + n]);
    if (!bh_report_row (run, error))
      return FALSE;
  }
  return TRUE;
}

static const BhReportColumn age_columns[] = {
  { "age", "Since issue", BH_REPORT_TEXT, 14 },   { "lines", "Units", BH_REPORT_COUNT, 7 },
  { "drafts", "Drafts", BH_REPORT_COUNT, 7 },     { "not_back", "Not back", BH_REPORT_COUNT, 8 },
  { "received", "Received", BH_REPORT_COUNT, 8 }, { "other", "Ended", BH_REPORT_COUNT, 7 },
};

const BhReportKind bh_report_ages = {
  .report = { "ages", "Open RMAs by age",
              "Units of open RMAs by calendar days since issue, of drafts since they were made",
              age_columns, G_N_ELEMENTS (age_columns), 0, FALSE },
  .begin = begin_ages,
  .rows = each_age,
  .free = g_free,
  .chart = { BH_CHART_STACKED,
             0,
             -1,
             "units",
             { { "Drafts", 2, 0, 0 },
               { "Not back", 3, 0, 0 },
               { "Received", 4, 0, 0 },
               { "Ended", 5, 0, 0 } } },
};
