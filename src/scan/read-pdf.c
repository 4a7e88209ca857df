/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "picture.h"

#include "backhaul/decode.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

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

/* ---- drawing ------------------------------------------------------------------------ */

/* A page whose drawings call each other ten times in each of ten depths is 2 KB and draws for
 * years; poppler cannot be told to stop. So it draws in a thread of its own, and one that has
 * used so much of a processor is left behind; it ends with the program. */
#define DRAW_CPU_SECONDS 5
#define LOOK_MS          20
/* left behind, until no further page is begun */
#define MOST_LEFT 2

typedef struct {
  gatomicrefcount refs;
  GMutex mutex;
  GCond cond;
  PopplerPage *leaf;
  cairo_surface_t *surface;
  double scale;
  gboolean begun;
  gboolean done;
  gboolean well;
  clockid_t clock;
} Drawing;

static int n_left;

static void
drawing_unref (Drawing *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_object_unref (self->leaf);
  cairo_surface_destroy (self->surface);
  g_free (self);
}

static gpointer
draw_in_thread (gpointer data)
{
  Drawing *self = data;
  cairo_t *cr;

  g_mutex_lock (&self->mutex);
  self->begun = pthread_getcpuclockid (pthread_self (), &self->clock) == 0;
  g_mutex_unlock (&self->mutex);
  cr = cairo_create (self->surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, self->scale, self->scale);
  poppler_page_render (self->leaf, cr);
  cairo_surface_flush (self->surface);
  g_mutex_lock (&self->mutex);
  self->well = cairo_status (cr) == CAIRO_STATUS_SUCCESS &&
               cairo_image_surface_get_data (self->surface) != NULL;
  self->done = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  cairo_destroy (cr);
  drawing_unref (self);
  return NULL;
}

/* Of its own time, so that other work of the computer is not held against it. */
static gboolean
took_too_long (const Drawing *self)
{
  struct timespec used;

  return self->begun && clock_gettime (self->clock, &used) == 0 && used.tv_sec >= DRAW_CPU_SECONDS;
}

gboolean
bh_decode_left_behind (void)
{
  return g_atomic_int_get (&n_left) > 0;
}

/* NULL when cairo or poppler could not, or took too long. */
static cairo_surface_t *
draw (PopplerPage *leaf, int width, int height, double scale)
{
  Drawing *self;
  cairo_surface_t *surface = NULL;

  if (g_atomic_int_get (&n_left) >= MOST_LEFT)
    return NULL;
  self = g_new0 (Drawing, 1);
  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->leaf = g_object_ref (leaf);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  self->scale = scale;
  g_thread_unref (g_thread_new ("pdf", draw_in_thread, self));
  g_mutex_lock (&self->mutex);
  while (!self->done && !took_too_long (self))
    g_cond_wait_until (&self->cond, &self->mutex,
                       g_get_monotonic_time () + LOOK_MS * G_TIME_SPAN_MILLISECOND);
  if (!self->done)
    g_atomic_int_inc (&n_left);
  else if (self->well)
    surface = cairo_surface_reference (self->surface);
  g_mutex_unlock (&self->mutex);
  drawing_unref (self);
  return surface;
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
    return bh_picture_fail (
        self, error,
        "page %u of the PDF cannot be drawn, or not within %d seconds; print it on "
        "paper and take a picture of it",
        page, DRAW_CPU_SECONDS);
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
