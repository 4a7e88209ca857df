/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bench-calls.h"

G_BEGIN_DECLS

/* What is known of a unit at the bench, what was written down of its job, and its results as
 * they followed each other. Signals: "strike" (number of an entry that does not hold, its words),
 * "report" (version whose report is wanted). */
#define BH_TYPE_BENCH_RECORD (bh_bench_record_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchRecord, bh_bench_record, BH, BENCH_RECORD, GtkScrolledWindow)

GtkWidget *bh_bench_record_new (BhWorker *reads);
void bh_bench_record_show (BhBenchRecord *self, const BhBenchSight *sight);

G_END_DECLS
