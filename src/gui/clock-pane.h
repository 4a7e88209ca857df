/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/returns.h"
#include "worker.h"

G_BEGIN_DECLS

/* The working of one clock: each day counted, each skipped and why (C10). */
#define BH_TYPE_CLOCK_PANE (bh_clock_pane_get_type ())
G_DECLARE_FINAL_TYPE (BhClockPane, bh_clock_pane, BH, CLOCK_PANE, GtkScrolledWindow)

/* @row: (nullable): none is chosen. It is not kept. */
void bh_clock_pane_show (BhClockPane *self, BhWorker *reads, const BhClockRow *row);

G_END_DECLS
