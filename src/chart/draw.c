/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-chart"

#include <math.h>

#include "chart-private.h"

#define MARGIN  32.0
#define LABEL   9.0   /* points of type */
#define MOST_UP 130.0 /* of a label that stands upright, … */
#define UP_PART 4     /* … and of the whole height: the bars are what one looks at */

/* Okabe and Ito's colours, which the colour-blind tell apart; dark ones first. */
static const double colours[][3] = {
  { 0.00, 0.45, 0.70 }, { 0.90, 0.62, 0.00 }, { 0.00, 0.62, 0.45 }, { 0.80, 0.40, 0.00 },
  { 0.80, 0.60, 0.70 }, { 0.34, 0.71, 0.91 }, { 0.45, 0.45, 0.45 },
};

static const BhChartLook on_paper = { { 0.1, 0.1, 0.1 }, { 0.82, 0.82, 0.82 }, { 1, 1, 1 } };

void
bh_chart_ink (cairo_t *cairo, const double rgb[3])
{
  cairo_set_source_rgb (cairo, rgb[0], rgb[1], rgb[2]);
}

const double *
bh_chart_colour (guint series)
{
  return colours[series % G_N_ELEMENTS (colours)];
}

PangoLayout *
bh_chart_text (BhChartPage *page, const char *text, double points, gboolean bold, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (page->cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, points * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  /* a name from right to left is aligned as all others are */
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  if (width > 0) {
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  }
  return layout;
}

/* Its ink from @x, @y on; returns the height it takes. */
static double
put (BhChartPage *page, PangoLayout *layout, double x, double y)
{
  int height = 0;

  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (page->cairo, x, y);
  pango_cairo_show_layout (page->cairo, layout);
  return (double) height / PANGO_SCALE;
}

static double
width_of (PangoLayout *layout)
{
  int width = 0;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

static double
draw_titles (BhChartPage *page, double y)
{
  double width = page->width - 2 * MARGIN;
  g_autoptr (PangoLayout) title = bh_chart_text (page, page->chart->title, 17, TRUE, width);
  g_autoptr (PangoLayout) subtitle = bh_chart_text (page, page->chart->subtitle, 10, FALSE, width);

  bh_chart_ink (page->cairo, page->look->ink);
  y += put (page, title, MARGIN, y) + 2;
  if (page->chart->subtitle == NULL)
    return y;
  pango_layout_set_ellipsize (subtitle, PANGO_ELLIPSIZE_NONE);
  return y + put (page, subtitle, MARGIN, y) + 6;
}

/* One entry a series, in as many lines as it takes. */
static double
draw_legend (BhChartPage *page, double y)
{
  double x = MARGIN;

  for (guint s = 0; s < page->chart->series->len; s++) {
    const BhChartSeries *series = g_ptr_array_index (page->chart->series, s);
    g_autoptr (PangoLayout) name = bh_chart_text (page, series->name, 10, FALSE, 220);
    double takes;

    pango_layout_set_width (name, -1);
    takes = 34 + MIN (width_of (name), 220) + 16;
    if (x > MARGIN && x + takes > page->width - MARGIN) {
      x = MARGIN;
      y += 16;
    }
    bh_chart_sample (page, s, x, y + 1, 28, 11);
    pango_layout_set_width (name, 220 * PANGO_SCALE);
    bh_chart_ink (page->cairo, page->look->ink);
    put (page, name, x + 34, y);
    x += takes;
  }
  return y + 20;
}

static char *
tick_text (double value, double step)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (digits, sizeof digits,
                                    step >= 1     ? "%.0f"
                                    : step >= 0.1 ? "%.1f"
                                                  : "%.2f",
                                    value));
}

/* Whole things have no halves. */
static double
step_of (const BhChart *chart, double most, guint steps)
{
  double step = bh_chart_step (most, steps);
  gboolean whole = TRUE;

  for (guint s = 0; s < chart->series->len && whole; s++) {
    const GArray *values = ((const BhChartSeries *) g_ptr_array_index (chart->series, s))->values;

    for (guint i = 0; i < values->len && whole; i++) {
      double value = g_array_index (values, double, i);

      whole = !isfinite (value) || floor (value) == value;
    }
  }
  return whole ? MAX (step, 1) : step;
}

static void
draw_y_axis (BhChartPage *page)
{
  g_autoptr (PangoLayout) unit = bh_chart_text (page, page->chart->unit, LABEL, FALSE, 0);

  bh_chart_ink (page->cairo, page->look->ink);
  put (page, unit, MARGIN, page->top - 17);
  for (double value = 0; value <= page->most * (1 + 1e-9); value += page->step) {
    g_autofree char *digits = tick_text (value, page->step);
    g_autoptr (PangoLayout) text = bh_chart_text (page, digits, LABEL, FALSE, 0);
    double y = bh_chart_y (page, value);

    cairo_set_line_width (page->cairo, value == 0 ? 1.0 : 0.6);
    bh_chart_ink (page->cairo, value == 0 ? page->look->ink : page->look->faint);
    cairo_move_to (page->cairo, page->left, y);
    cairo_line_to (page->cairo, page->right, y);
    cairo_stroke (page->cairo);
    bh_chart_ink (page->cairo, page->look->ink);
    put (page, text, page->left - 6 - width_of (text), y - LABEL * 0.65);
  }
}

/* The longest label decides whether they lie or stand; every n-th is shown. */
static double
longest_label (BhChartPage *page)
{
  double longest = 0;

  for (guint i = 0; i < page->chart->labels->len; i++) {
    g_autoptr (PangoLayout) text =
        bh_chart_text (page, g_ptr_array_index (page->chart->labels, i), LABEL, FALSE, 0);

    longest = MAX (longest, width_of (text));
  }
  return longest;
}

/* @upright: room of a label that stands; 0: they lie */
static void
draw_x_axis (BhChartPage *page, double upright)
{
  guint n = page->chart->labels->len;
  double place = (page->right - page->left) / n;
  guint every = (guint) ceil ((upright > 0 ? LABEL * 1.35 : 1) / place);

  bh_chart_ink (page->cairo, page->look->ink);
  for (guint i = 0; i < n; i += MAX (every, 1)) {
    g_autoptr (PangoLayout) text = bh_chart_text (page, g_ptr_array_index (page->chart->labels, i),
                                                  LABEL, FALSE, upright > 0 ? upright : place - 4);
    double x = bh_chart_x (page, i);

    cairo_save (page->cairo);
    if (upright > 0) {
      pango_layout_set_alignment (text, PANGO_ALIGN_RIGHT);
      cairo_translate (page->cairo, x - LABEL * 0.65, page->bottom + 6 + upright);
      cairo_rotate (page->cairo, -G_PI / 2);
      put (page, text, 0, 0);
    } else {
      pango_layout_set_alignment (text, PANGO_ALIGN_CENTER);
      put (page, text, x - (place - 4) / 2, page->bottom + 6);
    }
    cairo_restore (page->cairo);
  }
}

static void
draw_empty (BhChartPage *page, double y)
{
  g_autoptr (PangoLayout) text = bh_chart_text (page, "No figures", 13, FALSE, 0);

  bh_chart_ink (page->cairo, page->look->ink);
  put (page, text, MARGIN, y + 20);
}

void
bh_chart_draw (const BhChart *self, cairo_t *cairo, double width, double height,
               const BhChartLook *look)
{
  BhChartPage page = { .chart = self,
                       .cairo = cairo,
                       .look = look != NULL ? look : &on_paper,
                       .width = width,
                       .height = height };
  double most = bh_chart_most (self);
  double upright = 0;
  double longest;
  double y;

  bh_chart_ink (cairo, page.look->paper);
  cairo_rectangle (cairo, 0, 0, width, height);
  cairo_fill (cairo);
  y = draw_titles (&page, MARGIN * 0.8);
  if (self->labels->len == 0 || self->series->len == 0 || most <= 0) {
    draw_empty (&page, y);
    return;
  }
  page.left = MARGIN + 34;
  page.right = width - MARGIN;
  page.top = draw_legend (&page, y) + 18;
  longest = longest_label (&page);
  if (longest > (page.right - page.left) / self->labels->len - 4)
    upright = MIN (ceil (longest) + 1, MIN (MOST_UP, height / UP_PART));
  page.bottom = height - MARGIN * 0.6 - (upright > 0 ? upright : LABEL * 1.4) - 8;
  /* what does not fit is not drawn: a window may be too small for any chart */
  if (page.bottom - page.top < 40 || page.right - page.left < 40)
    return;
  page.step = step_of (self, most, (guint) MAX ((page.bottom - page.top) / 42, 2));
  page.most = ceil (most / page.step - 1e-9) * page.step;
  draw_y_axis (&page);
  draw_x_axis (&page, upright);
  if (self->kind == BH_CHART_LINES)
    bh_chart_lines (&page);
  else
    bh_chart_bars (&page);
}
