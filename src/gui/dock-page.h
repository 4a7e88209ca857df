/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/scan.h"
#include "worker.h"

G_BEGIN_DECLS

#define BH_TYPE_DOCK_PAGE (bh_dock_page_get_type ())
G_DECLARE_FINAL_TYPE (BhDockPage, bh_dock_page, BH, DOCK_PAGE, GtkBox)

/* @acts judges and voids, in order; @reads draws labels and counts. */
GtkWidget *bh_dock_page_new (BhWorker *acts, BhWorker *reads);
/* From scanner, keyboard or picture. */
void bh_dock_page_scan (BhDockPage *self, const char *text, BhScanSource source);
void bh_dock_page_command (BhDockPage *self, BhCommand command);
/* Reads a picture's codes into the box. */
void bh_dock_page_photo (BhDockPage *self, const char *path);
/* The page's own keys; TRUE when it was one. */
gboolean bh_dock_page_key (BhDockPage *self, guint keyval);
void bh_dock_page_focus_typed (BhDockPage *self);

G_END_DECLS
