/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A station's copy of the awaited units (DESIGN, Stations): made, opened, looked into.
 * usage: bench-awaited URI PATH FILE - FILE: lines "RMA SERIAL" of units that are awaited */
#include <stdio.h>
#include <string.h>

#include "backhaul/awaited-copy.h"

#define LOOKS 10000

static double
seconds_since (gint64 begun_us)
{
  return (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStore) store = NULL;
  g_autoptr (BhAwaitedCopy) copy = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint found = 0;
  guint n = 0;
  gint64 units = 0;
  double made;
  double opened;
  gint64 begun_us;

  if (argc != 4 || !g_file_get_contents (argv[3], &text, NULL, &error) ||
      (store = bh_store_open (argv[1], BH_STORE_OPEN, &error)) == NULL)
    return 2;
  lines = g_strsplit (text, "\n", LOOKS + 1);
  begun_us = g_get_monotonic_time ();
  if (!bh_awaited_copy_write (store, argv[2], g_get_real_time (), &units, &error))
    return 1;
  made = seconds_since (begun_us);
  begun_us = g_get_monotonic_time ();
  if ((copy = bh_awaited_copy_open (argv[2], &error)) == NULL)
    return 1;
  opened = seconds_since (begun_us);
  begun_us = g_get_monotonic_time ();
  for (; lines[n] != NULL && n < LOOKS; n++) {
    g_auto (BhAwaitedLine) line = { 0 };
    const char *serial = strchr (lines[n], ' ');

    found += serial != NULL && bh_awaited_copy_find (copy, serial + 1, &line);
  }
  printf ("{\"units\":%" G_GINT64_FORMAT ",\"made\":%.6f,\"opened\":%.6f,\"look\":%.9f,"
          "\"found\":%u,\"looked\":%u}\n",
          units, made, opened, seconds_since (begun_us) / MAX (n, 1), found, n);
  return 0;
}
