/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dock.h"

G_BEGIN_DECLS

/* The dock: the box, its verdict, the tally of the shift (DESIGN, The screens). */
#define BH_TYPE_DOCK_PAGE (bh_dock_page_get_type ())
G_DECLARE_FINAL_TYPE (BhDockPage, bh_dock_page, BH, DOCK_PAGE, GtkBox)

/* @acts: the worker of acts; @reads: of everything else */
GtkWidget *bh_dock_page_new (BhWorker *acts, BhWorker *reads);
BhDock *bh_dock_page_dock (BhDockPage *self);
/* Scans and pictures that were taken and are not on disk yet. */
guint bh_dock_page_waiting (BhDockPage *self);
/* @scan: (transfer full) */
void bh_dock_page_scan (BhDockPage *self, BhScan *scan);
/* The store is open: fill the tally. */
void bh_dock_page_refresh (BhDockPage *self);
void bh_dock_page_focus_typed (BhDockPage *self);
/* Escape: leaves what was begun. */
void bh_dock_page_cancel (BhDockPage *self);

G_END_DECLS
