/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-chart"

#include <cairo-pdf.h>

#include "backhaul/error.h"
#include "chart-private.h"

/* A4 landscape, in points */
#define WIDTH  842.0
#define HEIGHT 595.0
#define DPI    150.0

static cairo_status_t
add_bytes (void *data, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
draw_on (const BhChart *self, cairo_surface_t *surface, double scale)
{
  cairo_t *cairo = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cairo, scale, scale);
  bh_chart_draw (self, cairo, WIDTH, HEIGHT, NULL);
  status = cairo_status (cairo);
  cairo_destroy (cairo);
  return status;
}

static cairo_status_t
as_pdf (const BhChart *self, GByteArray *bytes)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (add_bytes, bytes, WIDTH, HEIGHT);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  status = draw_on (self, surface, 1);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
as_png (const BhChart *self, GByteArray *bytes)
{
  const double scale = DPI / 72;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH * scale),
                                                         (int) (HEIGHT * scale));
  cairo_status_t status = draw_on (self, surface, scale);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, add_bytes, bytes);
  cairo_surface_destroy (surface);
  return status;
}

gboolean
bh_chart_save (const BhChart *self, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) why = NULL;
  gboolean pdf = g_str_has_suffix (path, ".pdf");
  cairo_status_t status;

  if (!pdf && !g_str_has_suffix (path, ".png")) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: a chart is saved as PDF or PNG; end the name in .pdf or .png", path);
    return FALSE;
  }
  status = pdf ? as_pdf (self, bytes) : as_png (self, bytes);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: cannot draw: %s; try it again", path,
                 cairo_status_to_string (status));
    return FALSE;
  }
  if (g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, &why))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; name a file that can be written", path,
               why->message);
  return FALSE;
}
