/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "backhaul/digest.h"

#define MAX_PIXELS 60000000u
#define MAX_SCANS  100 /* of a progressive JPEG; each is painted whole */
#define THUMB      320 /* points along the longer side */

typedef struct {
  const guint8 *data;
  gsize size;
  const char *name;
  GByteArray *kept;
  guint width;
  guint height;
  guint orientation; /* as EXIF says it; 0: not said */
} File;

void
bh_photo_clear (BhPhoto *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->thumb, g_bytes_unref);
  g_clear_pointer (&self->sha256, g_free);
}

static gboolean
fail (const File *file, const char *why, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: %s; take the photo again, as a JPEG or PNG of at most %d MiB", file->name, why,
               BH_PHOTO_MAX / (1024 * 1024));
  return FALSE;
}

static guint32
be32 (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

static guint
be16 (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

/* What a viewer or a server could run, in what is no picture. */
static gboolean
carries_script (const guint8 *data, gsize size)
{
  static const char *const signs[] = { "<script", "<?php", "javascript:", "#!/", "<%@", "<svg" };

  for (gsize at = 0; at < size; at++)
    for (guint i = 0; i < G_N_ELEMENTS (signs); i++) {
      gsize length = strlen (signs[i]);

      if (size - at >= length &&
          g_ascii_strncasecmp ((const char *) data + at, signs[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* ---- JPEG ------------------------------------------------------------------------------- */

/* EXIF: a TIFF header, and entry 0x0112 of its first directory. */
static guint
orientation_of (const guint8 *data, gsize size)
{
  gboolean little;
  guint32 offset;
  guint n;

  if (size < 14 || memcmp (data, "Exif\0\0", 6) != 0)
    return 0;
  data += 6;
  size -= 6;
  little = data[0] == 'I';
#define U16(at) (little ? (guint) ((at)[1] << 8 | (at)[0]) : be16 (at))
#define U32(at) (little ? GUINT32_SWAP_LE_BE (be32 (at)) : be32 (at))
  offset = U32 (data + 4);
  if (offset > size - 2)
    return 0;
  n = U16 (data + offset);
  for (guint i = 0; i < n && offset + 2 + (gsize) (i + 1) * 12 <= size; i++) {
    const guint8 *entry = data + offset + 2 + (gsize) i * 12;

    if (U16 (entry) == 0x0112) {
      guint value = U16 (entry + 8);

      return value >= 1 && value <= 8 ? value : 0;
    }
  }
  return 0;
}

static void
put_orientation (File *file)
{
  guint8 exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                    0,    1,    1, 18, 0,   3,   0,   0,   0, 1, 0,   0,   0, 0,  0, 0, 0, 0 };

  exif[29] = (guint8) file->orientation;
  g_byte_array_append (file->kept, exif, sizeof exif);
}

/* JFIF, colour profile, Adobe's colour transform: what a decoder needs. */
static gboolean
is_needed (guint8 marker, const guint8 *data, gsize size)
{
  if (marker == 0xfe)
    return FALSE;
  if (marker < 0xe0 || marker > 0xef)
    return TRUE;
  return (marker == 0xe0 && size >= 5 && memcmp (data, "JFIF", 5) == 0) ||
         (marker == 0xe2 && size >= 12 && memcmp (data, "ICC_PROFILE", 12) == 0) ||
         (marker == 0xee && size >= 5 && memcmp (data, "Adobe", 5) == 0);
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* The coded data of a scan ends before a marker that is no restart. */
static gsize
end_of_scan (const File *file, gsize at)
{
  while (at + 1 < file->size) {
    const guint8 *mark = memchr (file->data + at, 0xff, file->size - at - 1);

    if (mark == NULL)
      break;
    at = (gsize) (mark - file->data);
    if (mark[1] != 0 && mark[1] != 0xff && (mark[1] < 0xd0 || mark[1] > 0xd7))
      return at;
    at++;
  }
  return file->size;
}

static gboolean
take_segment (File *file, gsize at, gsize length, guint8 marker, GError **error)
{
  const guint8 *body = file->data + at + 4;

  if (is_frame (marker) && length >= 7) {
    file->height = be16 (body + 1);
    file->width = be16 (body + 3);
  }
  if (marker == 0xe1 && file->orientation == 0)
    file->orientation = orientation_of (body, length - 2);
  if (((marker >= 0xe0 && marker <= 0xef) || marker == 0xfe) && carries_script (body, length - 2))
    return fail (file, "it carries a script", error);
  if (is_needed (marker, body, length - 2))
    g_byte_array_append (file->kept, file->data + at, (guint) (length + 2));
  return TRUE;
}

static gboolean
read_jpeg (File *file, GError **error)
{
  gsize at = 2;
  guint scans = 0;

  while (at + 4 <= file->size) {
    guint8 marker = file->data[at + 1];
    gsize length = be16 (file->data + at + 2);
    gsize end;

    if (file->data[at] != 0xff)
      return fail (file, "no picture that can be read", error);
    if (marker == 0xff) {
      at++;
      continue;
    }
    if (length < 2 || at + 2 + length > file->size)
      break;
    if (!take_segment (file, at, length, marker, error))
      return FALSE;
    at += 2 + length;
    if (marker != 0xda)
      continue;
    if (++scans > MAX_SCANS)
      return fail (file, "it is painted too often", error);
    end = end_of_scan (file, at);
    g_byte_array_append (file->kept, file->data + at, (guint) (end - at));
    at = end;
    if (at + 1 < file->size && file->data[at + 1] == 0xd9) {
      static const guint8 eoi[] = { 0xff, 0xd9 };

      g_byte_array_append (file->kept, eoi, sizeof eoi);
      return !carries_script (file->data + at + 2, file->size - at - 2) ||
             fail (file, "it carries a script", error);
    }
  }
  return fail (file, "it breaks off", error);
}

/* ---- PNG --------------------------------------------------------------------------------- */

static gboolean
is_needed_chunk (const guint8 *type)
{
  static const char *const needed[] = { "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "pHYs", "sBIT" };

  if (type[0] >= 'A' && type[0] <= 'Z')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (memcmp (type, needed[i], 4) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_png (File *file, GError **error)
{
  gsize at = 8;

  g_byte_array_append (file->kept, file->data, 8);
  while (file->size - at >= 12) {
    guint32 length = be32 (file->data + at);
    const guint8 *type = file->data + at + 4;
    gboolean data = memcmp (type, "IDAT", 4) == 0;

    if (length > file->size - at - 12)
      break;
    if (memcmp (type, "IHDR", 4) == 0 && length >= 8) {
      file->width = be32 (type + 4);
      file->height = be32 (type + 8);
    }
    if (!data && carries_script (type + 4, length))
      return fail (file, "it carries a script", error);
    if (is_needed_chunk (type))
      g_byte_array_append (file->kept, file->data + at, length + 12);
    at += (gsize) length + 12;
    if (memcmp (type, "IEND", 4) == 0)
      return !carries_script (file->data + at, file->size - at) ||
             fail (file, "it carries a script", error);
  }
  return fail (file, "it breaks off", error);
}

/* ---- both ---------------------------------------------------------------------------------- */

static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  int longer = MAX (width, height);

  if (longer > THUMB)
    gdk_pixbuf_loader_set_size (loader, MAX (1, width * THUMB / longer),
                                MAX (1, height * THUMB / longer));
}

/* Decodes it: what no decoder takes is no picture. */
static GBytes *
make_thumb (const File *file, const char *type, GBytes *bytes, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  g_autoptr (GdkPixbuf) upright = NULL;
  gboolean ok = FALSE;
  char *saved = NULL;
  gsize size = 0;

  if (loader != NULL) {
    g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), NULL);
    ok = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
    ok = gdk_pixbuf_loader_close (loader, NULL) && ok;
  }
  if (ok && gdk_pixbuf_loader_get_pixbuf (loader) != NULL)
    upright = gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
  if (upright == NULL ||
      !gdk_pixbuf_save_to_buffer (upright, &saved, &size, "jpeg", NULL, "quality", "80", NULL)) {
    fail (file, "no picture that can be read", error);
    return NULL;
  }
  return g_bytes_new_take (saved, size);
}

gboolean
bh_photo_clean (GBytes *bytes, const char *name, BhPhoto *photo, GError **error)
{
  File file = { .name = name };
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  gboolean jpeg;
  gboolean ok;

  *photo = (BhPhoto){ 0 };
  file.name = shown;
  file.data = g_bytes_get_data (bytes, &file.size);
  if (file.size > BH_PHOTO_MAX)
    return fail (&file, "it is too large", error);
  jpeg = file.size > 4 && memcmp (file.data, "\xff\xd8\xff", 3) == 0;
  if (!jpeg && (file.size < 45 || memcmp (file.data, "\x89PNG\r\n\x1a\n", 8) != 0))
    return fail (&file, "no JPEG or PNG picture", error);
  file.kept = g_byte_array_sized_new ((guint) file.size);
  if (jpeg)
    g_byte_array_append (file.kept, file.data, 2);
  ok = jpeg ? read_jpeg (&file, error) : read_png (&file, error);
  if (ok &&
      ((guint64) file.width * file.height == 0 || (guint64) file.width * file.height > MAX_PIXELS))
    ok = fail (&file, "it has no size, or more than 60 million points", error);
  if (ok && jpeg && file.orientation > 1) {
    GByteArray *rest = file.kept;

    file.kept = g_byte_array_sized_new (rest->len + 36);
    g_byte_array_append (file.kept, rest->data, 2);
    put_orientation (&file);
    g_byte_array_append (file.kept, rest->data + 2, rest->len - 2);
    g_byte_array_unref (rest);
  }
  photo->bytes = g_byte_array_free_to_bytes (file.kept);
  photo->media_type = jpeg ? "image/jpeg" : "image/png";
  if (ok)
    photo->thumb = make_thumb (&file, jpeg ? "jpeg" : "png", photo->bytes, error);
  if (photo->thumb == NULL) {
    bh_photo_clear (photo);
    return FALSE;
  }
  photo->sha256 = bh_sha256_of (photo->bytes);
  return TRUE;
}
