/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* L2, L3: the printers of each station, and beside them what became of the labels. */
#define BH_TYPE_PRINTERS_PAGE (bh_printers_page_get_type ())
G_DECLARE_FINAL_TYPE (BhPrintersPage, bh_printers_page, BH, PRINTERS_PAGE, GtkBox)

GtkWidget *bh_printers_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS
