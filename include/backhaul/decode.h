/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan.h"
#include "symbology.h"

G_BEGIN_DECLS

typedef struct {
  int x, y;
} BhPoint;

/**
 * BhSymbol:
 * @page: from 1 (PDF, TIFF)
 * @index: from 1 on its page, in order of reading: top to bottom, left to right
 * @symbology: "CODE-128", "CODE-39", "QR-Code", "Data-Matrix" … as CLI.md
 * @identifier: AIM symbology identifier, "]C0"
 * @polygon: of @n_points corners in pixels of the picture, clockwise
 * @step: of the ladder that read it, static: "zbar", "bars-bands-2" …
 */
typedef struct {
  guint page;
  guint index;
  GBytes *bytes;
  const char *symbology;
  char *identifier;
  BhPoint polygon[4];
  guint n_points;
  const char *step;
} BhSymbol;

void bh_symbol_free (BhSymbol *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhSymbol, bh_symbol_free)
/* The scan of this symbol, for bh_box_add(). */
BhScan *bh_symbol_scan (const BhSymbol *self, gint64 at_us);

/* How long to try: FAST is for frames of a camera, of which there are many. */
typedef enum { BH_EFFORT_FAST, BH_EFFORT_NORMAL, BH_EFFORT_HARD } BhEffort;

/**
 * BhDecoder:
 * @symbologies: set of #BhSymbologies that the site's labels use
 * @effort: how far up the ladder a picture goes that does not read
 * @threads: pages of one file that are read at the same time; 0 is 1
 *
 * Reads pictures. It holds no state of a picture: use it again, and from several
 * threads at once.
 *
 * A wrong text is worse than none. What has no check character of its own is told
 * only when several lines or two steps agree; of two texts in one place the longer
 * one wins that holds the other, else neither is told.
 */
typedef struct {
  guint symbologies;
  BhEffort effort;
  guint threads;
} BhDecoder;

#define BH_DECODER_DEFAULT                                                                         \
  {                                                                                                \
    BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_NORMAL, 1                                                    \
  }

/**
 * bh_decoder_bytes:
 * @name: for messages only; the type is told from the bytes
 *
 * Decodes PNG, JPEG, WebP, TIFF, BMP and PDF pages. Bounded before it is decoded:
 * bytes, pixels, pages; and the work on each page.
 *
 * Errors: %BH_ERROR_NO_SYMBOL (a picture with none); %BH_ERROR_INPUT (truncated,
 * too large, not a picture, a bomb) with reason.
 *
 * Returns: (transfer full) (element-type BhSymbol)
 */
GPtrArray *bh_decoder_bytes (const BhDecoder *self, GBytes *data, const char *name, GError **error);
GPtrArray *bh_decoder_file (const BhDecoder *self, const char *path, GError **error);
/**
 * bh_decoder_frame:
 * @pixels: grey, 0 black, rows packed; only read
 *
 * What a camera gives: at %BH_EFFORT_FAST a frame of 1 megapixel takes some 20 ms.
 *
 * Returns: (transfer full) (element-type BhSymbol): empty when there is none
 */
GPtrArray *bh_decoder_frame (const BhDecoder *self, const guint8 *pixels, guint width, guint height,
                             GError **error);

/* The same with the default decoder; a frame at effort FAST. */
GPtrArray *bh_decode_bytes (GBytes *data, const char *name, GError **error);
GPtrArray *bh_decode_file (const char *path, GError **error);
GPtrArray *bh_decode_grey (const guint8 *grey, guint width, guint height, GError **error);

G_END_DECLS
