/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:reports-store
 *
 * The rows behind the reports (reports.h), streamed: each by an index, none held.
 * What a column is stands at its query in src/store/reports.c.
 */
typedef enum {
  BH_ROWS_NOT_BACK,   /* account */
  BH_ROWS_REMINDERS,  /* from, to, account */
  BH_ROWS_TURN_ROUND, /* from, to, account */
  BH_ROWS_REPAIRED,   /* from, to, account: jobs by their final result, a row an entry */
  BH_ROWS_DOCK,       /* from, to, account */
  BH_ROWS_SHIPPED,    /* all units, by part and day */
  BH_ROWS_RETURNED,   /* from, to, account */
  BH_ROWS_CAME_BACK,  /* from, to, account: units by their receipt */
  BH_ROWS_OPEN,       /* account */
  BH_ROWS_ENDED,      /* from, to, account: clocks */
  BH_ROWS_BOXES,      /* from, to: with the tracking number that was read */
  BH_ROWS_EXPECTED,   /* awaited units by date, zone and calendar */
  BH_ROWS_DUE,        /* until: C2, C3 and C6 that run, by date */
  BH_ROWS_HELD,       /* what the dock holds */
  BH_ROWS_COUNTS,     /* from, until: what the morning counts one by one */
  BH_ROWS_LAST
} BhReportRows;

/* What restricts the rows; what a query does not take is not looked at. */
typedef struct {
  gint64 from_us;      /* first instant */
  gint64 to_us;        /* first instant after */
  const char *account; /* NULL: all */
  const char *until;   /* a date, "YYYY-MM-DD" */
} BhReportRange;

typedef gboolean (*BhReportRowFunc) (BhStmt *row, gpointer data, GError **error);

/* Inside a transaction. @each returns FALSE with an error to stop. */
gboolean bh_store_report_rows (BhStore *self, BhReportRows rows, const BhReportRange *range,
                               BhReportRowFunc each, gpointer data, GError **error);

/* (transfer full): the zone of all destinations, NULL when they have several or none */
gboolean bh_store_only_zone (BhStore *self, char **zone, GError **error);

G_END_DECLS
