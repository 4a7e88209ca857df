/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan.h"

G_BEGIN_DECLS

typedef struct {
  int x, y;
} BhPoint;

/**
 * BhSymbol:
 * @page: from 1 (PDF, TIFF)
 * @index: from 1 on its page, in order of reading: top to bottom, left to right
 * @symbology: "CODE-128", "CODE-39", "QR-Code", "EAN-13" … as CLI.md
 * @identifier: AIM symbology identifier, "]C0"
 * @polygon: of @n_points corners in pixels of the picture, clockwise
 */
typedef struct {
  guint page;
  guint index;
  GBytes *bytes;
  const char *symbology;
  char *identifier;
  BhPoint polygon[4];
  guint n_points;
} BhSymbol;

void bh_symbol_free (BhSymbol *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhSymbol, bh_symbol_free)
/* The scan of this symbol, for bh_box_add(). */
BhScan *bh_symbol_scan (const BhSymbol *self, gint64 at_us);

/**
 * bh_decode_bytes:
 * @name: for messages only; the type is told from the bytes
 *
 * Decodes PNG, JPEG, WebP, TIFF, BMP and PDF pages with ZBar. Bounded before it
 * is decoded: bytes, pixels, pages.
 *
 * Errors: %BH_ERROR_NO_SYMBOL (a picture with none); %BH_ERROR_INPUT (truncated,
 * too large, not a picture, a bomb) with reason.
 *
 * Returns: (transfer full) (element-type BhSymbol)
 */
GPtrArray *bh_decode_bytes (GBytes *data, const char *name, GError **error);
GPtrArray *bh_decode_file (const char *path, GError **error);
/* One grey picture, rows packed: what a camera gives. Empty array: none. */
GPtrArray *bh_decode_grey (const guint8 *grey, guint width, guint height, GError **error);

G_END_DECLS
