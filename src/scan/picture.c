/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "picture.h"

#include "backhaul/error.h"

void
bh_grey_free (BhGrey *self)
{
  if (self == NULL)
    return;
  g_free (self->pixels);
  g_free (self);
}

gboolean
bh_picture_fail (const BhPicture *self, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  g_autofree char *valid = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  valid = g_utf8_make_valid (why, -1); /* a library's own words may quote the file */
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s", self->name, valid);
  return FALSE;
}

gboolean
bh_picture_admit (BhPicture *self, guint page, guint64 width, guint64 height, GError **error)
{
  if (page > BH_MAX_PAGES)
    return bh_picture_fail (self, error, "more than %u pages; send it in parts", BH_MAX_PAGES);
  if (width == 0 || height == 0)
    return bh_picture_fail (self, error, "a %s without pixels; take the picture again", self->type);
  if (width > BH_MAX_SIDE || height > BH_MAX_SIDE || width * height > BH_MAX_PIXELS)
    return bh_picture_fail (self, error,
                            "page %u has %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT
                            " pixels, more than %u megapixels or %u a side; make it smaller",
                            page, width, height, BH_MAX_PIXELS / 1000000, BH_MAX_SIDE);
  self->pixels += width * height;
  if (self->pixels > BH_MAX_TOTAL_PIXELS)
    return bh_picture_fail (self, error,
                            "its pages have more than %u megapixels together; send it in parts",
                            BH_MAX_TOTAL_PIXELS / 1000000);
  return TRUE;
}

BhGrey *
bh_picture_new_grey (const BhPicture *self, guint width, guint height, GError **error)
{
  g_autoptr (BhGrey) grey = g_new0 (BhGrey, 1);

  grey->pixels = g_try_malloc ((gsize) width * height);
  if (grey->pixels == NULL) {
    bh_picture_fail (self, error, "no memory for %u × %u pixels; close other programs", width,
                     height);
    return NULL;
  }
  grey->width = width;
  grey->height = height;
  return g_steal_pointer (&grey);
}

void
bh_grey_from_rgb (guint8 *grey, const guint8 *rgb, guint n, guint channels)
{
  /* weights of ITU-R BT.709, in 256ths; grey stays what it is */
  for (guint i = 0; i < n; i++, rgb += channels) {
    guint y = (rgb[0] * 54u + rgb[1] * 183u + rgb[2] * 19u) >> 8;

    if (channels == 4)
      y = (y * rgb[3] + 255u * (255u - rgb[3]) + 127u) / 255u;
    grey[i] = (guint8) y;
  }
}
