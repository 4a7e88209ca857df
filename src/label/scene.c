/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "backhaul/scene.h"

#include <math.h>
#include <string.h>

#include "template.h"

/* The label as it lies on the box, before the camera sees it. */
#define SHEET_WIDTH  900
#define SHEET_HEIGHT 620
#define MODULE       4.0

typedef struct {
  const guint8 *data; /* of an ARGB32 surface */
  int stride;
} Sheet;

static cairo_surface_t *
draw_sheet (const char *title, char **codes, GError **error)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, SHEET_WIDTH, SHEET_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  double y = 90;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_select_font_face (cr, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cr, 44);
  cairo_move_to (cr, 40, 60);
  cairo_show_text (cr, title);
  cairo_set_font_size (cr, 26);
  for (char **code = codes; *code != NULL && y + 130 < SHEET_HEIGHT; code++, y += 150) {
    g_autoptr (BhModules) modules = bh_modules_code128 (*code, error);
    double module = MODULE;

    if (modules == NULL) {
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      return NULL;
    }
    while (module > 2 && module * (modules->width + 20) > SHEET_WIDTH)
      module -= 1;
    for (guint i = 0; i < modules->width; i++)
      if (modules->dark[i])
        cairo_rectangle (cr, 50 + i * module, y, module, 90);
    cairo_fill (cr);
    cairo_move_to (cr, 50, y + 120);
    cairo_show_text (cr, *code);
  }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Brightness of the sheet at a point, between its pixels; -1 outside of it. */
static double
sample (const Sheet *sheet, double x, double y)
{
  int left = (int) floor (x);
  int top = (int) floor (y);
  double right_part = x - left;
  double low_part = y - top;
  double sum = 0;

  if (left < 0 || top < 0 || left >= SHEET_WIDTH - 1 || top >= SHEET_HEIGHT - 1)
    return -1;
  for (int dy = 0; dy < 2; dy++)
    for (int dx = 0; dx < 2; dx++) {
      const guint32 *row =
          (const guint32 *) (gconstpointer) (sheet->data +
                                             (gsize) (top + dy) * (gsize) sheet->stride);

      sum += (row[left + dx] & 0xff) * (dx ? right_part : 1 - right_part) *
             (dy ? low_part : 1 - low_part);
    }
  return sum;
}

/* One pixel of the photo: cardboard, or the sheet through a tilted camera, in the
 * light of one lamp. */
static guint8
see (const Sheet *sheet, double u, double v, double tilt, double turn, GRand *dice)
{
  /* a plane seen at a slant: further up is smaller */
  double depth = 1 + tilt * (v - 0.5);
  double x = ((u - 0.5) * depth + turn * (v - 0.5)) * 1.35 + 0.5;
  double y = (v - 0.5) * depth * 1.35 + 0.5 - turn * (u - 0.5) * 0.7;
  double paper = sample (sheet, x * SHEET_WIDTH, y * SHEET_HEIGHT);
  double light = 0.72 + 0.28 * (1 - hypot (u - 0.3, v - 0.25));
  double grey = paper >= 0 ? 28 + paper * 0.85 : 132 + 10 * sin (v * 900) * 0.4;

  return (guint8) CLAMP (grey * light + g_rand_double_range (dice, -7, 7), 0, 255);
}

GBytes *
bh_scene_png (const char *title, char **codes, guint seed, guint width, guint height,
              GError **error)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
  cairo_surface_t *drawn = draw_sheet (title, codes, error);
  cairo_surface_t *photo;
  GByteArray *png;
  guint8 *rows;
  int stride;
  double tilt = g_rand_double_range (dice, -0.12, 0.12);
  double turn = g_rand_double_range (dice, -0.05, 0.05);
  Sheet sheet;

  if (drawn == NULL)
    return NULL;
  sheet.data = cairo_image_surface_get_data (drawn);
  sheet.stride = cairo_image_surface_get_stride (drawn);
  photo = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  rows = cairo_image_surface_get_data (photo);
  stride = cairo_image_surface_get_stride (photo);
  for (guint y = 0; y < height; y++) {
    guint32 *row = (guint32 *) (gpointer) (rows + (gsize) y * (gsize) stride);

    for (guint x = 0; x < width; x++) {
      guint8 grey = see (&sheet, (double) x / width, (double) y / height, tilt, turn, dice);

      /* warm light on cardboard and paper */
      row[x] = (guint32) grey << 16 | (guint32) (grey * 0.95) << 8 | (guint32) (grey * 0.86);
    }
  }
  cairo_surface_mark_dirty (photo);
  cairo_surface_destroy (drawn);
  png = g_byte_array_new ();
  cairo_surface_write_to_png_stream (photo, bh_label_append, png);
  cairo_surface_destroy (photo);
  return g_byte_array_free_to_bytes (png);
}
