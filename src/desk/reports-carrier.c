/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The day-end count: a carrier's list of deliveries against the boxes that were scanned. */

#include "reports-private.h"

#include <string.h>

#include "backhaul/chase-store.h"
#include "backhaul/identifier.h"
#include "transfer-private.h"

#define MAX_ROW    (64 * 1024)
#define MAX_LISTED 1000000
#define MAX_BOXES  20

enum { TRACKING, CARRIER, DELIVERED, WANTED };

/* How carriers head their columns: letters and digits, lower-case. */
static const char *const headings[WANTED][10] = {
  { "tracking", "trackingnumber", "trackingno", "trackingid", "parcel", "parcelnumber", "waybill",
    "awb", "consignment" },
  { "carrier", "service" },
  { "delivered", "delivereddate", "deliverydate", "deliveredon", "date" },
};

typedef struct {
  BhReportRun *run;
  BhLines lines;
  int columns[WANTED];
  GHashTable *listed; /* tracking number as it is compared → nothing */
  BhDay first;        /* of the list */
  BhDay last;
  BhDockZones zones;
  /* the box under work: its reads come one by one */
  char *box;
  char *tracking;
  char *carrier;
  char *dock;
  gint64 at_us;
  gboolean on_list;
} Count;

static void
drop_box (Count *count)
{
  g_clear_pointer (&count->box, g_free);
  g_clear_pointer (&count->tracking, g_free);
  g_clear_pointer (&count->carrier, g_free);
  g_clear_pointer (&count->dock, g_free);
  count->on_list = FALSE;
}

/* As the dock's classifier writes it; what no carrier is known for is folded. */
static char *
compared (const char *text)
{
  char *number = bh_tracking_normalise (text, -1, NULL);

  return number != NULL ? number : bh_tracking_fold (text, -1);
}

static void
fault (Count *count, gint64 line, guint column, const char *reason)
{
  const BhReportQuery *query = count->run->query;
  g_autofree char *text = g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%u: %s", query->file, line,
                                           MAX (column, 1), reason);

  if (query->fault != NULL)
    query->fault (text, query->fault_data);
}

/* ---- the carrier's list ---------------------------------------------------------------- */

static char *
plain_heading (const char *cell)
{
  GString *plain = g_string_new (NULL);

  for (; *cell != '\0'; cell++)
    if (g_ascii_isalnum (*cell))
      g_string_append_c (plain, g_ascii_tolower (*cell));
  return g_string_free (plain, FALSE);
}

static gboolean
read_header (Count *count, BhCsv *csv, GError **error)
{
  BhRawRow row;
  gboolean more = FALSE;

  for (guint i = 0; i < WANTED; i++)
    count->columns[i] = -1;
  if (!bh_csv_next (csv, &row, &more, error))
    return FALSE;
  for (guint c = 0; more && row.fault == NULL && c < MIN (row.n_cells, BH_MAX_CELLS); c++) {
    g_autofree char *plain = plain_heading (row.cells[c]);

    for (guint i = 0; i < WANTED; i++)
      if (count->columns[i] < 0 && g_strv_contains (headings[i], plain))
        count->columns[i] = (int) c;
  }
  if (count->columns[TRACKING] >= 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s:1:1: no column of tracking numbers; head it \"tracking\"",
               count->run->query->file);
  return FALSE;
}

/* A cell as text; NULL with a fault told when it is none. *cell "" where the row is short. */
static char *
cell_of (Count *count, const BhRawRow *row, guint wanted)
{
  guint column = (guint) MAX (count->columns[wanted], 0);
  gsize size;
  const char *cell;

  if (count->columns[wanted] < 0 || column >= MIN (row->n_cells, BH_MAX_CELLS))
    return g_strdup ("");
  size = row->sizes[column];
  cell = bh_csv_unguard (row->cells[column], &size);
  if (!g_utf8_validate (cell, (gssize) size, NULL)) {
    fault (count, row->line, column + 1, "not UTF-8 text; save the list as UTF-8");
    return NULL;
  }
  for (gsize i = 0; i < size; i++)
    if ((guchar) cell[i] < 0x20 || cell[i] == 0x7f) {
      fault (count, row->line, column + 1, "a control character; take it out");
      return NULL;
    }
  if (size > 200) {
    fault (count, row->line, column + 1, "too long; at most 200 bytes belong here");
    return NULL;
  }
  return g_strstrip (g_strndup (cell, size));
}

static gboolean
read_delivered (Count *count, const BhRawRow *row, BhDay *day)
{
  g_autofree char *text = cell_of (count, row, DELIVERED);

  *day = BH_DAY_NONE;
  if (text == NULL)
    return FALSE;
  if (*text == '\0')
    return TRUE;
  /* a time after the date is the carrier's, in the dock's own zone */
  if (strlen (text) > 10 && (text[10] == 'T' || text[10] == ' '))
    text[10] = '\0';
  *day = bh_day_parse (text);
  if (*day == BH_DAY_NONE)
    fault (count, row->line, (guint) count->columns[DELIVERED] + 1,
           "not a date; write it as 2026-11-24");
  return *day != BH_DAY_NONE;
}

/* A number may be used again after years: a box of before the delivery is another one. */
static const BhClaimScan *
box_of (GPtrArray *scans, BhDay delivered)
{
  for (guint i = 0; i < scans->len; i++) {
    const BhClaimScan *scan = g_ptr_array_index (scans, i);

    if (delivered == BH_DAY_NONE || bh_day_of (scan->at_us, NULL) + 1 >= delivered)
      return scan;
  }
  return NULL;
}

static gboolean
count_listed (Count *count, gint64 line, const char *number, const char *carrier, BhDay delivered,
              GError **error)
{
  BhReportRun *run = count->run;
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) scans = NULL;
  const BhClaimScan *scan;

  g_ptr_array_add (codes, (gpointer) number);
  scans = bh_store_boxes_with (run->desk->store, codes, MAX_BOXES, error);
  if (scans == NULL)
    return FALSE;
  scan = box_of (scans, delivered);
  bh_report_text (run, scan != NULL ? "both" : "not-scanned");
  bh_report_text (run, number);
  bh_report_text (run, *carrier != '\0' ? carrier : NULL);
  bh_report_date (run, delivered);
  bh_report_count (run, line);
  bh_report_text (run, scan != NULL ? scan->box : NULL);
  bh_report_time (run, scan != NULL ? scan->at_us : 0, NULL);
  bh_report_text (run, NULL);
  bh_report_text (run, scan != NULL ? scan->verdict : NULL);
  return bh_report_row (run, error);
}

static gboolean
is_outside (const Count *count, BhDay day)
{
  const BhReportQuery *query = count->run->query;

  return day != BH_DAY_NONE && ((query->from != BH_DAY_NONE && day < query->from) ||
                                (query->to != BH_DAY_NONE && day > query->to));
}

static gboolean
read_row (Count *count, const BhRawRow *row, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *carrier = NULL;
  g_autofree char *number = NULL;
  BhDay day = BH_DAY_NONE;

  if (row->fault != NULL) {
    fault (count, row->line, row->fault_column, row->fault);
    return TRUE;
  }
  text = cell_of (count, row, TRACKING);
  carrier = text != NULL ? cell_of (count, row, CARRIER) : NULL;
  if (carrier == NULL || !read_delivered (count, row, &day))
    return TRUE;
  number = compared (text);
  if (number == NULL || *number == '\0') {
    fault (count, row->line, (guint) count->columns[TRACKING] + 1,
           "no tracking number; write it, or take the line out");
    return TRUE;
  }
  if (is_outside (count, day) || g_hash_table_contains (count->listed, number))
    return TRUE;
  if (g_hash_table_size (count->listed) >= MAX_LISTED) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:%" G_GINT64_FORMAT ":1: more than a million parcels; count a day at a time",
                 count->run->query->file, row->line);
    return FALSE;
  }
  if (day != BH_DAY_NONE) {
    count->first = count->first == BH_DAY_NONE ? day : MIN (count->first, day);
    count->last = MAX (count->last, day);
  }
  g_hash_table_add (count->listed, g_strdup (number));
  return count_listed (count, row->line, number, carrier, day, error);
}

static gboolean
read_list (Count *count, GError **error)
{
  g_autoptr (BhCsv) csv = bh_csv_new (&count->lines, MAX_ROW);
  gboolean more = TRUE;
  BhRawRow row;

  if (!bh_lines_begin (&count->lines, count->run->query->file, error) ||
      !read_header (count, csv, error))
    return FALSE;
  while (more) {
    if (!bh_csv_next (csv, &row, &more, error) || (more && !read_row (count, &row, error)))
      return FALSE;
  }
  return TRUE;
}

/* ---- the boxes of those days ------------------------------------------------------------- */

static gboolean
end_box (Count *count, GError **error)
{
  BhReportRun *run = count->run;

  if (count->box == NULL || count->on_list)
    return TRUE;
  bh_report_text (run, count->tracking != NULL ? "not-listed" : "no-number");
  bh_report_text (run, count->tracking);
  bh_report_text (run, count->carrier);
  bh_report_date (run, BH_DAY_NONE);
  bh_report_text (run, NULL);
  bh_report_text (run, count->box);
  bh_report_time (run, count->at_us, NULL);
  bh_report_text (run, count->dock);
  bh_report_text (run, NULL);
  return bh_report_row (run, error);
}

static void
add_number (Count *count, const char *number)
{
  if (number == NULL)
    return;
  if (count->tracking == NULL)
    count->tracking = g_strdup (number);
  count->on_list = count->on_list || g_hash_table_contains (count->listed, number);
}

static gboolean
on_box (BhStmt *row, gpointer data, GError **error)
{
  BhReportRun *run = data;
  Count *count = run->state;
  const char *box = bh_stmt_text (row, 0);
  const char *dock = bh_stmt_text (row, 2);
  const char *zone = bh_dock_zones_of (&count->zones, dock, bh_stmt_text (row, 6));

  if (!bh_report_wants (run, bh_report_day (bh_stmt_int64 (row, 1), zone)) ||
      (run->desk->dock != NULL && g_strcmp0 (dock, run->desk->dock) != 0))
    return TRUE;
  if (g_strcmp0 (box, count->box) != 0) {
    if (!end_box (count, error))
      return FALSE;
    drop_box (count);
    count->box = g_strdup (box);
    count->at_us = bh_stmt_int64 (row, 1);
    count->dock = g_strdup (dock);
    count->carrier = g_strdup (bh_stmt_text (row, 3));
    add_number (count, bh_stmt_text (row, 4));
  }
  add_number (count, bh_stmt_text (row, 5));
  return TRUE;
}

/* The list's own days, unless others were asked for. */
static void
choose_days (Count *count)
{
  BhReportRun *run = count->run;

  if (count->last == BH_DAY_NONE)
    return;
  if (run->query->from == BH_DAY_NONE)
    run->from = run->query->to == BH_DAY_NONE ? count->first : MIN (count->first, run->to);
  if (run->query->to == BH_DAY_NONE)
    run->to = MAX (count->last, run->from);
  bh_report_set_range (run);
}

static gpointer
begin (BhReportRun *run)
{
  Count *count = g_new0 (Count, 1);

  count->run = run;
  count->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bh_lines_init (&count->lines, run->query->stream);
  return count;
}

static void
end (gpointer data)
{
  Count *count = data;

  drop_box (count);
  bh_dock_zones_clear (&count->zones);
  g_hash_table_unref (count->listed);
  bh_lines_clear (&count->lines);
  g_free (count);
}

static gboolean
rows (BhReportRun *run, GError **error)
{
  Count *count = run->state;

  if (!bh_dock_zones_init (&count->zones, run->desk, error) || !read_list (count, error))
    return FALSE;
  choose_days (count);
  return bh_report_read (run, BH_ROWS_BOXES, on_box, error) && end_box (count, error);
}

static const BhReportColumn columns[] = {
  { "result", "Result", BH_REPORT_TEXT, 11 },   { "tracking", "Tracking", BH_REPORT_TEXT, 22 },
  { "carrier", "Carrier", BH_REPORT_TEXT, 8 },  { "delivered", "Delivered", BH_REPORT_DATE, 10 },
  { "line", "Line", BH_REPORT_COUNT, 5 },       { "box", "Box", BH_REPORT_TEXT, 36 },
  { "scanned", "Scanned", BH_REPORT_TIME, 25 }, { "dock", "Dock", BH_REPORT_TEXT, 8 },
  { "verdict", "Verdict", BH_REPORT_TEXT, 7 },
};

const BhReportKind bh_report_carrier_count = {
  .report = { "carrier-count", "The carrier's list against the dock",
              "Each parcel of a carrier's delivery list: scanned too (both) or not (not-scanned); "
              "then boxes of those days that are not on it (not-listed) or had no number",
              columns, G_N_ELEMENTS (columns), 1, TRUE },
  .begin = begin,
  .rows = rows,
  .free = end,
  .chart = { BH_CHART_BARS, 0, -1, "parcels", { { "Parcels", BH_SUM_ROWS, 0, 0 } } },
};
