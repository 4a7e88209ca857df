/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/calendar.h"

G_BEGIN_DECLS

/* A year in twelve months, as text that readers read too: "*" behind a holiday, "·" behind
 * a day that is not worked anyway. */

/* Any thread. (transfer full): the month as Pango markup; @month 1 to 12 */
char *bh_month_markup (BhCalendar *calendar, int year, int month);
/* Twelve labels, "month-1" to "month-12" */
GtkWidget *bh_year_view_new (void);
void bh_year_view_set (GtkWidget *view, char *const *months);

G_END_DECLS
