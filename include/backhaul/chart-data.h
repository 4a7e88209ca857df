/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:chart-data
 *
 * Figures that are to be drawn: what chart.h draws and who draws knows nothing else.
 */
typedef enum {
  BH_CHART_BARS,    /* side by side */
  BH_CHART_STACKED, /* on top of each other */
  BH_CHART_LINES,
} BhChartKind;

typedef struct {
  char *name;
  GArray *values; /* double, one a label; NAN: none */
} BhChartSeries;

typedef struct {
  BhChartKind kind;
  char *title;
  char *subtitle;    /* what is counted; may be NULL */
  char *unit;        /* of the values, as "units" or "%" */
  GPtrArray *labels; /* utf8, along the x axis */
  GPtrArray *series; /* BhChartSeries */
} BhChart;

BhChart *bh_chart_new (BhChartKind kind, const char *title, const char *subtitle, const char *unit);
void bh_chart_free (BhChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhChart, bh_chart_free)

/* All labels come before the first series; @values: as many as there are labels. */
void bh_chart_add_label (BhChart *self, const char *label);
void bh_chart_add_series (BhChart *self, const char *name, const double *values);
/* The greatest value that the y axis must reach; 0: nothing is drawn. */
double bh_chart_most (const BhChart *self);
/* A round step, so that @most needs at most @steps of them: 1, 2 or 5 × 10^n. */
double bh_chart_step (double most, guint steps);

G_END_DECLS
