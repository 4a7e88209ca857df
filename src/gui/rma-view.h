/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The page of an RMA: lines, clocks, history; and that of a unit: what it was sold as,
 * every RMA, what happened. */
#define BH_TYPE_RMA_VIEW (bh_rma_view_get_type ())
G_DECLARE_FINAL_TYPE (BhRmaView, bh_rma_view, BH, RMA_VIEW, GtkScrolledWindow)

GtkWidget *bh_rma_view_new (void);
void bh_rma_view_show (GtkWidget *view, BhWorker *reads, const char *rma);
/* Reads what it shows anew, if it shows anything: in its place, and only where it differs.
 * FALSE: not now, as something else was asked for and is not there yet. */
gboolean bh_view_changed (GtkWidget *view);
void bh_unit_view_show (GtkWidget *view, BhWorker *reads, const char *serial);

G_END_DECLS
