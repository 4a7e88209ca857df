/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wedge.h"

G_BEGIN_DECLS

/**
 * BhKeyboardRules:
 * @wedge: the pace that tells a scanner from a person
 * @us_layout: keys are read by their places on a US keyboard (S7), not as the layout has them
 * @recognise_us: so is a scan that is no code otherwise, see bh_keyboard_means_us()
 */
typedef struct {
  BhWedgeRules wedge;
  gboolean us_layout;
  gboolean recognise_us;
} BhKeyboardRules;

/* @step->scan is there; it may hold control characters. */
typedef void (*BhKeysFunc) (const BhWedgeStep *step, gpointer data);

typedef struct _BhScannerKeys BhScannerKeys;

/* Listens to the keys of the program before any window, dialog or menu does (S4, S11); lives
 * as long as @window, of which there is one. Keys that turn out to be typing are handed on,
 * in order. */
BhScannerKeys *bh_scanner_keys_attach (GtkWindow *window, const BhKeyboardRules *rules,
                                       BhKeysFunc scanned, gpointer data);
/* From the next key on. */
void bh_scanner_keys_set_rules (BhScannerKeys *self, const BhKeyboardRules *rules);

G_END_DECLS
