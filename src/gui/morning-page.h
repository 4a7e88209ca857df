/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* What the operator's role should know before the day begins, most urgent first; each line
 * leads to where it is worked on. */
#define BH_TYPE_MORNING_PAGE (bh_morning_page_get_type ())
G_DECLARE_FINAL_TYPE (BhMorningPage, bh_morning_page, BH, MORNING_PAGE, GtkBox)

GtkWidget *bh_morning_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS
