/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of a photo: the picture and which way up, not where it was taken (RA10). */
#include "backhaul/photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define PLACE "37.3382N121.8863W"

/* A wide picture, 40 by 20 points. */
static GByteArray *
jpeg (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 20);
  char *saved = NULL;
  gsize size = 0;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &saved, &size, "jpeg", NULL, NULL));
  return g_byte_array_new_take ((guint8 *) saved, size);
}

/* A segment behind the start of the picture. */
static void
put_segment (GByteArray *picture, guint8 marker, const guint8 *body, guint size)
{
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  const guint8 head[] = { 0xff, marker, (guint8) ((size + 2) >> 8), (guint8) (size + 2) };

  g_byte_array_append (rest, picture->data + 2, picture->len - 2);
  g_byte_array_set_size (picture, 2);
  g_byte_array_append (picture, head, sizeof head);
  g_byte_array_append (picture, body, size);
  g_byte_array_append (picture, rest->data, rest->len);
}

/* As a camera on its side writes it: orientation 6, and the place in the GPS directory. */
static void
put_exif (GByteArray *picture, gboolean little)
{
  guint8 big_end[] = { 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2,
                       /* orientation, short, 1: 6 */
                       1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0,
                       /* the GPS directory, long, 1: at 38 */
                       0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0 };
  guint8 little_end[] = { 'E', 'x',  'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0,    2,
                          0,   0x12, 1,   3,   0, 1, 0,   0,   0,  6, 0, 0, 0, 0x25, 0x88,
                          4,   0,    1,   0,   0, 0, 38,  0,   0,  0, 0, 0, 0, 0 };
  g_autoptr (GByteArray) body = g_byte_array_new ();

  g_byte_array_append (body, little ? little_end : big_end, sizeof big_end);
  g_byte_array_append (body, (const guint8 *) PLACE, strlen (PLACE));
  put_segment (picture, 0xe1, body->data, body->len);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strstr_len (data, (gssize) size, text) != NULL ||
         memmem (data, size, text, strlen (text)) != NULL;
}

static GdkPixbuf *
decode (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);

  g_assert_nonnull (pixbuf);
  return pixbuf;
}

static void
test_place (gconstpointer data)
{
  static const char xmp[] = "urn:example:xmp\0<exif:GPSLatitude>" PLACE;
  g_autoptr (GByteArray) picture = jpeg ();
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GdkPixbuf) kept = NULL;
  g_autoptr (GdkPixbuf) thumb = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_auto (BhPhoto) photo = { 0 };

  put_exif (picture, GPOINTER_TO_INT (data));
  put_segment (picture, 0xe1, (const guint8 *) xmp, sizeof xmp);
  put_segment (picture, 0xfe, (const guint8 *) PLACE, strlen (PLACE));
  file = g_bytes_new (picture->data, picture->len);
  g_assert_true (holds (file, PLACE));
  g_assert_true (bh_photo_clean (file, "phone.jpg", &photo, &error));
  g_assert_no_error (error);
  g_assert_false (holds (photo.bytes, PLACE));
  g_assert_false (holds (photo.thumb, PLACE));
  /* the way up is kept: a viewer turns the picture, and the small one is turned */
  kept = decode (photo.bytes);
  g_assert_cmpstr (gdk_pixbuf_get_option (kept, "orientation"), ==, "6");
  thumb = decode (photo.thumb);
  g_assert_cmpint (gdk_pixbuf_get_width (thumb), ==, 20);
  g_assert_cmpint (gdk_pixbuf_get_height (thumb), ==, 40);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, photo.bytes);
  g_assert_cmpstr (photo.sha256, ==, digest);
}

/* cleaned again it is the same: one photo that two jobs name is kept once */
static void
test_same (void)
{
  g_autoptr (GByteArray) picture = jpeg ();
  g_autoptr (GBytes) file = NULL;
  g_auto (BhPhoto) once = { 0 };
  g_auto (BhPhoto) twice = { 0 };

  put_exif (picture, FALSE);
  file = g_bytes_new (picture->data, picture->len);
  g_assert_true (bh_photo_clean (file, "a.jpg", &once, NULL));
  g_assert_true (bh_photo_clean (once.bytes, "b.jpg", &twice, NULL));
  g_assert_cmpstr (once.sha256, ==, twice.sha256);
}

/* every beginning of a picture is no picture, and none is read past its end */
static void
test_cut (void)
{
  g_autoptr (GByteArray) picture = jpeg ();

  put_exif (picture, TRUE);
  for (guint size = 0; size < picture->len; size++) {
    g_autoptr (GBytes) part = g_bytes_new (picture->data, size);
    g_autoptr (GError) error = NULL;
    g_auto (BhPhoto) photo = { 0 };

    g_assert_false (bh_photo_clean (part, "cut.jpg", &photo, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_null (photo.bytes);
  }
}

static void
test_too_large (void)
{
  g_autoptr (GByteArray) picture = jpeg ();
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (BhPhoto) photo = { 0 };

  g_byte_array_set_size (picture, BH_PHOTO_MAX + 1);
  file = g_bytes_new (picture->data, picture->len);
  g_assert_false (bh_photo_clean (file, "large.jpg", &photo, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "large.jpg: it is too large; take the photo again"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/desk/photo/RA10/place-removed", GINT_TO_POINTER (FALSE), test_place);
  g_test_add_data_func ("/desk/photo/RA10/place-removed-little-end", GINT_TO_POINTER (TRUE),
                        test_place);
  g_test_add_func ("/desk/photo/RA10/kept-once", test_same);
  g_test_add_func ("/desk/photo/RA10/cut-anywhere", test_cut);
  g_test_add_func ("/desk/photo/RA10/too-large", test_too_large);
  return g_test_run ();
}
