/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: fuzz-WHAT [CORPUS-FOLDER]
 *
 * Damages inputs (pictures, devices) at random and reads them: BH_FUZZ rounds (a few in the test
 * run, scripts/soak has more), the same for the same BH_FUZZ_SEED. With a folder it only writes the
 * whole ones there, for libFuzzer to begin with. TAP. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "entry.h"
#include "seeds.h"

#define USUAL "250"
/* Seconds: a decoder that takes so long hangs. */
#define HANGS 60
#define ROOM  4096

static const guint32 tempting[] = { 0,      1,      0x7f,       0x80,       0xff,      0x7fff,
                                    0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff };

static void
put_number (GRand *dice, guint8 *to, gsize room)
{
  guint32 number = tempting[g_rand_int_range (dice, 0, G_N_ELEMENTS (tempting))];
  guint size = 1u << g_rand_int_range (dice, 0, 3);
  gboolean large_first = g_rand_boolean (dice);

  for (guint i = 0; i < MIN (size, room); i++)
    to[i] = (guint8) (number >> 8 * (large_first ? size - 1 - i : i));
}

/* One of the things that happen to files. Heads are hit more often than bodies. */
static void
damage (GRand *dice, GByteArray *file, const GPtrArray *seeds)
{
  gsize end = g_rand_boolean (dice) ? MIN (file->len, 200) : file->len, at, n;

  if (file->len < 2)
    return;
  at = (gsize) g_rand_int_range (dice, 0, (gint32) MAX (end, 1));
  n = 1 + (gsize) g_rand_int_range (dice, 0, 64);
  switch (g_rand_int_range (dice, 0, 7)) {
  case 0:
    file->data[at] ^= (guint8) (1u << g_rand_int_range (dice, 0, 8));
    break;
  case 1:
    file->data[at] = (guint8) g_rand_int (dice);
    break;
  case 2:
    put_number (dice, file->data + at, file->len - at);
    break;
  case 3: /* cut out */
    g_byte_array_remove_range (file, (guint) at, (guint) MIN (n, file->len - at));
    break;
  case 4: /* cut off */
    g_byte_array_set_size (file, (guint) at + 1);
    break;
  case 5: { /* twice */
    guint8 kept[64];

    n = MIN (MIN (n, sizeof kept), file->len - at);
    memcpy (kept, file->data + at, n);
    g_byte_array_append (file, kept, (guint) n);
    break;
  }
  default: { /* from another file, in place */
    GBytes *other = g_ptr_array_index (seeds, g_rand_int_range (dice, 0, (gint32) seeds->len));
    gsize size;
    const guint8 *from = g_bytes_get_data (other, &size);
    gsize first = (gsize) g_rand_int_range (dice, 0, (gint32) size);

    memcpy (file->data + at, from + first, MIN (MIN (n, size - first), file->len - at));
  }
  }
}

static void
run (const GPtrArray *seeds, guint32 seed, guint64 rounds)
{
  for (guint64 round = 0; round < rounds; round++) {
    g_autoptr (GRand) dice = g_rand_new_with_seed (seed + (guint32) round);
    GBytes *from = g_ptr_array_index (seeds, round % seeds->len);
    g_autoptr (GByteArray) file = g_byte_array_new ();

    g_byte_array_append (file, g_bytes_get_data (from, NULL), (guint) g_bytes_get_size (from));
    for (gint32 n = g_rand_int_range (dice, 0, 6); n >= 0; n--)
      damage (dice, file, seeds);
    if (round % 100 == 0) {
      g_print ("# rounds from %u on\n", seed + (guint32) round);
      fflush (stdout);
    }
    alarm (HANGS);
    LLVMFuzzerTestOneInput (file->data, file->len);
  }
}

static int
write_all (const GPtrArray *seeds, const char *folder)
{
  for (guint i = 0; i < seeds->len; i++) {
    g_autofree char *name = g_strdup_printf ("%s/seed-%02u", folder, i);
    GBytes *bytes = g_ptr_array_index (seeds, i);

    if (!g_file_set_contents (name, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), NULL))
      return 1;
  }
  return 0;
}

int
main (int argc, char **argv)
{
  const char *rounds = g_getenv ("BH_FUZZ"), *seed = g_getenv ("BH_FUZZ_SEED");
  g_autoptr (GPtrArray) seeds = seeds_new ();

  if (argc > 1)
    return write_all (seeds, argv[1]);
  g_print ("1..2\n");
  for (guint i = 0; i < seeds->len; i++) {
    gsize size;
    gconstpointer data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);

    LLVMFuzzerTestOneInput (data, size);
  }
  g_print ("ok 1 /fuzz/" FUZZ_WHAT "/whole\n");
  run (seeds, seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 1,
       g_ascii_strtoull (rounds != NULL ? rounds : USUAL, NULL, 10));
  g_print ("ok 2 /fuzz/" FUZZ_WHAT "/damaged\n");
  return 0;
}
