/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The year of a calendar, holidays named and the working week marked (C7), and replacing
 * one from a file: which clocks it would move is shown first (C11). */
#define BH_TYPE_CALENDARS_PAGE (bh_calendars_page_get_type ())
G_DECLARE_FINAL_TYPE (BhCalendarsPage, bh_calendars_page, BH, CALENDARS_PAGE, GtkBox)

GtkWidget *bh_calendars_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS
