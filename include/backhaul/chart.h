/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "chart-data.h"

G_BEGIN_DECLS

/**
 * SECTION:chart
 *
 * Draws figures: bars and lines with axes, title and legend, readable on an A4 page. A
 * series is told by its colour (safe for the colour-blind), and by hatching or dash and
 * mark too: never by colour alone.
 */

/* Colours as red, green, blue from 0 to 1. */
typedef struct {
  double ink[3];
  double faint[3]; /* of the grid */
  double paper[3];
} BhChartLook;

/* Draws into [0, @width] × [0, @height], in points (1/72 inch); @look NULL: black on white. */
void bh_chart_draw (const BhChart *self, cairo_t *cairo, double width, double height,
                    const BhChartLook *look);

/* One A4 page, landscape, as PDF or PNG (150 dpi) by the file's name.
 * Errors: BH_ERROR_USAGE: another name; BH_ERROR_STORE: cannot be written. */
gboolean bh_chart_save (const BhChart *self, const char *path, GError **error);

G_END_DECLS
