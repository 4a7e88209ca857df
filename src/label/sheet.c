/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "backhaul/sheet.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "backhaul/label.h"
#include "template.h"

/* A4, points. Office printers have 600 dpi; bars of 1/75 inch are whole dots at 300 and 600. */
#define WIDTH  595.0
#define HEIGHT 842.0
#define MARGIN 36.0
#define MODULE 0.96
#define DPI    300
#define BARS   30.0

static double
write_text (cairo_t *cr, const char *text, double x, double y, double width, double size,
            gboolean bold)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  int height;

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  return (double) height / PANGO_SCALE;
}

static double
draw_bars (cairo_t *cr, const BhModules *modules, double x, double y)
{
  const double dot = 72.0 / DPI;

  x = ceil (x / dot) * dot;
  for (guint i = 0; i < modules->width; i++)
    if (modules->dark[i])
      cairo_rectangle (cr, x + (modules->quiet + i) * MODULE, y, MODULE, BARS);
  cairo_fill (cr);
  return (modules->width + 2 * modules->quiet) * MODULE;
}

/* The room an entry takes; its codes stand side by side while there is room. */
static double
draw_entry (cairo_t *cr, const BhSheetEntry *entry, double top, GError **error)
{
  double y = top + 8;
  double x = MARGIN;

  y += write_text (cr, entry->title, MARGIN, y, WIDTH - 2 * MARGIN, 13, TRUE) + 2;
  if (entry->text != NULL)
    y += write_text (cr, entry->text, MARGIN, y, WIDTH - 2 * MARGIN, 9.5, FALSE) + 6;
  for (char **code = entry->codes; *code != NULL; code++) {
    g_autoptr (BhModules) modules = bh_modules_code128 (*code, error);
    double wide;

    if (modules == NULL)
      return -1;
    wide = (modules->width + 2 * modules->quiet) * MODULE;
    if (x > MARGIN && x + wide > WIDTH - MARGIN) {
      x = MARGIN;
      y += BARS + 22;
    }
    draw_bars (cr, modules, x, y);
    write_text (cr, *code, x + modules->quiet * MODULE, y + BARS + 1, wide, 8, FALSE);
    x += wide + 8;
  }
  y += entry->codes[0] != NULL ? BARS + 20 : 4;
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, MARGIN, y);
  cairo_line_to (cr, WIDTH - MARGIN, y);
  cairo_stroke (cr);
  return y;
}

/* How far down it would reach, on a surface that keeps nothing. */
static double
measure_entry (const BhSheetEntry *entry, double top, GError **error)
{
  cairo_surface_t *nowhere = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (nowhere);
  double bottom = draw_entry (cr, entry, top, error);

  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
  return bottom;
}

/* What was written is read again: each code is there, and all that are keep to the standard. */
static gboolean
verify (const char *path, const BhSheetEntry *entries, gsize n, GError **error)
{
  g_autoptr (GPtrArray) checks = bh_label_verify (path, DPI, error);

  if (checks == NULL)
    return FALSE;
  for (guint i = 0; i < checks->len; i++) {
    const BhLabelCheck *check = g_ptr_array_index (checks, i);

    if (!check->ok) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: the sheet was read again and %s; it is not handed out", check->text,
                   check->reason);
      return FALSE;
    }
  }
  for (gsize i = 0; i < n; i++)
    for (char **code = entries[i].codes; *code != NULL; code++) {
      const BhLabelCheck *found = NULL;

      for (guint j = 0; j < checks->len && found == NULL; j++) {
        const BhLabelCheck *check = g_ptr_array_index (checks, j);

        if (g_str_equal (check->text, *code))
          found = check;
      }
      if (found == NULL) {
        g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                     "%s: the sheet was read again and this is not on it; it is not handed out",
                     *code);
        return FALSE;
      }
    }
  return TRUE;
}

static gboolean
draw_all (cairo_t *cr, const char *title, const char *text, const BhSheetEntry *entries, gsize n,
          GError **error)
{
  double y = MARGIN;

  y += write_text (cr, title, MARGIN, y, WIDTH - 2 * MARGIN, 20, TRUE) + 4;
  y += write_text (cr, text, MARGIN, y, WIDTH - 2 * MARGIN, 10, FALSE) + 8;
  for (gsize i = 0; i < n; i++) {
    double bottom = measure_entry (&entries[i], y, error);

    if (bottom < 0)
      return FALSE;
    if (bottom > HEIGHT - MARGIN) {
      cairo_show_page (cr);
      y = MARGIN;
    }
    y = draw_entry (cr, &entries[i], y, error);
  }
  cairo_show_page (cr);
  return TRUE;
}

gboolean
bh_sheet_write (const char *path, const char *title, const char *text, const BhSheetEntry *entries,
                gsize n, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  cairo_surface_t *pdf = cairo_pdf_surface_create (part, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (pdf);
  gboolean ok = draw_all (cr, title, text, entries, n, error);

  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  if (ok && cairo_surface_status (pdf) == CAIRO_STATUS_SUCCESS)
    ok = verify (part, entries, n, error);
  if (ok && (cairo_surface_status (pdf) != CAIRO_STATUS_SUCCESS || g_rename (part, path) != 0)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: cannot write it; look at the path and the disk", path);
    ok = FALSE;
  }
  cairo_surface_destroy (pdf);
  if (!ok)
    g_remove (part);
  return ok;
}
