/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "picture.h"

#include <webp/decode.h>

gboolean
bh_read_webp (BhPicture *self, BhPageFunc func, gpointer data, GError **error)
{
  g_autoptr (BhGrey) grey = NULL;
  g_autofree guint8 *rgba = NULL;
  WebPBitstreamFeatures features;
  gsize stride;

  if (WebPGetFeatures (self->data, self->size, &features) != VP8_STATUS_OK)
    return bh_picture_fail (self, error, "a damaged WebP header; take the picture again");
  if (features.has_animation)
    return bh_picture_fail (self, error, "an animated WebP; send a still picture");
  if (!bh_picture_admit (self, 1, (guint64) features.width, (guint64) features.height, error))
    return FALSE;
  stride = (gsize) features.width * 4;
  rgba = g_try_malloc (stride * (gsize) features.height);
  grey = bh_picture_new_grey (self, (guint) features.width, (guint) features.height, error);
  if (grey == NULL)
    return FALSE;
  if (rgba == NULL)
    return bh_picture_fail (self, error, "no memory to decode it; close other programs");
  if (WebPDecodeRGBAInto (self->data, self->size, rgba, stride * grey->height, (int) stride) ==
      NULL)
    return bh_picture_fail (self, error, "a WebP that is damaged or cut off; send it again");
  for (guint y = 0; y < grey->height; y++)
    bh_grey_from_rgb (grey->pixels + (gsize) y * grey->width, rgba + y * stride, grey->width, 4);
  g_clear_pointer (&rgba, g_free);
  return func (grey, 1, data, error);
}
