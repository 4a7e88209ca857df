/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bench-calls.h"

G_BEGIN_DECLS

/* What must come back with a unit, piece by piece (RA7). Signals: "checked" when each piece
 * was said to be here, or when who works here says that some are missing. */
#define BH_TYPE_BENCH_INTAKE (bh_bench_intake_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchIntake, bh_bench_intake, BH, BENCH_INTAKE, GtkBox)

GtkWidget *bh_bench_intake_new (void);
/* What was said of the pieces of one job stays while it is on screen. */
void bh_bench_intake_show (BhBenchIntake *self, const BhJob *job);
void bh_bench_intake_focus (BhBenchIntake *self);
/* A piece's serial, or its name: the piece under the cursor is here. FALSE: all were told. */
gboolean bh_bench_intake_scan (BhBenchIntake *self, const char *text);
/* What was said. (transfer full): NULL-terminated */
void bh_bench_intake_tell (BhBenchIntake *self, char ***present, char ***missing);

G_END_DECLS
