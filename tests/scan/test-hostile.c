/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backhaul/decode.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "backhaul/error.h"
#include "canvas.h"
#include "forge.h"

/* It keeps its shadow in terabytes of addresses: the drawer's memory is not bounded then. */
#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature) /* clang's way to say it, and newer gcc's */
#define WITH_ASAN __has_feature (address_sanitizer)
#else
#define WITH_ASAN 0
#endif

static GBytes *
png_bomb (void)
{
  return forge_png (50000, 50000, 64 << 20);
}

static GBytes *
png_ribbon (void)
{
  return forge_png (1000000, 10, 10000010);
}

static GBytes *
png_few_rows (void)
{
  return forge_png (1000, 1000, 10010);
}

static GBytes *
png_no_size (void)
{
  return forge_png (0, 0, 10);
}

static GBytes *
tiff_bomb (void)
{
  return forge_tiff (100000, 100000, 1, 100, 1, FALSE);
}

static GBytes *
tiff_huge_strip (void)
{
  return forge_tiff (7000, 7000, 5, 0xffffffff, 1, FALSE);
}

static GBytes *
tiff_many_pages (void)
{
  return forge_tiff (10, 10, 1, 100, 100000, FALSE);
}

static GBytes *
tiff_loop (void)
{
  return forge_tiff (10, 10, 1, 100, 3, TRUE);
}

#define SMALL_IMAGE "/Width 8/Height 8"

/* The loader would make room for 4 GB. */
static GBytes *
bmp_rows_far_away (void)
{
  g_autoptr (GBytes) whole = forge_bmp (20, -20, 1200);
  GByteArray *out = g_bytes_unref_to_array (g_steal_pointer (&whole));

  memset (out->data + 10, 0xef, 4);
  out->data[30] = 1; /* packed: how long the rows are is not known */
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
bmp_long_header (void)
{
  g_autoptr (GBytes) whole = forge_bmp (20, -20, 1200);
  GByteArray *out = g_bytes_unref_to_array (g_steal_pointer (&whole));

  memset (out->data + 14, 0xef, 4);
  out->data[30] = 1;
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
pdf_empty_page (void)
{
  return forge_pdf (1, "0 0 288 432", SMALL_IMAGE, 64);
}

static GBytes *
pdf_giant_page (void)
{
  return forge_pdf (1, "0 0 1000000 1000000", SMALL_IMAGE, 64);
}

static GBytes *
pdf_many_pages (void)
{
  return forge_pdf (100000, "0 0 288 432", SMALL_IMAGE, 64);
}

#if !WITH_ASAN
/* The same word, written so that no search for it finds it. */
static GBytes *
pdf_hidden_image_bomb (void)
{
  return forge_pdf (1, "0 0 288 432", "/H#65ight 30000/W#69dth 30000", 64 << 20);
}
#endif

static GBytes *
pdf_image_bomb (void)
{
  return forge_pdf (1, "0 0 288 432", "/Height 30000/Width 30000", 64 << 20);
}

static GBytes *
bmp_bomb (void)
{
  return forge_bmp (60000, 60000, 640);
}

static GBytes *
bmp_smallest_height (void)
{
  return forge_bmp (10, G_MININT32, 640);
}

/* a good header with a scan that is painted 5,000 times */
static GBytes *
jpeg_scans (void)
{
  g_autoptr (Canvas) canvas = canvas_new (2000, 2000);
  g_autoptr (GBytes) plain = canvas_file (canvas, "jpeg");
  GByteArray *out = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);

  g_byte_array_append (out, data, (guint) size - 2);
  for (guint i = 0; i < 5000; i++)
    g_byte_array_append (out, (const guint8 *) "\xff\xda\0\x08\x01\x01\0\0\x3f\0\0", 11);
  g_byte_array_append (out, (const guint8 *) "\xff\xd9", 2);
  return g_byte_array_free_to_bytes (out);
}

/* a WebP of 16383 × 16383 by its header */
static GBytes *
webp_bomb (void)
{
  return g_bytes_new_static (
      "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xfe\xff\xff\x0f\0\0\0\0\0\0\0\0\0", 34);
}

static GBytes *
bytes_of (const char *data, gsize size)
{
  return g_bytes_new_static (data, size);
}

static GBytes *
nothing (void)
{
  return bytes_of ("", 0);
}

static GBytes *
plain_text (void)
{
  return bytes_of ("serial NGA1234567\n", 18);
}

static GBytes *
gif (void)
{
  return bytes_of ("GIF89a\x10\0\x10\0\0\0\0;", 14);
}

static GBytes *
one_byte (void)
{
  return bytes_of ("\x89", 1);
}

static GBytes *
only_magic (void)
{
  return bytes_of ("\xff\xd8\xff", 3);
}

static GBytes *
too_many_bytes (void)
{
  return g_bytes_new_take (g_malloc0 ((64u << 20) + 1), (64u << 20) + 1);
}

static GBytes *
white (void)
{
  g_autoptr (Canvas) canvas = canvas_new (200, 100);

  return canvas_file (canvas, "png");
}

/* ---- the table ---- */
typedef struct {
  const char *path;
  GBytes *(*make) (void);
  BhError code;
  const char *why; /* in the message */
} Case;

static const Case cases[] = {
  { "white", white, BH_ERROR_NO_SYMBOL, "no barcode" },
  { "empty", nothing, BH_ERROR_INPUT, "empty" },
  { "text", plain_text, BH_ERROR_INPUT, "not a PNG" },
  { "gif", gif, BH_ERROR_INPUT, "not a PNG" },
  { "one-byte", one_byte, BH_ERROR_INPUT, "not a PNG" },
  { "only-magic", only_magic, BH_ERROR_INPUT, "cut off" },
  { "too-many-bytes", too_many_bytes, BH_ERROR_INPUT, "64 MiB" },
  { "png-bomb", png_bomb, BH_ERROR_INPUT, "50000 × 50000" },
  { "png-ribbon", png_ribbon, BH_ERROR_INPUT, "1000000 × 10 " },
  { "png-few-rows", png_few_rows, BH_ERROR_INPUT, "rows are missing" },
  { "png-no-size", png_no_size, BH_ERROR_INPUT, "damaged" },
  { "jpeg-scans", jpeg_scans, BH_ERROR_INPUT, "5001 scans" },
  { "webp-bomb", webp_bomb, BH_ERROR_INPUT, "16383 × 16384" },
  { "tiff-bomb", tiff_bomb, BH_ERROR_INPUT, "100000 × 100000" },
  { "tiff-huge-strip", tiff_huge_strip, BH_ERROR_INPUT, "damaged or cut off" },
  { "tiff-many-pages", tiff_many_pages, BH_ERROR_INPUT, "more than 50 pages" },
  { "tiff-loop", tiff_loop, BH_ERROR_NO_SYMBOL, "no barcode" },
  { "pdf-empty-page", pdf_empty_page, BH_ERROR_NO_SYMBOL, "no barcode" },
  { "pdf-giant-page", pdf_giant_page, BH_ERROR_INPUT, "inches" },
  { "pdf-many-pages", pdf_many_pages, BH_ERROR_INPUT, "100000 pages" },
  { "bmp-rows-far-away", bmp_rows_far_away, BH_ERROR_INPUT, "cut off" },
  { "bmp-long-header", bmp_long_header, BH_ERROR_INPUT, "cut off" },
#if !WITH_ASAN
  { "pdf-hidden-image-bomb", pdf_hidden_image_bomb, BH_ERROR_NO_SYMBOL, "no barcode" },
#endif
  { "pdf-image-bomb", pdf_image_bomb, BH_ERROR_INPUT, "60 megapixels" },
  { "bmp-bomb", bmp_bomb, BH_ERROR_INPUT, "cut off" },
  { "bmp-smallest-height", bmp_smallest_height, BH_ERROR_INPUT, "cut off" },
};

static long
peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GBytes) file = row->make ();
  g_autoptr (GError) error = NULL;
  long before = peak_kib ();
  g_autoptr (GPtrArray) symbols = bh_decode_bytes (file, "box.png", &error);

  g_assert_null (symbols);
  g_assert_error (error, BH_ERROR, (int) row->code);
  g_assert_true (g_str_has_prefix (error->message, "box.png: "));
  g_assert_nonnull (strchr (error->message, ';'));
  if (strstr (error->message, row->why) == NULL)
    g_error ("%s: not \"%s\"", error->message, row->why);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  /* none of these needs what a good picture of the largest size does */
  g_assert_cmpint (peak_kib () - before, <, 320 << 10);
}

/* ---- nothing goes on with what was given up ---- */
static void
test_given_up (void)
{
  g_autoptr (GBytes) file = forge_pdf_nested (12);
  g_autoptr (GError) error = NULL;
  struct timespec before, after;
#if !WITH_ASAN
  struct rusage drawn;
#endif

  g_assert_null (bh_decode_bytes (file, "years.pdf", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "not within"));
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &before);
  g_usleep (G_USEC_PER_SEC / 2);
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &after);
  /* of a processor's time, not of the wall's: a thread that still drew had some of it */
  g_assert_cmpint (
      (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000, <, 50);
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
#if !WITH_ASAN
  getrusage (RUSAGE_CHILDREN, &drawn);
  g_assert_cmpint (drawn.ru_maxrss, <, 2 << 20);
#endif
}

/* ---- cut off anywhere, in each format ---- */
static void
test_cut (gconstpointer type)
{
  g_autoptr (Canvas) canvas = canvas_new (300, 140);
  g_autoptr (GBytes) file = NULL;
  gsize size;

  canvas_text (canvas, 30, 30, "R2105683500");
  canvas_noise (canvas, 1, 8);
  file = canvas_file (canvas, type);
  size = g_bytes_get_size (file);
  for (guint share = 1; share < 20; share++) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, 0, size * share / 20);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) symbols = bh_decode_bytes (part, "cut", &error);

    g_assert_null (symbols);
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  }
}

/* ---- names and files ---- */
static void
test_name (void)
{
  static const char *const names[] = { "\xff\xfe.png",
                                       "a\nb",
                                       "%s%n",
                                       "<b>",
                                       "\xe2\x80\xae"
                                       "gnp.exe",
                                       "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GBytes) file = plain_text ();
    g_autoptr (GError) error = NULL;

    g_assert_null (bh_decode_bytes (file, names[i], &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_null (strchr (error->message, '\n'));
  }
}

static void
test_file (void)
{
  static const char *const paths[] = { "/nonexistent/a.png", "/", "/dev/null", "/dev/zero" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (bh_decode_file (paths[i], &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_true (g_str_has_prefix (error->message, paths[i]));
  }
}

static void
test_grey (void)
{
  guint8 pixel = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) symbols = bh_decode_grey (&pixel, 1, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (symbols->len, ==, 0);
  g_assert_null (bh_decode_grey (&pixel, 1 << 16, 1 << 16, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
}

int
main (int argc, char **argv)
{
  static const char *const formats[] = { "png", "jpeg", "bmp", "webp", "tiff", "pdf" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/scan/hostile/", cases[i].path, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *path = g_strconcat ("/scan/hostile/cut/", formats[i], NULL);

    g_test_add_data_func (path, formats[i], test_cut);
  }
  g_test_add_func ("/scan/hostile/nothing-goes-on", test_given_up);
  g_test_add_func ("/scan/hostile/name", test_name);
  g_test_add_func ("/scan/hostile/file", test_file);
  g_test_add_func ("/scan/hostile/grey", test_grey);
  return g_test_run ();
}
