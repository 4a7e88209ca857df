/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "symbol.h"

#include <string.h>

void
bh_symbol_free (BhSymbol *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->identifier);
  g_free (self);
}

BhScan *
bh_symbol_scan (const BhSymbol *self, gint64 at_us)
{
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (self->bytes, &size);
  BhScan *scan = bh_scan_new (data, size, BH_SCAN_PICTURE, at_us);

  scan->symbology = g_strdup (self->symbology);
  scan->identifier = g_strdup (self->identifier);
  return scan;
}

static BhPlace
bounds (const BhSymbol *self)
{
  BhPlace box = { self->polygon[0].x, self->polygon[0].y, self->polygon[0].x, self->polygon[0].y };

  for (guint i = 1; i < self->n_points; i++) {
    box.x0 = MIN (box.x0, self->polygon[i].x);
    box.y0 = MIN (box.y0, self->polygon[i].y);
    box.x1 = MAX (box.x1, self->polygon[i].x);
    box.y1 = MAX (box.y1, self->polygon[i].y);
  }
  return box;
}

/* Parts of one symbol, read by themselves: along its bars nearer than a label leaves between two,
 * as in place.c. */
static gboolean
same_place (const BhSymbol *a, const BhSymbol *b)
{
  BhPlace p = bounds (a), q = bounds (b);
  int across = MAX (p.x1 - p.x0, q.x1 - q.x0), down = MAX (p.y1 - p.y0, q.y1 - q.y0);
  gboolean matrix =
      g_str_equal (a->symbology, "QR-Code") || g_str_equal (a->symbology, "Data-Matrix");
  int near = matrix ? 0 : MAX (across, down) / BH_NEAR_SHARE;
  gboolean point = MIN (MAX (p.x1 - p.x0, p.y1 - p.y0), MAX (q.x1 - q.x0, q.y1 - q.y0)) < near;
  /* of what few lines read no more than an end is known */
  int x = across < down || point ? near : 0, y = across < down && !point ? 0 : near;

  return a->symbology == b->symbology && g_bytes_equal (a->bytes, b->bytes) && p.x0 <= q.x1 + x &&
         q.x0 <= p.x1 + x && p.y0 <= q.y1 + y && q.y0 <= p.y1 + y;
}

/* One symbol of all its parts. */
static void
widen (BhSymbol *self, const BhSymbol *part)
{
  BhPlace p = bounds (self), q = bounds (part);
  BhPoint box[4];

  if (q.x0 >= p.x0 && q.y0 >= p.y0 && q.x1 <= p.x1 && q.y1 <= p.y1)
    return;
  /* of a part that is larger the corners are better known */
  if (p.x0 >= q.x0 && p.y0 >= q.y0 && p.x1 <= q.x1 && p.y1 <= q.y1) {
    memcpy (self->polygon, part->polygon, sizeof self->polygon);
    self->n_points = part->n_points;
    return;
  }
  p = (BhPlace){ MIN (p.x0, q.x0), MIN (p.y0, q.y0), MAX (p.x1, q.x1), MAX (p.y1, q.y1) };
  for (guint i = 0; i < 4; i++)
    box[i] = (BhPoint){ i % 3 == 0 ? p.x0 : p.x1, i < 2 ? p.y0 : p.y1 };
  bh_symbol_set_corners (self, box);
}

static int
by_top (gconstpointer a, gconstpointer b)
{
  BhPlace p = bounds (*(BhSymbol *const *) a), q = bounds (*(BhSymbol *const *) b);

  return p.y0 != q.y0 ? (p.y0 > q.y0) - (p.y0 < q.y0) : (p.x0 > q.x0) - (p.x0 < q.x0);
}

static int
by_left (gconstpointer a, gconstpointer b)
{
  BhPlace p = bounds (*(BhSymbol *const *) a), q = bounds (*(BhSymbol *const *) b);

  return (p.x0 > q.x0) - (p.x0 < q.x0);
}

/* Lines as people read them: what begins above the middle of a line's first
 * symbol stands on that line. (One comparison that says so would not be
 * transitive.) */
static void
order (GPtrArray *symbols)
{
  guint begin = 0;

  g_ptr_array_sort (symbols, by_top);
  for (guint i = 1; i <= symbols->len; i++) {
    BhPlace line = bounds (g_ptr_array_index (symbols, begin));

    if (i < symbols->len &&
        bounds (g_ptr_array_index (symbols, i)).y0 <= line.y0 + (line.y1 - line.y0) / 2)
      continue;
    qsort (symbols->pdata + begin, i - begin, sizeof (gpointer), by_left);
    begin = i;
  }
}

void
bh_symbols_settle (GPtrArray *symbols, guint page)
{
  for (guint i = 0; i < symbols->len; i++)
    for (guint j = symbols->len - 1; j > i; j--)
      if (same_place (g_ptr_array_index (symbols, i), g_ptr_array_index (symbols, j))) {
        widen (g_ptr_array_index (symbols, i), g_ptr_array_index (symbols, j));
        g_ptr_array_remove_index (symbols, j);
        j = symbols->len; /* what has grown may reach others */
      }
  order (symbols);
  for (guint i = 0; i < symbols->len; i++) {
    BhSymbol *symbol = g_ptr_array_index (symbols, i);

    symbol->page = page;
    symbol->index = i + 1;
  }
}
