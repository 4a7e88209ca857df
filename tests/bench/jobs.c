/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-jobs STORE AWAITED FIRST END WHO [photo]
 *
 * The units in lines FIRST to END-1 of AWAITED ("RMA SERIAL" a line, received already) go to the
 * repair center, and WHO begins their RAs: a symptom, what was done, six readings and, if asked
 * for, a photo are written down of each. WHO "-": nobody does, they wait. */
#include "at-bench.h"

#include "backhaul/notes.h"

#define READINGS 6
#define WIDTH    1600
#define HEIGHT   1200
#define BYTES    (400 * 1000)
#define PHOTOS   8 /* different ones: to make one takes longer than all else */

static void
write_down (AtBench *self, const char *job, GBytes *photo)
{
  BhNote notes[4 + READINGS + 1] = {
    { .kind = BH_ENTRY_SYMPTOM, .value = "restarts under load, twice a day, after some hours" },
    { .kind = BH_ENTRY_REPRODUCED, .value = "yes" },
    { .kind = BH_ENTRY_FAULT, .value = "POWER" },
    { .kind = BH_ENTRY_ACTION, .value = "supply replaced, connector of the fan seated again" },
  };
  static const char *const names[READINGS] = { "V12", "V5", "V3", "V1", "RIPPLE", "FAN" };
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < READINGS; i++)
    notes[4 + i] = (BhNote){
      .kind = BH_ENTRY_READING, .name = names[i], .value = "5.01", .low = "4.75", .high = "5.25"
    };
  notes[4 + READINGS] = (BhNote){ .kind = BH_ENTRY_PHOTO, .name = "board.jpg", .file = photo };
  must (bh_desk_bench_log (self->desk, at_bench_now (self), job, notes,
                           G_N_ELEMENTS (notes) - (photo == NULL), &error),
        error);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) awaited = NULL;
  GBytes *photos[PHOTOS] = { NULL };
  AtBench self;
  guint64 first = 0;
  guint64 end = 0;

  if (argc < 6 || argc > 7 || !g_ascii_string_to_unsigned (argv[3], 10, 0, 1000000, &first, NULL) ||
      !g_ascii_string_to_unsigned (argv[4], 10, first, 1000000, &end, NULL))
    return 2;
  awaited = lines_of (argv[2]);
  must (end <= g_strv_length (awaited), NULL);
  at_bench_open (&self, argv[1], argv[5]);
  for (guint i = 0; i < PHOTOS && argc == 7; i++)
    photos[i] = photo_of (i, WIDTH, HEIGHT, BYTES);
  for (guint64 i = first; i < end; i++) {
    g_autofree char *serial = serial_of (awaited[i]);
    g_autofree char *job = NULL;

    at_bench_arrive (&self, serial);
    if (g_str_equal (argv[5], "-"))
      continue;
    job = at_bench_start (&self, serial);
    write_down (&self, job, photos[i % PHOTOS]);
  }
  for (guint i = 0; i < PHOTOS; i++)
    g_clear_pointer (&photos[i], g_bytes_unref);
  at_bench_close (&self);
  return 0;
}
