/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The boxes of the last two weeks, received as a receiver does. */

#include "demo-private.h"

#include "backhaul/receive.h"

#define DAYS 9

/* One box. The act's identity is made of its number: begun twice is once. */
static gboolean
receive (BhDemo *self, guint *n, int days, const char *carrier, const char *const *scans,
         GError **error)
{
  g_autoptr (BhBox) box = bh_box_new ();
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *act = g_strdup_printf ("00000000-0000-4000-8000-%012u", *n);
  g_autofree char *tracking = g_strdup_printf ("DEMO%08u", 31000000 + *n * 137);
  BhReceiveOptions options = { .carrier = carrier, .tracking = tracking };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 at_us = bh_day_start_us ((BhDay) ((int) self->today - days), utc) + 9 * G_TIME_SPAN_HOUR +
                 *n % 60 * 5 * G_TIME_SPAN_MINUTE;

  (*n)++;
  for (; *scans != NULL; scans++)
    bh_box_add (box, bh_scan_new_text (*scans, BH_SCAN_SCANNED, at_us));
  outcomes = bh_desk_receive (self->desk, act, box, &options, at_us, error);
  return outcomes != NULL;
}

static const BhDemoLine *
at (GPtrArray *lines, guint i)
{
  return g_ptr_array_index (lines, i % lines->len);
}

gboolean
bh_demo_dock (BhDemo *self, GError **error)
{
  static const char *const carriers[] = { "UPS", "FedEx", "DHL" };
  guint box = 1;
  guint line = 0;

  for (int days = DAYS; days >= 1; days--) {
    for (guint i = 0; i < 7; i++) {
      const char *carrier = carriers[box % G_N_ELEMENTS (carriers)];
      g_autofree char *stranger =
          g_strdup_printf ("QZ%uW%07u", 11 + box % 80, 7000043 + box * 9973);
      const BhDemoLine *next = at (self->awaited, line);
      /* what is left out of the last days still stands open */
      gboolean left = line < self->awaited->len;
      const char *by_number[] = { next->rma, next->serial, NULL };
      const char *by_serial[] = { next->serial, "BH!NO-NUMBER", "BH!NEXT-BOX", NULL };
      const char *unknown[] = { stranger, "BH!NO-NUMBER", "BH!NEXT-BOX", NULL };
      const char *swapped[] = { next->rma, stranger, "BH!NEXT-BOX", NULL };
      const char *draft[] = { at (self->drafts, box)->rma, at (self->drafts, box)->serial, NULL };
      const char *plate[] = { next->rma, "BH!UNREADABLE", "BH!NEXT-BOX", NULL };
      const char *const *const boxes[] = { by_number,
                                           by_number,
                                           by_serial,
                                           by_number,
                                           days % 2 ? unknown : plate,
                                           days % 3 ? swapped : draft,
                                           by_number };

      if (!left && boxes[i] != unknown && boxes[i] != draft)
        continue;
      if (!receive (self, &box, days, carrier, boxes[i], error))
        return FALSE;
      line += boxes[i] == by_number || boxes[i] == by_serial;
    }
  }
  return TRUE;
}
