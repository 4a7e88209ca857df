/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-chart"

/* Bars with hatching, lines with dashes and marks. */

#include <math.h>

#include "chart-private.h"

double
bh_chart_x (const BhChartPage *page, guint label)
{
  double place = (page->right - page->left) / page->chart->labels->len;

  return page->left + place * (label + 0.5);
}

double
bh_chart_y (const BhChartPage *page, double value)
{
  return page->bottom - (page->bottom - page->top) * value / page->most;
}

static double
value_of (const BhChartPage *page, guint series, guint label)
{
  const BhChartSeries *one = g_ptr_array_index (page->chart->series, series);

  return g_array_index (one->values, double, label);
}

/* ---- bars ------------------------------------------------------------------------------- */

/* Hatchings as slopes of their strokes: none, rising, falling, level, upright. */
static void
hatch (BhChartPage *page, guint series, double x, double y, double width, double height)
{
  cairo_t *cairo = page->cairo;
  guint way = series % 5;

  if (way == 0)
    return;
  cairo_save (cairo);
  cairo_rectangle (cairo, x, y, width, height);
  cairo_clip (cairo);
  bh_chart_ink (cairo, page->look->paper);
  cairo_set_line_width (cairo, 1.1);
  if (way == 4)
    for (double at = x + 2.5; at < x + width; at += 7) {
      cairo_move_to (cairo, at, y);
      cairo_line_to (cairo, at, y + height);
    }
  else
    for (double at = y - (way == 3 ? 0 : width); at < y + height + width; at += 7) {
      cairo_move_to (cairo, x, at);
      cairo_line_to (cairo, x + width, way == 3 ? at : way == 1 ? at - width : at + width);
    }
  cairo_stroke (cairo);
  cairo_restore (cairo);
}

static void
draw_bar (BhChartPage *page, guint series, double x, double y, double width, double height)
{
  cairo_t *cairo = page->cairo;

  if (height <= 0)
    return;
  bh_chart_ink (cairo, bh_chart_colour (series));
  cairo_rectangle (cairo, x, y, width, height);
  cairo_fill (cairo);
  if (width > 4)
    hatch (page, series, x, y, width, height);
  bh_chart_ink (cairo, page->look->ink);
  cairo_set_line_width (cairo, width > 4 ? 0.6 : 0.2);
  cairo_rectangle (cairo, x, y, width, height);
  cairo_stroke (cairo);
}

/* Above a bar or a stack, where there is room for it. */
static void
draw_value (BhChartPage *page, double value, double x, double width)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autoptr (PangoLayout) text = NULL;
  int takes = 0;

  if (value <= 0)
    return;
  g_ascii_formatd (digits, sizeof digits, floor (value) == value ? "%.0f" : "%.1f", value);
  text = bh_chart_text (page, digits, 8, FALSE, 0);
  pango_layout_get_size (text, &takes, NULL);
  if ((double) takes / PANGO_SCALE > width + 6)
    return;
  bh_chart_ink (page->cairo, page->look->ink);
  cairo_move_to (page->cairo, x + (width - (double) takes / PANGO_SCALE) / 2,
                 bh_chart_y (page, value) - 12);
  pango_cairo_show_layout (page->cairo, text);
}

void
bh_chart_bars (BhChartPage *page)
{
  guint n = page->chart->series->len;
  gboolean stacked = page->chart->kind == BH_CHART_STACKED;
  double place = (page->right - page->left) / page->chart->labels->len * 0.76;
  double width = MIN (stacked ? place : place / n, 64);

  for (guint i = 0; i < page->chart->labels->len; i++) {
    double x = bh_chart_x (page, i) - width * (stacked ? 1 : n) / 2;
    double sum = 0;

    for (guint s = 0; s < n; s++) {
      double value = value_of (page, s, i);

      if (!isfinite (value))
        value = 0;
      draw_bar (page, s, stacked ? x : x + width * s, bh_chart_y (page, sum + value), width,
                bh_chart_y (page, sum) - bh_chart_y (page, sum + value));
      if (!stacked)
        draw_value (page, value, x + width * s, width);
      else
        sum += value;
    }
    if (stacked)
      draw_value (page, sum, x, width);
  }
}

/* ---- lines ------------------------------------------------------------------------------- */

static void
set_dash (BhChartPage *page, guint series)
{
  static const double dashes[][4] = { { 0 }, { 7, 3 }, { 2, 3 }, { 9, 3, 2, 3 } };
  static const int lengths[] = { 0, 2, 2, 4 };
  guint i = series % G_N_ELEMENTS (dashes);

  cairo_set_dash (page->cairo, dashes[i], lengths[i], 0);
}

/* Disc, square, triangle, diamond, cross */
static void
draw_mark (BhChartPage *page, guint series, double x, double y)
{
  cairo_t *cairo = page->cairo;
  const double r = 3.6;

  cairo_set_dash (cairo, NULL, 0, 0);
  cairo_new_path (cairo);
  switch (series % 5) {
  case 0:
    cairo_arc (cairo, x, y, r, 0, 2 * G_PI);
    break;
  case 1:
    cairo_rectangle (cairo, x - r, y - r, 2 * r, 2 * r);
    break;
  case 2:
    cairo_move_to (cairo, x, y - r * 1.2);
    cairo_line_to (cairo, x + r * 1.1, y + r);
    cairo_line_to (cairo, x - r * 1.1, y + r);
    break;
  case 3:
    cairo_move_to (cairo, x, y - r * 1.3);
    cairo_line_to (cairo, x + r * 1.3, y);
    cairo_line_to (cairo, x, y + r * 1.3);
    cairo_line_to (cairo, x - r * 1.3, y);
    break;
  default:
    cairo_set_line_width (cairo, 2);
    cairo_move_to (cairo, x - r, y - r);
    cairo_line_to (cairo, x + r, y + r);
    cairo_move_to (cairo, x + r, y - r);
    cairo_line_to (cairo, x - r, y + r);
    cairo_stroke (cairo);
    return;
  }
  cairo_close_path (cairo);
  cairo_fill (cairo);
}

void
bh_chart_lines (BhChartPage *page)
{
  guint n = page->chart->labels->len;
  cairo_t *cairo = page->cairo;

  for (guint s = 0; s < page->chart->series->len; s++) {
    gboolean pen_down = FALSE;

    bh_chart_ink (cairo, bh_chart_colour (s));
    cairo_set_line_width (cairo, 1.8);
    set_dash (page, s);
    cairo_new_path (cairo);
    for (guint i = 0; i < n; i++) {
      double value = value_of (page, s, i);

      /* a month without a figure breaks the line */
      if (!isfinite (value)) {
        pen_down = FALSE;
        continue;
      }
      if (pen_down)
        cairo_line_to (cairo, bh_chart_x (page, i), bh_chart_y (page, value));
      else
        cairo_move_to (cairo, bh_chart_x (page, i), bh_chart_y (page, value));
      pen_down = TRUE;
    }
    cairo_stroke (cairo);
    for (guint i = 0; i < n; i++)
      if (isfinite (value_of (page, s, i)))
        draw_mark (page, s, bh_chart_x (page, i), bh_chart_y (page, value_of (page, s, i)));
  }
}

void
bh_chart_sample (BhChartPage *page, guint series, double x, double y, double width, double height)
{
  if (page->chart->kind != BH_CHART_LINES) {
    draw_bar (page, series, x, y, width, height);
    return;
  }
  bh_chart_ink (page->cairo, bh_chart_colour (series));
  cairo_set_line_width (page->cairo, 1.8);
  set_dash (page, series);
  cairo_move_to (page->cairo, x, y + height / 2);
  cairo_line_to (page->cairo, x + width, y + height / 2);
  cairo_stroke (page->cairo);
  draw_mark (page, series, x + width / 2, y + height / 2);
}
