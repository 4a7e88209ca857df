/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SECTION:serial-port
 *
 * A scanner at a serial port or USB-CDC (`/dev/ttyACM0`): 8 data bits, no parity, on the main
 * loop. A port that is not there, or goes away, is waited for.
 *
 * Signals: "scanned" (GString *text, any bytes; gboolean unterminated), "changed" (its state).
 */

typedef enum {
  BH_PORT_ABSENT,  /* nothing is plugged in there */
  BH_PORT_OPEN,    /* it is listened to */
  BH_PORT_REFUSED, /* this user may not open it */
  BH_PORT_BUSY,    /* another program has it, or another window of this one */
  BH_PORT_NO_PORT, /* the file is none of a serial port */
  BH_PORT_FLOOD,   /* open, and it sent more than any code has without an end mark (S6) */
} BhPortState;

#define BH_TYPE_SERIAL_PORT (bh_serial_port_get_type ())
G_DECLARE_FINAL_TYPE (BhSerialPort, bh_serial_port, BH, SERIAL_PORT, GObject)

/* @path: of its device file; @speed: bits a second, see bh_serial_speeds() */
BhSerialPort *bh_serial_port_new (const char *path, guint speed);
const char *bh_serial_port_path (BhSerialPort *self);
guint bh_serial_port_speed (BhSerialPort *self);
BhPortState bh_serial_port_state (BhSerialPort *self);
/* Milliseconds of rest that end a scan without an end mark; 0: none do. */
void bh_serial_port_set_pause (BhSerialPort *self, guint pause_ms);
/* Closes it and stays closed. */
void bh_serial_port_close (BhSerialPort *self);

/* Those that are supported, slowest first. */
const guint *bh_serial_speeds (guint *n);

G_END_DECLS
