/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "reads.h"

#include <math.h>
#include <string.h>

/* What must speak for a text before it is told. Code 128 has a check character (one wrong
 * text in a hundred passes), so a second line must agree. Those without one are believed when
 * both engines say the same, or when so many lines do. Matrix codes correct errors, and a
 * small one may correct noise into a text: what is short needs a second step. */
static const struct {
  guint symbology;
  guint lines;      /* of one step */
  guint both_lines; /* when two steps agree */
  gsize sure_bytes; /* a matrix code of so many is believed at once */
} needs[] = {
  { BH_CODE_128, 2, 2, 0 },    { BH_CODE_39, 4, 3, 0 },     { BH_CODE_93, 2, 2, 0 },
  { BH_CODABAR, 6, 4, 0 },     { BH_EAN_13, 3, 2, 0 },      { BH_EAN_8, 4, 3, 0 },
  { BH_DATABAR, 3, 2, 0 },     { BH_DATABAR_EXP, 2, 2, 0 }, { BH_I25, 6, 4, 0 },
  { BH_DATA_MATRIX, 0, 0, 3 }, { BH_QR_CODE, 0, 0, 1 },
};

/* Texts that contradict: the one with so many times the lines is right. */
#define OUTVOTE 8
/* Share of the longer side that the middles of one place may be apart. */
#define SAME_PLACE 0.2

static void
clear_read (gpointer data)
{
  bh_symbol_free (((BhRead *) data)->symbol);
}

GArray *
bh_reads_new (void)
{
  GArray *reads = g_array_new (FALSE, FALSE, sizeof (BhRead));

  g_array_set_clear_func (reads, clear_read);
  return reads;
}

typedef struct {
  double x, y, side;
} Middle;

static Middle
middle_of (const BhSymbol *symbol)
{
  Middle middle = { 0, 0, 1 };

  for (guint i = 0; i < symbol->n_points; i++) {
    const BhPoint *a = &symbol->polygon[i], *b = &symbol->polygon[(i + 1) % symbol->n_points];

    middle.x += (double) a->x / symbol->n_points;
    middle.y += (double) a->y / symbol->n_points;
    middle.side = MAX (middle.side, hypot (a->x - b->x, a->y - b->y));
  }
  return middle;
}

gboolean
bh_symbol_covers (const BhSymbol *symbol, double x, double y)
{
  double x0 = G_MAXDOUBLE, y0 = x0, x1 = -x0, y1 = -x0, near;

  for (guint i = 0; i < symbol->n_points; i++) {
    x0 = MIN (x0, symbol->polygon[i].x);
    x1 = MAX (x1, symbol->polygon[i].x);
    y0 = MIN (y0, symbol->polygon[i].y);
    y1 = MAX (y1, symbol->polygon[i].y);
  }
  near = MAX (x1 - x0, y1 - y0) / 8;
  return x >= x0 - near && x <= x1 + near && y >= y0 - near && y <= y1 + near;
}

static gboolean
same_place (const BhSymbol *a, const BhSymbol *b)
{
  Middle m = middle_of (a), n = middle_of (b);

  return hypot (m.x - n.x, m.y - n.y) < SAME_PLACE * MAX (m.side, n.side);
}

/* Of one text: ZBar tells only of the lines that read, so that two steps see more or less of
 * one symbol. */
static gboolean
same_symbol (const BhSymbol *a, const BhSymbol *b)
{
  Middle m = middle_of (a), n = middle_of (b);

  return same_place (a, b) || bh_symbol_covers (a, n.x, n.y) || bh_symbol_covers (b, m.x, m.y);
}

void
bh_reads_add (GArray *reads, BhSymbol *symbol, guint symbology, guint lines, BhEngine engine)
{
  BhRead fresh = { symbol, symbology, lines, 1, engine, symbol->step };

  for (guint i = 0; i < reads->len; i++) {
    BhRead *read = &g_array_index (reads, BhRead, i);

    /* one step tells two places apart itself */
    if (read->symbology != symbology || read->last == symbol->step ||
        !g_bytes_equal (read->symbol->bytes, symbol->bytes) || !same_symbol (read->symbol, symbol))
      continue;
    read->lines += lines;
    read->steps++;
    read->engines |= engine;
    read->last = symbol->step;
    bh_symbol_free (symbol);
    return;
  }
  g_array_append_val (reads, fresh);
}

/* Pixels that the shortest code is long: a start, a check and a stop alone are noise. */
#define LEAST_SIDE 12

static gboolean
is_believed (const BhRead *read)
{
  if (g_bytes_get_size (read->symbol->bytes) == 0)
    return FALSE;
  /* ZBar tells where lines end, and of a code that few lines read no more than a point */
  if (read->engines == BH_ENGINE_ZXING && middle_of (read->symbol).side < LEAST_SIDE)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if (needs[i].symbology == read->symbology) {
      if (needs[i].sure_bytes > 0)
        return read->steps > 1 || g_bytes_get_size (read->symbol->bytes) >= needs[i].sure_bytes;
      return read->lines >= needs[i].lines ||
             (read->steps > 1 && read->lines >= needs[i].both_lines);
    }
  return FALSE;
}

static gboolean
holds_text (GBytes *longer, GBytes *shorter)
{
  gsize m, n;
  gconstpointer a = g_bytes_get_data (longer, &m), b = g_bytes_get_data (shorter, &n);

  return m > n && n > 0 && memmem (a, m, b, n) != NULL;
}

gboolean
bh_reads_holds (const GArray *reads, guint i)
{
  const BhRead *one = &g_array_index (reads, BhRead, i);

  if (!is_believed (one))
    return FALSE;
  for (guint j = 0; j < reads->len; j++) {
    const BhRead *other = &g_array_index (reads, BhRead, j);

    if (j == i || g_bytes_equal (one->symbol->bytes, other->symbol->bytes) ||
        !same_place (one->symbol, other->symbol) ||
        holds_text (one->symbol->bytes, other->symbol->bytes))
      continue;
    if (holds_text (other->symbol->bytes, one->symbol->bytes))
      return FALSE; /* a part of it, whether the whole is believed or not */
    /* noise that reads as something once does not silence what many lines say */
    if (other->symbology != one->symbology && !is_believed (other))
      continue;
    if (one->lines < OUTVOTE * MAX (other->lines, 1))
      return FALSE;
  }
  return TRUE;
}
