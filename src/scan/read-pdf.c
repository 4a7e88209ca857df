/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "picture.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

/* A 203-dpi label's narrowest bar, one dot, is then two pixels wide; a bar of
 * 7.5 mil in a vector drawing is three. */
#define PDF_DPI 406.0
/* A page this large at this resolution is more than the bound: a poster is
 * rastered as finely as fits, but below this nothing is readable. */
#define PDF_MIN_DPI 100.0

/* A dictionary of an image is in clear in the file, and not longer. */
#define NEAR_BYTES 4096u

static const char *
find (const char *from, const char *end, const char *word)
{
  return from < end ? memmem (from, (gsize) (end - from), word, strlen (word)) : NULL;
}

/* The number behind @key, or 0. */
static guint64
number_of (const char *from, const char *end, const char *key)
{
  const char *at = find (from, end, key);
  guint64 n = 0;

  at = at != NULL ? at + strlen (key) : end;
  while (at < end && g_ascii_isspace (*at))
    at++;
  while (at < end && g_ascii_isdigit (*at) && n <= G_MAXUINT32)
    n = n * 10 + (guint64) (*at++ - '0');
  return n;
}

/* Poppler unpacks an image whole to draw it on however small a page. */
static gboolean
images_are_bounded (const BhPicture *self)
{
  const char *data = (const char *) self->data;
  const char *end = data + self->size;
  const char *at = data;

  while ((at = find (at, end, "/Width")) != NULL) {
    const char *from = at - MIN ((gsize) (at - data), NEAR_BYTES);
    const char *to = at + MIN ((gsize) (end - at), NEAR_BYTES);
    const char *stream = find (at, to, "stream");

    /* only this object: what follows the last "obj" before it */
    for (const char *next = from; (next = find (next, at, "obj")) != NULL; next += 3)
      from = next;
    if (stream != NULL && number_of (at, stream, "/Width") >
                              BH_MAX_PIXELS / MAX (number_of (from, stream, "/Height"), 1))
      return FALSE;
    at++;
  }
  return TRUE;
}

/* NULL when cairo or poppler could not. */
static cairo_surface_t *
draw (PopplerPage *leaf, int width, int height, double scale)
{
  g_autoptr (cairo_surface_t) surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  g_autoptr (cairo_t) cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (leaf, cr);
  cairo_surface_flush (surface);
  if (cairo_status (cr) != CAIRO_STATUS_SUCCESS || cairo_image_surface_get_data (surface) == NULL)
    return NULL;
  return g_steal_pointer (&surface);
}

static void
grey_from_surface (BhGrey *grey, cairo_surface_t *surface)
{
  const guint8 *row = cairo_image_surface_get_data (surface);
  guint8 *to = grey->pixels;

  for (guint y = 0; y < grey->height; y++, row += cairo_image_surface_get_stride (surface))
    for (guint x = 0; x < grey->width; x++) {
      guint32 pixel = ((const guint32 *) row)[x];
      const guint8 rgb[3] = { (guint8) (pixel >> 16), (guint8) (pixel >> 8), (guint8) pixel };

      bh_grey_from_rgb (to++, rgb, 1, 3);
    }
}

static gboolean
read_page (BhPicture *self, PopplerPage *leaf, guint page, BhPageFunc func, gpointer data,
           GError **error)
{
  g_autoptr (cairo_surface_t) surface = NULL;
  g_autoptr (BhGrey) grey = NULL;
  double width, height, dpi;

  poppler_page_get_size (leaf, &width, &height); /* points */
  if (!(width > 0 && height > 0 && isfinite (width) && isfinite (height)))
    return bh_picture_fail (self, error, "page %u of the PDF has no size; print it again", page);
  dpi = MIN (PDF_DPI, sqrt (BH_MAX_PIXELS / (width / 72 * (height / 72))) * 0.999);
  dpi = MIN (dpi, (BH_MAX_SIDE - 1) / (MAX (width, height) / 72));
  if (dpi < PDF_MIN_DPI)
    return bh_picture_fail (self, error, "page %u is %.0f × %.0f inches; cut the labels out", page,
                            width / 72, height / 72);
  width = ceil (width / 72 * dpi);
  height = ceil (height / 72 * dpi);
  if (!bh_picture_admit (self, page, (guint64) width, (guint64) height, error))
    return FALSE;
  surface = draw (leaf, (int) width, (int) height, dpi / 72);
  if (surface == NULL)
    return bh_picture_fail (self, error, "page %u of the PDF cannot be drawn; print it again",
                            page);
  grey = bh_picture_new_grey (self, (guint) width, (guint) height, error);
  if (grey == NULL)
    return FALSE;
  grey_from_surface (grey, surface);
  g_clear_pointer (&surface, cairo_surface_destroy);
  return func (grey, page, data, error);
}

gboolean
bh_read_pdf (BhPicture *self, BhPageFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  int pages;

  if (!images_are_bounded (self))
    return bh_picture_fail (self, error,
                            "an image in the PDF has more than %u megapixels; "
                            "send it smaller",
                            BH_MAX_PIXELS / 1000000);
  document = poppler_document_new_from_bytes (self->bytes, NULL, &why);
  if (document == NULL && g_error_matches (why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return bh_picture_fail (self, error, "a PDF with a password; send it without");
  if (document == NULL)
    return bh_picture_fail (self, error, "a damaged PDF (%s); send it again", why->message);
  pages = poppler_document_get_n_pages (document);
  if (pages <= 0)
    return bh_picture_fail (self, error, "a PDF without pages; send it again");
  if ((guint) pages > BH_MAX_PAGES)
    return bh_picture_fail (self, error, "%d pages, more than %u; send it in parts", pages,
                            BH_MAX_PAGES);
  for (int i = 0; i < pages; i++) {
    g_autoptr (PopplerPage) leaf = poppler_document_get_page (document, i);

    if (leaf == NULL)
      return bh_picture_fail (self, error, "page %d of the PDF is damaged; send it again", i + 1);
    if (!read_page (self, leaf, (guint) i + 1, func, data, error))
      return FALSE;
  }
  return TRUE;
}
