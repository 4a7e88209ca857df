/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forge.h"

#include <gio/gio.h>
#include <string.h>

static void
put (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

static void
put_be32 (GByteArray *out, guint32 n)
{
  n = GUINT32_TO_BE (n);
  g_byte_array_append (out, (const guint8 *) &n, 4);
}

static void
put_le (GByteArray *out, guint32 n, guint bytes)
{
  n = GUINT32_TO_LE (n);
  g_byte_array_append (out, (const guint8 *) &n, bytes);
}

static void
put_chunk (GByteArray *out, const char *type, const GByteArray *data)
{
  guint from = out->len + 4;
  guint32 crc = 0xffffffff;

  put_be32 (out, data->len);
  put (out, type);
  g_byte_array_append (out, data->data, data->len);
  for (guint i = from; i < out->len; i++) {
    crc ^= out->data[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  put_be32 (out, ~crc);
}

/* @n zero bytes, deflated: a thousandth of the size */
static GByteArray *
deflated_zeros (gsize n)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (zlib));
  g_autofree guint8 *zeros = g_malloc0 (1 << 16);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize done = 0; done < n; done += MIN (n - done, 1 << 16))
    g_output_stream_write_all (out, zeros, MIN (n - done, 1 << 16), NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_bytes_unref_to_array (g_steal_pointer (&bytes));
}

GBytes *
forge_png (guint32 width, guint32 height, gsize zeros)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GByteArray) rows = deflated_zeros (zeros);
  g_autoptr (GByteArray) nothing = g_byte_array_new ();

  put (out, "\x89PNG\r\n\x1a\n");
  put_be32 (head, width);
  put_be32 (head, height);
  g_byte_array_append (head, (const guint8 *) "\x08\0\0\0\0", 5);
  put_chunk (out, "IHDR", head);
  put_chunk (out, "IDAT", rows);
  put_chunk (out, "IEND", nothing);
  return g_byte_array_free_to_bytes (out);
}

/* @pages directories of one strip each; @loop: the last names the first as next */
GBytes *
forge_tiff (guint32 width, guint32 height, guint32 compression, guint32 strip, guint pages,
            gboolean loop)
{
  GByteArray *out = g_byte_array_new ();
  guint8 pixels[100];

  memset (pixels, 255, sizeof pixels);
  g_byte_array_append (out, (const guint8 *) "II*\0\x08\0\0\0", 8);
  for (guint page = 0; page < pages; page++) {
    guint32 at = out->len + 2 + 10 * 12 + 4;
    const guint32 tags[10][3] = {
      { 256, 4, width }, { 257, 4, height }, { 258, 3, 8 }, { 259, 3, compression },
      { 262, 3, 1 },     { 273, 4, at },     { 277, 3, 1 }, { 278, 4, 0xffffffff },
      { 279, 4, strip }, { 284, 3, 1 },
    };

    put_le (out, 10, 2);
    for (guint i = 0; i < 10; i++) {
      put_le (out, tags[i][0], 2);
      put_le (out, tags[i][1], 2);
      put_le (out, 1, 4);
      put_le (out, tags[i][2], 4);
    }
    put_le (out, page + 1 < pages ? at + 100 : loop ? 8 : 0, 4);
    g_byte_array_append (out, pixels, sizeof pixels);
  }
  return g_byte_array_free_to_bytes (out);
}

GBytes *
forge_pdf (guint pages, const char *box, const char *image, gsize zeros)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GString) kids = g_string_new (NULL);
  g_autoptr (GString) table = g_string_new (NULL);
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GByteArray) packed = deflated_zeros (zeros);
  guint at;

#define OBJECT(...)                                                                                \
  do {                                                                                             \
    char *text = g_strdup_printf (__VA_ARGS__);                                                    \
    g_string_append_printf (table, "%010u 00000 n \n", out->len);                                  \
    put (out, text);                                                                               \
    g_free (text);                                                                                 \
  } while (0)

  put (out, "%PDF-1.4\n");
  for (guint i = 0; i < pages; i++)
    g_string_append_printf (kids, "%u 0 R ", i + 5);
  OBJECT ("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
  OBJECT ("2 0 obj\n<</Type/Pages/Count %u/Kids[%s]>>\nendobj\n", pages, kids->str);
  OBJECT ("3 0 obj\n<</Length 24>>stream\n288 0 0 432 0 0 cm /I Do \nendstream\nendobj\n");
  OBJECT ("4 0 obj\n<</Type/XObject/Subtype/Image%s/BitsPerComponent 8/ColorSpace/DeviceGray"
          "/Filter/FlateDecode/Length %u>>stream\n",
          image, packed->len);
  g_byte_array_append (out, packed->data, packed->len);
  put (out, "\nendstream\nendobj\n");
  for (guint i = 0; i < pages; i++)
    OBJECT ("%u 0 obj\n<</Type/Page/Parent 2 0 R/Contents 3 0 R/MediaBox[%s]"
            "/Resources<</XObject<</I 4 0 R>>>>>>\nendobj\n",
            i + 5, box);
  at = out->len;
  OBJECT ("xref\n0 %u\n0000000000 65535 f \n%strailer<</Size %u/Root 1 0 R>>\nstartxref\n%u\n"
          "%%%%EOF\n",
          pages + 5, table->str, pages + 5, at);
#undef OBJECT
  return g_byte_array_free_to_bytes (out);
}

GBytes *
forge_pdf_nested (guint depth)
{
  GString *out = g_string_new ("%PDF-1.4\n"
                               "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
                               "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
                               "3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R"
                               "/MediaBox[0 0 144 72]/Resources<</XObject<</F 5 0 R>>>>>>\nendobj\n"
                               "4 0 obj\n<</Length 5>>stream\n/F Do\nendstream\nendobj\n");

  for (guint i = 0; i < depth; i++) {
    const char *word = i + 1 < depth ? "/F Do          " : "0 0 1 1 re f   ";

    g_string_append_printf (out,
                            "%u 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 144 72]"
                            "/Resources<</XObject<</F %u 0 R>>>>/Length 150>>stream\n",
                            i + 5, i + 6);
    for (guint n = 0; n < 10; n++)
      g_string_append (out, word);
    g_string_append (out, "\nendstream\nendobj\n");
  }
  /* without a table: readers look for the objects */
  g_string_append (out, "trailer<</Root 1 0 R>>\n%%EOF\n");
  return g_string_free_to_bytes (out);
}

GBytes *
forge_bmp (gint32 width, gint32 height, guint size)
{
  GByteArray *out = g_byte_array_new ();
  guint8 zero[64] = { 0 };

  put (out, "BM");
  put_le (out, 54 + size, 4);
  put_le (out, 0, 4);
  put_le (out, 54, 4);
  put_le (out, 40, 4);
  put_le (out, (guint32) width, 4);
  put_le (out, (guint32) height, 4);
  put_le (out, 1, 2);
  put_le (out, 24, 2);
  g_byte_array_append (out, zero, 24);
  for (guint done = 0; done < size; done += 64)
    g_byte_array_append (out, zero, 64);
  return g_byte_array_free_to_bytes (out);
}
