/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bench-calls.h"

G_BEGIN_DECLS

/* A unit at the bench on one screen, with its next step offered (R1). Signal "lost" (a
 * sentence): what was typed of another, which is no longer on screen, could not be kept. */
#define BH_TYPE_BENCH_JOB (bh_bench_job_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchJob, bh_bench_job, BH, BENCH_JOB, GtkBox)

GtkWidget *bh_bench_job_new (BhWorker *acts, BhWorker *reads);
/* @sight: (transfer full). What was typed of the one before is written down. */
void bh_bench_job_open (BhBenchJob *self, BhBenchSight *sight);
/* Puts the keys where the next step is done. */
void bh_bench_job_focus (BhBenchJob *self);
/* The scan is for a field or a piece of this job. FALSE: it may be another unit's. */
gboolean bh_bench_job_scan (BhBenchJob *self, const char *text);
/* The same of a scan that is no unit's. FALSE: it has no use here. */
gboolean bh_bench_job_scan_other (BhBenchJob *self, const char *text);
/* As it is on record now. */
void bh_bench_job_read_again (BhBenchJob *self);
/* Something in the store is not what it was. What is typed stays; who has worked on the unit is
 * told. FALSE: not now, as it reads or acts. */
gboolean bh_bench_job_changed (BhBenchJob *self);
void bh_bench_job_tell (BhBenchJob *self, const char *text);
/* What was typed is written down, as the screen goes to something else. */
void bh_bench_job_leave (BhBenchJob *self);
/* Escape. FALSE: there is nothing to leave. */
gboolean bh_bench_job_back (BhBenchJob *self);
/* (nullable): what is on screen */
const BhBenchSight *bh_bench_job_sight (BhBenchJob *self);

G_END_DECLS
