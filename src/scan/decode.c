/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "backhaul/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/error.h"
#include "symbol.h"

/* The further steps cost up to five times the first: a camera's picture has
 * them, a poster has not. */
#define MAX_LADDER_PIXELS 16000000u
/* A treated picture shows patterns that are not there: three scan lines must
 * agree. What ZBar reads in the picture as it is, is taken as ZBar takes it. */
#define LADDER_LINES 2u /* ZBar counts agreements after the first */

typedef gboolean (*Reader) (BhPicture *self, BhPageFunc func, gpointer data, GError **error);

static const struct {
  const char *type;
  guint at;
  const char *magic;
  guint size;
  Reader read;
} types[] = {
  { "PNG", 0, "\x89PNG\r\n\x1a\n", 8, bh_read_pixbuf },
  { "JPEG", 0, "\xff\xd8\xff", 3, bh_read_pixbuf },
  { "BMP", 0, "BM", 2, bh_read_pixbuf },
  { "WebP", 8, "WEBP", 4, bh_read_webp },
  { "TIFF", 0, "II*\0", 4, bh_read_tiff },
  { "TIFF", 0, "MM\0*", 4, bh_read_tiff },
  { "TIFF", 0, "II+\0", 4, bh_read_tiff },
  { "TIFF", 0, "MM\0+", 4, bh_read_tiff },
  { "PDF", 0, "%PDF-", 5, bh_read_pdf },
};

static void
invert (BhGrey *grey)
{
  for (gsize i = 0; i < (gsize) grey->width * grey->height; i++)
    grey->pixels[i] = (guint8) ~grey->pixels[i];
}

/* Twice as large, linear between the pixels: ZBar wants bars of two pixels. */
static BhGrey *
doubled (const BhGrey *grey)
{
  g_autoptr (BhGrey) large = g_new0 (BhGrey, 1);

  large->width = grey->width * 2;
  large->height = grey->height * 2;
  large->pixels = g_try_malloc ((gsize) large->width * large->height);
  if (large->pixels == NULL)
    return NULL;
  for (guint y = 0; y < large->height; y++) {
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
  return g_steal_pointer (&large);
}

static void
halve_polygons (GPtrArray *symbols)
{
  for (guint i = 0; i < symbols->len; i++) {
    BhSymbol *symbol = g_ptr_array_index (symbols, i);

    for (guint k = 0; k < symbol->n_points; k++) {
      symbol->polygon[k].x /= 2;
      symbol->polygon[k].y /= 2;
    }
  }
}

/* As it is; then, only while nothing was read: white on black, and doubled. */
static void
climb (BhGrey *grey, GPtrArray *symbols)
{
  g_autoptr (BhGrey) large = NULL;
  guint pixels = grey->width * grey->height;

  bh_zbar_scan (grey, 0, symbols);
  if (symbols->len > 0 || pixels > MAX_LADDER_PIXELS)
    return;
  invert (grey);
  bh_zbar_scan (grey, LADDER_LINES, symbols);
  if (symbols->len > 0 || pixels > MAX_LADDER_PIXELS / 4)
    return;
  invert (grey);
  large = doubled (grey);
  if (large != NULL)
    bh_zbar_scan (large, LADDER_LINES, symbols);
  halve_polygons (symbols);
}

static GPtrArray *
new_symbols (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_symbol_free);
}

static gboolean
on_page (BhGrey *grey, guint page, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) symbols = new_symbols ();

  climb (grey, symbols);
  bh_symbols_settle (symbols, page);
  g_ptr_array_extend_and_steal (data, g_steal_pointer (&symbols));
  return TRUE;
}

static Reader
find_reader (BhPicture *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (self->size >= types[i].at + types[i].size &&
        memcmp (self->data + types[i].at, types[i].magic, types[i].size) == 0) {
      self->type = types[i].type;
      return types[i].read;
    }
  return NULL;
}

static GPtrArray *
decode (BhPicture *self, GError **error)
{
  g_autoptr (GPtrArray) symbols = new_symbols ();
  Reader read;

  if (self->size == 0) {
    bh_picture_fail (self, error, "it is empty; take the picture again");
    return NULL;
  }
  if (self->size > BH_MAX_FILE_BYTES) {
    bh_picture_fail (self, error, "more than %u MiB; make it smaller", BH_MAX_FILE_BYTES >> 20);
    return NULL;
  }
  read = find_reader (self);
  if (read == NULL) {
    bh_picture_fail (self, error,
                     "not a PNG, JPEG, WebP, TIFF, BMP or PDF; save it as one of these");
    return NULL;
  }
  if (!read (self, on_page, symbols, error))
    return NULL;
  if (symbols->len == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_NO_SYMBOL,
                 "%s: no barcode can be read; take the picture nearer, in focus, without glare",
                 self->name);
    return NULL;
  }
  return g_steal_pointer (&symbols);
}

GPtrArray *
bh_decode_bytes (GBytes *bytes, const char *name, GError **error)
{
  BhPicture self = { .bytes = bytes };
  g_autofree char *shown = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);
  shown = bh_text_for_display (name, strlen (name), 300);
  self.name = shown;
  self.data = g_bytes_get_data (bytes, &self.size);
  return decode (&self, error);
}

/* Also of a pipe, whose size nobody knows: so by reading, a byte past the bound at most. */
static GBytes *
read_bounded (int fd)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 chunk[65536];
  ssize_t n;

  while (all->len <= BH_MAX_FILE_BYTES) {
    n = read (fd, chunk, sizeof chunk);
    if (n == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&all));
    if (n < 0 && errno != EINTR)
      return NULL;
    if (n > 0)
      g_byte_array_append (all, chunk, (guint) n);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

GPtrArray *
bh_decode_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  int fd, failed;

  g_return_val_if_fail (path != NULL, NULL);
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  bytes = fd >= 0 ? read_bounded (fd) : NULL;
  failed = errno;
  if (fd >= 0)
    close (fd);
  if (bytes == NULL) {
    g_autofree char *shown = bh_text_for_display (path, strlen (path), 300);

    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: cannot be read (%s); check name and rights",
                 shown, g_strerror (failed));
    return NULL;
  }
  return bh_decode_bytes (bytes, path, error);
}

GPtrArray *
bh_decode_grey (const guint8 *pixels, guint width, guint height, GError **error)
{
  g_autoptr (GPtrArray) symbols = new_symbols ();
  BhPicture self = { .name = (char *) "camera", .type = "frame" };
  BhGrey grey = { (guint8 *) pixels, width, height }; /* only read */

  g_return_val_if_fail (pixels != NULL, NULL);
  if (!bh_picture_admit (&self, 1, width, height, error))
    return NULL;
  bh_zbar_scan (&grey, 0, symbols);
  bh_symbols_settle (symbols, 1);
  return g_steal_pointer (&symbols);
}
