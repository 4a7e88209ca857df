/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "symbol.h"

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

static gboolean
same_place (const BhSymbol *a, const BhSymbol *b)
{
  BhPlace p = bounds (a), q = bounds (b);

  return a->symbology == b->symbology && g_bytes_equal (a->bytes, b->bytes) && p.x0 <= q.x1 &&
         q.x0 <= p.x1 && p.y0 <= q.y1 && q.y0 <= p.y1;
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
      if (same_place (g_ptr_array_index (symbols, i), g_ptr_array_index (symbols, j)))
        g_ptr_array_remove_index (symbols, j);
  order (symbols);
  for (guint i = 0; i < symbols->len; i++) {
    BhSymbol *symbol = g_ptr_array_index (symbols, i);

    symbol->page = page;
    symbol->index = i + 1;
  }
}
