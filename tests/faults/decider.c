/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second person at work on what did not come back: does WHAT (charge, waive, receive,
 * accept, reject) to RMAs R0000000001 on, the n-th at the instant START + n × STEP
 * (microseconds), so that two of them meet at each; or the daily run ("chase") of
 * 2026-10-20. Says each outcome on standard output.
 * usage: decider URI STATION WHAT COUNT START STEP */
#include <stdio.h>
#include <string.h>

#include "backhaul/chase.h"
#include "backhaul/receive.h"

/* noon of 21 October 2026 in San Jose */
#define AT (G_GINT64_CONSTANT (1792609200) * G_USEC_PER_SEC)

static void
on_row (const BhChaseRow *row, gpointer data)
{
  printf ("%s %s %d %s %s\n", bh_chase_action_name (row->action), row->rma, row->line, row->account,
          row->mail != NULL ? row->mail : "-");
  fflush (stdout);
}

static gboolean
receive (BhDesk *desk, int n, const char *rma, const char **rule, GError **error)
{
  g_autofree char *serial = g_strdup_printf ("SN-F%05d", n);
  g_autofree char *act = g_uuid_string_random ();
  g_autoptr (BhBox) box = bh_box_new ();
  g_autoptr (GPtrArray) outcomes = NULL;

  bh_box_add (box, bh_scan_new_text (serial, BH_SCAN_SCANNED, AT));
  bh_box_add (box, bh_scan_new_text (rma, BH_SCAN_SCANNED, AT));
  bh_box_say (box, BH_COMMAND_NEXT_BOX);
  outcomes = bh_desk_receive (desk, act, box, NULL, AT, error);
  if (outcomes != NULL)
    *rule = ((BhOutcome *) g_ptr_array_index (outcomes, 0))->ruling->rule;
  return outcomes != NULL;
}

static gboolean
decide (BhDesk *desk, const char *what, int n, const char **rule, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *rma = g_strdup_printf ("R%010d", n);
  g_autofree char *claim = g_strdup_printf ("claim-%d", n);
  const BhWhen when = { act, AT, FALSE };
  g_autoptr (BhClaimPage) page = NULL;

  if (g_str_equal (what, "receive"))
    return receive (desk, n, rma, rule, error);
  if (g_str_equal (what, "charge"))
    return bh_desk_charge (desk, &when, rma, 1, "no answer", NULL, error);
  if (g_str_equal (what, "waive"))
    return bh_desk_waive (desk, &when, rma, 1, "goodwill", error);
  page = bh_desk_decide_claim (desk, &when, claim, g_str_equal (what, "accept"), "why", error);
  return page != NULL;
}

int
main (int argc, char **argv)
{
  BhChaseOptions options = { .on = bh_day_parse ("2026-10-20"), .each = on_row };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;
  guint64 count = 0;
  guint64 start = 0;
  guint64 step = 0;

  if (argc != 7 || !g_ascii_string_to_unsigned (argv[4], 10, 0, 100000, &count, NULL) ||
      !g_ascii_string_to_unsigned (argv[5], 10, 0, G_MAXINT64, &start, NULL) ||
      !g_ascii_string_to_unsigned (argv[6], 10, 0, 1000000, &step, NULL))
    return 2;
  desk = bh_desk_open (argv[1], BH_STORE_OPEN, "anna", "north", argv[2], &error);
  if (desk != NULL && g_str_equal (argv[3], "chase")) {
    while ((gint64) start > g_get_real_time ())
      g_usleep (50);
    bh_desk_chase (desk, &options, AT, &error);
  }
  for (guint64 n = 1; desk != NULL && !g_str_equal (argv[3], "chase") && n <= count; n++) {
    g_autoptr (GError) refusal = NULL;
    const char *rule = "-";

    while ((gint64) (start + n * step) > g_get_real_time ())
      g_usleep (50);
    if (decide (desk, argv[3], (int) n, &rule, &refusal))
      printf ("done %s\n", rule);
    else
      printf ("%s %s\n",
              g_error_matches (refusal, BH_ERROR, BH_ERROR_REFUSED) ? "refused" : "failed",
              refusal->message);
  }
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return error == NULL ? 0 : 1;
}
