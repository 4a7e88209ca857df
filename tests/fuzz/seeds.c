/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seeds.h"

#include <string.h>
#include <zint.h>

#include "../scan/canvas.h"
#include "../scan/forge.h"

const char *const seed_texts[] = { "R2105683500", "NGA1234567", "SRX4100NGA" };
const guint seed_n_texts = G_N_ELEMENTS (seed_texts);

static Canvas *
label_new (guint which)
{
  static const int kinds[] = { BARCODE_CODE128, BARCODE_QRCODE, BARCODE_DATAMATRIX };
  Canvas *canvas = canvas_new (320, 120);

  canvas_code (canvas, 30, 20, which == 0 ? 2 : 3, 50, kinds[which], DATA_MODE, seed_texts[which],
               strlen (seed_texts[which]));
  canvas_noise (canvas, which, 4);
  return canvas;
}

GPtrArray *
seeds_new (void)
{
  static const char *const types[] = { "png", "jpeg", "bmp", "webp", "tiff", "pdf" };
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Canvas *labels[3];

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    labels[i] = label_new (i);
    for (guint k = 0; k < G_N_ELEMENTS (types); k++)
      g_ptr_array_add (seeds, canvas_file (labels[i], types[k]));
  }
  g_ptr_array_add (seeds, canvas_pages (labels, G_N_ELEMENTS (labels), "tiff"));
  g_ptr_array_add (seeds, canvas_pages (labels, G_N_ELEMENTS (labels), "pdf"));
  g_ptr_array_add (seeds, forge_png (64, 64, 65 * 64));
  for (guint32 compression = 1; compression <= 8; compression++)
    g_ptr_array_add (seeds, forge_tiff (40, 40, compression, 100, 2, compression & 1));
  /* what was slow: deeper, it draws for years */
  g_ptr_array_add (seeds, forge_pdf_nested (3));
  g_ptr_array_add (seeds, forge_pdf (2, "0 0 144 72", "/Width 8/Height 8", 64));
  g_ptr_array_add (seeds, forge_bmp (20, -20, 1200));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    canvas_free (labels[i]);
  return seeds;
}
