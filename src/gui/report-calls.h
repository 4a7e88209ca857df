/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/reports.h"
#include "worker.h"

G_BEGIN_DECLS

/* What a report is asked for; owns its texts. @path: a file to count, or NULL. @save: a
 * file to write, and then no rows are gathered: CSV, or a chart by its name's end. */
typedef struct {
  const BhReport *report;
  BhDay from;
  BhDay to;
  char *account;
  char *path;
  char *save;
} BhReportAsk;

BhReportAsk *bh_report_ask_copy (const BhReportAsk *self);
void bh_report_ask_free (BhReportAsk *self);

/* @rows: (element-type GStrv): of at most %BH_REPORT_SHOWN; cells are "" where there is none */
typedef struct {
  const BhReport *report;
  GPtrArray *rows;
  guint n; /* all there are */
  BhChart *chart;
} BhReportShown;

#define BH_REPORT_SHOWN 5000

void bh_report_shown_free (BhReportShown *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhReportShown, bh_report_shown_free)

void bh_call_report_async (BhWorker *reads, const BhReportAsk *ask, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
BhReportShown *bh_call_report_finish (GAsyncResult *result, GError **error);

G_END_DECLS
