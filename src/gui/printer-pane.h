/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* L2: which station prints which label where; to look at, change, and try. */
#define BH_TYPE_PRINTER_PANE (bh_printer_pane_get_type ())
G_DECLARE_FINAL_TYPE (BhPrinterPane, bh_printer_pane, BH, PRINTER_PANE, GtkBox)

GtkWidget *bh_printer_pane_new (BhWorker *acts);
void bh_printer_pane_read (BhPrinterPane *self);
/* Something in the store is not what it was: the same, once what is on its way is over. */
void bh_printer_pane_changed (BhPrinterPane *self);
void bh_printer_pane_focus (BhPrinterPane *self);

G_END_DECLS
