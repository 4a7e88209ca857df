/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:hid-pos
 *
 * Scanners of the USB class HID that say what they are: usage page 0x8C, "bar code scanner", of
 * the HID Point of Sale Usage Tables 1.02 (section 3). Where in a report the code stands is read
 * from the device's own report descriptor (Device Class Definition for HID 1.11, section 6.2.2),
 * so any maker's works. Pure; bounded in time and memory for a descriptor and reports of any bytes.
 */

typedef struct _BhHidPos BhHidPos;

typedef enum {
  BH_HID_SCAN,
  BH_HID_FLOOD, /* more than %BH_HID_MOST went on without an end; all of it is dropped; once each */
  BH_HID_BROKEN, /* what was begun was not ended: dropped, never handed on as a shorter text */
} BhHidEvent;

#define BH_HID_MOST 8192 /* bytes of a code; a QR code holds 7089 digits */

/* @text: of a scan, without a CR or LF at its end; NULL of the others.
 * @identifier: (nullable): AIM identifier, as "]C0", when the scanner says it */
typedef void (*BhHidFunc) (BhHidEvent event, const GString *text, const char *identifier,
                           gpointer data);

/* (nullable): %NULL when @descriptor is of another device, or is none. */
BhHidPos *bh_hid_pos_new (const guint8 *descriptor, gsize size);
void bh_hid_pos_free (BhHidPos *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhHidPos, bh_hid_pos_free)

/* One report as hidraw gives it: with its number in front where the device numbers them. A long
 * code comes in several, and is told of at the last. Other reports are passed over. */
void
bh_hid_pos_take (BhHidPos *self, const guint8 *report, gsize size, BhHidFunc func, gpointer data);
/* A code was begun, and its end has not come. */
gboolean bh_hid_pos_waits (const BhHidPos *self);
/* Its end does not come any more. */
void bh_hid_pos_rest (BhHidPos *self, BhHidFunc func, gpointer data);

G_END_DECLS
