/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:serial-frame
 *
 * Divides the bytes of a serial scanner into scans (ASKS S3, S6, S8). Pure. A scan ends at CR,
 * LF or ETX; bytes of 0 and STX before it are no part of it; GS, RS and EOT are. One that
 * has no end mark ends when the line rests. What is longer than any barcode is dropped up to the
 * next end, never handed on as shorter texts.
 */

#define BH_FRAME_MOST 8192 /* bytes; a QR code holds 7089 digits */

typedef struct {
  GString *bytes;
  gboolean flood; /* all up to the next end is dropped */
} BhFrame;

typedef enum {
  BH_FRAME_SCAN,
  BH_FRAME_UNTERMINATED, /* a scan that ended by a pause (S6) */
  BH_FRAME_FLOOD,        /* more than BH_FRAME_MOST came without an end; once each */
} BhFrameEvent;

/* @text: of a scan; NULL of a flood */
typedef void (*BhFrameFunc) (BhFrameEvent event, const GString *text, gpointer data);

void bh_frame_init (BhFrame *self);
void bh_frame_clear (BhFrame *self);
void bh_frame_take (BhFrame *self, const char *bytes, gsize size, BhFrameFunc func, gpointer data);
/* Nothing came for as long as a scanner may halt. */
void bh_frame_rest (BhFrame *self, BhFrameFunc func, gpointer data);
/* The line is gone: half a scan is none. */
void bh_frame_reset (BhFrame *self);
/* Something was begun and has not ended. */
gboolean bh_frame_waits (const BhFrame *self);

G_END_DECLS
