/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/scan.h"
#include "hid-scanners.h"
#include "serial-port.h"
#include "wedge.h"

G_BEGIN_DECLS

/**
 * SECTION:scanners
 *
 * The scanners of this station, as its settings say: those that type, those at serial
 * ports, and those at USB that say what they are. What they read comes to one function, in the
 * order in which it came in (S1). Settings act at once.
 */

/**
 * BhScannerRead:
 * @text: what was read, any bytes
 * @other: (nullable): what else its keys can mean: @text as a US keyboard has it, or as the
 *   session's layout has it where @text is the former; %NULL of a port
 * @scanner: which one: "keyboard", the device file of its port, or the name of a USB one
 * @identifier: (nullable): AIM identifier, as "]C0", of a device that says it
 * @recognised: @text is that of a US keyboard, as the layout's was no code (S7)
 * @unterminated: it ended by a pause or by its length (S6)
 * @typed: it came at a person's pace (D19)
 * @flood: @text is empty: more came without an end mark than any code has, and was dropped
 * @broken: @flood, as its end did not come (of a USB one)
 * @slowest_ms: the longest gap between two characters; 0 of a port
 */
typedef struct {
  const GString *text;
  const GString *other;
  const char *scanner;
  const char *identifier;
  gboolean recognised;
  gboolean unterminated;
  gboolean typed;
  gboolean flood;
  gboolean broken;
  guint slowest_ms;
} BhScannerRead;

typedef void (*BhScannedFunc) (const BhScannerRead *read, gpointer data);
typedef void (*BhPortsFunc) (gpointer data);

#define BH_SCANNER_KEYBOARD "keyboard"

typedef struct _BhScanners BhScanners;

/* Lives as long as @window, of which there is one. */
void bh_scanners_attach (GtkWindow *window, BhScannedFunc scanned, gpointer data);

/* What came in before is given once more, as if it did now. */
void bh_scanners_again (BhScanners *self, const GString *text, gboolean typed);

/* Each of a widget in the window. */

BhScanners *bh_scanners_of (GtkWidget *widget);
/* (nullable): where no schema is installed */
GSettings *bh_scanners_settings (BhScanners *self);
/* (transfer full): its text as it is when it is text; bytes as people see them */
char *bh_scanner_words (const BhScannerRead *read);
/* (transfer full): as the box takes it, now */
BhScan *bh_scanner_scan (const BhScannerRead *read);
/* In words, of the one that types; a device by its own name. */
const char *bh_scanner_name (const char *scanner);
/* In words, what is wrong with the scanner that @read shows; NULL: nothing. */
const char *bh_scanner_notice (const BhScannerRead *read);
/* What is being read now; only within the function that is told of it. */
const BhScannerRead *bh_scanners_read (BhScanners *self);

/* (element-type BhSerialPort): those of the settings */
GPtrArray *bh_scanners_ports (BhScanners *self);
/* (element-type BhHidScanner) (transfer none): those at USB that are plugged in */
GPtrArray *bh_scanners_usb (BhScanners *self);
/* @told: the ports, the USB ones, or the state of one, are others; one watches at a time, NULL:
 * none. */
void bh_scanners_watch (BhScanners *self, BhPortsFunc told, gpointer data);

G_END_DECLS
