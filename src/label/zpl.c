/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "backhaul/zpl.h"

#include <limits.h>
#include <zlib.h>

#define ZPL_MOST_DOTS 32000 /* ^PW and ^LL end there */

/* CRC-16/XMODEM over the base64 text, as :Z64: wants it. */
static guint16
crc16 (const char *text)
{
  guint16 crc = 0;
  for (; *text; text++) {
    crc ^= (guint16) ((guchar) *text << 8);
    for (int i = 0; i < 8; i++)
      crc = (guint16) (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
  }
  return crc;
}

static gboolean
within (const char *what, int value, int least, int most, GError **error)
{
  if (value == INT_MIN || (value >= least && value <= most))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s %d: outside %d to %d; choose one within", what,
               value, least, most);
  return FALSE;
}

char *
bh_zpl_from_grey (const guint8 *grey, guint width, guint height, gsize stride,
                  const BhZplSettings *settings, GError **error)
{
  if (!width || !height || width > ZPL_MOST_DOTS || height > ZPL_MOST_DOTS || stride < width) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "label of %u x %u dots: ZPL takes 1 to %d; choose another size or dpi", width,
                 height, ZPL_MOST_DOTS);
    return NULL;
  }
  if (!within ("copies", settings->copies, 1, 999, error) ||
      !within ("darkness", settings->darkness, 0, 30, error) ||
      !within ("speed", settings->speed, 1, 14, error))
    return NULL;
  gsize row = (width + 7) / 8, size = row * height;
  g_autofree guint8 *bits = g_malloc0 (size);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      if (grey[y * stride + x] < 128)
        bits[y * row + x / 8] |= (guint8) (0x80 >> x % 8);
  uLongf packed_size = compressBound (size);
  g_autofree guint8 *packed = g_malloc (packed_size);
  if (compress2 (packed, &packed_size, bits, size, 6) != Z_OK) {
    g_set_error_literal (error, BH_ERROR, BH_ERROR_INPUT,
                         "label: it cannot be compressed; choose a smaller size or dpi");
    return NULL;
  }
  g_autofree char *text = g_base64_encode (packed, packed_size);
  GString *zpl = g_string_new (NULL);
  if (settings->darkness != INT_MIN)
    g_string_append_printf (zpl, "~SD%02d\n", settings->darkness);
  g_string_append_printf (zpl, "^XA^PW%u^LL%u^LH0,0", width, height);
  if (settings->speed != INT_MIN)
    g_string_append_printf (zpl, "^PR%d", settings->speed);
  g_string_append_printf (
      zpl, "^FO0,0^GFA,%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",:Z64:%s:%04X^FS",
      size, size, row, text, crc16 (text));
  g_string_append_printf (zpl, "^PQ%d^XZ\n", settings->copies == INT_MIN ? 1 : settings->copies);
  return g_string_free (zpl, FALSE);
}
