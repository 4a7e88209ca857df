/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* A chunk is small so that little is decoded between the header, which tells
 * the size, and the refusal. */
#define CHUNK 4096u
/* A progressive JPEG is painted whole once a scan, and 100 bytes can make a
 * scan: pictures have some 10 of them. */
#define MAX_PAINTED (10u * (guint64) BH_MAX_PIXELS)

typedef struct {
  BhPicture *picture;
  guint scans; /* times that the decoder paints the whole picture */
  int bottom;  /* below the last row painted */
  GError *error;
} Watch;

static guint32
be32 (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

static guint32
le32 (const guint8 *at)
{
  return (guint32) at[3] << 24 | (guint32) at[2] << 16 | (guint32) at[1] << 8 | at[0];
}

/* The loader takes a picture that breaks off for a finished one. A PNG ends
 * with its IEND chunk … */
static gboolean
png_is_whole (const BhPicture *self)
{
  gsize at = 8;

  while (self->size - at >= 12) {
    guint32 length = be32 (self->data + at);

    if (length > self->size - at - 12)
      return FALSE;
    if (memcmp (self->data + at + 4, "IEND", 4) == 0)
      return TRUE;
    at += (gsize) length + 12;
  }
  return FALSE;
}

/* … a JPEG with an EOI marker after its last SOS (a thumbnail before has its
 * own; in coded data 0xff is never followed by either) … */
static gboolean
jpeg_is_whole (const BhPicture *self, guint *scans)
{
  const guint8 *at = self->data;
  const guint8 *end = self->data + self->size - 1;
  gboolean whole = FALSE;

  *scans = 0;
  while (at < end && (at = memchr (at, 0xff, (gsize) (end - at))) != NULL) {
    if (at[1] == 0xda) {
      whole = FALSE;
      (*scans)++;
    } else if (at[1] == 0xd9)
      whole = *scans > 0;
    at++;
  }
  return whole;
}

/* … and an uncompressed BMP has all its rows. The loader makes room for where a BMP says that its
 * rows begin and for as long a header as it says, 4 GB if need be. */
static gboolean
bmp_is_whole (const BhPicture *self)
{
  guint64 stride, height;
  guint32 bits;

  if (self->size < 34 || le32 (self->data + 10) > self->size || le32 (self->data + 14) > self->size)
    return FALSE;
  if (le32 (self->data + 14) < 40 || le32 (self->data + 30) != 0)
    return TRUE; /* an old header or packed rows: the loader finds out */
  bits = self->data[28] | (guint32) self->data[29] << 8;
  stride = ((guint64) le32 (self->data + 18) * bits + 31) / 32 * 4;
  height = (guint64) ABS ((gint64) (gint32) le32 (self->data + 22));
  return stride == 0 || height <= (self->size - MIN (self->size, le32 (self->data + 10))) / stride;
}

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Watch *watch = data;
  guint64 painted = (guint64) MAX (width, 0) * (guint64) MAX (height, 0) * watch->scans;

  if (watch->error == NULL &&
      (!bh_picture_admit (watch->picture, 1, (guint64) MAX (width, 0), (guint64) MAX (height, 0),
                          &watch->error) ||
       (painted > MAX_PAINTED &&
        !bh_picture_fail (watch->picture, &watch->error,
                          "%u scans in one JPEG; save it again as a plain one", watch->scans))))
    gdk_pixbuf_loader_set_size (loader, 0, 0); /* ends the decoding */
}

static void
on_area_updated (GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer data)
{
  Watch *watch = data;

  watch->bottom = MAX (watch->bottom, y + height);
}

static GdkPixbuf *
load (BhPicture *self, const char *type, guint scans, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  g_autoptr (GError) why = NULL;
  Watch watch = { self, scans, 0, NULL };
  GdkPixbuf *pixbuf;
  gboolean good = TRUE;

  if (loader == NULL) {
    bh_picture_fail (self, error, "no reader for %s is installed; install gdk-pixbuf's", type);
    return NULL;
  }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &watch);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area_updated), &watch);
  for (gsize at = 0; good && watch.error == NULL && at < self->size; at += CHUNK)
    good = gdk_pixbuf_loader_write (loader, self->data + at, MIN (CHUNK, self->size - at), &why);
  /* close in any case: a loader that was not is a warning */
  good = gdk_pixbuf_loader_close (loader, good ? &why : NULL) && good;
  if (watch.error != NULL) {
    g_propagate_error (error, watch.error);
    return NULL;
  }
  pixbuf = good ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  /* rows that never came are black or noise, and no error to the loader */
  if (pixbuf == NULL || watch.bottom < gdk_pixbuf_get_height (pixbuf)) {
    bh_picture_fail (self, error, "a damaged %s (%s); take the picture again", self->type,
                     why != NULL ? why->message : "rows are missing");
    return NULL;
  }
  /* as the photographer held the camera (EXIF) */
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

gboolean
bh_read_pixbuf (BhPicture *self, BhPageFunc func, gpointer data, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (BhGrey) grey = NULL;
  g_autofree char *type = g_ascii_strdown (self->type, -1);
  const guint8 *rgb;
  guint scans = 1;
  int stride;

  if ((*type == 'p' && !png_is_whole (self)) || (*type == 'j' && !jpeg_is_whole (self, &scans)) ||
      (*type == 'b' && !bmp_is_whole (self)))
    return bh_picture_fail (self, error, "a %s that is cut off; send it again", self->type);
  pixbuf = load (self, type, scans, error);
  if (pixbuf == NULL)
    return FALSE;
  grey = bh_picture_new_grey (self, (guint) gdk_pixbuf_get_width (pixbuf),
                              (guint) gdk_pixbuf_get_height (pixbuf), error);
  if (grey == NULL)
    return FALSE;
  rgb = gdk_pixbuf_read_pixels (pixbuf);
  stride = gdk_pixbuf_get_rowstride (pixbuf);
  for (guint y = 0; y < grey->height; y++)
    bh_grey_from_rgb (grey->pixels + (gsize) y * grey->width, rgb + (gsize) y * (gsize) stride,
                      grey->width, (guint) gdk_pixbuf_get_n_channels (pixbuf));
  g_clear_object (&pixbuf); /* four fifths of the memory, before the search */
  return func (grey, 1, data, error);
}
