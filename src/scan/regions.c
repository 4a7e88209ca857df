/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "regions.h"

#include <math.h>
#include <string.h>

/* Pixels a side of a cell; more where a picture is large. */
#define CELL 8
/* Pixels of a strip's height, and strips of one region. */
#define STRIP      110.0
#define MAX_STRIPS 8
#define MAX_CELLS  40000
/* Squared difference of neighbours, twice: below it nothing is printed. */
#define LEAST_EDGE 18.0
/* Share of one direction in a cell's edges: bars have it, text and matrices have not. */
#define LEAST_ALONG 0.50F
/* Radians that the direction may change from a cell to the next, and within a code. */
#define MAX_BEND    0.30
#define MAX_PARTS   400
#define LEAST_CELLS 4
/* Share of the busiest cell's edges that all of a matrix code has, and text beside it has not. */
#define DENSE 0.5F
/* A kind that no region has: cells that are looked at once more. */
#define DENSE_KIND 9

typedef struct {
  float xx, yy, xy;
} Tensor;

typedef struct {
  float edge;  /* squared differences, noise taken off */
  float along; /* 0 in all directions … 1 in one */
  float angle; /* across the bars, -π/2 … π/2 */
  guint8 kind; /* 1 + BhRegionKind; 0 nothing */
} Cell;

typedef struct {
  guint size, columns, rows;
  Cell *cells;
} Field;

/* Sums over each cell, of every second row: forward, since bars of one pixel have no
 * difference over two. */
static Tensor *
measure (const BhGrey *grey, const Field *field)
{
  Tensor *sums = g_try_new0 (Tensor, (gsize) field->columns * field->rows);
  guint last = field->columns * field->size;

  for (guint y = 0; sums != NULL && y + 1 < grey->height && y / field->size < field->rows; y += 2) {
    const guint8 *a = grey->pixels + (gsize) y * grey->width, *b = a + grey->width;
    Tensor *row = sums + (gsize) (y / field->size) * field->columns;

    for (guint x = 0; x < last; row++) {
      guint end = MIN (x + field->size, grey->width - 1), begin = x;
      int xx = 0, yy = 0, xy = 0;

      for (x = begin; x < end; x++) {
        int dx = a[x + 1] - a[x] + b[x + 1] - b[x], dy = b[x] - a[x] + b[x + 1] - a[x + 1];

        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
      }
      x = begin + field->size;
      row->xx += (float) xx;
      row->yy += (float) yy;
      row->xy += (float) xy;
    }
  }
  return sums;
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* Noise is everywhere: what the stiller third of the picture has is taken for it. */
static float
noise_of (const Tensor *sums, guint n)
{
  g_autofree float *all = g_new (float, n);

  for (guint i = 0; i < n; i++)
    all[i] = sums[i].xx + sums[i].yy;
  qsort (all, n, sizeof (float), by_value);
  return all[n / 3];
}

static Tensor
around (const Tensor *sums, const Field *field, guint column, guint row)
{
  Tensor sum = { 0, 0, 0 };
  guint n = 0;

  for (guint y = MAX (row, 1) - 1; y <= MIN (row + 1, field->rows - 1); y++)
    for (guint x = MAX (column, 1) - 1; x <= MIN (column + 1, field->columns - 1); x++, n++) {
      const Tensor *one = &sums[y * field->columns + x];

      sum.xx += one->xx;
      sum.yy += one->yy;
      sum.xy += one->xy;
    }
  sum.xx /= (float) n;
  sum.yy /= (float) n;
  sum.xy /= (float) n;
  return sum;
}

static void
judge (const Tensor *sums, const Field *field)
{
  float noise = noise_of (sums, field->columns * field->rows);
  float pixels = (float) (field->size * field->size) / 2;

  for (guint row = 0; row < field->rows; row++)
    for (guint column = 0; column < field->columns; column++) {
      Cell *cell = &field->cells[row * field->columns + column];
      const Tensor *own = &sums[row * field->columns + column];
      Tensor t = around (sums, field, column, row);
      float all = t.xx + t.yy, one = hypotf (t.xx - t.yy, 2 * t.xy);

      cell->edge = (all - noise) / pixels;
      cell->along = one / MAX (all - noise, 1);
      cell->angle = 0.5F * atan2f (2 * t.xy, t.xx - t.yy);
      if (cell->edge < LEAST_EDGE || all < noise * 1.6F || own->xx + own->yy < noise * 1.3F)
        continue;
      cell->kind = 1 + (cell->along >= LEAST_ALONG ? BH_REGION_BARS : BH_REGION_MATRIX);
    }
}

static double
turned (double a, double b)
{
  return fabs (remainder (a - b, G_PI));
}

/* ---- parts: neighbouring cells of one kind ---- */
typedef struct {
  GArray *cells; /* guint */
  double angle;
  BhFrame frame;
  double edge;
  BhRegionKind kind;
} Part;

static void
clear_part (gpointer data)
{
  g_array_unref (((Part *) data)->cells);
}

static void
fit (Part *part, const Field *field)
{
  /* bars look the same after half a turn, a matrix code's edges after a quarter */
  double fold = part->kind == BH_REGION_BARS ? 2 : 4;
  double c2 = 0, s2 = 0, c, s, u0 = G_MAXDOUBLE, u1 = -G_MAXDOUBLE, v0 = u0, v1 = u1;

  part->edge = 0;
  for (guint i = 0; i < part->cells->len; i++) {
    const Cell *cell = &field->cells[g_array_index (part->cells, guint, i)];
    double weight = cell->edge * cell->along;

    c2 += weight * cos (fold * cell->angle);
    s2 += weight * sin (fold * cell->angle);
    part->edge += cell->edge;
  }
  part->angle = atan2 (s2, c2) / fold;
  c = cos (part->angle);
  s = sin (part->angle);
  for (guint i = 0; i < part->cells->len; i++) {
    guint at = g_array_index (part->cells, guint, i);
    double x = (at % field->columns + 0.5) * field->size;
    double y = (at / field->columns + 0.5) * field->size;
    double u = x * c + y * s, v = y * c - x * s;

    u0 = MIN (u0, u);
    u1 = MAX (u1, u);
    v0 = MIN (v0, v);
    v1 = MAX (v1, v);
  }
  part->frame.angle = part->angle;
  part->frame.width = u1 - u0 + field->size;
  part->frame.height = v1 - v0 + field->size;
  part->frame.x = (u0 + u1) / 2 * c - (v0 + v1) / 2 * s;
  part->frame.y = (u0 + u1) / 2 * s + (v0 + v1) / 2 * c;
}

static void
flood (Field *field, guint from, GArray *cells)
{
  static const int steps[4][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  guint8 kind = field->cells[from].kind;

  g_array_append_val (cells, from);
  field->cells[from].kind = 0;
  for (guint i = 0; i < cells->len; i++) {
    guint at = g_array_index (cells, guint, i);

    for (guint k = 0; k < 4; k++) {
      int x = (int) (at % field->columns) + steps[k][0];
      int y = (int) (at / field->columns) + steps[k][1];
      guint to = (guint) y * field->columns + (guint) x;

      if (x < 0 || y < 0 || x >= (int) field->columns || y >= (int) field->rows ||
          field->cells[to].kind != kind ||
          (kind == 1 + BH_REGION_BARS &&
           turned (field->cells[to].angle, field->cells[at].angle) > MAX_BEND))
        continue;
      field->cells[to].kind = 0;
      g_array_append_val (cells, to);
    }
  }
}

static void
add_part (GArray *parts, Field *field, guint from, BhRegionKind kind)
{
  Part part = { .cells = g_array_new (FALSE, FALSE, sizeof (guint)), .kind = kind };

  flood (field, from, part.cells);
  if (part.cells->len < LEAST_CELLS) {
    g_array_unref (part.cells);
    return;
  }
  fit (&part, field);
  g_array_append_val (parts, part);
}

/* Text and a label's rim that stand close to a matrix code are one part with it: what is busiest
 * of the part is a part of its own. */
static void
add_dense (GArray *parts, Field *field, guint whole)
{
  GArray *cells = g_array_ref (g_array_index (parts, Part, whole).cells);
  float busiest = 0;
  guint dense = 0;

  for (guint i = 0; i < cells->len; i++)
    busiest = MAX (busiest, field->cells[g_array_index (cells, guint, i)].edge);
  for (guint i = 0; i < cells->len; i++)
    dense += field->cells[g_array_index (cells, guint, i)].edge >= DENSE * busiest;
  if (10 * dense < 9 * cells->len) {
    for (guint i = 0; i < cells->len; i++) {
      Cell *cell = &field->cells[g_array_index (cells, guint, i)];

      cell->kind = cell->edge >= DENSE * busiest ? DENSE_KIND : 0;
    }
    for (guint i = 0; i < cells->len; i++)
      if (field->cells[g_array_index (cells, guint, i)].kind == DENSE_KIND)
        add_part (parts, field, g_array_index (cells, guint, i), BH_REGION_MATRIX);
  }
  g_array_unref (cells);
}

static GArray *
parts_of (Field *field)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  g_array_set_clear_func (parts, clear_part);
  for (guint i = 0; i < field->columns * field->rows && parts->len < MAX_PARTS; i++)
    if (field->cells[i].kind != 0) {
      guint n = parts->len;

      add_part (parts, field, i, (BhRegionKind) (field->cells[i].kind - 1));
      if (parts->len > n && g_array_index (parts, Part, n).kind == BH_REGION_MATRIX)
        add_dense (parts, field, n);
    }
  return parts;
}

/* A crease, glare or a finger cuts bars in two: what goes on in line is one. */
static gboolean
goes_on (const Part *a, const Part *b)
{
  double c = cos (a->angle), s = sin (a->angle);
  double dx = b->frame.x - a->frame.x, dy = b->frame.y - a->frame.y;
  double u = fabs (dx * c + dy * s), v = fabs (dy * c - dx * s);

  return a->kind == BH_REGION_BARS && b->kind == BH_REGION_BARS &&
         turned (a->angle, b->angle) < MAX_BEND &&
         u < (a->frame.width + b->frame.width) / 2 + MAX (a->frame.height, b->frame.height) * 0.6 &&
         v < (a->frame.height + b->frame.height) / 2 * 0.6;
}

static void
join (GArray *parts, const Field *field)
{
  for (guint i = 0; i < parts->len; i++)
    for (guint j = i + 1; j < parts->len; j++) {
      Part *a = &g_array_index (parts, Part, i), *b = &g_array_index (parts, Part, j);

      if (!goes_on (a, b))
        continue;
      g_array_append_vals (a->cells, b->cells->data, b->cells->len);
      g_array_remove_index_fast (parts, j);
      fit (a, field);
      j = i; /* what has grown may reach others */
    }
}

static void
add_region (const Part *part, const Field *field, GArray *regions)
{
  double cells = part->frame.width * part->frame.height / (field->size * field->size);
  BhRegion region = { part->kind, part->frame, 0, FALSE, { NULL } };
  double longer = MAX (part->frame.width, part->frame.height);
  double shorter = MIN (part->frame.width, part->frame.height);

  if (part->kind == BH_REGION_BARS && part->frame.width < 4 * field->size)
    return;
  if (part->kind == BH_REGION_MATRIX && (longer > 3.2 * shorter || shorter < 2 * field->size))
    return;
  region.score = part->edge * MIN (1, part->cells->len / MAX (cells, 1));
  g_array_append_val (regions, region);
}

static void
clear_region (gpointer data)
{
  BhRegion *region = data;

  for (guint i = 0; i < BH_PIECES; i++)
    g_clear_pointer (&region->pieces[i], bh_grey_free);
}

static int
by_score (gconstpointer a, gconstpointer b)
{
  const BhRegion *x = a, *y = b;

  return (y->score > x->score) - (y->score < x->score);
}

/* Codes that stand close on a label are one part with it: each row of them is looked at. */
static void
cut_in_strips (GArray *regions)
{
  guint n = regions->len;

  for (guint i = 0; i < n; i++) {
    BhRegion whole = g_array_index (regions, BhRegion, i);
    guint strips = MIN ((guint) ceil (whole.frame.height / STRIP), MAX_STRIPS);
    double height = whole.frame.height / strips;

    if (whole.kind != BH_REGION_BARS || 2 * whole.frame.height < whole.frame.width || strips < 3)
      continue;
    for (guint k = 0; k < strips; k++) {
      BhRegion strip = whole;
      double down = (k + 0.5) * height - whole.frame.height / 2;

      strip.frame.x -= down * sin (whole.frame.angle);
      strip.frame.y += down * cos (whole.frame.angle);
      strip.frame.height = height;
      if (k == 0)
        g_array_index (regions, BhRegion, i) = strip;
      else
        g_array_append_val (regions, strip);
    }
  }
}

GArray *
bh_regions_find (const BhGrey *grey, guint max)
{
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (BhRegion));
  Field field = { CELL, 0, 0, NULL };
  g_autofree Tensor *sums = NULL;
  g_autoptr (GArray) parts = NULL;
  guint counts[2] = { 0, 0 };

  g_array_set_clear_func (regions, clear_region);
  while ((gsize) (grey->width / field.size) * (grey->height / field.size) > MAX_CELLS)
    field.size += CELL;
  field.columns = grey->width / field.size;
  field.rows = grey->height / field.size;
  if (field.columns < 2 || field.rows < 2)
    return regions;
  sums = measure (grey, &field);
  field.cells = g_try_new0 (Cell, (gsize) field.columns * field.rows);
  if (sums != NULL && field.cells != NULL) {
    judge (sums, &field);
    parts = parts_of (&field);
    join (parts, &field);
    for (guint i = 0; i < parts->len; i++)
      add_region (&g_array_index (parts, Part, i), &field, regions);
  }
  g_free (field.cells);
  g_array_sort (regions, by_score);
  for (guint i = 0; i < regions->len;)
    if (++counts[g_array_index (regions, BhRegion, i).kind] > max)
      g_array_remove_index (regions, i);
    else
      i++;
  cut_in_strips (regions);
  return regions;
}
