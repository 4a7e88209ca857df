/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas.h"

#include <math.h>
#include <string.h>
#include <zint.h>

Canvas *
canvas_new (guint width, guint height)
{
  Canvas *self = g_new0 (Canvas, 1);

  self->width = width;
  self->height = height;
  self->grey = g_malloc ((gsize) width * height);
  memset (self->grey, 255, (gsize) width * height);
  return self;
}

void
canvas_free (Canvas *self)
{
  if (self == NULL)
    return;
  g_free (self->grey);
  g_free (self);
}

static struct zint_symbol *
encode (int symbology, int mode, const char *data, gsize size)
{
  struct zint_symbol *symbol = ZBarcode_Create ();

  symbol->symbology = symbology;
  symbol->input_mode = mode;
  if (ZBarcode_Encode (symbol, (const guint8 *) data, (int) size) >= ZINT_ERROR)
    g_error ("zint: %s", symbol->errtxt);
  return symbol;
}

static void
paint (Canvas *self, const struct zint_symbol *symbol, guint x, guint y, guint module, guint height)
{
  guint tall = symbol->rows > 1 ? module : height;

  for (guint row = 0; row < (guint) symbol->rows; row++)
    for (guint i = 0; i < (guint) symbol->width; i++)
      if (symbol->encoded_data[row][i >> 3] >> (i & 7) & 1)
        for (guint dy = 0; dy < tall; dy++) {
          g_assert_cmpuint (y + row * tall + dy, <, self->height);
          g_assert_cmpuint (x + (i + 1) * module, <=, self->width);
          memset (self->grey + (gsize) (y + row * tall + dy) * self->width + x + i * module, 0,
                  module);
        }
}

guint
canvas_code (Canvas *self, guint x, guint y, guint module, guint height, int symbology, int mode,
             const char *data, gsize size)
{
  struct zint_symbol *symbol = encode (symbology, mode, data, size);
  guint width = (guint) symbol->width * module;

  paint (self, symbol, x, y, module, height);
  ZBarcode_Delete (symbol);
  return width;
}

guint
canvas_text (Canvas *self, guint x, guint y, const char *text)
{
  return canvas_code (self, x, y, 2, 60, BARCODE_CODE128, DATA_MODE, text, strlen (text));
}

Canvas *
canvas_of (int symbology, int mode, const char *data, gsize size, guint module)
{
  struct zint_symbol *symbol = encode (symbology, mode, data, size);
  guint margin = 12 * module;
  guint height = symbol->rows > 1 ? (guint) symbol->rows * module : 30 * module;
  Canvas *self = canvas_new ((guint) symbol->width * module + 2 * margin, height + 2 * margin);

  paint (self, symbol, margin, margin, module, height);
  ZBarcode_Delete (symbol);
  return self;
}

Canvas *
canvas_turned (const Canvas *self, double degrees)
{
  double s = sin (degrees * G_PI / 180), c = cos (degrees * G_PI / 180);
  double w = self->width, h = self->height;
  Canvas *turned = canvas_new ((guint) ceil (fabs (w * c) + fabs (h * s) - 1e-6),
                               (guint) ceil (fabs (w * s) + fabs (h * c) - 1e-6));

  for (guint y = 0; y < turned->height; y++)
    for (guint x = 0; x < turned->width; x++) {
      /* back to where it came from, linear between the pixels */
      double u = x + 0.5 - turned->width / 2.0, v = y + 0.5 - turned->height / 2.0;
      double fx = c * u + s * v + w / 2 - 0.5, fy = -s * u + c * v + h / 2 - 0.5;
      int ix = (int) floor (fx), iy = (int) floor (fy);
      double sum = 0;

      for (int k = 0; k < 4; k++) {
        int px = ix + (k & 1), py = iy + (k >> 1);
        double share = (k & 1 ? fx - ix : 1 - fx + ix) * (k >> 1 ? fy - iy : 1 - fy + iy);
        gboolean inside = px >= 0 && py >= 0 && px < (int) self->width && py < (int) self->height;

        sum += share * (inside ? self->grey[(gsize) py * self->width + (gsize) px] : 255);
      }
      turned->grey[(gsize) y * turned->width + x] = (guint8) lround (sum);
    }
  return turned;
}

Canvas *
canvas_shrunk (const Canvas *self, guint by)
{
  Canvas *small = canvas_new (self->width / by, self->height / by);

  for (guint y = 0; y < small->height; y++)
    for (guint x = 0; x < small->width; x++) {
      guint sum = 0;

      for (guint k = 0; k < by * by; k++)
        sum += self->grey[(gsize) (y * by + k / by) * self->width + x * by + k % by];
      small->grey[(gsize) y * small->width + x] = (guint8) (sum / (by * by));
    }
  return small;
}

void
canvas_blur (Canvas *self, guint radius)
{
  g_autofree guint8 *from = g_memdup2 (self->grey, (gsize) self->width * self->height);
  int r = (int) radius, w = (int) self->width, h = (int) self->height;

  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      int sum = 0;

      for (int dy = -r; dy <= r; dy++)
        for (int dx = -r; dx <= r; dx++)
          sum += from[CLAMP (y + dy, 0, h - 1) * w + CLAMP (x + dx, 0, w - 1)];
      self->grey[y * w + x] = (guint8) (sum / ((2 * r + 1) * (2 * r + 1)));
    }
}

void
canvas_noise (Canvas *self, guint32 seed, guint strength)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < (gsize) self->width * self->height; i++) {
    int noisy = self->grey[i] + g_rand_int_range (rand, -(int) strength, (int) strength + 1);

    self->grey[i] = (guint8) CLAMP (noisy, 0, 255);
  }
}

void
canvas_invert (Canvas *self)
{
  for (gsize i = 0; i < (gsize) self->width * self->height; i++)
    self->grey[i] = (guint8) ~self->grey[i];
}
