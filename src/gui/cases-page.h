/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* Support cases (F2, F3), the page of each, and what is done about one: the customer is
 * told something (C6), it is escalated (F5), it is closed. */
#define BH_TYPE_CASES_PAGE (bh_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (BhCasesPage, bh_cases_page, BH, CASES_PAGE, GtkBox)

GtkWidget *bh_cases_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS
