/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A station without a screen: receives SN-000000 … SN-(N-1), each in a box of its
 * own, TOGETHER by one commit, and says so on standard output once the receipts are durable.
 * Begins at the instant START (microseconds since 1970), so that two begin together.
 * usage: receiver URI STATION FIRST LAST START TOGETHER */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/identifier.h"
#include "backhaul/receive.h"

static BhArrival *
arrival_of (guint64 unit)
{
  g_autofree char *serial = g_strdup_printf ("SN-%06" G_GUINT64_FORMAT, unit);
  BhArrival *arrival = g_new0 (BhArrival, 1);

  arrival->now_us = g_get_real_time ();
  arrival->act = bh_uuid (arrival->now_us);
  arrival->box = bh_box_new ();
  bh_box_add (arrival->box, bh_scan_new_text (serial, BH_SCAN_SCANNED, arrival->now_us));
  bh_box_say (arrival->box, BH_COMMAND_NEXT_BOX);
  return arrival;
}

static gboolean
say (GPtrArray *arrivals)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < arrivals->len; i++) {
    const BhArrival *arrival = g_ptr_array_index (arrivals, i);
    const BhOutcome *outcome =
        arrival->outcomes != NULL ? g_ptr_array_index (arrival->outcomes, 0) : NULL;

    if (outcome != NULL)
      g_string_append_printf (text, "%s %s %s\n", outcome->serial, outcome->ruling->rule,
                              outcome->receipt);
  }
  return write (STDOUT_FILENO, text->str, text->len) >= 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;
  guint64 first = 0;
  guint64 last = 0;
  guint64 start = 0;
  guint64 together = 0;

  if (argc != 7 || !g_ascii_string_to_unsigned (argv[3], 10, 0, 1000000, &first, NULL) ||
      !g_ascii_string_to_unsigned (argv[4], 10, 0, 1000000, &last, NULL) ||
      !g_ascii_string_to_unsigned (argv[5], 10, 0, G_MAXINT64, &start, NULL) ||
      !g_ascii_string_to_unsigned (argv[6], 10, 1, 1000, &together, NULL))
    return 2;
  desk = bh_desk_open (argv[1], BH_STORE_OPEN, "tess", "north", argv[2], &error);
  while ((gint64) start > g_get_real_time ())
    g_usleep (50);
  for (guint64 i = first; desk != NULL && error == NULL && i < last; i += together) {
    g_autoptr (GPtrArray) arrivals =
        g_ptr_array_new_with_free_func ((GDestroyNotify) bh_arrival_free);

    /* the south dock takes every other pair the other way round, so that
     * neither only follows the other */
    for (guint64 unit = i; unit < MIN (i + together, last); unit++)
      g_ptr_array_add (arrivals,
                       arrival_of (g_str_equal (argv[2], "south") && (unit & 2) ? unit ^ 1 : unit));
    bh_desk_receive_all (desk, arrivals, NULL, &error);
    if (!say (arrivals))
      return 1;
  }
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return error == NULL ? 0 : 1;
}
