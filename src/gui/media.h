/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SECTION:media
 *
 * Pictures, labels and sound need some forty libraries that the first window does
 * not: they are linked into a module that is loaded when the first of them is
 * wanted. Any thread; may wait for the disk.
 */

/* What the module exports, as "bh_media". */
typedef struct {
  /* (element-type BhScan): as bh_decoder_bytes() with all effort, for those of the set of
   * BhSymbologies; a picture with no barcode: empty */
  GPtrArray *(*read) (GBytes *picture, guint symbologies, const char *name, GError **error);
  /* A label of one page: the PDF to @path, and a PNG of it for the screen. */
  GBytes *(*draw) (const char *template, GHashTable *fields, const char *path, GError **error);
  /* Starts playing. Errors: no device. */
  gboolean (*play) (const char *path, GError **error);
} BhMedia;

/* Errors: %BH_ERROR_STORE: the module is not where it was installed. */
const BhMedia *bh_media (GError **error);

G_END_DECLS
