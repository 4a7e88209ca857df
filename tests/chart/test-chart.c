/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts: what is drawn is as high as its figure, and told by more than its colour. */
#include "backhaul/chart.h"

#include <glib/gstdio.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#include "backhaul/error.h"

#define WIDTH  842
#define HEIGHT 595

static BhChart *
chart_of (BhChartKind kind, guint n, const double *first, const double *second)
{
  BhChart *chart = bh_chart_new (kind, "Title <b>&", "Counted so", "units");

  for (guint i = 0; i < n; i++) {
    g_autofree char *label = g_strdup_printf ("2026-%02u", i % 12 + 1);

    bh_chart_add_label (chart, label);
  }
  bh_chart_add_series (chart, "First", first);
  if (second != NULL)
    bh_chart_add_series (chart, "Second", second);
  return chart;
}

static cairo_surface_t *
draw_in (const BhChart *chart, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, height);
  cairo_t *cairo = cairo_create (surface);

  bh_chart_draw (chart, cairo, WIDTH, height, NULL);
  g_assert_cmpint (cairo_status (cairo), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

static cairo_surface_t *
draw (const BhChart *chart)
{
  return draw_in (chart, HEIGHT);
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 value;

  memcpy (&value,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface) +
              x * 4,
          4);
  return value & 0xffffff;
}

/* How many pixels of @colour stand in the column @x, below the legend. */
static int
height_at (cairo_surface_t *surface, int x, guint32 colour)
{
  int n = 0;

  for (int y = 95; y < cairo_image_surface_get_height (surface); y++)
    n += pixel (surface, x, y) == colour;
  return n;
}

#define BLUE  0x0073b3 /* of the first series */
#define AMBER 0xe69e00

/* The middle of the n-th of @of places between the axis and the margin. */
static int
place (int n, int of)
{
  return 66 + (WIDTH - 32 - 66) * (2 * n + 1) / (2 * of);
}

static void
test_heights (void)
{
  const double values[] = { 10, 5, 0, NAN };
  g_autoptr (BhChart) chart = chart_of (BH_CHART_BARS, 4, values, NULL);
  cairo_surface_t *surface = draw (chart);
  int whole = height_at (surface, place (0, 4), BLUE);

  g_assert_cmpint (whole, >, 300);
  g_assert_cmpint (ABS (whole - 2 * height_at (surface, place (1, 4), BLUE)), <=, 3);
  g_assert_cmpint (height_at (surface, place (2, 4), BLUE), ==, 0);
  g_assert_cmpint (height_at (surface, place (3, 4), BLUE), ==, 0);
  cairo_surface_destroy (surface);
}

/* In a window's page, under twenty names of accounts that stand upright. */
static void
test_low (void)
{
  double values[20];
  g_autoptr (BhChart) chart = bh_chart_new (BH_CHART_BARS, "Title", "Counted so", "units");
  cairo_surface_t *surface;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    bh_chart_add_label (chart, "The Honourable Company of Interexchange Operators and Carriers");
    values[i] = 7;
  }
  bh_chart_add_series (chart, "First", values);
  surface = draw_in (chart, 260);
  g_assert_cmpint (height_at (surface, place (3, 20), BLUE), >, 30);
  cairo_surface_destroy (surface);
}

/* The second series is hatched with paper: without its colour it is another one still. */
static void
test_hatched (void)
{
  const double first[] = { 6 };
  const double second[] = { 6 };
  g_autoptr (BhChart) chart = chart_of (BH_CHART_STACKED, 1, first, second);
  cairo_surface_t *surface = draw (chart);
  int x = place (0, 1);
  int top = 0;
  int strokes = 0;

  /* a solid bar below; over it as high a one with strokes in it */
  g_assert_cmpint (height_at (surface, x, BLUE), >, 100);
  g_assert_cmpint (height_at (surface, x, AMBER), >, 50);
  for (int y = 95; y < HEIGHT && pixel (surface, x, y) != BLUE; y++) {
    top = top == 0 && pixel (surface, x, y) == AMBER ? y : top;
    strokes += top != 0 && pixel (surface, x, y) != AMBER;
  }
  g_assert_cmpint (strokes, >, 20);
  cairo_surface_destroy (surface);
}

/* A line of one height; where there is no figure there is no line. */
static void
test_line (void)
{
  const double values[] = { 5, 5, NAN, 5 };
  g_autoptr (BhChart) chart = chart_of (BH_CHART_LINES, 4, values, NULL);
  cairo_surface_t *surface = draw (chart);

  g_assert_cmpint (height_at (surface, (place (0, 4) + place (1, 4)) / 2, BLUE), >, 0);
  g_assert_cmpint (height_at (surface, (place (1, 4) + place (2, 4)) / 2, BLUE), ==, 0);
  g_assert_cmpint (height_at (surface, place (2, 4), BLUE), ==, 0);
  cairo_surface_destroy (surface);
}

/* No label, no figure, no room, a thousand labels: nothing but paper is drawn outside. */
static void
test_edges (void)
{
  g_autofree double *many = g_new (double, 1500);
  const double nothing[] = { 0, NAN };
  g_autoptr (BhChart) empty = bh_chart_new (BH_CHART_BARS, "Nothing", NULL, "units");
  g_autoptr (BhChart) zero = chart_of (BH_CHART_BARS, 2, nothing, NULL);
  g_autoptr (BhChart) thousand = NULL;
  const BhChart *charts[3];

  for (guint i = 0; i < 1500; i++)
    many[i] = i * 1e9;
  thousand = chart_of (BH_CHART_STACKED, 1500, many, many);
  charts[0] = empty;
  charts[1] = zero;
  charts[2] = thousand;
  g_assert_cmpfloat (bh_chart_most (empty), ==, 0);
  g_assert_cmpfloat (bh_chart_most (zero), ==, 0);
  g_assert_cmpfloat (bh_chart_most (thousand), ==, 2 * 1499e9);
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++) {
    cairo_surface_t *surface = draw (charts[i]);
    cairo_surface_t *small = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 60, 40);
    cairo_t *cairo = cairo_create (small);

    g_assert_cmphex (pixel (surface, WIDTH - 2, HEIGHT - 2), ==, 0xffffff);
    bh_chart_draw (charts[i], cairo, 60, 40, NULL);
    g_assert_cmpint (cairo_status (cairo), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy (cairo);
    cairo_surface_destroy (small);
    cairo_surface_destroy (surface);
  }
}

static void
test_step (void)
{
  static const struct {
    double most;
    guint steps;
    double step;
  } cases[] = { { 10, 10, 1 }, { 11, 10, 2 },      { 21, 10, 5 },     { 51, 10, 10 },
                { 7, 5, 2 },   { 0.07, 10, 0.01 }, { 3e12, 3, 1e12 }, { 0, 5, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (bh_chart_step (cases[i].most, cases[i].steps), cases[i].step,
                                    cases[i].step * 1e-9);
}

/* One A4 page whose text is text: the title as it is, markup unread, names of all scripts. */
static void
test_pdf (void)
{
  const double values[] = { 3, 4 };
  g_autoptr (BhChart) chart = chart_of (BH_CHART_LINES, 2, values, values);
  g_autofree char *folder = g_dir_make_tmp ("bh-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.pdf", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  PopplerDocument *document;
  PopplerPage *page;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  double width;
  double height;

  g_assert_true (bh_chart_save (chart, path, &error));
  g_assert_no_error (error);
  document = poppler_document_new_from_file (uri, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  page = poppler_document_get_page (document, 0);
  poppler_page_get_size (page, &width, &height);
  g_assert_cmpfloat (width, ==, WIDTH);
  g_assert_cmpfloat (height, ==, HEIGHT);
  text = poppler_page_get_text (page);
  g_assert_nonnull (strstr (text, "Title <b>&"));
  g_assert_nonnull (strstr (text, "Counted so"));
  g_assert_nonnull (strstr (text, "Second"));
  g_assert_nonnull (strstr (text, "2026-02"));
  g_assert_nonnull (strstr (text, "units"));
  g_object_unref (page);
  g_object_unref (document);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_save_faults (void)
{
  const double values[] = { 1 };
  g_autoptr (BhChart) chart = chart_of (BH_CHART_BARS, 1, values, NULL);
  g_autoptr (GError) name = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_false (bh_chart_save (chart, "chart.svg", &name));
  g_assert_error (name, BH_ERROR, BH_ERROR_USAGE);
  g_assert_false (bh_chart_save (chart, "/nowhere/chart.png", &folder));
  g_assert_error (folder, BH_ERROR, BH_ERROR_STORE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/bars-as-high-as-their-figures", test_heights);
  g_test_add_func ("/chart/bars-in-a-low-place", test_low);
  g_test_add_func ("/chart/never-colour-alone", test_hatched);
  g_test_add_func ("/chart/line-breaks-where-nothing-is", test_line);
  g_test_add_func ("/chart/edges", test_edges);
  g_test_add_func ("/chart/round-steps", test_step);
  g_test_add_func ("/chart/pdf-has-text", test_pdf);
  g_test_add_func ("/chart/save-faults", test_save_faults);
  return g_test_run ();
}
