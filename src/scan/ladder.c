/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "ladder.h"

#include <math.h>

#include "config-scan.h"
#include "symbol.h"
#ifdef HAVE_ZXING
#include "zxing.h"
#endif

/* Regions of each kind that are tried; a wall of bars costs no more. */
#define MAX_REGIONS 6
/* Pixels that the steps of one picture may look at. Counted, not timed, so that a picture
 * reads the same on a slow machine. */
static const double most_work[] = { 3e6, 20e6, 80e6 }; /* by BhEffort */
/* Pixels a side of a piece: a code that is larger needs no enlarging. */
#define MAX_PIECE_SIDE 1800.0
/* Rows of the picture that are enough of bars: ends are worn and curled. */
#define MAX_BARS_HEIGHT 160.0
/* The further steps cost several times the first: a camera's picture has them, a poster not. */
#define MAX_LADDER_PIXELS 16000000u
/* Ground around a piece: the quiet zone, and what the search missed at the ends. */
#define MARGIN_SHARE 0.14
#define MARGIN_LEAST 14

/* A piece of the picture, or all of it, and the way back. */
typedef struct {
  const BhStep *step;
  const BhFrame *frame; /* NULL: the picture */
  double across, down;  /* pixels that are read a pixel of it */
  double mirrored;      /* pixels across of what is read the wrong way round; 0: it is not */
  GArray *reads;
} Look;

static BhPoint
back (const Look *look, double x, double y)
{
  BhPoint point;

  if (look->mirrored > 0)
    x = look->mirrored - x;
  point = (BhPoint){ (int) lround (x / look->across), (int) lround (y / look->down) };
  return look->frame != NULL ? bh_frame_point (look->frame, x / look->across, y / look->down)
                             : point;
}

static void
add_zbar (const Look *look, const BhGrey *grey, guint symbologies)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));

  bh_zbar_scan (grey, symbologies, look->step->on == BH_ON_BARS ? 0 : MAX (look->step->every, 1),
                MAX (look->step->every, 1), found, lines);
  for (guint i = 0; i < found->len; i++) {
    BhSymbol *symbol = g_ptr_array_index (found, i);
    guint symbology = 0;

    for (guint k = 0; k < symbol->n_points; k++)
      symbol->polygon[k] = back (look, symbol->polygon[k].x, symbol->polygon[k].y);
    for (guint bit = 1; bit < BH_SYMBOLOGIES_ALL; bit <<= 1)
      if (g_strcmp0 (bh_symbology_name (bit), symbol->symbology) == 0)
        symbology = bit;
    symbol->step = look->step->name;
    bh_reads_add (look->reads, symbol, symbology, g_array_index (lines, guint, i), BH_ENGINE_ZBAR);
  }
}

#ifdef HAVE_ZXING
static void
on_zxing (const BhZxingRead *read, gpointer data)
{
  const Look *look = data;
  BhSymbol *symbol = g_new0 (BhSymbol, 1);
  BhPoint corners[4];

  symbol->bytes = g_bytes_new (read->bytes, read->size);
  symbol->symbology = bh_symbology_name (read->symbology);
  symbol->identifier = g_strdup (read->identifier);
  symbol->step = look->step->name;
  for (guint i = 0; i < 4; i++)
    corners[i] = back (look, read->corners[2 * i], read->corners[2 * i + 1]);
  bh_symbol_set_corners (symbol, corners);
  bh_reads_add (look->reads, symbol, read->symbology, read->lines, BH_ENGINE_ZXING);
}
#endif

static void
add_zxing (Look *look, const BhGrey *grey, guint symbologies)
{
#ifdef HAVE_ZXING
  static const guint matrices = BH_DATA_MATRIX | BH_QR_CODE;
  guint flags = look->step->flags;

  /* apart: the library compares what its readers found, and asserts of linear ones */
  if (symbologies & matrices)
    bh_zxing_scan (grey->pixels, grey->width, grey->height, symbologies & matrices, flags, on_zxing,
                   look);
  if (symbologies & ~matrices)
    bh_zxing_scan (grey->pixels, grey->width, grey->height, symbologies & ~matrices,
                   flags & ~(guint) BH_ZXING_SMALLER, on_zxing, look);
#endif
}

static BhGrey *
treat (BhTreatment treatment, const BhGrey *grey)
{
  g_autoptr (BhGrey) bands = NULL;
  guint band = MAX (grey->height / 9, 2);

  switch (treatment) {
  case BH_TREAT_MIRROR:
    return bh_treat_mirrored (grey);
  case BH_TREAT_INVERT:
    return bh_treat_inverted (grey);
  case BH_TREAT_CONTRAST:
    return bh_treat_contrast (grey, 12);
  case BH_TREAT_DOUBLE:
    return bh_treat_doubled (grey);
  case BH_TREAT_SHARPEN:
    return bh_treat_sharpened (grey, 2, 8);
  case BH_TREAT_STROKES:
    return bh_treat_without_strokes (grey, 2);
  case BH_TREAT_BANDS:
    return bh_treat_bands (grey, band, MAX (band / 2, 1));
  case BH_TREAT_BANDS_THIN:
    return bh_treat_bands (grey, MIN (grey->height, 4), MIN (grey->height, 4));
  case BH_TREAT_BANDS_SHARP:
    bands = bh_treat_bands (grey, band, MAX (band / 2, 1));
    return bands != NULL ? bh_treat_rows_sharpened (bands, 3, 10) : NULL;
  case BH_TREAT_BANDS_SHARPER:
    bands = bh_treat_bands (grey, band, MAX (band / 2, 1));
    return bands != NULL ? bh_treat_rows_sharpened (bands, 4, 24) : NULL;
  case BH_TREAT_NONE:
  default:
    return NULL;
  }
}

static double
look_at (Look *look, const BhGrey *grey, guint symbologies)
{
  g_autoptr (BhGrey) treated = NULL;
  const BhStep *step = look->step;

  if (step->treatment != BH_TREAT_NONE) {
    treated = treat (step->treatment, grey);
    if (treated == NULL)
      return 0;
    if (step->treatment == BH_TREAT_MIRROR)
      look->mirrored = treated->width;
    look->across *= (double) treated->width / grey->width;
    look->down *= (double) treated->height / grey->height;
    grey = treated;
  }
  if (step->engine == BH_ENGINE_ZBAR)
    add_zbar (look, grey, symbologies);
  else
    add_zxing (look, grey, symbologies);
  return (double) grey->width * grey->height;
}

static BhFrame
framed (const BhRegion *region)
{
  double margin = MAX (MARGIN_SHARE * region->frame.width, MARGIN_LEAST);
  BhFrame frame = region->frame;

  frame.width += 2 * margin;
  if (region->kind == BH_REGION_MATRIX)
    frame.height += 2 * margin;
  else
    frame.height = MIN (frame.height, MAX_BARS_HEIGHT);
  return frame;
}

static double
take (const BhStep *step, const BhGrey *grey, GArray *regions, guint symbologies, GArray *reads)
{
  double work = 0;
  guint looked = 0;

  symbologies &= step->symbologies;
  if (symbologies == 0)
    return 0;
  if (step->on == BH_ON_PICTURE) {
    Look look = { step, NULL, 1, 1, 0, reads };

    return look_at (&look, grey, symbologies);
  }
  for (guint i = 0; regions != NULL && i < regions->len; i++) {
    BhRegion *region = &g_array_index (regions, BhRegion, i);
    BhFrame frame = framed (region);
    gboolean bars = region->kind == BH_REGION_BARS;
    guint scale = step->scale, down = bars ? 1 : scale; /* rows of bars are alike */
    Look look = { step, &frame, scale, down, 0, reads };

    if (region->read ||
        region->kind != (step->on == BH_ON_BARS ? BH_REGION_BARS : BH_REGION_MATRIX) ||
        (scale > 1 && MAX (frame.width, frame.height) * scale > MAX_PIECE_SIDE) ||
        (step->most > 0 && ++looked > step->most))
      continue;
    if (step->turn > 0) {
      g_autoptr (BhGrey) askew = NULL;

      frame.angle += step->turn * G_PI / 180;
      askew = bh_treat_cut (grey, &frame, scale, down);
      if (askew != NULL)
        work += look_at (&look, askew, symbologies);
      continue;
    }
    if (region->pieces[scale] == NULL)
      region->pieces[scale] = bh_treat_cut (grey, &frame, scale, down);
    if (region->pieces[scale] != NULL)
      work += look_at (&look, region->pieces[scale], symbologies);
  }
  return work;
}

void
bh_ladder_step (const BhStep *step, const BhGrey *grey, GArray *regions, guint symbologies,
                GArray *reads)
{
  take (step, grey, regions, symbologies, reads);
}

/* ZBar tells of a linear code where the lines that read it end: the region's rim, perhaps. */
static gboolean
stands_in (const BhSymbol *symbol, const BhRegion *region)
{
  double x = 0;
  double y = 0;
  double u;
  double v;

  for (guint i = 0; i < symbol->n_points; i++) {
    x += (double) symbol->polygon[i].x / symbol->n_points;
    y += (double) symbol->polygon[i].y / symbol->n_points;
  }
  /* a whole label is one region when its codes stand close: more may be in it */
  if (2 * region->frame.height > region->frame.width)
    return FALSE;
  x -= region->frame.x;
  y -= region->frame.y;
  u = x * cos (region->frame.angle) + y * sin (region->frame.angle);
  v = y * cos (region->frame.angle) - x * sin (region->frame.angle);
  return fabs (u) <= (0.5 + MARGIN_SHARE) * region->frame.width + MARGIN_LEAST &&
         fabs (v) <= 0.5 * region->frame.height + MARGIN_LEAST;
}

/* What was read; the regions in which it stands need no more. */
static guint
count_read (const GArray *reads, GArray *regions)
{
  guint n = 0;

  for (guint i = 0; i < reads->len; i++) {
    const BhSymbol *symbol = g_array_index (reads, BhRead, i).symbol;

    if (!bh_reads_holds (reads, i))
      continue;
    n++;
    for (guint k = 0; regions != NULL && k < regions->len; k++) {
      BhRegion *region = &g_array_index (regions, BhRegion, k);

      region->read = region->read || bh_symbol_covers (symbol, region->frame.x, region->frame.y) ||
                     stands_in (symbol, region);
    }
  }
  return n;
}

static gboolean
has_unread (const GArray *regions)
{
  for (guint i = 0; i < regions->len; i++)
    if (!g_array_index (regions, BhRegion, i).read)
      return TRUE;
  return FALSE;
}

void
bh_ladder_climb (const BhDecoder *decoder, const BhGrey *grey, GPtrArray *symbols)
{
  guint n, read = 0;
  const BhStep *steps = bh_ladder_steps (&n);
  g_autoptr (GArray) reads = bh_reads_new ();
  g_autoptr (GArray) regions = NULL;
  gboolean large = grey->width * grey->height > MAX_LADDER_PIXELS;
  double work = 0;

  for (guint i = 0; i < n && work < most_work[decoder->effort]; i++) {
    if (steps[i].effort > decoder->effort || ((read > 0 || large) && !steps[i].always))
      continue;
    if (steps[i].on != BH_ON_PICTURE && regions == NULL) {
      regions = bh_regions_find (grey, MAX_REGIONS);
      read = count_read (reads, regions);
    }
    if (read > 0 && regions != NULL && !has_unread (regions))
      break;
    work += take (&steps[i], grey, regions, decoder->symbologies, reads);
    read = count_read (reads, regions);
  }
  for (guint i = 0; i < reads->len; i++)
    if (bh_reads_holds (reads, i)) {
      BhRead *one = &g_array_index (reads, BhRead, i);
      BhSymbol *copy = g_memdup2 (one->symbol, sizeof (BhSymbol));

      g_bytes_ref (copy->bytes);
      copy->identifier = g_strdup (copy->identifier);
      g_ptr_array_add (symbols, copy);
    }
}
