/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include <string.h>

#include "treat.h"

/* Of an edge's pixels: a finder's two sides are of one shade, the two others change with each
 * module. */
#define SOLID 0.95
#define MIXED 0.2
/* A drawing, not a photo; a photo has no edge of one shade. */
#define MOST_PIXELS 4000000u

/* The share of dark pixels from @from on, every @step. */
static double
dark_share (const guint8 *from, gsize step, guint n)
{
  guint dark = 0;

  for (guint i = 0; i < n; i++)
    dark += from[i * step] < 128;
  return (double) dark / n;
}

static gboolean
is_mixed (double share)
{
  return share > MIXED && share < 1 - MIXED;
}

/* Edges in their order around: two that meet are solid, the others are not. */
static gboolean
has_finder (const double dark[4], gboolean inverted)
{
  for (guint i = 0; i < 4; i++) {
    double a = inverted ? 1 - dark[i] : dark[i];
    double b = inverted ? 1 - dark[(i + 1) % 4] : dark[(i + 1) % 4];

    if (a >= SOLID && b >= SOLID && is_mixed (dark[(i + 2) % 4]) && is_mixed (dark[(i + 3) % 4]))
      return TRUE;
  }
  return FALSE;
}

BhGrey *
bh_treat_quiet (const BhGrey *grey, guint *margin)
{
  guint w = grey->width;
  guint h = grey->height;
  const double dark[4] = {
    dark_share (grey->pixels, 1, w),
    dark_share (grey->pixels + w - 1, w, h),
    dark_share (grey->pixels + (gsize) w * (h - 1), 1, w),
    dark_share (grey->pixels, w, h),
  };
  gboolean inverted = has_finder (dark, TRUE);
  BhGrey *wider;

  if ((gsize) w * h > MOST_PIXELS || (!inverted && !has_finder (dark, FALSE)))
    return NULL;
  *margin = MAX (w, h) / 8 + 4;
  wider = g_new0 (BhGrey, 1);
  wider->width = w + 2 * *margin;
  wider->height = h + 2 * *margin;
  wider->pixels = g_malloc ((gsize) wider->width * wider->height);
  memset (wider->pixels, 255, (gsize) wider->width * wider->height);
  for (guint y = 0; y < h; y++) {
    guint8 *to = wider->pixels + (gsize) (y + *margin) * wider->width + *margin;

    for (guint x = 0; x < w; x++)
      to[x] = inverted ? 255 - grey->pixels[(gsize) y * w + x] : grey->pixels[(gsize) y * w + x];
  }
  return wider;
}
