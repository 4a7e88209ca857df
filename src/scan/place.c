/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "symbol.h"

/* A scan line may miss; a symbol that so many in a row miss is two. */
#define MAX_MISSED 20
/* Pixels that an edge is off by from line to line. */
#define JITTER 4
/* Reads of noise jump about: an edge is one when so many lines show it. */
#define SURE_LINES 3
/* No label sheet repeats one text so often; a pattern made to cost time does. */
#define MAX_EDGES 1000

/* One edge of one symbol, followed from scan line to scan line. */
typedef struct {
  BhPlace box;
  BhPoint last;
  guint lines;
  gboolean used;
} Edge;

static void
grow (BhPlace *box, int x, int y)
{
  box->x0 = MIN (box->x0, x);
  box->y0 = MIN (box->y0, y);
  box->x1 = MAX (box->x1, x);
  box->y1 = MAX (box->y1, y);
}

static BhPlace
both (const BhPlace *a, const BhPlace *b)
{
  BhPlace box = *a;

  grow (&box, b->x0, b->y0);
  grow (&box, b->x1, b->y1);
  return box;
}

/* Adds the point to the edge it goes on; a symbol turned by 45° moves a pixel a line. */
static void
follow (GArray *edges, BhPoint point)
{
  Edge fresh = { { point.x, point.y, point.x, point.y }, point, 1, FALSE };

  for (guint i = 0; i < edges->len; i++) {
    Edge *edge = &g_array_index (edges, Edge, i);
    int dy = point.y - edge->last.y;

    if (dy <= MAX_MISSED && ABS (point.x - edge->last.x) <= dy + JITTER) {
      edge->last = point;
      edge->lines++;
      grow (&edge->box, point.x, point.y);
      return;
    }
  }
  if (edges->len < MAX_EDGES)
    g_array_append_val (edges, fresh);
}

/* The nearest right edge beside @left. */
static Edge *
partner (const Edge *left, GArray *rights)
{
  Edge *best = NULL;

  for (guint i = 0; i < rights->len; i++) {
    Edge *right = &g_array_index (rights, Edge, i);

    if (!right->used && right->lines >= SURE_LINES && right->box.x1 > left->box.x0 &&
        right->box.y0 <= left->box.y1 + 1 && left->box.y0 <= right->box.y1 + 1 &&
        (best == NULL || right->box.x0 < best->box.x0))
      best = right;
  }
  return best;
}

static gboolean
are_near (const BhPlace *a, const BhPlace *b)
{
  int longest = MAX (MAX (a->x1 - a->x0, a->y1 - a->y0), MAX (b->x1 - b->x0, b->y1 - b->y0));
  int reach = longest / BH_NEAR_SHARE;

  /* end to end only what overlaps is one: labels stand side by side */
  return a->x0 <= b->x1 + JITTER && b->x0 <= a->x1 + JITTER && a->y0 <= b->y1 + reach &&
         b->y0 <= a->y1 + reach;
}

static void
add_merged (GArray *places, BhPlace place)
{
  for (guint i = 0; i < places->len;) {
    const BhPlace *other = &g_array_index (places, BhPlace, i);

    if (are_near (other, &place)) {
      place = both (other, &place);
      g_array_remove_index_fast (places, i);
      i = 0; /* what has grown may reach others */
    } else
      i++;
  }
  g_array_append_val (places, place);
}

/* ZBar's lines run to the right on even rows and to the left on odd ones, and
 * the point is where a read ends: a row's parity tells which edge it is of. */
static void
add_rows (const BhPoint *points, guint n, GArray *places)
{
  g_autoptr (GArray) rights = g_array_new (FALSE, FALSE, sizeof (Edge));
  g_autoptr (GArray) lefts = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint i = 0; i < n; i++)
    follow (points[i].y & 1 ? lefts : rights, points[i]);
  for (guint i = 0; i < lefts->len; i++) {
    const Edge *left = &g_array_index (lefts, Edge, i);
    Edge *right = left->lines >= SURE_LINES ? partner (left, rights) : NULL;

    if (right != NULL) {
      right->used = TRUE;
      add_merged (places, both (&left->box, &right->box));
    }
  }
}

static void
swap (int *a, int *b)
{
  int kept = *a;

  *a = *b;
  *b = kept;
}

GArray *
bh_places_of (BhPoint *points, guint n, gboolean across)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (BhPlace));
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (BhPlace));
  BhPlace all = { 0, 0, 0, 0 };
  guint rows = 0;

  if (n > 0)
    all = (BhPlace){ points[0].x, points[0].y, points[0].x, points[0].y };
  for (guint i = 1; i < n; i++)
    grow (&all, points[i].x, points[i].y);
  /* the rows are scanned first, downwards, then the columns */
  while (across && rows < n && (rows == 0 || points[rows].y >= points[rows - 1].y))
    rows++;
  add_rows (points, rows, places);
  for (guint i = rows; i < n; i++)
    swap (&points[i].x, &points[i].y);
  add_rows (points + rows, n - rows, columns);
  for (guint i = 0; i < columns->len; i++) {
    BhPlace *place = &g_array_index (columns, BhPlace, i);

    swap (&place->x0, &place->y0);
    swap (&place->x1, &place->y1);
    add_merged (places, *place);
  }
  if (places->len < 2) { /* one place, or too few reads to tell */
    g_array_set_size (places, 0);
    g_array_append_val (places, all);
  }
  return g_steal_pointer (&places);
}
