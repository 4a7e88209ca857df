/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "backhaul/batch.h"
#include "template.h"

struct _BhLabelDocument {
  char *path;
  char *part; /* what is written, until it is whole */
  FILE *file;
  guint dpi;
  cairo_surface_t *pdf;
};

static cairo_status_t
write_some (void *closure, const unsigned char *data, unsigned int length)
{
  return fwrite (data, 1, length, closure) == length ? CAIRO_STATUS_SUCCESS
                                                     : CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
fail (BhLabelDocument *self, GError **error)
{
  int why = errno;

  g_set_error (error, BH_ERROR, why == ENOSPC ? BH_ERROR_FULL : BH_ERROR_STORE,
               "%s: cannot write: %s; look at the path and the disk", self->path, g_strerror (why));
  return FALSE;
}

BhLabelDocument *
bh_label_document_new (const char *path, guint dpi, GError **error)
{
  g_autoptr (BhLabelDocument) self = g_new0 (BhLabelDocument, 1);

  self->path = g_strdup (path);
  self->part = g_strconcat (path, ".part", NULL);
  self->dpi = dpi;
  if (dpi < 100 || dpi > 1200) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%u dpi: a label printer has 152, 203, 300 or 600", dpi);
    return NULL;
  }
  self->file = g_fopen (self->part, "wb");
  if (self->file == NULL) {
    fail (self, error);
    return NULL;
  }
  self->pdf = cairo_pdf_surface_create_for_stream (write_some, self->file, 288, 432);
  return g_steal_pointer (&self);
}

gboolean
bh_label_document_put (BhLabelDocument *self, const BhLabelChecked *checked, GError **error)
{
  BhLabelTemplate *label = checked->label;
  g_autoptr (GPtrArray) texts = NULL;
  gboolean ok;
  cairo_t *cr;

  cairo_pdf_surface_set_size (self->pdf, label->width, label->height);
  cr = cairo_create (self->pdf);
  /* a text that has no room on paper costs its label, not a page with half of it */
  texts = bh_label_texts (label, checked->fields, cr, error);
  ok = texts != NULL && bh_label_draw (label, checked->fields, checked->codes, cr, error);
  if (ok)
    cairo_show_page (cr);
  cairo_destroy (cr);
  if (ok && cairo_surface_status (self->pdf) != CAIRO_STATUS_SUCCESS)
    return fail (self, error);
  return ok;
}

gboolean
bh_label_document_add (BhLabelDocument *self, BhLabelTemplate *label, GHashTable *fields,
                       GError **error)
{
  g_autoptr (BhCodes) codes = bh_codes_new (label, fields, self->dpi, error);
  const BhLabelChecked checked = { label, fields, codes };

  return codes != NULL && bh_label_check (label, fields, codes, error) &&
         bh_label_document_put (self, &checked, error);
}

gboolean
bh_label_document_finish (BhLabelDocument *self, GError **error)
{
  cairo_surface_finish (self->pdf);
  if (cairo_surface_status (self->pdf) != CAIRO_STATUS_SUCCESS || fflush (self->file) != 0 ||
      fsync (fileno (self->file)) != 0 || g_rename (self->part, self->path) != 0)
    return fail (self, error);
  g_clear_pointer (&self->part, g_free);
  return TRUE;
}

void
bh_label_document_free (BhLabelDocument *self)
{
  if (self == NULL)
    return;
  if (self->pdf != NULL)
    cairo_surface_destroy (self->pdf);
  if (self->file != NULL)
    fclose (self->file);
  if (self->part != NULL)
    g_remove (self->part);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

cairo_status_t
bh_label_append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
bh_label_png (BhLabelTemplate *label, GHashTable *fields, guint dpi, GError **error)
{
  cairo_surface_t *raster = bh_label_raster (label, fields, dpi, error);
  GByteArray *png = NULL;

  if (raster != NULL && bh_label_check_raster (label, fields, raster, error)) {
    png = g_byte_array_new ();
    cairo_surface_write_to_png_stream (raster, bh_label_append, png);
  }
  if (raster != NULL)
    cairo_surface_destroy (raster);
  return png != NULL ? g_byte_array_free_to_bytes (png) : NULL;
}

GBytes *
bh_label_svg (BhLabelTemplate *label, GHashTable *fields, guint dpi, GError **error)
{
  g_autoptr (GByteArray) svg = g_byte_array_new ();
  g_autoptr (BhCodes) codes = bh_codes_new (label, fields, dpi, error);
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean ok;

  if (codes == NULL || !bh_label_check (label, fields, codes, error))
    return NULL;
  surface = cairo_svg_surface_create_for_stream (bh_label_append, svg, label->width, label->height);
  cr = cairo_create (surface);
  ok = bh_label_draw (label, fields, codes, cr, error);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&svg)) : NULL;
}
