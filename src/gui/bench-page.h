/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The technician's queue, and a job on one screen (RA1-RA10, R1). */
#define BH_TYPE_BENCH_PAGE (bh_bench_page_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchPage, bh_bench_page, BH, BENCH_PAGE, GtkBox)

GtkWidget *bh_bench_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS
