/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas.h"

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>
#include <webp/encode.h>

static guint8 *
rgb_of (const Canvas *self)
{
  gsize n = (gsize) self->width * self->height;
  guint8 *rgb = g_malloc (n * 3);

  for (gsize i = 0; i < n; i++)
    memset (rgb + 3 * i, self->grey[i], 3);
  return rgb;
}

static GBytes *
as_pixbuf (const Canvas *self, const char *type)
{
  g_autofree guint8 *rgb = rgb_of (self);
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new_from_data (rgb, GDK_COLORSPACE_RGB, FALSE, 8, (int) self->width,
                                (int) self->height, (int) self->width * 3, NULL, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static GBytes *
as_webp (const Canvas *self)
{
  g_autofree guint8 *rgb = rgb_of (self);
  guint8 *out = NULL;
  gsize size = WebPEncodeLosslessRGB (rgb, (int) self->width, (int) self->height,
                                      (int) self->width * 3, &out);
  GBytes *bytes = g_bytes_new (out, size);

  g_assert_cmpuint (size, >, 0);
  WebPFree (out);
  return bytes;
}

static GBytes *
as_tiff (Canvas *const *pages, guint n)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("bh-canvas-XXXXXX", &path, &error);
  TIFF *tiff;
  char *data;
  gsize size;

  g_assert_no_error (error);
  close (fd);
  tiff = TIFFOpen (path, "w");
  for (guint page = 0; page < n; page++) {
    const Canvas *self = pages[page];

    TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, self->width);
    TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, self->height);
    TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, 64);
    TIFFSetField (tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
    TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    for (guint y = 0; y < self->height; y++)
      TIFFWriteScanline (tiff, self->grey + (gsize) y * self->width, y, 0);
    TIFFWriteDirectory (tiff);
  }
  TIFFClose (tiff);
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return g_bytes_new_take (data, size);
}

static cairo_status_t
append (void *closure, const guchar *data, guint size)
{
  g_byte_array_append (closure, data, size);
  return CAIRO_STATUS_SUCCESS;
}

/* 203 dpi: a pixel of the canvas is a dot of a label printer */
static GBytes *
as_pdf (Canvas *const *pages, guint n)
{
  GByteArray *out = g_byte_array_new ();
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream (append, out, 72, 72);
  cairo_t *cr = cairo_create (pdf);

  for (guint page = 0; page < n; page++) {
    const Canvas *self = pages[page];
    int w = (int) self->width, h = (int) self->height;
    cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, w, h);

    for (int y = 0; y < h; y++) {
      guint32 *row = (guint32 *) (cairo_image_surface_get_data (image) +
                                  (gsize) y * (gsize) cairo_image_surface_get_stride (image));

      for (int x = 0; x < w; x++)
        row[x] = self->grey[y * w + x] * 0x010101u;
    }
    cairo_surface_mark_dirty (image);
    cairo_pdf_surface_set_size (pdf, w * 72 / 203.0, h * 72 / 203.0);
    cairo_save (cr);
    cairo_scale (cr, 72 / 203.0, 72 / 203.0);
    cairo_set_source_surface (cr, image, 0, 0);
    cairo_paint (cr);
    cairo_restore (cr);
    cairo_show_page (cr);
    cairo_surface_destroy (image);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (pdf);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
canvas_pages (Canvas *const *pages, guint n, const char *type)
{
  return strcmp (type, "tiff") == 0 ? as_tiff (pages, n) : as_pdf (pages, n);
}

GBytes *
canvas_file (const Canvas *self, const char *type)
{
  Canvas *page = (Canvas *) self;

  if (strcmp (type, "webp") == 0)
    return as_webp (self);
  if (strcmp (type, "tiff") == 0 || strcmp (type, "pdf") == 0)
    return canvas_pages (&page, 1, type);
  return as_pixbuf (self, type);
}
