/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "calendar.h"
#include "chart-data.h"
#include "desk.h"

G_BEGIN_DECLS

/**
 * SECTION:reports
 *
 * Figures from what is on record (K3, K6). A report is a row of a table: a name, columns
 * with their types, and what makes its rows; it streams, whatever the size of the store.
 * Days and months are those of the destination's zone.
 */
typedef enum {
  BH_REPORT_TEXT,
  BH_REPORT_COUNT,  /* a whole number */
  BH_REPORT_NUMBER, /* with decimals, "3.20" */
  BH_REPORT_DATE,   /* "2026-11-24" */
  BH_REPORT_MONTH,  /* "2026-11" */
  BH_REPORT_TIME,   /* ISO 8601 with offset */
} BhReportType;

typedef struct {
  const char *name;  /* in CSV and JSON */
  const char *title; /* for people, untranslated */
  BhReportType type;
  guint width; /* in characters, of a table of text */
} BhReportColumn;

/**
 * BhReport:
 * @days: how many it looks back when no date is given; 0: it is about now, and dates are
 *   not taken
 * @file: it counts a file against what is on record
 */
typedef struct {
  const char *name;
  const char *title;
  const char *explanation; /* one sentence: what is counted, and how */
  const BhReportColumn *columns;
  guint n_columns;
  guint days;
  gboolean file;
} BhReport;

/* (transfer none): all there are, in the order they are shown */
const BhReport *const *bh_reports (guint *n);
/* (transfer none): NULL with BH_ERROR_USAGE: no such report */
const BhReport *bh_report_find (const char *name, GError **error);

/**
 * BhReportQuery:
 * @from: first day; %BH_DAY_NONE: the report's own reach back from @to
 * @to: last day; %BH_DAY_NONE: today
 * @account: (nullable): of that account only
 * @stream: (nullable): the file of a report that counts one
 * @file: its name for messages
 * @fault: a row of the file that cannot be read, "FILE:LINE:COLUMN: what; what to do";
 *   the others are counted
 */
typedef struct {
  BhDay from;
  BhDay to;
  const char *account;
  GInputStream *stream;
  const char *file;
  void (*fault) (const char *message, gpointer data);
  gpointer fault_data;
} BhReportQuery;

/* One row: a text for each column, NULL where there is none. FALSE with an error stops. */
typedef gboolean (*BhReportFunc) (const BhReport *report, const char *const *cells, gpointer data,
                                  GError **error);

/**
 * bh_desk_report:
 *
 * Hands each row to @each, out of one snapshot.
 *
 * Errors: %BH_ERROR_USAGE: dates, an account or a file where the report takes none, or no
 * file where it needs one; %BH_ERROR_INPUT: the last day is before the first, or a file
 * that is no list at all; %BH_ERROR_NOT_FOUND: no such account.
 */
gboolean bh_desk_report (BhDesk *self, const BhReport *report, const BhReportQuery *query,
                         gint64 now_us, BhReportFunc each, gpointer data, GError **error);

typedef enum { BH_REPORT_AS_TEXT, BH_REPORT_AS_CSV, BH_REPORT_AS_JSONL } BhReportFormat;

/* Writes it: aligned text for people; CSV with a header, cells that a spreadsheet would run
 * neutralised; one JSON object a row. *rows (optional): how many. */
gboolean bh_desk_write_report (BhDesk *self, const BhReport *report, const BhReportQuery *query,
                               gint64 now_us, BhReportFormat format, GOutputStream *stream,
                               guint64 *rows, GError **error);

/**
 * bh_desk_report_chart:
 *
 * The same figures as a chart (chart.h draws it): days and months without a row keep their
 * place; of many names the first twenty are shown.
 *
 * Errors: as bh_desk_report().
 */
BhChart *bh_desk_report_chart (BhDesk *self, const BhReport *report, const BhReportQuery *query,
                               gint64 now_us, GError **error);

/**
 * bh_return_rate:
 *
 * TL 9000 Measurements Handbook, Field Replaceable Unit Returns (FR): returns of a month
 * per hundred units of the population in a year.
 *
 * Returns: 100 × 12 × @returns ÷ @population; negative when there is no population
 */
double bh_return_rate (gint64 returns, gint64 population);

G_END_DECLS
