/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <string.h>

#include "backhaul/zpl.h"
#include "template.h"

GBytes *
bh_label_zpl (BhLabelTemplate *label, GHashTable *fields, guint dpi, const BhZplSettings *settings,
              GError **error)
{
  cairo_surface_t *raster = bh_label_raster (label, fields, dpi, error);
  char *zpl = NULL;

  if (raster != NULL && bh_label_check_raster (label, fields, raster, error)) {
    guint width = (guint) cairo_image_surface_get_width (raster);
    guint height = (guint) cairo_image_surface_get_height (raster);
    gsize stride = (gsize) cairo_image_surface_get_stride (raster);
    g_autofree guint8 *grey = g_malloc ((gsize) width * height);
    const guint8 *data;

    cairo_surface_flush (raster);
    data = cairo_image_surface_get_data (raster);
    for (guint y = 0; y < height; y++) {
      const guint32 *row = (const guint32 *) (gconstpointer) (data + y * stride);

      /* green weighs most of what an eye and a scanner see */
      for (guint x = 0; x < width; x++)
        grey[(gsize) y * width + x] =
            (guint8) (((row[x] >> 16 & 0xff) + 2 * (row[x] >> 8 & 0xff) + (row[x] & 0xff)) / 4);
    }
    zpl = bh_zpl_from_grey (grey, width, height, width, settings, error);
  }
  if (raster != NULL)
    cairo_surface_destroy (raster);
  return zpl != NULL ? g_bytes_new_take (zpl, strlen (zpl)) : NULL;
}
