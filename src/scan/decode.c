/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "backhaul/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/error.h"
#include "ladder.h"
#include "symbol.h"
#include "treat.h"

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

static GPtrArray *
new_symbols (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_symbol_free);
}

/* ---- pages ---- */
typedef struct {
  const BhDecoder *decoder;
  GPtrArray *read;   /* of GPtrArray of BhSymbol: a page each */
  GThreadPool *pool; /* NULL: one page after another */
  GMutex mutex;
  GCond cond; /* a page is read */
  guint busy;
} Pages;

typedef struct {
  BhGrey grey;
  guint number;
  GPtrArray *symbols;
} Page;

static void
climb (const BhDecoder *decoder, const BhGrey *grey, guint number, GPtrArray *symbols)
{
  guint margin = 0;
  g_autoptr (BhGrey) wider = NULL;

  bh_ladder_climb (decoder, grey, symbols);
  if (symbols->len == 0 && (decoder->symbologies & BH_DATA_MATRIX))
    wider = bh_treat_quiet (grey, &margin);
  if (wider != NULL)
    bh_ladder_climb (decoder, wider, symbols);
  for (guint i = 0; wider != NULL && i < symbols->len; i++) {
    BhSymbol *symbol = g_ptr_array_index (symbols, i);

    for (guint k = 0; k < symbol->n_points; k++) {
      symbol->polygon[k].x -= (int) margin;
      symbol->polygon[k].y -= (int) margin;
    }
  }
  bh_symbols_settle (symbols, number);
}

static void
read_page (gpointer data, gpointer user_data)
{
  Page *page = data;
  Pages *pages = user_data;

  climb (pages->decoder, &page->grey, page->number, page->symbols);
  g_free (page->grey.pixels);
  g_free (page);
  g_mutex_lock (&pages->mutex);
  pages->busy--;
  g_cond_signal (&pages->cond);
  g_mutex_unlock (&pages->mutex);
}

/* The next page is unpacked while those before it are read; no more are in memory than threads
 * and the one that waits. */
static gboolean
on_page (BhGrey *grey, guint number, gpointer data, GError **error)
{
  Pages *pages = data;
  GPtrArray *symbols = new_symbols ();
  Page *page;

  g_ptr_array_add (pages->read, symbols);
  if (pages->pool == NULL) {
    climb (pages->decoder, grey, number, symbols);
    return TRUE;
  }
  page = g_new0 (Page, 1);
  page->grey = *grey;
  page->number = number;
  page->symbols = symbols;
  grey->pixels = NULL; /* taken */
  g_mutex_lock (&pages->mutex);
  while (pages->busy >= pages->decoder->threads)
    g_cond_wait (&pages->cond, &pages->mutex);
  pages->busy++;
  g_mutex_unlock (&pages->mutex);
  g_thread_pool_push (pages->pool, page, NULL);
  return TRUE;
}

/* Only these have more than one. */
static gboolean
has_pages (Reader reader)
{
  return reader == bh_read_pdf || reader == bh_read_tiff;
}

static gboolean
read_pages (const BhDecoder *decoder, BhPicture *self, Reader reader, GPtrArray *symbols,
            GError **error)
{
  Pages pages = { .decoder = decoder };
  gboolean good;

  g_mutex_init (&pages.mutex);
  g_cond_init (&pages.cond);
  pages.read = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  if (decoder->threads > 1 && has_pages (reader))
    pages.pool = g_thread_pool_new (read_page, &pages, (int) decoder->threads, FALSE, NULL);
  good = reader (self, on_page, &pages, error);
  if (pages.pool != NULL)
    g_thread_pool_free (pages.pool, FALSE, TRUE);
  for (guint i = 0; good && i < pages.read->len; i++)
    g_ptr_array_extend_and_steal (symbols, g_ptr_array_index (pages.read, i));
  if (good) /* each was stolen, its array with it */
    g_ptr_array_set_free_func (pages.read, NULL);
  g_ptr_array_unref (pages.read);
  g_mutex_clear (&pages.mutex);
  g_cond_clear (&pages.cond);
  return good;
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
decode (const BhDecoder *decoder, BhPicture *self, GError **error)
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
  if (!read_pages (decoder, self, read, symbols, error))
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
bh_decoder_bytes (const BhDecoder *decoder, GBytes *bytes, const char *name, GError **error)
{
  BhPicture self = { .bytes = bytes };
  g_autofree char *shown = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);
  shown = bh_text_for_display (name, strlen (name), 300);
  self.name = shown;
  self.data = g_bytes_get_data (bytes, &self.size);
  return decode (decoder, &self, error);
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
bh_decoder_file (const BhDecoder *decoder, const char *path, GError **error)
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
  return bh_decoder_bytes (decoder, bytes, path, error);
}

GPtrArray *
bh_decoder_frame (const BhDecoder *decoder, const guint8 *pixels, guint width, guint height,
                  GError **error)
{
  g_autoptr (GPtrArray) symbols = new_symbols ();
  BhPicture self = { .name = (char *) "camera", .type = "frame" };
  BhGrey grey = { (guint8 *) pixels, width, height }; /* only read */

  g_return_val_if_fail (pixels != NULL, NULL);
  if (!bh_picture_admit (&self, 1, width, height, error))
    return NULL;
  bh_ladder_climb (decoder, &grey, symbols);
  bh_symbols_settle (symbols, 1);
  return g_steal_pointer (&symbols);
}

GPtrArray *
bh_decode_bytes (GBytes *bytes, const char *name, GError **error)
{
  static const BhDecoder usual = BH_DECODER_DEFAULT;

  return bh_decoder_bytes (&usual, bytes, name, error);
}

GPtrArray *
bh_decode_file (const char *path, GError **error)
{
  static const BhDecoder usual = BH_DECODER_DEFAULT;

  return bh_decoder_file (&usual, path, error);
}

GPtrArray *
bh_decode_grey (const guint8 *pixels, guint width, guint height, GError **error)
{
  static const BhDecoder fast = { BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_FAST, 1 };

  return bh_decoder_frame (&fast, pixels, width, height, error);
}
