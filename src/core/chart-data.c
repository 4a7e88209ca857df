/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/chart-data.h"

#include <math.h>

static void
free_series (gpointer data)
{
  BhChartSeries *series = data;

  g_free (series->name);
  g_array_unref (series->values);
  g_free (series);
}

BhChart *
bh_chart_new (BhChartKind kind, const char *title, const char *subtitle, const char *unit)
{
  BhChart *self = g_new0 (BhChart, 1);

  self->kind = kind;
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->unit = g_strdup (unit);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->series = g_ptr_array_new_with_free_func (free_series);
  return self;
}

void
bh_chart_free (BhChart *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->unit);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->series);
  g_free (self);
}

void
bh_chart_add_label (BhChart *self, const char *label)
{
  g_return_if_fail (self->series->len == 0);
  g_ptr_array_add (self->labels, g_utf8_make_valid (label, -1));
}

void
bh_chart_add_series (BhChart *self, const char *name, const double *values)
{
  BhChartSeries *series = g_new0 (BhChartSeries, 1);

  series->name = g_utf8_make_valid (name, -1);
  series->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_vals (series->values, values, self->labels->len);
  g_ptr_array_add (self->series, series);
}

double
bh_chart_most (const BhChart *self)
{
  double most = 0;

  for (guint x = 0; x < self->labels->len; x++) {
    double all = 0;

    for (guint s = 0; s < self->series->len; s++) {
      const BhChartSeries *series = g_ptr_array_index (self->series, s);
      double value = g_array_index (series->values, double, x);

      if (!isfinite (value))
        continue;
      all = self->kind == BH_CHART_STACKED ? all + value : MAX (all, value);
    }
    most = MAX (most, all);
  }
  return most;
}

double
bh_chart_step (double most, guint steps)
{
  static const double round[] = { 1, 2, 5, 10 };
  double least = most / MAX (steps, 1);
  double power = most > 0 ? pow (10, floor (log10 (least))) : 1;
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (round) && round[i] * power < least * (1 - 1e-9))
    i++;
  return round[i] * power;
}
