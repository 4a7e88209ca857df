/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#include "measure.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

/* More pages or pixels are not a label (a hostile file is refused, not drawn). */
#define MAX_PAGES  10000
#define MAX_PIXELS (60 * 1000 * 1000)
#define MAX_FILE   (256 * 1024 * 1024)
/* Data Matrix codes that are looked for on a page */
#define MAX_MATRIX 8

void
bh_label_check_free (BhLabelCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->symbology);
  g_free (self->text);
  g_free (self->reason);
  g_free (self);
}

static BhPicture
picture_of (cairo_surface_t *raster)
{
  BhPicture picture = { NULL, cairo_image_surface_get_width (raster),
                        cairo_image_surface_get_height (raster) };
  const guint8 *rows;
  int stride;

  cairo_surface_flush (raster);
  rows = cairo_image_surface_get_data (raster);
  stride = cairo_image_surface_get_stride (raster);
  picture.grey = g_malloc ((gsize) picture.width * (gsize) picture.height);
  for (int y = 0; y < picture.height; y++) {
    const guint32 *row = (const guint32 *) (gconstpointer) (rows + (gsize) y * (gsize) stride);

    for (int x = 0; x < picture.width; x++)
      picture.grey[(gsize) y * (gsize) picture.width + (gsize) x] =
          (row[x] >> 8 & 0xff) < 128 ? 0 : 255;
  }
  return picture;
}

typedef struct {
  const BhPicture *picture;
  GPtrArray *checks;
  guint page;
} Page;

/* One of the places where the text was found. */
static void
take_place (const BhFound *found, const BhSpan *span, Page *page)
{
  BhLabelCheck *check = g_new0 (BhLabelCheck, 1);
  gboolean qr = g_str_has_prefix (found->symbology, "QR");
  double wanted = found->modules > 0 ? 1 : qr ? 4 : 10;

  check->page = page->page;
  check->symbology = g_strdup (found->symbology);
  check->text = g_strndup (found->text, found->size);
  if (found->modules > 0)
    bh_measure_matrix (page->picture, found, check);
  else if (qr)
    bh_measure_qr (page->picture, found, check);
  else
    bh_measure_bars (page->picture, span, check);
  check->ok = check->module_dots >= 2 && check->quiet_modules >= wanted;
  if (check->module_dots < 2)
    check->reason =
        g_strdup_printf ("a module is %.0f dots wide, 2 are needed", check->module_dots);
  else if (!check->ok)
    check->reason = g_strdup_printf ("the quiet zone is %.1f modules, %.0f are needed",
                                     check->quiet_modules, wanted);
  g_ptr_array_add (page->checks, check);
}

static void
take (const BhFound *found, gpointer data)
{
  Page *page = data;
  g_autoptr (GArray) spans = NULL;

  if (found->modules > 0 || g_str_has_prefix (found->symbology, "QR")) {
    take_place (found, NULL, page);
    return;
  }
  spans = bh_bars_places (page->picture, found);
  for (guint i = 0; i < spans->len; i++)
    take_place (found, &g_array_index (spans, BhSpan, i), page);
}

GPtrArray *
bh_label_read_raster (cairo_surface_t *raster, guint page)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_label_check_free);
  BhPicture picture = picture_of (raster);
  Page to = { &picture, checks, page };

  bh_read_lines (picture.grey, picture.width, picture.height, BH_READ_ALL, take, &to);
  bh_find_matrix (picture.grey, picture.width, picture.height, MAX_MATRIX, take, &to);
  g_free (picture.grey);
  return checks;
}

/* ---- a given file ------------------------------------------------------------------ */

static gboolean
refuse (const char *path, const char *why, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; give the PDF or PNG of a label", path,
               why);
  return FALSE;
}

static gboolean
read_pdf (const char *path, GBytes *bytes, guint dpi, GPtrArray *all, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (bytes, NULL, &why);
  int pages = document != NULL ? poppler_document_get_n_pages (document) : 0;

  if (document == NULL)
    return refuse (path, why->message, error);
  if (pages > MAX_PAGES)
    return refuse (path, "it has too many pages", error);
  for (int i = 0; i < pages; i++) {
    g_autoptr (PopplerPage) page = poppler_document_get_page (document, i);
    g_autoptr (GPtrArray) checks = NULL;
    g_autofree char *text = NULL;
    cairo_surface_t *surface;
    cairo_t *cr;
    double width = 0;
    double height = 0;

    if (page == NULL)
      return refuse (path, "a page of it cannot be read", error);
    poppler_page_get_size (page, &width, &height);
    if (width * height * dpi * dpi / 5184.0 > MAX_PIXELS || width < 1 || height < 1)
      return refuse (path, "a page of it is no label's size", error);
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (width * dpi / 72),
                                          (int) lround (height * dpi / 72));
    cr = cairo_create (surface);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_paint (cr);
    cairo_scale (cr, dpi / 72.0, dpi / 72.0);
    poppler_page_render_for_printing (page, cr);
    cairo_destroy (cr);
    checks = bh_label_read_raster (surface, (guint) i + 1);
    cairo_surface_destroy (surface);
    text = poppler_page_get_text (page);
    bh_label_agree (checks, 0, text != NULL && *text != '\0' ? text : NULL);
    g_ptr_array_extend_and_steal (all, g_steal_pointer (&checks));
  }
  return TRUE;
}

typedef struct {
  const guint8 *data;
  gsize left;
} Reader;

static cairo_status_t
read_some (void *closure, unsigned char *to, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (to, reader->data, length);
  reader->data += length;
  reader->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
read_png (const char *path, const guint8 *data, gsize size, GPtrArray *all, GError **error)
{
  Reader reader = { data, size };
  cairo_surface_t *surface;
  cairo_surface_t *flat;
  cairo_t *cr;
  guint32 width;
  guint32 height;

  /* the header's size, before anything is unpacked (ISO/IEC 15948 11.2.2) */
  if (size < 33)
    return refuse (path, "it is cut short", error);
  width = GUINT32_FROM_BE (*(const guint32 *) (gconstpointer) (data + 16));
  height = GUINT32_FROM_BE (*(const guint32 *) (gconstpointer) (data + 20));
  if (width == 0 || height == 0 || (guint64) width * height > MAX_PIXELS)
    return refuse (path, "it is no label's size", error);
  surface = cairo_image_surface_create_from_png_stream (read_some, &reader);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy (surface);
    return refuse (path, "it cannot be read as PNG", error);
  }
  flat = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (flat);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  g_ptr_array_extend_and_steal (all, bh_label_read_raster (flat, 1));
  bh_label_agree (all, 0, NULL);
  cairo_surface_destroy (flat);
  cairo_surface_destroy (surface);
  return TRUE;
}

GPtrArray *
bh_label_verify (const char *path, guint dpi, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_label_check_free);
  g_autoptr (GError) why = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GStatBuf about;
  gsize size = 0;

  if (g_stat (path, &about) != 0) {
    refuse (path, g_strerror (errno), error);
    return NULL;
  }
  /* a device has no end, a pipe perhaps no beginning */
  if (!S_ISREG (about.st_mode) || about.st_size > MAX_FILE) {
    refuse (path, S_ISREG (about.st_mode) ? "it is larger than 256 MiB" : "it is no file", error);
    return NULL;
  }
  if (!g_file_get_contents (path, &data, &size, &why)) {
    refuse (path, why->message, error);
    return NULL;
  }
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  if (size > 5 && memcmp (g_bytes_get_data (bytes, NULL), "%PDF-", 5) == 0) {
    if (!read_pdf (path, bytes, dpi, all, error))
      return NULL;
  } else if (size > 8 && memcmp (g_bytes_get_data (bytes, NULL), "\x89PNG\r\n\x1a\n", 8) == 0) {
    if (!read_png (path, g_bytes_get_data (bytes, NULL), size, all, error))
      return NULL;
  } else {
    refuse (path, "it is neither PDF nor PNG", error);
    return NULL;
  }
  if (all->len == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_NO_SYMBOL,
                 "%s: no barcode can be read on it; print it anew", path);
    return NULL;
  }
  return g_steal_pointer (&all);
}
