/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of many pages: read side by side, told in order (I5). */
#include <string.h>
#include <zint.h>

#include "backhaul/decode.h"
#include "backhaul/error.h"
#include "canvas.h"

#define PAGES 12

/* "1.1 P01|2.1 P02…" */
static char *
read_pages (GBytes *file, guint threads)
{
  const BhDecoder decoder = { BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_NORMAL, threads };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) symbols = bh_decoder_bytes (&decoder, file, "pages", &error);
  GString *told = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < symbols->len; i++) {
    const BhSymbol *symbol = g_ptr_array_index (symbols, i);
    gsize size;
    const char *text = g_bytes_get_data (symbol->bytes, &size);

    g_string_append_printf (told, "%s%u.%u %.*s", i > 0 ? "|" : "", symbol->page, symbol->index,
                            (int) size, text);
  }
  return g_string_free (told, FALSE);
}

static GBytes *
file_of (const char *type)
{
  Canvas *pages[PAGES];
  GBytes *file;

  for (guint i = 0; i < PAGES; i++) {
    g_autofree char *text = g_strdup_printf ("PAGE%02u", i + 1);

    /* some take longer than others, some say nothing */
    pages[i] = canvas_new (i % 3 == 0 ? 900 : 360, i % 3 == 0 ? 700 : 160);
    if (i % 4 != 3)
      canvas_text (pages[i], 40, 40, text);
  }
  file = canvas_pages (pages, PAGES, type);
  for (guint i = 0; i < PAGES; i++)
    canvas_free (pages[i]);
  return file;
}

static void
test_in_order (gconstpointer type)
{
  g_autoptr (GBytes) file = file_of (type);

  for (guint threads = 0; threads <= 5; threads++) {
    g_autofree char *told = read_pages (file, threads);

    g_assert_cmpstr (told, ==,
                     "1.1 PAGE01|2.1 PAGE02|3.1 PAGE03|5.1 PAGE05|6.1 PAGE06|7.1 PAGE07|"
                     "9.1 PAGE09|10.1 PAGE10|11.1 PAGE11");
  }
}

/* What is cut off says so, also while pages before it are still being read. */
static void
test_cut_off (void)
{
  const BhDecoder decoder = { BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_NORMAL, 4 };
  g_autoptr (GBytes) file = file_of ("tiff");
  gsize size = g_bytes_get_size (file);

  for (guint share = 1; share < 16; share++) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, 0, size * share / 16);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) symbols = bh_decoder_bytes (&decoder, part, "cut", &error);

    g_assert_null (symbols);
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/scan/I5/pages-in-order/tiff", "tiff", test_in_order);
  g_test_add_data_func ("/scan/I5/pages-in-order/pdf", "pdf", test_in_order);
  g_test_add_func ("/scan/I5/pages-cut-off", test_cut_off);
  return g_test_run ();
}
