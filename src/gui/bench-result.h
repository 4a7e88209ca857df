/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bench-calls.h"

G_BEGIN_DECLS

/* What becomes of the unit, and the result that is posted. Signal "post". */
#define BH_TYPE_BENCH_RESULT (bh_bench_result_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchResult, bh_bench_result, BH, BENCH_RESULT, GtkBox)

GtkWidget *bh_bench_result_new (void);
/* @correcting: the version that it takes the place of; 0: none. @ready: it is the next step.
 * Proposes a disposition until a person has chosen one. */
void bh_bench_result_show (BhBenchResult *self, const BhBenchSight *sight, int correcting,
                           gboolean ready);
/* (element-type BhCode): dispositions that the site added (R5) */
void bh_bench_result_offer (BhBenchResult *self, GPtrArray *dispositions);
void bh_bench_result_focus (BhBenchResult *self);
const char *bh_bench_result_disposition (BhBenchResult *self);
gboolean bh_bench_result_interim (BhBenchResult *self);
/* In words, as "no fault found" */
const char *bh_disposition_words (const char *disposition);

G_END_DECLS
