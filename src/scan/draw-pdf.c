/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

/* usage: backhaul-pdf < PDF
 *
 * Draws the pages of a PDF in grey for bh_read_pdf(), see pdf-wire.h. A program of its own, because
 * a page whose drawings call each other ten times in each of ten depths is 2 KB and draws for
 * years, and poppler cannot be told to stop: this can be ended, and what it took is given back. */
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "pdf-wire.h"
#include "picture.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

/* A 203-dpi label's narrowest bar, one dot, is then two pixels wide; a bar of
 * 7.5 mil in a vector drawing is three. */
#define PDF_DPI 406.0
/* A page this large at this resolution is more than the bound: a poster is
 * rastered as finely as fits, but below this nothing is readable. */
#define PDF_MIN_DPI 100.0

/* A page and an image on it, each of the largest size and in colour, and as much again. */
#define MOST_MEMORY (2ul << 30)

/* ---- what is told ---- */

static gboolean
tell (gconstpointer data, gsize size)
{
  const char *at = data;

  while (size > 0) {
    ssize_t n = write (STDOUT_FILENO, at, size);

    if (n < 0 && errno != EINTR)
      return FALSE;
    at += MAX (n, 0);
    size -= (gsize) MAX (n, 0);
  }
  return TRUE;
}

/* Always FALSE. */
static gboolean G_GNUC_PRINTF (1, 2) tell_failed (const char *format, ...)
{
  char words[BH_PDF_MOST_WORDS];
  BhPdfHead head = { .what = BH_PDF_FAILED };
  va_list args;

  va_start (args, format);
  g_vsnprintf (words, sizeof words, format, args);
  va_end (args);
  head.width = (guint32) strlen (words);
  if (tell (&head, sizeof head))
    tell (words, head.width);
  return FALSE;
}

/* ---- what may be used ---- */

static void
limit (int what, rlim_t soft)
{
  struct rlimit bound;

  if (getrlimit (what, &bound) != 0)
    return;
  bound.rlim_cur = MIN (soft, bound.rlim_max);
  setrlimit (what, &bound);
}

/* From now on, of its own time, so that other work of the computer is not held against it. */
static void
limit_time (void)
{
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);
  /* both parts are rounded down, the kernel's sum is not */
  limit (RLIMIT_CPU,
         (rlim_t) (used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + BH_PDF_CPU_SECONDS));
}

static void
limit_memory (void)
{
#if !BH_WITH_ASAN /* which keeps its shadow in terabytes of addresses */
  limit (RLIMIT_AS, MOST_MEMORY);
#endif
  limit (RLIMIT_CORE, 0);
}

/* ---- drawing ---- */

static gboolean
tell_row (const guint32 *pixels, guint8 *grey, guint width)
{
  for (guint x = 0; x < width; x++) {
    const guint8 rgb[3] = { (guint8) (pixels[x] >> 16), (guint8) (pixels[x] >> 8),
                            (guint8) pixels[x] };

    bh_grey_from_rgb (grey + x, rgb, 1, 3);
  }
  return tell (grey, width);
}

static gboolean
draw (PopplerPage *leaf, guint width, guint height, double scale)
{
  g_autoptr (cairo_surface_t) surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  g_autofree guint8 *grey = g_malloc (width);
  cairo_t *cr = cairo_create (surface);
  const guint8 *row;
  gboolean good;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (leaf, cr);
  cairo_surface_flush (surface);
  row = cairo_image_surface_get_data (surface);
  good = cairo_status (cr) == CAIRO_STATUS_SUCCESS && row != NULL;
  cairo_destroy (cr);
  for (guint y = 0; good && y < height; y++, row += cairo_image_surface_get_stride (surface))
    good = tell_row ((const guint32 *) row, grey, width);
  return good;
}

static gboolean
draw_page (PopplerPage *leaf, guint page)
{
  BhPdfHead head = { BH_PDF_PAGE, page, 0, 0 };
  double width, height, dpi;

  poppler_page_get_size (leaf, &width, &height); /* points */
  if (!(width > 0 && height > 0 && isfinite (width) && isfinite (height)))
    return tell_failed ("page %u of the PDF has no size; print it again", page);
  dpi = MIN (PDF_DPI, sqrt (BH_MAX_PIXELS / (width / 72 * (height / 72))) * 0.999);
  dpi = MIN (dpi, (BH_MAX_SIDE - 1) / (MAX (width, height) / 72));
  if (dpi < PDF_MIN_DPI)
    return tell_failed ("page %u is %.0f × %.0f inches; cut the labels out", page, width / 72,
                        height / 72);
  head.width = (guint32) ceil (width / 72 * dpi);
  head.height = (guint32) ceil (height / 72 * dpi);
  return tell (&head, sizeof head) && draw (leaf, head.width, head.height, dpi / 72);
}

static gboolean
draw_all (GBytes *bytes)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (bytes, NULL, &why);
  const BhPdfHead end = { .what = BH_PDF_END };
  int pages;

  if (document == NULL && g_error_matches (why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return tell_failed ("a PDF with a password; send it without");
  if (document == NULL)
    return tell_failed ("a damaged PDF (%s); send it again", why->message);
  pages = poppler_document_get_n_pages (document);
  if (pages <= 0)
    return tell_failed ("a PDF without pages; send it again");
  if ((guint) pages > BH_MAX_PAGES)
    return tell_failed ("%d pages, more than %u; send it in parts", pages, BH_MAX_PAGES);
  for (int i = 0; i < pages; i++) {
    g_autoptr (PopplerPage) leaf = NULL;

    limit_time ();
    leaf = poppler_document_get_page (document, i);
    if (leaf == NULL)
      return tell_failed ("page %d of the PDF is damaged; send it again", i + 1);
    if (!draw_page (leaf, (guint) i + 1))
      return FALSE;
  }
  return tell (&end, sizeof end);
}

int
main (void)
{
  GMappedFile *file = g_mapped_file_new_from_fd (STDIN_FILENO, FALSE, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    return EXIT_FAILURE;
  bytes = g_mapped_file_get_bytes (file);
  limit_memory ();
  limit_time ();
  g_mapped_file_unref (file);
  return draw_all (bytes) ? EXIT_SUCCESS : EXIT_FAILURE;
}
