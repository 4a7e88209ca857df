/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What the repair center learned: faults by part, first passes, no fault found, and how many
 * results were in time (R4, R5, RA10, C2, C3). A job counts in the month of its final result,
 * by what that result tells. */

#include "reports-private.h"

#include <string.h>

#include "backhaul/job-entry.h"

/* of BH_ROWS_REPAIRED: a row an entry, those of a job one after the other */
enum {
  POSTED,
  KIND,
  PART,
  ZONE,
  JOB,
  FAULT,
  DISPOSITION,
  FOLLOWED,
  TOLD,
  ENTRY,
  WHAT,
  VALUE,
  LOW,
  HIGH
};

/* An FA that goes on where the RA ended. */
enum { FOLLOWED_NOT, FOLLOWED_OPEN, FOLLOWED_POSTED };

typedef struct {
  gint64 id;
  char *what;
  char *value;
  char *low;
  char *high;
} Entry;

typedef struct {
  char *job;
  BhDay day;
  gboolean fa;
  char *part;
  char *fault; /* of a job that came without entries */
  char *disposition;
  gint64 followed;
  gboolean told; /* a result with its entries, not one of an import */
  GPtrArray *entries;
  GHashTable *struck; /* numbers of entries */
} Job;

/* A part's month, for all of these reports. */
enum { CODED, UNITS, UNTESTED, PASSED, FAILED, TO_FA, NOT_FOUND, FIGURES };

typedef struct {
  gint64 figures[FIGURES];
  GHashTable *faults; /* code → count, as many as jobs */
} Month;

typedef struct {
  GTree *months; /* "0024323 part" → Month */
  Job job;       /* whose entries are coming in */
} Repairs;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->what);
  g_free (entry->value);
  g_free (entry->low);
  g_free (entry->high);
  g_free (entry);
}

static void
free_month (gpointer data)
{
  Month *month = data;

  g_hash_table_unref (month->faults);
  g_free (month);
}

static void
drop_job (Job *job)
{
  g_clear_pointer (&job->job, g_free);
  g_clear_pointer (&job->part, g_free);
  g_clear_pointer (&job->fault, g_free);
  g_clear_pointer (&job->disposition, g_free);
  g_ptr_array_set_size (job->entries, 0);
  g_hash_table_remove_all (job->struck);
}

static int
by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (a, b);
}

static gpointer
begin (BhReportRun *run)
{
  Repairs *repairs = g_new0 (Repairs, 1);

  repairs->months = g_tree_new_full (by_key, NULL, g_free, free_month);
  repairs->job.entries = g_ptr_array_new_with_free_func (free_entry);
  repairs->job.struck = g_hash_table_new (g_direct_hash, g_direct_equal);
  return repairs;
}

static void
end (gpointer data)
{
  Repairs *repairs = data;

  drop_job (&repairs->job);
  g_ptr_array_unref (repairs->job.entries);
  g_hash_table_unref (repairs->job.struck);
  g_tree_unref (repairs->months);
  g_free (repairs);
}

/* ---- jobs, entry by entry ---------------------------------------------------------------- */

static gboolean
holds (const Job *job, const Entry *entry, BhEntryKind kind)
{
  return g_str_equal (entry->what, bh_entry_kind_name (kind)) &&
         !g_hash_table_contains (job->struck, GSIZE_TO_POINTER ((gsize) entry->id));
}

/* The newest of a kind, NULL: none. */
static const char *
newest (const Job *job, BhEntryKind kind)
{
  for (guint i = job->entries->len; i > 0; i--) {
    const Entry *entry = g_ptr_array_index (job->entries, i - 1);

    if (holds (job, entry, kind))
      return entry->value;
  }
  return NULL;
}

static void
count_fault (Month *month, const Job *job)
{
  const char *code = job->told ? newest (job, BH_ENTRY_FAULT) : job->fault;
  gint64 *count;

  /* the FA that went on from there tells the same unit's fault, and better */
  if (code == NULL || job->followed == FOLLOWED_POSTED)
    return;
  count = g_hash_table_lookup (month->faults, code);
  if (count == NULL) {
    count = g_new0 (gint64, 1);
    g_hash_table_insert (month->faults, g_strdup (code), count);
  }
  (*count)++;
  month->figures[CODED]++;
}

/* Tests before the first action say what is wrong; those after it, whether it was mended. */
static void
count_pass (Month *month, const Job *job)
{
  gboolean repaired = newest (job, BH_ENTRY_ACTION) == NULL;
  gboolean tested = FALSE;
  gboolean failed = FALSE;

  for (guint i = 0; i < job->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (job->entries, i);
    gboolean judged = FALSE;

    repaired = repaired || holds (job, entry, BH_ENTRY_ACTION);
    if (!repaired || !holds (job, entry, BH_ENTRY_READING) || entry->value == NULL)
      continue;
    /* tested again and passed is no first pass */
    failed = !bh_reading_passes (entry->value, entry->low, entry->high, &judged) || failed;
    tested = tested || judged;
  }
  if (job->followed != FOLLOWED_NOT || g_strcmp0 (job->disposition, "to-fa") == 0)
    month->figures[TO_FA]++;
  else
    month->figures[!tested ? UNTESTED : failed ? FAILED : PASSED]++;
}

static gboolean
has_no_fault (const Job *job)
{
  return g_strcmp0 (newest (job, BH_ENTRY_REPRODUCED), "no") == 0 ||
         g_strcmp0 (job->disposition, "no-fault-found") == 0;
}

static void
count_job (Month *month, const Job *job)
{
  count_fault (month, job);
  if (job->fa)
    return;
  month->figures[UNITS]++;
  month->figures[NOT_FOUND] += has_no_fault (job);
  count_pass (month, job);
}

static void
end_job (Repairs *repairs)
{
  const Job *job = &repairs->job;
  g_autofree char *key = NULL;
  Month *month;

  if (job->job == NULL)
    return;
  key = g_strdup_printf ("%07u %s", bh_month_of (job->day), job->part);
  month = g_tree_lookup (repairs->months, key);
  if (month == NULL) {
    month = g_new0 (Month, 1);
    month->faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_tree_insert (repairs->months, g_steal_pointer (&key), month);
  }
  count_job (month, job);
  drop_job (&repairs->job);
}

static void
begin_job (Job *job, BhStmt *row)
{
  const char *part = bh_stmt_text (row, PART);

  job->job = bh_stmt_dup_text (row, JOB);
  job->day = bh_report_day (bh_stmt_int64 (row, POSTED), bh_stmt_text (row, ZONE));
  job->fa = g_str_equal (bh_stmt_text (row, KIND), "fa");
  job->part = g_strdup (part != NULL ? part : "");
  job->fault = bh_stmt_dup_text (row, FAULT);
  job->disposition = bh_stmt_dup_text (row, DISPOSITION);
  job->followed = bh_stmt_int64 (row, FOLLOWED);
  job->told = bh_stmt_int64 (row, TOLD) != 0;
}

static gboolean
add_row (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  Repairs *repairs = run->state;
  Job *job = &repairs->job;
  Entry *entry;

  if (!bh_report_wants (run, bh_report_day (bh_stmt_int64 (row, POSTED), bh_stmt_text (row, ZONE))))
    return TRUE;
  if (g_strcmp0 (job->job, bh_stmt_text (row, JOB)) != 0) {
    end_job (repairs);
    begin_job (job, row);
  }
  if (bh_stmt_is_null (row, ENTRY))
    return TRUE;
  entry = g_new0 (Entry, 1);
  entry->id = bh_stmt_int64 (row, ENTRY);
  entry->what = bh_stmt_dup_text (row, WHAT);
  entry->value = bh_stmt_dup_text (row, VALUE);
  entry->low = bh_stmt_dup_text (row, LOW);
  entry->high = bh_stmt_dup_text (row, HIGH);
  g_ptr_array_add (job->entries, entry);
  if (g_str_equal (entry->what, bh_entry_kind_name (BH_ENTRY_STRIKE)) && entry->value != NULL)
    g_hash_table_add (job->struck,
                      GSIZE_TO_POINTER ((gsize) g_ascii_strtoull (entry->value, NULL, 10)));
  return TRUE;
}

typedef struct {
  BhReportRun *run;
  gboolean (*row) (BhReportRun *run, guint month, const char *part, const Month *figures,
                   GError **error);
  GError **error;
  gboolean failed;
} Walk;

static gboolean
on_month (gpointer key, gpointer value, gpointer data)
{
  Walk *walk = data;

  walk->failed = !walk->row (walk->run, (guint) g_ascii_strtoull (key, NULL, 10),
                             (const char *) key + 8, value, walk->error);
  return walk->failed;
}

static gboolean
each_month (BhReportRun *run,
            gboolean (*row) (BhReportRun *run, guint month, const char *part, const Month *figures,
                             GError **error),
            GError **error)
{
  Repairs *repairs = run->state;
  Walk walk = { run, row, error, FALSE };

  if (!bh_report_read (run, BH_ROWS_REPAIRED, add_row, error))
    return FALSE;
  end_job (repairs);
  g_tree_foreach (repairs->months, on_month, &walk);
  return !walk.failed;
}

static double
percent (gint64 part, gint64 whole)
{
  return whole > 0 ? 100.0 * (double) part / (double) whole : -1;
}

/* ---- faults (R5): the few that are most of it --------------------------------------------- */

typedef struct {
  const char *code;
  gint64 count;
} Fault;

static int
by_count (gconstpointer a, gconstpointer b)
{
  const Fault *one = a;
  const Fault *other = b;

  if (one->count != other->count)
    return one->count > other->count ? -1 : 1;
  return g_strcmp0 (one->code, other->code);
}

static gboolean
fault_rows (BhReportRun *run, guint month, const char *part, const Month *figures, GError **error)
{
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (Fault));
  GHashTableIter each;
  gpointer code;
  gpointer count;
  gint64 sum = 0;

  g_hash_table_iter_init (&each, figures->faults);
  while (g_hash_table_iter_next (&each, &code, &count)) {
    const Fault fault = { code, *(gint64 *) count };

    g_array_append_val (faults, fault);
  }
  g_array_sort (faults, by_count);
  for (guint i = 0; i < faults->len; i++) {
    const Fault *fault = &g_array_index (faults, Fault, i);

    sum += fault->count;
    bh_report_month (run, month);
    bh_report_filled (run, part);
    bh_report_text (run, fault->code);
    bh_report_count (run, fault->count);
    bh_report_number (run, percent (fault->count, figures->figures[CODED]), 1);
    bh_report_number (run, percent (sum, figures->figures[CODED]), 1);
    if (!bh_report_row (run, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
each_fault (BhReportRun *run, GError **error)
{
  return each_month (run, fault_rows, error);
}

static const BhReportColumn fault_columns[] = {
  { "month", "Month", BH_REPORT_MONTH, 7 },
  { "part", "Part", BH_REPORT_TEXT, 14 },
  { "fault", "Fault", BH_REPORT_TEXT, 16 },
  { "units", "Units", BH_REPORT_COUNT, 7 },
  { "percent", "% of the month", BH_REPORT_NUMBER, 14 },
  { "running_percent", "% with those above", BH_REPORT_NUMBER, 18 },
};

const BhReportKind bh_report_faults = {
  .report = { "faults", "Faults by part and month",
              "Posted results by fault code, most frequent first in each part's month, with the "
              "running share; an RA that went on into a posted FA counts there",
              fault_columns, G_N_ELEMENTS (fault_columns), 335, FALSE },
  .begin = begin,
  .rows = each_fault,
  .free = end,
  .chart = { BH_CHART_BARS, 2, -1, "units", { { "Units", 3, 0, 0 } }, .largest_first = TRUE },
};

/* ---- the repair held at the first try ----------------------------------------------------- */

static gboolean
pass_row (BhReportRun *run, guint month, const char *part, const Month *figures, GError **error)
{
  const gint64 *n = figures->figures;

  if (n[UNITS] == 0)
    return TRUE;
  bh_report_month (run, month);
  bh_report_filled (run, part);
  bh_report_count (run, n[UNITS]);
  bh_report_count (run, n[UNTESTED]);
  bh_report_count (run, n[UNITS] - n[UNTESTED]);
  bh_report_count (run, n[PASSED]);
  bh_report_count (run, n[FAILED]);
  bh_report_count (run, n[TO_FA]);
  bh_report_number (run, percent (n[PASSED], n[UNITS] - n[UNTESTED]), 1);
  return bh_report_row (run, error);
}

static gboolean
each_pass (BhReportRun *run, GError **error)
{
  return each_month (run, pass_row, error);
}

static const BhReportColumn pass_columns[] = {
  { "month", "Month", BH_REPORT_MONTH, 7 },
  { "part", "Part", BH_REPORT_TEXT, 14 },
  { "units", "RAs", BH_REPORT_COUNT, 7 },
  { "untested", "Without a test", BH_REPORT_COUNT, 14 },
  { "counted", "Counted", BH_REPORT_COUNT, 7 },
  { "passed_first", "Passed at first", BH_REPORT_COUNT, 15 },
  { "failed_test", "Failed a test", BH_REPORT_COUNT, 13 },
  { "to_fa", "Went to FA", BH_REPORT_COUNT, 10 },
  { "first_pass_percent", "First pass %", BH_REPORT_NUMBER, 12 },
};

const BhReportKind bh_report_first_pass = {
  .report = { "first-pass", "First-pass yield of repairs",
              "Posted RAs whose tests after the repair were all within limits the first time, of "
              "those that were tested or went to FA; tests before the first action do not count",
              pass_columns, G_N_ELEMENTS (pass_columns), 335, FALSE },
  .begin = begin,
  .rows = each_pass,
  .free = end,
  .chart = { BH_CHART_LINES, 0, -1, "% passed at first", { { "First pass", 5, 4, 100 } } },
};

/* ---- no fault found -------------------------------------------------------------------------- */

static gboolean
not_found_row (BhReportRun *run, guint month, const char *part, const Month *figures,
               GError **error)
{
  const gint64 *n = figures->figures;

  if (n[UNITS] == 0)
    return TRUE;
  bh_report_month (run, month);
  bh_report_filled (run, part);
  bh_report_count (run, n[UNITS]);
  bh_report_count (run, n[NOT_FOUND]);
  bh_report_number (run, percent (n[NOT_FOUND], n[UNITS]), 1);
  return bh_report_row (run, error);
}

static gboolean
each_not_found (BhReportRun *run, GError **error)
{
  return each_month (run, not_found_row, error);
}

static const BhReportColumn not_found_columns[] = {
  { "month", "Month", BH_REPORT_MONTH, 7 },
  { "part", "Part", BH_REPORT_TEXT, 14 },
  { "units", "RAs", BH_REPORT_COUNT, 7 },
  { "no_fault_found", "No fault found", BH_REPORT_COUNT, 14 },
  { "no_fault_found_percent", "No fault found %", BH_REPORT_NUMBER, 16 },
};

const BhReportKind bh_report_no_fault_found = {
  .report = { "no-fault-found", "No fault found",
              "Posted RAs whose symptom could not be reproduced, or whose result is no fault "
              "found, by part and month",
              not_found_columns, G_N_ELEMENTS (not_found_columns), 335, FALSE },
  .begin = begin,
  .rows = each_not_found,
  .free = end,
  .chart = { BH_CHART_LINES, 0, -1, "% without a fault", { { "No fault found", 3, 2, 100 } } },
};
