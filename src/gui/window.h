/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The one window: pages, and the scanner wherever the focus is (S4). */
GtkWidget *bh_window_new (GtkApplication *application, const char *store, const char *dock,
                          const char *station, const char *page);

G_END_DECLS
