/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a photo or a document is kept under (RA10): the same sum as anybody else's program makes. */
#include "backhaul/digest.h"

#include <string.h>

static void
check (gconstpointer data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *sum = bh_sha256_of (bytes);
  g_autofree char *other = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  g_assert_cmpstr (sum, ==, other);
}

static void
test_known (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autofree char *sum = bh_sha256_of (bytes);

  /* FIPS 180-2, B.1 */
  g_assert_cmpstr (sum, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* around the length of a block, with bytes of all values, and a megabyte */
static void
test_sizes (void)
{
  g_autofree guint8 *data = g_malloc (1 << 20);

  for (gsize i = 0; i < 1 << 20; i++)
    data[i] = (guint8) (i * 7 + (i >> 8));
  check (NULL, 0);
  check ("\0", 1);
  for (gsize size = 54; size < 130; size++)
    check (data, size);
  check (data, 1 << 20);
}

static gpointer
sum_some (gpointer data)
{
  for (int i = 0; i < 200; i++)
    check (data, strlen (data));
  return NULL;
}

/* photos are summed side by side, and the first of them begin together */
static void
test_side_by_side (void)
{
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sum", sum_some, (char *) "a photo of the board, U12 circled");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/digest/RA10/side-by-side", test_side_by_side);
  g_test_add_func ("/core/digest/RA10/known", test_known);
  g_test_add_func ("/core/digest/RA10/every-size", test_sizes);
  return g_test_run ();
}
