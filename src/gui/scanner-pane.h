/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The scanners of this station: what is set of them, which acts at once. What a site has locked
 * cannot be changed here, and says so. */
#define BH_TYPE_SCANNER_PANE (bh_scanner_pane_get_type ())
G_DECLARE_FINAL_TYPE (BhScannerPane, bh_scanner_pane, BH, SCANNER_PANE, GtkBox)

GtkWidget *bh_scanner_pane_new (void);
/* It is in its window, and on screen. */
void bh_scanner_pane_read (BhScannerPane *self);

G_END_DECLS
