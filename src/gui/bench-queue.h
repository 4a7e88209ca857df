/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The technician's queue by due date. Signal "chosen" (a job's number, or the serial of a unit
 * that waits for somebody). */
#define BH_TYPE_BENCH_QUEUE (bh_bench_queue_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchQueue, bh_bench_queue, BH, BENCH_QUEUE, GtkBox)

GtkWidget *bh_bench_queue_new (BhWorker *reads);
void bh_bench_queue_read (BhBenchQueue *self);
/* The same, unless it is being read just now. */
void bh_bench_queue_shown (BhBenchQueue *self);
/* Somebody is at work here: as it is now, in its place. FALSE: it reads. */
gboolean bh_bench_queue_changed (BhBenchQueue *self);
void bh_bench_queue_focus (BhBenchQueue *self);
/* A sentence below the rows: what a scan found, or that it found nothing. */
void bh_bench_queue_tell (BhBenchQueue *self, const char *text);

G_END_DECLS
