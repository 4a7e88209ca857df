/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scanner-keys.h"

G_BEGIN_DECLS

/**
 * SECTION:scanners
 *
 * The scanners of this station, as its settings say: those that type and those at serial
 * ports. What they read comes to one function, in the order in which it came in (S1). Settings
 * act at once.
 */

/**
 * BhScannerRead:
 * @text: what was read, any bytes
 * @us: (nullable): @text as the keys of a US keyboard, of a scanner that types
 * @scanner: which one: "keyboard", or the device file of its port
 * @recognised: @text is @us, as the layout's reading was no code (S7)
 * @unterminated: it ended by a pause or by its length (S6)
 * @typed: it came at a person's pace (D19)
 * @slowest_ms: the longest gap between two characters; 0 of a port
 */
typedef struct {
  const GString *text;
  const GString *us;
  const char *scanner;
  gboolean recognised;
  gboolean unterminated;
  gboolean typed;
  guint slowest_ms;
} BhScannerRead;

typedef void (*BhScannedFunc) (const BhScannerRead *read, gpointer data);

#define BH_SCANNER_KEYBOARD "keyboard"

typedef struct _BhScanners BhScanners;

/* Lives as long as @window, of which there is one. */
void bh_scanners_attach (GtkWindow *window, BhScannedFunc scanned, gpointer data);

/* Each of a widget in the window. */

BhScanners *bh_scanners_of (GtkWidget *widget);
/* (nullable): where no schema is installed */
GSettings *bh_scanners_settings (BhScanners *self);
/* What is being read now; only within the function that is told of it. */
const BhScannerRead *bh_scanners_read (BhScanners *self);

G_END_DECLS
