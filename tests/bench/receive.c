/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-receive STORE AWAITED SKIP N BARE
 *
 * Receives N boxes of the lines of AWAITED after SKIP ("RMA SERIAL" each), as the dock
 * does: number, then serial. Before each box a bare durable one-row commit goes to the
 * database BARE, so that both meet the same disk at the same time. Prints a line of
 * JSON: seconds from the last scan to the commit, and of the bare commit. */
#include "bare.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/receive.h"

static double
receive (BhDesk *desk, const char *rma, const char *serial)
{
  g_autofree char *act = bh_uuid (g_get_real_time ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (BhBox) box = bh_box_new ();
  BhReceiveOptions options = { NULL };
  gint64 started = g_get_monotonic_time ();
  gint64 now_us = g_get_real_time ();
  double seconds;

  bh_box_add (box, bh_scan_new_text (rma, BH_SCAN_SCANNED, now_us));
  bh_box_add (box, bh_scan_new_text (serial, BH_SCAN_SCANNED, now_us));
  outcomes = bh_desk_receive (desk, act, box, &options, now_us, &error);
  seconds = (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
  if (outcomes == NULL)
    g_error ("%s", error->message);
  if (((BhOutcome *) g_ptr_array_index (outcomes, 0))->ruling->verdict != BH_VERDICT_ACCEPT)
    g_error ("%s %s: %s", rma, serial, ((BhOutcome *) g_ptr_array_index (outcomes, 0))->message);
  return seconds;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) theirs = g_array_new (FALSE, FALSE, sizeof (double));
  guint skip, n;
  Bare *bare;

  if (argc != 6)
    g_error ("usage: bench-receive STORE AWAITED SKIP N BARE");
  skip = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  n = (guint) g_ascii_strtoull (argv[4], NULL, 10);
  desk = bh_desk_open (argv[1], BH_STORE_OPEN, NULL, "bench", "bench", &error);
  if (desk == NULL || !g_file_get_contents (argv[2], &text, NULL, &error))
    g_error ("%s", error->message);
  lines = g_strsplit (text, "\n", -1);
  if (g_strv_length (lines) < skip + n)
    g_error ("%s: it has fewer than %u lines", argv[2], skip + n);
  bare = bare_open (argv[5]);
  for (guint i = 0; i < n; i++) {
    g_auto (GStrv) words = g_strsplit (lines[skip + i], " ", 2);
    gint64 started = g_get_monotonic_time ();
    double seconds;

    bare_commit (bare, words[0], words[1], started);
    seconds = (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
    g_array_append_val (theirs, seconds);
    seconds = receive (desk, words[0], words[1]);
    g_array_append_val (ours, seconds);
  }
  bare_close (bare);
  sort_times (ours);
  sort_times (theirs);
  g_print ("{\"n\":%u,\"median\":%.6f,\"p99\":%.6f,\"bare_median\":%.6f,\"bare_p99\":%.6f}\n", n,
           quantile (ours, 0.5), quantile (ours, 0.99), quantile (theirs, 0.5),
           quantile (theirs, 0.99));
  return 0;
}
