/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* What this station is: its name, its dock, its store; and where its devices are tried. What a
 * site has locked says so. */
#define BH_TYPE_STATION_PANE (bh_station_pane_get_type ())
G_DECLARE_FINAL_TYPE (BhStationPane, bh_station_pane, BH, STATION_PANE, GtkBox)

GtkWidget *bh_station_pane_new (BhWorker *reads);
void bh_station_pane_read (BhStationPane *self);

G_END_DECLS
