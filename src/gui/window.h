/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <handy.h>

G_BEGIN_DECLS

/* The one window: its pages, its keys, and the scanner that is heard on all of them. */
#define BH_TYPE_WINDOW (bh_window_get_type ())
G_DECLARE_FINAL_TYPE (BhWindow, bh_window, BH, WINDOW, HdyApplicationWindow)

/* @dock, @station, @page may be NULL. Opens the store in the background. */
GtkWidget *bh_window_new (GtkApplication *application, const char *uri, const char *dock,
                          const char *station, const char *page);

G_END_DECLS
