/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "measure.h"

#include <math.h>

/* a linear code has at least so many bars and spaces: two characters and its ends */
#define LEAST_RUNS 19
/* how far from a code's edge ZBar may tell of it, pixels */
#define NEAR 8

static gboolean
dark (const BhPicture *picture, int x, int y)
{
  return x >= 0 && y >= 0 && x < picture->width && y < picture->height &&
         picture->grey[(gsize) y * (gsize) picture->width + (gsize) x] == 0;
}

static int
light_run (const BhPicture *picture, int x, int y, int step)
{
  int n = 0;

  while (x >= 0 && x < picture->width && !dark (picture, x, y)) {
    n++;
    x += step;
  }
  return n;
}

/* The narrowest run of one colour between two columns. */
static int
narrowest_run (const BhPicture *picture, int left, int right, int y)
{
  int narrowest = G_MAXINT;
  int run = 1;
  int changes = 0;

  for (int x = left + 1; x <= right; x++, run++)
    if (dark (picture, x, y) != dark (picture, x - 1, y)) {
      /* the first run may begin outside */
      if (changes++ > 0)
        narrowest = MIN (narrowest, run);
      run = 0;
    }
  return narrowest == G_MAXINT ? 0 : narrowest;
}

/* From a column inside to the symbol's edge: no gap within is as wide as four
 * modules (ISO/IEC 15417 4.3), and the quiet zone is ten. */
static int
edge_from (const BhPicture *picture, int x, int y, int step, int module)
{
  int last = x;

  for (int gap = 0; x >= 0 && x < picture->width && gap <= 5 * module; x += step) {
    gap = dark (picture, x, y) ? 0 : gap + 1;
    if (gap == 0)
      last = x;
  }
  return last;
}

/* The light on both sides of what is dark from @left to @right. */
static void
take_quiet (const BhPicture *picture, int left, int right, int y, BhLabelCheck *check)
{
  if (check->module_dots > 0)
    check->quiet_modules =
        (double) MIN (light_run (picture, left - 1, y, -1), light_run (picture, right + 1, y, 1)) /
        check->module_dots;
}

void
bh_measure_bars (const BhPicture *picture, const BhSpan *span, BhLabelCheck *check)
{
  int module = narrowest_run (picture, span->left, span->right, span->y);

  check->module_dots = module;
  take_quiet (picture, edge_from (picture, span->left, span->y, -1, module),
              edge_from (picture, span->right, span->y, 1, module), span->y, check);
}

/* A QR's row goes through its upper finder pattern, whose outer edge is seven modules: the longest
 * run of those near the corner that is told. */
void
bh_measure_qr (const BhPicture *picture, const BhFound *found, BhLabelCheck *check)
{
  int wide = found->right - found->left;
  int off = 3 + wide / 25; /* how far the corner that is told may lie inside */
  int module = 0;
  int left = found->left;
  int y = found->top;

  for (int row = MAX (found->top - off, 0); row < found->top + wide / 6; row++) {
    int from = MAX (found->left - off, 0);
    int run = 0;

    while (from < found->right && !dark (picture, from, row))
      from++;
    while (dark (picture, from + run, row))
      run++;
    if (from < found->left + wide / 6 && run / 7 > module) {
      module = run / 7;
      left = from;
      y = row;
    }
  }
  check->module_dots = module;
  take_quiet (picture, left, edge_from (picture, found->right, y, 1, module), y, check);
}

/* The left edge of a Data Matrix is a solid bar, its corner dots off by one at most. */
void
bh_measure_matrix (const BhPicture *picture, const BhFound *found, BhLabelCheck *check)
{
  int y = (found->top + found->bottom) / 2;
  int left = found->left;
  int right = found->right;

  while (left > 0 && dark (picture, left - 1, y))
    left--;
  while (left < right && !dark (picture, left, y))
    left++;
  while (dark (picture, right + 1, y))
    right++;
  check->module_dots = round ((double) (right - left + 1) / found->modules);
  if (check->module_dots > 0)
    check->quiet_modules =
        (double) MIN (light_run (picture, left - 1, y, -1), light_run (picture, right + 1, y, 1)) /
        check->module_dots;
}

/* ---- one text in several places ------------------------------------------------------ */

/* Whether another row is of the same bars. */
static gboolean
same_bars (const BhPicture *picture, int left, int right, int y, int other)
{
  int darks = 0;
  int differ = 0;

  for (int x = left; x <= right; x++) {
    darks += dark (picture, x, y);
    differ += dark (picture, x, y) != dark (picture, x, other);
  }
  return differ * 4 <= darks;
}

static gboolean
goes_on (const BhPicture *picture, const BhFound *found, int from, int to)
{
  for (int y = from + 1; y < to; y++)
    if (!same_bars (picture, found->left, found->right, from, y))
      return FALSE;
  return TRUE;
}

/* The code that begins near @x, walking by @step: as far as its gaps are no wider than gaps of
 * a code are. FALSE: what stands there is none. */
static gboolean
walk (const BhPicture *picture, int x, int y, int step, int *end)
{
  int module = G_MAXINT;
  int runs = 0;
  int run = 0;
  int last;

  for (int n = 0; n < 2 * NEAR && !dark (picture, x, y); n++)
    x += step;
  last = x;
  for (; x >= 0 && x < picture->width; x += step) {
    gboolean is = dark (picture, x, y);

    if (is != dark (picture, x - step, y) && run > 0) {
      module = MIN (module, run);
      runs++;
      run = 0;
    }
    run++;
    if (is)
      last = x;
    else if (runs > 4 && run > 5 * module)
      break;
  }
  *end = last;
  return runs >= LEAST_RUNS;
}

static int
by_x (gconstpointer one, gconstpointer other)
{
  return ((const BhLineEnd *) one)->x - ((const BhLineEnd *) other)->x;
}

static int
by_y (gconstpointer one, gconstpointer other)
{
  return ((const BhLineEnd *) one)->y - ((const BhLineEnd *) other)->y;
}

/* The codes that stand side by side in a band of rows; @points is sorted anew. */
static void
add_band (const BhPicture *picture, BhLineEnd *points, guint n, GArray *spans)
{
  int y = points[n / 2].y;
  int explained = -1;

  qsort (points, n, sizeof *points, by_x);
  for (guint i = 0; i < n; i++) {
    BhSpan span = { points[i].x, points[i].x, y };

    if (points[i].x <= explained)
      continue;
    if (walk (picture, points[i].x - NEAR, y, 1, &span.right)) {
      g_array_append_val (spans, span);
    } else if (walk (picture, points[i].x + NEAR, y, -1, &span.left)) {
      g_array_append_val (spans, span);
    }
    explained = span.right + NEAR;
  }
}

GArray *
bh_bars_places (const BhPicture *picture, const BhFound *found)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (BhSpan));
  g_autofree BhLineEnd *points =
      g_memdup2 (found->points, (gsize) found->n_points * sizeof (BhLineEnd));
  guint first = 0;

  qsort (points, found->n_points, sizeof *points, by_y);
  for (guint i = 1; i <= found->n_points; i++)
    if (i == found->n_points || !goes_on (picture, found, points[i - 1].y, points[i].y)) {
      add_band (picture, points + first, i - first, spans);
      first = i;
    }
  if (spans->len == 0) {
    const BhSpan all = { found->left, found->right, (found->top + found->bottom) / 2 };

    g_array_append_val (spans, all);
  }
  return spans;
}
