/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-chart"

/* A report on A4 pages: text by Pango, pictures as the JPEGs that they are. */

#include "backhaul/report-page.h"

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <pango/pangocairo.h>

#define WIDTH    595.0
#define HEIGHT   842.0
#define MARGIN   50.0
#define INNER    (WIDTH - 2 * MARGIN)
#define BOTTOM   (HEIGHT - 60.0)
#define PICTURE  115.0 /* height */
#define IN_A_ROW 3
#define CHART    130.0

typedef struct {
  const BhReportPage *report;
  cairo_t *cairo;
  PangoLayout *layout;
  double y;
  int page;
  double picture_x; /* pictures stand side by side */
  double picture_height;
} Sheet;

static double
put_text (Sheet *self, const char *text, double x, double y, double width, double size,
          gboolean bold)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  int height = 0;

  pango_font_description_set_family (font, "sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_width (self->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (self->layout, text != NULL ? text : "", -1);
  pango_layout_get_size (self->layout, NULL, &height);
  if (y >= 0) {
    cairo_move_to (self->cairo, x, y);
    pango_cairo_show_layout (self->cairo, self->layout);
  }
  return (double) height / PANGO_SCALE;
}

static void
foot (Sheet *self)
{
  g_autofree char *text =
      g_strdup_printf ("%s · %s %d", self->report->title, self->report->page_word, self->page);

  put_text (self, text, MARGIN, HEIGHT - 40, INNER, 8, FALSE);
}

static void
next_page (Sheet *self)
{
  foot (self);
  cairo_show_page (self->cairo);
  self->page++;
  self->y = MARGIN;
}

static void
end_pictures (Sheet *self)
{
  if (self->picture_x > 0)
    self->y += self->picture_height + 8;
  self->picture_x = 0;
  self->picture_height = 0;
}

static void
need (Sheet *self, double height)
{
  if (self->y + height > BOTTOM && self->y > MARGIN)
    next_page (self);
}

/* A paragraph longer than a page goes on over the next, line by line. */
static void
paragraph (Sheet *self, const char *text)
{
  PangoLayoutIter *iter;
  g_autoptr (PangoLayout) layout = NULL;

  put_text (self, text, 0, -1, INNER, 10, FALSE);
  layout = pango_layout_copy (self->layout);
  iter = pango_layout_get_iter (layout);
  do {
    PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
    PangoRectangle box;

    pango_layout_iter_get_line_extents (iter, NULL, &box);
    need (self, (double) box.height / PANGO_SCALE);
    cairo_move_to (self->cairo, MARGIN,
                   self->y +
                       (double) (pango_layout_iter_get_baseline (iter) - box.y) / PANGO_SCALE);
    pango_cairo_show_layout_line (self->cairo, line);
    self->y += (double) box.height / PANGO_SCALE;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  self->y += 4;
}

static void
fact (Sheet *self, const BhBlock *block)
{
  double height = MAX (put_text (self, block->label, 0, -1, 140, 10, TRUE),
                       put_text (self, block->text, 0, -1, INNER - 150, 10, FALSE));

  need (self, height);
  put_text (self, block->label, MARGIN, self->y, 140, 10, TRUE);
  put_text (self, block->text, MARGIN + 150, self->y, INNER - 150, 10, FALSE);
  self->y += height + 2;
}

static void
table_row (Sheet *self, char **cells, guint n, gboolean bold)
{
  /* the first column names the row, and has the room of two */
  double width = INNER / (n + 1);
  double height = 0;

  for (guint i = 0; i < n; i++)
    height = MAX (height, put_text (self, cells[i], 0, -1, (i == 0 ? 2 : 1) * width - 6, 9, bold));
  need (self, height + 4);
  for (guint i = 0; i < n; i++)
    put_text (self, cells[i], MARGIN + (i == 0 ? 0 : i + 1) * width, self->y,
              (i == 0 ? 2 : 1) * width - 6, 9, bold);
  self->y += height + 2;
  cairo_set_line_width (self->cairo, bold ? 0.8 : 0.3);
  cairo_move_to (self->cairo, MARGIN, self->y);
  cairo_line_to (self->cairo, MARGIN + INNER, self->y);
  cairo_stroke (self->cairo);
  self->y += 2;
}

static void
picture (Sheet *self, const BhBlock *block)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;
  cairo_surface_t *image;
  double scale;
  double width;

  if (!gdk_pixbuf_loader_write_bytes (loader, block->picture, NULL) ||
      !gdk_pixbuf_loader_close (loader, NULL) ||
      (pixbuf = gdk_pixbuf_loader_get_pixbuf (loader)) == NULL)
    return;
  scale = MIN (PICTURE / gdk_pixbuf_get_height (pixbuf),
               (INNER / IN_A_ROW - 12) / gdk_pixbuf_get_width (pixbuf));
  width = gdk_pixbuf_get_width (pixbuf) * scale;
  if (self->picture_x > 0 && self->picture_x + width > INNER)
    end_pictures (self);
  if (self->picture_x <= 0)
    need (self, PICTURE + 16);
  /* the JPEG itself goes into the PDF; what is painted is its place holder */
  image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, gdk_pixbuf_get_width (pixbuf),
                                      gdk_pixbuf_get_height (pixbuf));
  cairo_surface_set_mime_data (image, CAIRO_MIME_TYPE_JPEG, g_bytes_get_data (block->picture, NULL),
                               g_bytes_get_size (block->picture),
                               (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (block->picture));
  cairo_save (self->cairo);
  cairo_translate (self->cairo, MARGIN + self->picture_x, self->y);
  cairo_scale (self->cairo, scale, scale);
  cairo_set_source_surface (self->cairo, image, 0, 0);
  cairo_paint (self->cairo);
  cairo_restore (self->cairo);
  cairo_surface_destroy (image);
  put_text (self, block->text, MARGIN + self->picture_x,
            self->y + gdk_pixbuf_get_height (pixbuf) * scale + 1, MAX (width, 60), 8, FALSE);
  self->picture_height = MAX (self->picture_height, gdk_pixbuf_get_height (pixbuf) * scale + 12);
  self->picture_x += width + 12;
}

/* Each reading between its limits: the band is where it should lie. */
static void
chart (Sheet *self, const BhBlock *block)
{
  double band = CHART / 2;
  double step = INNER / MAX (block->values->len, 1);

  need (self, CHART + 6);
  cairo_save (self->cairo);
  cairo_set_source_rgb (self->cairo, 0.9, 0.9, 0.9);
  cairo_rectangle (self->cairo, MARGIN, self->y + CHART / 4, INNER, band);
  cairo_fill (self->cairo);
  cairo_restore (self->cairo);
  put_text (self, block->label, MARGIN, self->y + CHART / 4 - 11, INNER, 7, FALSE);
  put_text (self, block->text, MARGIN, self->y + CHART * 3 / 4 + 1, INNER, 7, FALSE);
  for (guint i = 0; i < block->values->len; i++) {
    double value = CLAMP (g_array_index (block->values, double, i), -0.45, 1.45);
    double x = MARGIN + (i + 0.5) * step;
    double y = self->y + CHART * 3 / 4 - value * band;

    cairo_arc (self->cairo, x, y, 2.2, 0, 2 * G_PI);
    if (value < 0 || value > 1)
      cairo_stroke (self->cairo); /* outside: hollow, not told by colour alone */
    else
      cairo_fill (self->cairo);
  }
  self->y += CHART + 6;
}

/* A heading does not stand alone at the foot of a page. */
static double
head_of (const BhBlock *next)
{
  return next == NULL                     ? 0
         : next->kind == BH_BLOCK_CHART   ? CHART + 6
         : next->kind == BH_BLOCK_PICTURE ? PICTURE + 16
                                          : 20;
}

static void
draw_block (Sheet *self, const BhBlock *block, const BhBlock *next)
{
  if (block->kind != BH_BLOCK_PICTURE)
    end_pictures (self);
  switch (block->kind) {
  case BH_BLOCK_FACT:
    fact (self, block);
    break;
  case BH_BLOCK_HEADING:
    need (self, 26 + head_of (next));
    self->y += 8;
    self->y += put_text (self, block->text, MARGIN, self->y, INNER, 12, TRUE) + 3;
    break;
  case BH_BLOCK_PARAGRAPH:
    paragraph (self, block->text);
    break;
  case BH_BLOCK_TABLE:
    for (guint i = 0; i < block->rows->len; i++) {
      char **cells = g_ptr_array_index (block->rows, i);

      table_row (self, cells, g_strv_length (cells), i == 0);
    }
    break;
  case BH_BLOCK_PICTURE:
    picture (self, block);
    break;
  case BH_BLOCK_CHART:
  default:
    chart (self, block);
    break;
  }
}

static cairo_status_t
draw_pages (const BhReportPage *report, cairo_surface_t *surface)
{
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  Sheet sheet = { .report = report, .cairo = cairo, .layout = layout, .y = MARGIN, .page = 1 };

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, report->title);
  sheet.y += put_text (&sheet, report->title, MARGIN, sheet.y, INNER, 18, TRUE) + 10;
  for (guint i = 0; i < report->blocks->len; i++)
    draw_block (&sheet, g_ptr_array_index (report->blocks, i),
                i + 1 < report->blocks->len ? g_ptr_array_index (report->blocks, i + 1) : NULL);
  foot (&sheet);
  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  return cairo_surface_status (surface);
}

gboolean
bh_report_page_save (const BhReportPage *self, const char *path, GError **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, WIDTH, HEIGHT);
  cairo_status_t status = draw_pages (self, surface);

  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; name another file", path,
                 cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
take_bytes (gpointer data, const guchar *bytes, guint size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
bh_report_page_pdf (const BhReportPage *self, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (take_bytes, bytes, WIDTH, HEIGHT);
  cairo_status_t status = draw_pages (self, surface);

  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "the report: %s; look at the memory",
               cairo_status_to_string (status));
  return NULL;
}
