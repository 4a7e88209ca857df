/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "damage.h"

#include <math.h>
#include <string.h>

Grey
grey_new (int width, int height)
{
  Grey grey = { g_malloc ((gsize) width * (gsize) height), width, height };

  memset (grey.grey, 255, (gsize) width * (gsize) height);
  return grey;
}

static Grey
flip (const Grey *in, GRand *dice)
{
  Grey out = grey_new (in->width, in->height);

  for (int i = 0; i < in->width * in->height; i++)
    out.grey[i] = g_rand_double (dice) < 0.03 ? (guint8) (255 - in->grey[i]) : in->grey[i];
  return out;
}

/* Gaussian of one dot, both ways */
static Grey
blur (const Grey *in, GRand *dice)
{
  static const double weights[] = { 0.0545, 0.2442, 0.4026, 0.2442, 0.0545 };
  Grey half = grey_new (in->width, in->height);
  Grey out = grey_new (in->width, in->height);

  for (int turn = 0; turn < 2; turn++) {
    const guint8 *from = turn == 0 ? in->grey : half.grey;
    guint8 *to = turn == 0 ? half.grey : out.grey;

    for (int y = 0; y < in->height; y++)
      for (int x = 0; x < in->width; x++) {
        double sum = 0;

        for (int k = -2; k <= 2; k++) {
          int px = CLAMP (x + (turn == 0 ? k : 0), 0, in->width - 1);
          int py = CLAMP (y + (turn == 1 ? k : 0), 0, in->height - 1);

          sum += weights[k + 2] * from[py * in->width + px];
        }
        to[y * in->width + x] = (guint8) lround (sum);
      }
  }
  g_free (half.grey);
  return out;
}

/* 15 % larger or smaller, between pixels */
static Grey
scale (const Grey *in, GRand *dice)
{
  double by = g_rand_boolean (dice) ? 1.15 : 0.85;
  Grey out = grey_new ((int) (in->width * by), (int) (in->height * by));

  for (int y = 0; y < out.height; y++)
    for (int x = 0; x < out.width; x++) {
      double u = CLAMP ((x + 0.5) / by - 0.5, 0, in->width - 1.001);
      double v = CLAMP ((y + 0.5) / by - 0.5, 0, in->height - 1.001);
      int left = (int) u;
      int top = (int) v;
      const guint8 *at = in->grey + top * in->width + left;
      double fx = u - left;
      double fy = v - top;
      int below = top + 1 < in->height ? in->width : 0;
      int beside = left + 1 < in->width ? 1 : 0;

      out.grey[y * out.width + x] =
          (guint8) lround ((at[0] * (1 - fx) + at[beside] * fx) * (1 - fy) +
                           (at[below] * (1 - fx) + at[below + beside] * fx) * fy);
    }
  return out;
}

/* A slanted stroke, three dots thick, over a third of the code's height. */
static Grey
stroke (const Grey *in, GRand *dice)
{
  Grey out = grey_new (in->width, in->height);
  int third = in->height / 3;
  int top = g_rand_int_range (dice, 0, in->height - third);
  int left = g_rand_int_range (dice, 0, in->width);
  double slope = g_rand_double_range (dice, -1, 1);

  memcpy (out.grey, in->grey, (gsize) in->width * (gsize) in->height);
  for (int y = 0; y < third; y++)
    for (int k = 0; k < 3; k++) {
      int x = left + (int) (y * slope) + k;

      if (x >= 0 && x < in->width)
        out.grey[(top + y) * in->width + x] = 0;
    }
  return out;
}

Grey
grey_median (const Grey *in)
{
  Grey out = grey_new (in->width, in->height);

  for (int y = 1; y < in->height - 1; y++)
    for (int x = 1; x < in->width - 1; x++) {
      guint light = 0;

      for (int k = 0; k < 9; k++)
        light += in->grey[(y + k / 3 - 1) * in->width + x + k % 3 - 1] >= 128;
      out.grey[y * in->width + x] = light >= 5 ? 255 : 0;
    }
  return out;
}

const struct BhDamage bh_damages[BH_DAMAGES] = {
  { "3 % flipped", flip }, { "blur", blur }, { "scale", scale }, { "stroke", stroke }
};
