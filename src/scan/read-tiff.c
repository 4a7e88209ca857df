/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "picture.h"

#include <string.h>
#include <tiffio.h>

/* No strip or tile of an admitted page needs more than this. */
#define MAX_STRIP ((tmsize_t) BH_MAX_PIXELS * 8)

typedef struct {
  BhPicture *picture;
  toff_t at;
  char first[160]; /* what libtiff complained about first */
} Source;

static tmsize_t
source_read (thandle_t handle, void *to, tmsize_t size)
{
  Source *self = handle;
  gsize left = self->at < self->picture->size ? self->picture->size - (gsize) self->at : 0;
  gsize n = MIN ((gsize) MAX (size, 0), left);

  memcpy (to, self->picture->data + (left > 0 ? (gsize) self->at : 0), n);
  self->at += n;
  return (tmsize_t) n;
}

static tmsize_t
source_write (thandle_t handle, void *from, tmsize_t size)
{
  return -1; /* opened for reading */
}

static toff_t
source_seek (thandle_t handle, toff_t offset, int whence)
{
  Source *self = handle;

  if (whence == SEEK_CUR)
    offset += self->at;
  else if (whence == SEEK_END)
    offset += self->picture->size;
  self->at = offset;
  return offset;
}

static int
source_close (thandle_t handle)
{
  return 0;
}

static toff_t
source_size (thandle_t handle)
{
  return ((Source *) handle)->picture->size;
}

/* Mapped: uncompressed strips are then read in place. */
static int
source_map (thandle_t handle, void **base, toff_t *size)
{
  Source *self = handle;

  *base = (void *) self->picture->data;
  *size = self->picture->size;
  return 1;
}

static void
source_unmap (thandle_t handle, void *base, toff_t size)
{
}

static int
on_error (TIFF *tiff, void *data, const char *module, const char *format, va_list args)
{
  Source *self = data;

  if (*self->first == '\0')
    g_vsnprintf (self->first, sizeof self->first, format, args);
  return 1; /* nothing goes to standard error */
}

static int
on_warning (TIFF *tiff, void *data, const char *module, const char *format, va_list args)
{
  return 1;
}

static TIFF *
open_tiff (Source *source)
{
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc ();
  TIFF *tiff;

  TIFFOpenOptionsSetMaxSingleMemAlloc (options, MAX_STRIP);
  TIFFOpenOptionsSetErrorHandlerExtR (options, on_error, source);
  TIFFOpenOptionsSetWarningHandlerExtR (options, on_warning, source);
  tiff =
      TIFFClientOpenExt (source->picture->name, "r", source, source_read, source_write, source_seek,
                         source_close, source_size, source_map, source_unmap, options);
  TIFFOpenOptionsFree (options);
  return tiff;
}

/* libtiff's packed pixels are R, G, B, A in this order of bytes on a little-endian machine */
static void
grey_from_packed (guint8 *grey, const guint32 *packed, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    guint8 rgba[4] = { (guint8) TIFFGetR (packed[i]), (guint8) TIFFGetG (packed[i]),
                       (guint8) TIFFGetB (packed[i]), (guint8) TIFFGetA (packed[i]) };

    /* libtiff has multiplied by alpha already: only white is to be added */
    bh_grey_from_rgb (grey + i, rgba, 1, 3);
    grey[i] = (guint8) MIN (255, grey[i] + 255 - rgba[3]);
  }
}

static gboolean
read_page (Source *source, TIFF *tiff, guint page, BhPageFunc func, gpointer data, GError **error)
{
  g_autoptr (BhGrey) grey = NULL;
  g_autofree guint32 *packed = NULL;
  BhPicture *picture = source->picture;
  guint32 width = 0, height = 0;

  if (!TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width) ||
      !TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height))
    return bh_picture_fail (picture, error, "page %u of the TIFF has no size; scan it again", page);
  if (!bh_picture_admit (picture, page, width, height, error))
    return FALSE;
  packed = g_try_new (guint32, (gsize) width * height);
  grey = bh_picture_new_grey (picture, width, height, error);
  if (grey == NULL)
    return FALSE;
  if (packed == NULL)
    return bh_picture_fail (picture, error, "no memory to decode it; close other programs");
  /* stop at the first error: a cut off page is refused, not filled up */
  if (!TIFFReadRGBAImageOriented (tiff, width, height, packed, ORIENTATION_TOPLEFT, 1))
    return bh_picture_fail (picture, error,
                            "page %u of the TIFF is damaged or cut off (%s); send it again", page,
                            source->first);
  grey_from_packed (grey->pixels, packed, (gsize) width * height);
  g_clear_pointer (&packed, g_free);
  return func (grey, page, data, error);
}

gboolean
bh_read_tiff (BhPicture *self, BhPageFunc func, gpointer data, GError **error)
{
  Source source = { self, 0, "" };
  TIFF *tiff = open_tiff (&source);
  gboolean good;
  guint page = 1;

  if (tiff == NULL)
    return bh_picture_fail (self, error, "a damaged TIFF (%s); send it again", source.first);
  do
    good = read_page (&source, tiff, page++, func, data, error);
  while (good && TIFFReadDirectory (tiff));
  TIFFClose (tiff);
  /* a last page that is not there ends the reading too, with a complaint */
  if (good && *source.first != '\0')
    return bh_picture_fail (self, error, "a damaged TIFF (%s); send it again", source.first);
  return good;
}
