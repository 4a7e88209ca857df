/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The reports: each as a table and a chart, to be saved (K3, K6). */
#define BH_TYPE_REPORTS_PAGE (bh_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (BhReportsPage, bh_reports_page, BH, REPORTS_PAGE, GtkBox)

GtkWidget *bh_reports_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS
