/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/reports-store.h"
#include "backhaul/reports.h"
#include "desk-private.h"

/* A report while it is made. Rows of the store come to a row function; what it gathers in
 * @state its finish function hands out. */
typedef struct _BhReportRun BhReportRun;

#define BH_SUM_ROWS (-1) /* each row is one */

/* A series: the sum of a column, perhaps @factor times over that of another. */
typedef struct {
  const char *title; /* NULL: the split names it */
  int column;        /* 0 ends the list: the first column is never summed */
  int over;          /* 0: nothing */
  double factor;
} BhReportSum;

/* How a report is drawn. */
typedef struct {
  BhChartKind kind;
  int x;     /* column along the x axis */
  int split; /* column whose texts are series of their own; -1: none */
  const char *unit;
  BhReportSum sums[4];
  gboolean largest_first; /* names by the sum of the first series, not as they come */
} BhReportChart;

/* One row of the table of reports. */
typedef struct {
  BhReport report;
  /* (nullable): what the report gathers in; freed by @free */
  gpointer (*begin) (BhReportRun *run);
  gboolean (*rows) (BhReportRun *run, GError **error);
  GDestroyNotify free;
  BhReportChart chart;
} BhReportKind;

struct _BhReportRun {
  BhDesk *desk;
  const BhReportKind *kind;
  const BhReportQuery *query;
  BhDay from; /* both inclusive; NONE when the report is about now */
  BhDay to;
  gint64 now_us;
  BhReportRange range; /* of instants, generous: a day has another beginning in each zone */
  gpointer state;
  GPtrArray *cells; /* of the row that is being made */
  BhReportFunc each;
  gpointer data;
};

const BhReportChart *bh_report_chart_of (const BhReport *report);

/* Streams rows of the store to @each, whose data is the run. */
gboolean bh_report_read (BhReportRun *run, BhReportRows rows, BhReportRowFunc each, GError **error);
/* The local day of an instant; is it asked for? @zone NULL: UTC */
BhDay bh_report_day (gint64 at_us, const char *zone);
gboolean bh_report_wants (const BhReportRun *run, BhDay day);

/* In whose zone a dock's day is: a refused unit has no destination, so its day is that of
 * what the same dock took in before, else of the one zone that all destinations share. */
typedef struct {
  GHashTable *zones; /* dock → zone */
  char *only;
} BhDockZones;

gboolean bh_dock_zones_init (BhDockZones *self, BhDesk *desk, GError **error);
void bh_dock_zones_clear (BhDockZones *self);
/* @zone: of the destination, or NULL; NULL: UTC. Call it in the order of time. */
const char *bh_dock_zones_of (BhDockZones *self, const char *dock, const char *zone);

/* Sets the instants from the days. */
void bh_report_set_range (BhReportRun *run);

/* Makes a row, cell by cell, and hands it out. */
void bh_report_text (BhReportRun *run, const char *value);   /* NULL: none */
void bh_report_filled (BhReportRun *run, const char *value); /* "": none too */
void bh_report_count (BhReportRun *run, gint64 value);
void bh_report_number (BhReportRun *run, double value, int decimals);   /* negative: none */
void bh_report_date (BhReportRun *run, BhDay day);                      /* NONE: none */
void bh_report_month (BhReportRun *run, guint month);                   /* bh_month_of() */
void bh_report_time (BhReportRun *run, gint64 at_us, const char *zone); /* 0: none */
gboolean bh_report_row (BhReportRun *run, GError **error);

/* Months since year 0: they count and compare. */
guint bh_month_of (BhDay day);

/* The kinds, a file each for those that are more than a few lines. */
extern const BhReportKind bh_report_not_back;
extern const BhReportKind bh_report_not_back_accounts;
extern const BhReportKind bh_report_came_back;
extern const BhReportKind bh_report_reminders;
extern const BhReportKind bh_report_turn_round;
extern const BhReportKind bh_report_dock_days;
extern const BhReportKind bh_report_on_time;
extern const BhReportKind bh_report_repair_on_time;
extern const BhReportKind bh_report_faults;
extern const BhReportKind bh_report_first_pass;
extern const BhReportKind bh_report_no_fault_found;
extern const BhReportKind bh_report_ages;
extern const BhReportKind bh_report_tl9000;
extern const BhReportKind bh_report_carrier_count;
