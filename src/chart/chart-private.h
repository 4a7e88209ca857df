/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "backhaul/chart.h"

/* One drawing: where the plot lies, in points. */
typedef struct {
  const BhChart *chart;
  cairo_t *cairo;
  const BhChartLook *look;
  double width;
  double height;
  double left;
  double right;
  double top;
  double bottom;
  double most; /* at the top of the y axis */
  double step;
} BhChartPage;

void bh_chart_ink (cairo_t *cairo, const double rgb[3]);
const double *bh_chart_colour (guint series);
/* (transfer full): @width 0: as wide as it is */
PangoLayout *
bh_chart_text (BhChartPage *page, const char *text, double points, gboolean bold, double width);

double bh_chart_x (const BhChartPage *page, guint label); /* the middle of its place */
double bh_chart_y (const BhChartPage *page, double value);
void bh_chart_bars (BhChartPage *page);
void bh_chart_lines (BhChartPage *page);
/* How a series looks, for the legend. */
void
bh_chart_sample (BhChartPage *page, guint series, double x, double y, double width, double height);
