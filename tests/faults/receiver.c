/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A station without a screen: receives SN-000000 … SN-(N-1), each in a box of its
 * own, and says so on standard output once the receipt is durable.
 * Begins at the instant START (microseconds since 1970), so that two begin together.
 * usage: receiver URI STATION FIRST LAST START */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/receive.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;
  guint64 first = 0;
  guint64 last = 0;
  guint64 start = 0;

  if (argc != 6 || !g_ascii_string_to_unsigned (argv[3], 10, 0, 1000000, &first, NULL) ||
      !g_ascii_string_to_unsigned (argv[4], 10, 0, 1000000, &last, NULL) ||
      !g_ascii_string_to_unsigned (argv[5], 10, 0, G_MAXINT64, &start, NULL))
    return 2;
  desk = bh_desk_open (argv[1], BH_STORE_OPEN, "tess", "north", argv[2], &error);
  while ((gint64) start > g_get_real_time ())
    g_usleep (50);
  for (guint64 i = first; desk != NULL && i < last; i++) {
    g_autoptr (BhBox) box = bh_box_new ();
    g_autoptr (GPtrArray) outcomes = NULL;
    g_autofree char *act = g_uuid_string_random ();
    /* the south dock takes every other pair the other way round, so that
     * neither only follows the other */
    guint64 unit = g_str_equal (argv[2], "south") && (i & 2) ? i ^ 1 : i;
    g_autofree char *serial = g_strdup_printf ("SN-%06" G_GUINT64_FORMAT, unit);
    g_autofree char *line = NULL;

    bh_box_add (box, bh_scan_new_text (serial, BH_SCAN_SCANNED, g_get_real_time ()));
    bh_box_say (box, BH_COMMAND_NEXT_BOX);
    outcomes = bh_desk_receive (desk, act, box, NULL, g_get_real_time (), &error);
    if (outcomes == NULL)
      break;
    line = g_strdup_printf ("%s %s %s\n", serial, ((BhOutcome *) outcomes->pdata[0])->ruling->rule,
                            ((BhOutcome *) outcomes->pdata[0])->receipt);
    if (write (STDOUT_FILENO, line, strlen (line)) < 0)
      return 1;
  }
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return error == NULL ? 0 : 1;
}
