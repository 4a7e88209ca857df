/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "treat.h"

#include <math.h>
#include <string.h>

/* A piece is never larger: a region is a part of a picture that was admitted. */
#define MAX_PIECE 16000000.0

static BhGrey *
new_grey (guint width, guint height)
{
  g_autoptr (BhGrey) grey = g_new0 (BhGrey, 1);

  grey->width = width;
  grey->height = height;
  grey->pixels = g_try_malloc ((gsize) width * height);
  return grey->pixels != NULL ? g_steal_pointer (&grey) : NULL;
}

BhGrey *
bh_treat_inverted (const BhGrey *grey)
{
  BhGrey *to = new_grey (grey->width, grey->height);

  for (gsize i = 0; to != NULL && i < (gsize) grey->width * grey->height; i++)
    to->pixels[i] = (guint8) ~grey->pixels[i];
  return to;
}

BhGrey *
bh_treat_mirrored (const BhGrey *grey)
{
  BhGrey *to = new_grey (grey->width, grey->height);

  for (guint y = 0; to != NULL && y < grey->height; y++) {
    const guint8 *from = grey->pixels + (gsize) y * grey->width;

    for (guint x = 0; x < grey->width; x++)
      to->pixels[(gsize) y * grey->width + x] = from[grey->width - 1 - x];
  }
  return to;
}

/* Linear between the pixels. */
BhGrey *
bh_treat_doubled (const BhGrey *grey)
{
  BhGrey *large = new_grey (grey->width * 2, grey->height * 2);

  for (guint y = 0; large != NULL && y < large->height; y++) {
    const guint8 *near = grey->pixels + (gsize) (y / 2) * grey->width;
    guint beside = y & 1 ? MIN (y / 2 + 1, grey->height - 1) : (MAX (y, 2) - 2) / 2;
    const guint8 *far = grey->pixels + (gsize) beside * grey->width;
    guint8 *to = large->pixels + (gsize) y * large->width;

    for (guint x = 0; x < grey->width; x++) {
      guint left = x > 0 ? x - 1 : 0, right = MIN (x + 1, grey->width - 1);
      guint here = near[x] * 3u + far[x];

      to[2 * x] = (guint8) ((here * 3 + near[left] * 3u + far[left] + 8) / 16);
      to[2 * x + 1] = (guint8) ((here * 3 + near[right] * 3u + far[right] + 8) / 16);
    }
  }
  return large;
}

/* ---- against the mean of the square around ---- */
typedef guint8 (*Against) (int pixel, int mean, int strength);

static guint8
contrast (int pixel, int mean, int strength)
{
  return (guint8) CLAMP (128 + (pixel - mean) * strength / 4, 0, 255);
}

static guint8
sharp (int pixel, int mean, int strength)
{
  return (guint8) CLAMP (pixel + (pixel - mean) * strength / 4, 0, 255);
}

/* Sums of columns slide down, the sum of a square slides along them. */
static BhGrey *
against_mean (const BhGrey *grey, int reach, int strength, Against how)
{
  int w = (int) grey->width, h = (int) grey->height;
  g_autofree guint *columns = g_try_new0 (guint, grey->width);
  BhGrey *to = columns != NULL ? new_grey (grey->width, grey->height) : NULL;

  if (to == NULL)
    return NULL;
  reach = MIN (reach, MIN (w, h) / 2);
  for (int y = -reach; y <= reach; y++) /* rows that are not there: the first again */
    for (int x = 0; x < w; x++)
      columns[x] += grey->pixels[(gsize) CLAMP (y, 0, h - 1) * grey->width + (gsize) x];
  for (int y = 0; y < h; y++) {
    const guint8 *in = grey->pixels + (gsize) y * grey->width;
    const guint8 *gone = grey->pixels + (gsize) MAX (y - reach, 0) * grey->width;
    const guint8 *come = grey->pixels + (gsize) MIN (y + reach + 1, h - 1) * grey->width;
    guint8 *out = to->pixels + (gsize) y * grey->width;
    int side = 2 * reach + 1;
    /* a mean by a multiplication: side² is at most 2^20 */
    guint64 share = (G_GUINT64_CONSTANT (1) << 32) / (guint64) (side * side);
    guint sum = 0;

    for (int x = -reach; x <= reach; x++)
      sum += columns[CLAMP (x, 0, w - 1)];
    for (int x = 0; x < w; x++) {
      out[x] = how (in[x], (int) ((sum * share) >> 32), strength);
      sum += columns[MIN (x + reach + 1, w - 1)] - columns[MAX (x - reach, 0)];
    }
    for (int x = 0; x < w; x++)
      columns[x] += (guint) come[x] - gone[x];
  }
  return to;
}

BhGrey *
bh_treat_contrast (const BhGrey *grey, guint reach)
{
  return against_mean (grey, (int) reach, 8, contrast);
}

BhGrey *
bh_treat_sharpened (const BhGrey *grey, guint reach, guint strength)
{
  return against_mean (grey, (int) reach, (int) strength, sharp);
}

BhGrey *
bh_treat_rows_sharpened (const BhGrey *grey, guint reach, guint strength)
{
  BhGrey *to = new_grey (grey->width, grey->height);
  int r = (int) reach, w = (int) grey->width;

  for (guint y = 0; to != NULL && y < grey->height; y++) {
    const guint8 *in = grey->pixels + (gsize) y * grey->width;
    int sum = 0;

    for (int x = -r; x <= r; x++)
      sum += in[CLAMP (x, 0, w - 1)];
    for (int x = 0; x < w; x++) {
      to->pixels[(gsize) y * grey->width + (gsize) x] =
          sharp (in[x], sum / (2 * r + 1), (int) strength);
      sum += in[MIN (x + r + 1, w - 1)] - in[MAX (x - r, 0)];
    }
  }
  return to;
}

/* ---- without strokes ---- */

static void
fold (guint8 *to, const guint8 *from, gsize n, gboolean lightest)
{
  if (lightest)
    for (gsize i = 0; i < n; i++)
      to[i] = MAX (to[i], from[i]);
  else
    for (gsize i = 0; i < n; i++)
      to[i] = MIN (to[i], from[i]);
}

/* The lightest, or the darkest, of the square of 2 @reach + 1 pixels around each; beside the
 * picture there are none. */
static void
extremes (const BhGrey *grey, BhGrey *between, BhGrey *to, gsize reach, gboolean lightest)
{
  const gsize w = grey->width, h = grey->height;

  memcpy (between->pixels, grey->pixels, w * h);
  for (gsize y = 0; y < h; y++)
    for (gsize k = 1; k <= MIN (reach, w - 1); k++) {
      fold (between->pixels + y * w + k, grey->pixels + y * w, w - k, lightest);
      fold (between->pixels + y * w, grey->pixels + y * w + k, w - k, lightest);
    }
  memcpy (to->pixels, between->pixels, w * h);
  for (gsize k = 1; k <= MIN (reach, h - 1); k++) {
    fold (to->pixels + k * w, between->pixels, (h - k) * w, lightest);
    fold (to->pixels, between->pixels + k * w, (h - k) * w, lightest);
  }
}

BhGrey *
bh_treat_without_strokes (const BhGrey *grey, guint reach)
{
  g_autoptr (BhGrey) between = new_grey (grey->width, grey->height);
  BhGrey *to = between != NULL ? new_grey (grey->width, grey->height) : NULL;

  if (to != NULL) {
    extremes (grey, between, to, reach, TRUE);
    extremes (to, between, to, reach, FALSE);
  }
  return to;
}

/* ---- pieces ---- */
BhPoint
bh_frame_point (const BhFrame *frame, double x, double y)
{
  double u = x - frame->width / 2, v = y - frame->height / 2;
  double c = cos (frame->angle), s = sin (frame->angle);
  BhPoint point = { (int) lround (frame->x + u * c - v * s),
                    (int) lround (frame->y + u * s + v * c) };

  return point;
}

/* Places between two pixels, and what their four neighbours' weights add up to. */
#define PHASES     64
#define PHASE_BITS 6
#define ONE_BITS   7
/* Bits behind the point of a place in the picture. */
#define PLACE_BITS 20

typedef int Weights[PHASES][4];

/* Catmull and Rom's weights of four neighbours, from the second to the third. */
static void
weigh (Weights weights)
{
  for (int i = 0; i < PHASES; i++) {
    double t = i / (double) PHASES, t2 = t * t, t3 = t2 * t, one = 1 << ONE_BITS;
    int *to = weights[i];

    to[0] = (int) lround (one * (-0.5 * t3 + t2 - 0.5 * t));
    to[2] = (int) lround (one * (-1.5 * t3 + 2 * t2 + 0.5 * t));
    to[3] = (int) lround (one * (0.5 * t3 - 0.5 * t2));
    to[1] = (1 << ONE_BITS) - to[0] - to[2] - to[3];
  }
}

static inline int
across_row (const guint8 *p, const int *by)
{
  return by[0] * p[0] + by[1] * p[1] + by[2] * p[2] + by[3] * p[3];
}

/* Beside the picture its rim goes on. */
static int
at_rim (const BhGrey *grey, int x, int y, const int *across, const int *down)
{
  int w = (int) grey->width, h = (int) grey->height, sum = 0;

  for (int k = 0; k < 4; k++) {
    const guint8 *row = grey->pixels + (gsize) CLAMP (y - 1 + k, 0, h - 1) * grey->width;

    for (int i = 0; i < 4; i++)
      sum += down[k] * across[i] * row[CLAMP (x - 1 + i, 0, w - 1)];
  }
  return sum;
}

static void
cut_row (const BhGrey *grey, guint8 *to, guint n, gint64 x, gint64 y, gint64 dx, gint64 dy,
         Weights weights)
{
  const gint64 w = grey->width, h = grey->height;

  for (guint i = 0; i < n; i++, x += dx, y += dy) {
    gint64 ix = x >> PLACE_BITS, iy = y >> PLACE_BITS;
    const int *across = weights[(x >> (PLACE_BITS - PHASE_BITS)) & (PHASES - 1)];
    const int *down = weights[(y >> (PLACE_BITS - PHASE_BITS)) & (PHASES - 1)];
    int sum;

    if (ix >= 1 && iy >= 1 && ix < w - 2 && iy < h - 2) {
      const guint8 *p = grey->pixels + (iy - 1) * w + (ix - 1);

      sum = down[0] * across_row (p, across) + down[1] * across_row (p + w, across) +
            down[2] * across_row (p + 2 * w, across) + down[3] * across_row (p + 3 * w, across);
    } else
      sum = at_rim (grey, (int) ix, (int) iy, across, down);
    to[i] = (guint8) CLAMP ((sum + (1 << (2 * ONE_BITS - 1))) >> (2 * ONE_BITS), 0, 255);
  }
}

BhGrey *
bh_treat_cut (const BhGrey *grey, const BhFrame *frame, double across, double down)
{
  double width = ceil (frame->width * across), height = ceil (frame->height * down);
  double one = 1 << PLACE_BITS, c = cos (frame->angle), s = sin (frame->angle);
  Weights weights;
  BhGrey *piece;

  if (width < 1 || height < 1 || width * height > MAX_PIECE)
    return NULL;
  weigh (weights);
  piece = new_grey ((guint) width, (guint) height);
  for (guint y = 0; piece != NULL && y < piece->height; y++) {
    double v = (y + 0.5 - height / 2) / down, u = (0.5 - width / 2) / across;

    cut_row (grey, piece->pixels + (gsize) y * piece->width, piece->width,
             (gint64) (one * (frame->x + u * c - v * s - 0.5)),
             (gint64) (one * (frame->y + u * s + v * c - 0.5)), (gint64) (one * c / across),
             (gint64) (one * s / across), weights);
  }
  return piece;
}

BhGrey *
bh_treat_bands (const BhGrey *grey, guint band, guint step)
{
  guint rows = grey->height >= band ? (grey->height - band) / step + 1 : 0;
  g_autofree guint *sums = g_try_new (guint, grey->width);
  BhGrey *to = rows > 0 && sums != NULL ? new_grey (grey->width, rows) : NULL;

  for (guint row = 0; to != NULL && row < rows; row++) {
    memset (sums, 0, sizeof (guint) * grey->width);
    for (guint i = 0; i < band; i++) {
      const guint8 *from = grey->pixels + (gsize) (row * step + i) * grey->width;

      for (guint x = 0; x < grey->width; x++)
        sums[x] += from[x];
    }
    for (guint x = 0; x < grey->width; x++)
      to->pixels[(gsize) row * grey->width + x] = (guint8) ((sums[x] + band / 2) / band);
  }
  return to;
}
