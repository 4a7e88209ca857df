/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A report's rows gathered into what a chart shows: sums along one column, perhaps split by
 * another. Rates are sums over sums: a mean of rates would be none. */

#include "reports-private.h"

#include <math.h>
#include <string.h>

/* More names than that are no chart: the first are shown, and how many there are. */
#define MOST_NAMES 20
/* More series than that cannot be told apart. */
#define MOST_SERIES 7
#define MOST_DAYS   1500

typedef struct {
  double value;
  double over;
} Sum;

typedef struct {
  const BhReportChart *chart;
  GPtrArray *labels;   /* in the order they come */
  GHashTable *places;  /* label → its number + 1 */
  GPtrArray *series;   /* names */
  GHashTable *numbers; /* name → its number + 1 */
  GHashTable *sums;    /* series and label → Sum */
} Gathering;

static void
gathering_clear (Gathering *self)
{
  g_ptr_array_unref (self->labels);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->series);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->sums);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathering, gathering_clear)

static gpointer
key_of (guint series, guint label)
{
  return GSIZE_TO_POINTER (((gsize) series << 32) + label + 1);
}

/* The number of @name in @list, where it is put when it is new. */
static guint
number_of (GPtrArray *list, GHashTable *numbers, const char *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, name));

  if (number == 0) {
    char *kept = g_strdup (name);

    g_ptr_array_add (list, kept);
    number = list->len;
    g_hash_table_insert (numbers, kept, GUINT_TO_POINTER (number));
  }
  return number - 1;
}

static guint
series_of (Gathering *self, const char *split, const char *title)
{
  g_autofree char *name = split == NULL   ? g_strdup (title)
                          : title == NULL ? g_strdup (split)
                                          : g_strdup_printf ("%s: %s", split, title);

  return number_of (self->series, self->numbers, name);
}

static void
add (Gathering *self, guint series, guint label, double value, double over)
{
  Sum *sum = g_hash_table_lookup (self->sums, key_of (series, label));

  if (sum == NULL) {
    sum = g_new0 (Sum, 1);
    g_hash_table_insert (self->sums, key_of (series, label), sum);
  }
  sum->value += value;
  sum->over += over;
}

static double
figure (const char *const *cells, int column)
{
  return cells[column] != NULL ? g_ascii_strtod (cells[column], NULL) : 0;
}

static gboolean
on_row (const BhReport *report, const char *const *cells, gpointer data, GError **error)
{
  Gathering *self = data;
  const BhReportChart *chart = self->chart;
  g_autofree char *name = g_strdup (cells[chart->x] != NULL ? cells[chart->x] : "");
  const char *split = chart->split >= 0 ? cells[chart->split] : NULL;
  guint label;

  if (report->columns[chart->x].type == BH_REPORT_TIME && strlen (name) > 10)
    name[10] = '\0'; /* its day */
  label = number_of (self->labels, self->places, name);
  for (guint i = 0; i < G_N_ELEMENTS (chart->sums) && chart->sums[i].column != 0; i++) {
    const BhReportSum *sum = &chart->sums[i];

    add (self, series_of (self, split, sum->title), label,
         sum->column == BH_SUM_ROWS ? 1 : figure (cells, sum->column),
         sum->over != 0 ? figure (cells, sum->over) : 0);
  }
  return TRUE;
}

/* ---- days and months without a row are places too ---------------------------------------- */

static int
by_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char *
next_label (const char *label, gboolean month)
{
  guint n;

  if (!month)
    return bh_day_format (bh_day_parse (label) + 1);
  n = (guint) g_ascii_strtoull (label, NULL, 10) * 12 +
      (guint) g_ascii_strtoull (label + 5, NULL, 10); /* its number from 1: that of the next */
  return g_strdup_printf ("%04u-%02u", n / 12, n % 12 + 1);
}

static double
first_sum (const Gathering *self, const char *label)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, label));
  const Sum *sum = g_hash_table_lookup (self->sums, key_of (0, place - 1));

  return sum != NULL ? sum->value : 0;
}

static int
by_sum (gconstpointer a, gconstpointer b, gpointer data)
{
  double one = first_sum (data, *(const char *const *) a);
  double other = first_sum (data, *(const char *const *) b);

  return one != other ? (one > other ? -1 : 1) : by_text (a, b);
}

/* (transfer full): the labels as they are shown: time without gaps, names as they came or the
 * largest first */
static GPtrArray *
shown_labels (const Gathering *self, BhReportType type)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  const char *last;

  for (guint i = 0; i < self->labels->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (self->labels, i));
  if (self->chart->largest_first)
    g_ptr_array_sort_with_data (sorted, by_sum, (gpointer) self);
  if (type == BH_REPORT_TEXT || sorted->len == 0) {
    for (guint i = 0; i < MIN (sorted->len, MOST_NAMES); i++)
      g_ptr_array_add (shown, g_strdup (g_ptr_array_index (sorted, i)));
    return shown;
  }
  g_ptr_array_sort (sorted, by_text);
  last = g_ptr_array_index (sorted, sorted->len - 1);
  g_ptr_array_add (shown, g_strdup (g_ptr_array_index (sorted, 0)));
  while (shown->len < MOST_DAYS && g_strcmp0 (g_ptr_array_index (shown, shown->len - 1), last) < 0)
    g_ptr_array_add (
        shown, next_label (g_ptr_array_index (shown, shown->len - 1), type == BH_REPORT_MONTH));
  return shown;
}

static double
value_of (const Gathering *self, guint series, const Sum *sum)
{
  guint n = 0;
  const BhReportSum *how;

  while (n + 1 < G_N_ELEMENTS (self->chart->sums) && self->chart->sums[n + 1].column != 0)
    n++;
  /* series were made in the order of the sums, as often as there is a split */
  how = &self->chart->sums[series % (n + 1)];
  if (how->over == 0)
    return sum->value;
  return sum->over > 0 ? how->factor * sum->value / sum->over : NAN;
}

static void
add_series (Gathering *self, GPtrArray *shown, guint series, BhChart *chart)
{
  g_autofree double *values = g_new (double, MAX (shown->len, 1));

  for (guint i = 0; i < shown->len; i++) {
    const char *label = g_ptr_array_index (shown, i);
    guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, label));
    const Sum *sum =
        place > 0 ? g_hash_table_lookup (self->sums, key_of (series, place - 1)) : NULL;

    values[i] = sum != NULL ? value_of (self, series, sum) : NAN;
  }
  bh_chart_add_series (chart, g_ptr_array_index (self->series, series), values);
}

static char *
subtitle_of (const BhReport *report, const BhReportQuery *query, guint shown, guint names)
{
  g_autofree char *from = query->from != BH_DAY_NONE ? bh_day_format (query->from) : NULL;
  g_autofree char *to = query->to != BH_DAY_NONE ? bh_day_format (query->to) : NULL;
  g_autoptr (GString) text = g_string_new (report->explanation);

  if (from != NULL)
    g_string_append_printf (text, "; from %s", from);
  if (to != NULL)
    g_string_append_printf (text, "; to %s", to);
  if (query->account != NULL)
    g_string_append_printf (text, "; account %s", query->account);
  if (shown < names)
    g_string_append_printf (text, "; the first %u of %u", shown, names);
  return g_strdup (text->str);
}

BhChart *
bh_desk_report_chart (BhDesk *self, const BhReport *report, const BhReportQuery *query,
                      gint64 now_us, GError **error)
{
  g_auto (Gathering) gathering = {
    .chart = bh_report_chart_of (report),
    .labels = g_ptr_array_new_with_free_func (g_free),
    .places = g_hash_table_new (g_str_hash, g_str_equal),
    .series = g_ptr_array_new_with_free_func (g_free),
    .numbers = g_hash_table_new (g_str_hash, g_str_equal),
    .sums = g_hash_table_new_full (NULL, NULL, NULL, g_free),
  };
  BhReportType type = report->columns[gathering.chart->x].type;
  g_autofree char *subtitle = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (BhChart) chart = NULL;

  if (!bh_desk_report (self, report, query, now_us, on_row, &gathering, error))
    return NULL;
  if (type == BH_REPORT_TIME)
    type = BH_REPORT_DATE;
  shown = shown_labels (&gathering, type);
  subtitle =
      subtitle_of (report, query, shown->len, type == BH_REPORT_TEXT ? gathering.labels->len : 0);
  chart = bh_chart_new (gathering.chart->kind, report->title, subtitle, gathering.chart->unit);
  for (guint i = 0; i < shown->len; i++)
    bh_chart_add_label (chart, g_ptr_array_index (shown, i));
  for (guint s = 0; s < MIN (gathering.series->len, MOST_SERIES); s++)
    add_series (&gathering, shown, s, chart);
  return g_steal_pointer (&chart);
}
