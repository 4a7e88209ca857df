/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wedge.h"

G_BEGIN_DECLS

/* @step->scan is there; it may hold control characters. */
typedef void (*BhScannedFunc) (const BhWedgeStep *step, gpointer data);

typedef struct _BhScannerKeys BhScannerKeys;

/**
 * bh_scanner_keys_attach:
 * @us_layout: read key positions as a US keyboard's (S7), not the layout's characters
 *
 * Listens to the keys of the program before any window, dialog or menu does (S4, S11); lives
 * as long as @window, of which there is one. Keys that turn out to be typing are handed on,
 * in order.
 */
void bh_scanner_keys_attach (GtkWindow *window, const BhWedgeRules *rules, gboolean us_layout,
                             BhScannedFunc scanned, gpointer data);

G_END_DECLS
