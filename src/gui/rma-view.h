/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The RMA's page: lines, clocks, history; and the unit's: its life. A scrolled
 * column of sections, filled when the store has answered. */
GtkWidget *bh_rma_view_new (void);
void bh_rma_view_show (GtkWidget *view, BhWorker *reads, const char *rma);
void bh_unit_view_show (GtkWidget *view, BhWorker *reads, const char *serial);

G_END_DECLS
