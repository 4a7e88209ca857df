/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "serial-port.h"

G_BEGIN_DECLS

/**
 * SECTION:hid-scanners
 *
 * The USB (or Bluetooth) scanners that are set to HID POS. They say what they are, so none has to
 * be set: each that is plugged in is listened to, on the main loop, and one that comes later is
 * noticed. What they read is bytes, so no keyboard layout is in it (S7).
 */

typedef struct _BhHidScanner BhHidScanner;
typedef struct _BhHidScanners BhHidScanners;

typedef enum {
  BH_HID_READ,
  BH_HID_READ_FLOOD, /* more than any code has; dropped */
  BH_HID_READ_BROKEN /* its end did not come; dropped */
} BhHidRead;

/* @text: empty unless it was a read; @identifier: (nullable): "]C0" */
typedef void (*BhHidScannedFunc) (BhHidScanner *scanner, BhHidRead what, const GString *text,
                                  const char *identifier, gpointer data);
/* Others are plugged in, or the state of one is another. */
typedef void (*BhHidChangedFunc) (gpointer data);

/* @root: under which `sys` and `dev` are; "" but in tests */
BhHidScanners *bh_hid_scanners_new (const char *root, BhHidScannedFunc scanned,
                                    BhHidChangedFunc changed, gpointer data);
void bh_hid_scanners_free (BhHidScanners *self);
/* (element-type BhHidScanner) (transfer none): those that are plugged in, in order of their names
 */
GPtrArray *bh_hid_scanners_list (BhHidScanners *self);

/* What it calls itself, with its number of make; without one, with its device's. Of two that are
 * plugged in it is never the same. */
const char *bh_hid_scanner_name (BhHidScanner *self);
const char *bh_hid_scanner_path (BhHidScanner *self);
BhPortState bh_hid_scanner_state (BhHidScanner *self);
/* (transfer full): the line for udev that lets whoever sits at the station read it */
char *bh_hid_scanner_rule (BhHidScanner *self);

G_END_DECLS
