/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises of the guide's tables 3 and 5 (C5, C6): hours, cut-off, pause, extension. */
#include "clock-tables.h"

#include <string.h>

#define NY      "America/New_York"
#define DAY_END "T23:59:59+00:00"
#define NEXT    "C5 Next-Day Ship", "UTC"
#define HOURS   "C5 Same-Day 2-Hour", "UTC", "2026-06-01T10:00:00Z"

/* hours run by night, at weekends, on holidays and over a change of the clock */
static const ClockExample same_day[] = {
  { "C5/two-hours", HOURS, NULL, 0, NULL, "2026-06-01T12:00:00+00:00" },
  { "C5/four-hours", "C5 Same-Day", "UTC", "2026-06-01T10:00:00Z", NULL, 0, NULL,
    "2026-06-01T14:00:00+00:00" },
  { "C5/onsite-four-hours", "C5 Same-Day Onsite", "UTC", "2026-06-01T10:00:00Z", NULL, 0, NULL,
    "2026-06-01T14:00:00+00:00" },
  { "C5/level-in-any-case", "C5 same-DAY onsite", "UTC", "2026-06-01T10:00:00Z", NULL, 0, NULL,
    "2026-06-01T14:00:00+00:00" },
  { "C5/friday-night", "C5 Same-Day 2-Hour", "UTC", "2026-06-05T23:30:00Z", NULL, 0, NULL,
    "2026-06-06T01:30:00+00:00" },
  { "C5/thanksgiving", "C5 Same-Day", NY, "2026-11-26T22:00:00-05:00", NULL, 0, NULL,
    "2026-11-27T02:00:00-05:00" },
  { "C5/no-cut-off-for-hours", "C5 Same-Day", "UTC", "2026-06-01T15:00:00Z", NULL, 0, NULL,
    "2026-06-01T19:00:00+00:00" },
  { "C5/into-a-leap-day", "C5 Same-Day", "UTC", "2028-02-28T22:00:00Z", NULL, 0, NULL,
    "2028-02-29T02:00:00+00:00" },
  { "C5/spring-forward", "C5 Same-Day 2-Hour", NY, "2026-03-08T01:30:00-05:00", NULL, 0, NULL,
    "2026-03-08T04:30:00-04:00" },
  { "C5/fall-back", "C5 Same-Day 2-Hour", NY, "2026-11-01T00:30:00-04:00", NULL, 0, NULL,
    "2026-11-01T01:30:00-05:00" },
  { "C5/half-hour-zone", "C5 Same-Day", "Asia/Kolkata", "2026-06-01T18:00:00Z", NULL, 0, NULL,
    "2026-06-02T03:30:00+05:30" },
  { "C5/date-line", "C5 Same-Day 2-Hour", "Pacific/Kiritimati", "2026-06-01T09:30:00Z", NULL, 0,
    NULL, "2026-06-02T01:30:00+14:00" },
};

/* the next business day, and the one after it from the cut-off on */
static const ClockExample next_day[] = {
  { "C5/monday-14:59:59", NEXT, "2026-06-01T14:59:59Z", NULL, 0, NULL, "2026-06-02" DAY_END },
  { "C5/monday-15:00", NEXT, "2026-06-01T15:00:00Z", NULL, 0, NULL, "2026-06-03" DAY_END },
  { "C5/monday-00:00", NEXT, "2026-06-01T00:00:00Z", NULL, 0, NULL, "2026-06-02" DAY_END },
  { "C5/monday-23:59:59", NEXT, "2026-06-01T23:59:59Z", NULL, 0, NULL, "2026-06-03" DAY_END },
  { "C5/thursday-14:59", NEXT, "2026-06-04T14:59:00Z", NULL, 0, NULL, "2026-06-05" DAY_END },
  { "C5/thursday-15:00", NEXT, "2026-06-04T15:00:00Z", NULL, 0, NULL, "2026-06-08" DAY_END },
  { "C5/friday-14:59", NEXT, "2026-06-05T14:59:00Z", NULL, 0, NULL, "2026-06-08" DAY_END },
  { "C5/friday-15:00", NEXT, "2026-06-05T15:00:00Z", NULL, 0, NULL, "2026-06-09" DAY_END },
  { "C5/saturday-10:00", NEXT, "2026-06-06T10:00:00Z", NULL, 0, NULL, "2026-06-08" DAY_END },
  { "C5/saturday-16:00", NEXT, "2026-06-06T16:00:00Z", NULL, 0, NULL, "2026-06-08" DAY_END },
  { "C5/sunday-23:59", NEXT, "2026-06-07T23:59:00Z", NULL, 0, NULL, "2026-06-08" DAY_END },
  { "C5/before-a-holiday-14:59", NEXT, "2026-11-25T14:59:00Z", NULL, 0, NULL,
    "2026-11-27" DAY_END },
  { "C5/before-a-holiday-15:00", NEXT, "2026-11-25T15:00:00Z", NULL, 0, NULL,
    "2026-11-30" DAY_END },
  { "C5/holiday-10:00", NEXT, "2026-11-26T10:00:00Z", NULL, 0, NULL, "2026-11-27" DAY_END },
  { "C5/holiday-16:00", NEXT, "2026-11-26T16:00:00Z", NULL, 0, NULL, "2026-11-27" DAY_END },
  { "C5/next-day-delivery", "C5 Next-Day Delivery", "UTC", "2026-06-01T15:00:00Z", NULL, 0, NULL,
    "2026-06-03" DAY_END },
  { "C5/next-day-onsite", "C5 Next-Day Onsite", "UTC", "2026-06-01T14:59:00Z", NULL, 0, NULL,
    "2026-06-02" DAY_END },
  { "C5/another-cut-off-before", NEXT, "2026-06-01T11:59:59Z", NULL, 0, "12:00",
    "2026-06-02" DAY_END },
  { "C5/another-cut-off-after", NEXT, "2026-06-01T12:00:00Z", NULL, 0, "12:00",
    "2026-06-03" DAY_END },
  { "C5/cut-off-at-midnight", NEXT, "2026-06-01T00:00:00Z", NULL, 0, "00:00",
    "2026-06-03" DAY_END },
  { "C5/cut-off-at-midnight-on-a-saturday", NEXT, "2026-06-06T00:00:00Z", NULL, 0, "00:00",
    "2026-06-08" DAY_END },
  { "C5/kolkata-14:59", "C5 Next-Day Ship", "Asia/Kolkata", "2026-06-01T09:29:00Z", NULL, 0, NULL,
    "2026-06-02T23:59:59+05:30" },
  { "C5/kolkata-15:00", "C5 Next-Day Ship", "Asia/Kolkata", "2026-06-01T09:30:00Z", NULL, 0, NULL,
    "2026-06-03T23:59:59+05:30" },
  /* the local clock says 15:00 fourteen hours after this day began */
  { "C5/cairo-without-midnight-14:59", "C5 Next-Day Ship", "Africa/Cairo", "2026-04-24T11:59:00Z",
    NULL, 0, NULL, "2026-04-27T23:59:59+03:00" },
  { "C5/cairo-without-midnight-15:00", "C5 Next-Day Ship", "Africa/Cairo", "2026-04-24T12:00:00Z",
    NULL, 0, NULL, "2026-04-28T23:59:59+03:00" },
  { "C5/into-a-leap-day-by-days", NEXT, "2028-02-28T10:00:00Z", NULL, 0, NULL,
    "2028-02-29" DAY_END },
};

static const ClockExample cases[] = {
  { "C6/P1-response", "C6 P1 response", "UTC", "2026-06-05T23:00:00Z", NULL, 0, NULL,
    "2026-06-06T00:00:00+00:00" },
  { "C6/P1-update", "C6 P1 update", "UTC", "2026-06-05T23:00:00Z", NULL, 0, NULL,
    "2026-06-06T03:00:00+00:00" },
  { "C6/P2-response", "C6 P2 response", "UTC", "2026-06-07T12:00:00Z", NULL, 0, NULL,
    "2026-06-07T13:00:00+00:00" },
  { "C6/P2-update-friday", "C6 P2 update", "UTC", "2026-06-05T23:00:00Z", NULL, 0, NULL,
    "2026-06-08" DAY_END },
  { "C6/P2-update-knows-no-cut-off", "C6 P2 update", "UTC", "2026-06-01T16:00:00Z", NULL, 0, NULL,
    "2026-06-02" DAY_END },
  { "C6/P3-response", "C6 P3 response", "UTC", "2026-06-05T20:00:00Z", NULL, 0, NULL,
    "2026-06-06T04:00:00+00:00" },
  { "C6/P3-update-over-a-holiday", "C6 P3 update", NY, "2026-11-24T09:00:00-05:00", NULL, 0, NULL,
    "2026-11-30T23:59:59-05:00" },
  { "C6/P4-response", "C6 P4 response", "UTC", "2028-02-28T12:00:00Z", NULL, 0, NULL,
    "2028-02-29T12:00:00+00:00" },
  { "C6/P4-response-spring-forward", "C6 P4 response", NY, "2026-03-07T12:00:00-05:00", NULL, 0,
    NULL, "2026-03-08T13:00:00-04:00" },
  { "C6/P4-update-over-a-leap-day", "C6 P4 update", "UTC", "2028-02-25T12:00:00Z", NULL, 0, NULL,
    "2028-03-03" DAY_END },
  { "C6/P4-update-to-a-day-of-23-hours", "C6 P4 update", NY, "2026-03-01T12:00:00-05:00", NULL, 0,
    NULL, "2026-03-08T23:59:59-04:00" },
  { "C6/P4-update-to-a-day-of-25-hours", "C6 P4 update", NY, "2026-10-25T12:00:00-04:00", NULL, 0,
    NULL, "2026-11-01T23:59:59-05:00" },
  /* Cuba: midnight comes twice, the day ends with the first */
  { "C6/before-two-midnights", "C6 P4 update", "America/Havana", "2026-10-24T12:00:00-04:00", NULL,
    0, NULL, "2026-10-31T23:59:59-04:00" },
  { "C6/after-two-midnights", "C6 P4 update", "America/Havana", "2026-10-25T12:00:00-04:00", NULL,
    0, NULL, "2026-11-01T23:59:59-05:00" },
  { "C6/before-a-day-without-midnight", "C6 P4 update", "Africa/Cairo", "2026-04-16T12:00:00+02:00",
    NULL, 0, NULL, "2026-04-23T23:59:59+02:00" },
};

/* a pause moves hours by its own length; of days, those that begin in it do not count */
static const ClockExample pauses[] = {
  { "C9/C5-before-it-began", HOURS, "2026-06-01T08:00:00Z/2026-06-01T09:00:00Z", 0, NULL,
    "2026-06-01T12:00:00+00:00" },
  { "C9/C5-over-its-beginning", HOURS, "2026-06-01T09:00:00Z/2026-06-01T10:30:00Z", 0, NULL,
    "2026-06-01T12:30:00+00:00" },
  { "C9/C5-of-minutes", HOURS, "2026-06-01T11:00:00Z/2026-06-01T11:10:00Z", 0, NULL,
    "2026-06-01T12:10:00+00:00" },
  { "C9/C5-two", HOURS,
    "2026-06-01T10:30:00Z/2026-06-01T10:40:00Z 2026-06-01T11:00:00Z/2026-06-01T11:05:00Z", 0, NULL,
    "2026-06-01T12:15:00+00:00" },
  { "C9/C5-the-second-in-what-the-first-gave", HOURS,
    "2026-06-01T11:00:00Z/2026-06-01T12:30:00Z 2026-06-01T13:00:00Z/2026-06-01T13:10:00Z", 0, NULL,
    "2026-06-01T13:40:00+00:00" },
  { "C9/C5-begun-when-due", HOURS, "2026-06-01T12:00:00Z/2026-06-01T13:00:00Z", 0, NULL,
    "2026-06-01T12:00:00+00:00" },
  { "C9/C5-begun-a-second-before", HOURS, "2026-06-01T11:59:59Z/2026-06-01T13:00:00Z", 0, NULL,
    "2026-06-01T13:00:01+00:00" },
  { "C9/C5-of-days", HOURS, "2026-06-01T11:00:00Z/2026-06-04T11:00:00Z", 0, NULL,
    "2026-06-04T12:00:00+00:00" },
  { "C9/C5-lasts", HOURS, "2026-06-01T11:00:00Z", 0, NULL, "-" },
  { "C9/C5-lasts-since-after-it-was-due", HOURS, "2026-06-01T12:00:01Z", 0, NULL,
    "2026-06-01T12:00:00+00:00" },
  { "C9/C5-over-spring-forward", "C5 Same-Day 2-Hour", NY, "2026-03-08T01:00:00-05:00",
    "2026-03-08T01:30:00-05:00/2026-03-08T03:30:00-04:00", 0, NULL, "2026-03-08T05:00:00-04:00" },
  { "C9/C5-next-day-of-minutes", NEXT, "2026-06-01T10:00:00Z",
    "2026-06-01T11:00:00Z/2026-06-01T11:10:00Z", 0, NULL, "2026-06-02" DAY_END },
  { "C9/C5-next-day-over-midnight", NEXT, "2026-06-01T10:00:00Z",
    "2026-06-01T23:00:00Z/2026-06-02T01:00:00Z", 0, NULL, "2026-06-03" DAY_END },
  { "C9/C5-next-day-after-the-cut-off-over-midnight", NEXT, "2026-06-01T16:00:00Z",
    "2026-06-01T23:00:00Z/2026-06-02T01:00:00Z", 0, NULL, "2026-06-04" DAY_END },
  { "C9/C6-week-over-a-weekend", "C6 P4 update", "UTC", "2026-06-01T10:00:00Z",
    "2026-06-05T18:00:00Z/2026-06-08T09:00:00Z", 0, NULL, "2026-06-11" DAY_END },
};

static const ClockExample extensions[] = {
  { "O2/C5-a-day-is-24-hours", HOURS, NULL, 1, NULL, "2026-06-02T12:00:00+00:00" },
  { "O2/C5-over-spring-forward", "C5 Same-Day 2-Hour", NY, "2026-03-07T10:00:00-05:00", NULL, 1,
    NULL, "2026-03-08T13:00:00-04:00" },
  { "O2/C5-next-day-by-business-days", NEXT, "2026-06-04T10:00:00Z", NULL, 1, NULL,
    "2026-06-08" DAY_END },
  { "O2/C5-after-the-cut-off", NEXT, "2026-06-04T15:00:00Z", NULL, 1, NULL, "2026-06-09" DAY_END },
  { "O2/C6-week-by-days", "C6 P4 update", "UTC", "2026-06-01T10:00:00Z", NULL, 2, NULL,
    "2026-06-10" DAY_END },
};

/* N4: Core has no replacement, Core Plus returns to factory */
static void
test_no_promise (void)
{
  g_assert_null (bh_clock_term (BH_C5, "Core", NULL));
  g_assert_null (bh_clock_term (BH_C5, "Core Plus", NULL));
  g_assert_null (bh_clock_term (BH_C5, "", NULL));
  g_assert_null (bh_clock_term (BH_C5, NULL, NULL));
  g_assert_null (bh_clock_term (BH_C6, "P5", "response"));
  g_assert_null (bh_clock_term (BH_C6, "P1", "closing"));
  g_assert_null (bh_clock_term (BH_C6, "P1", NULL));
}

/* Each promise has an example here, C1 to C4 in test-clock-days.c. */
static void
test_each_term (void)
{
  static const struct {
    const ClockExample *rows;
    gsize n;
  } tables[] = { { same_day, G_N_ELEMENTS (same_day) },
                 { next_day, G_N_ELEMENTS (next_day) },
                 { cases, G_N_ELEMENTS (cases) } };
  gsize n = 0;
  const BhClockTerm *terms = bh_clock_terms (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *name =
        g_strjoin (" ", bh_clock_kind_name (terms[i].kind), terms[i].level, terms[i].stage, NULL);
    gboolean found = terms[i].level == NULL;

    for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
      for (gsize row = 0; row < tables[t].n; row++)
        found = found || g_str_equal (tables[t].rows[row].term, name);
    if (!found)
      g_error ("%s: no example", name);
  }
  g_assert_cmpuint (n, ==, 18);
}

/* a zone that does not exist is no zone, and never UTC in disguise */
static void
test_no_such_zone (void)
{
  static const char *const names[] = {
    "Mars/Olympus_Mons", "america/nowhere", "Europe/Berlin ", "../../etc/passwd",
    "/etc/localtime",    "Europe",          "CEST+1:99",      "\xff",
    "Europe/Berlin/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GTimeZone) zone = bh_zone (names[i]);

    if (zone != NULL)
      g_error ("%s: taken for a zone", names[i]);
  }
  g_assert_null (bh_zone (""));
  g_assert_null (bh_zone (NULL));
}

/* In every zone that changes its clocks at midnight, and others, each day begins with
 * its first instant: the second before is of the day before. */
static void
test_first_instant (void)
{
  static const char *const names[] = {
    "UTC",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Santiago",
    "Asia/Tehran",
    "Atlantic/Azores",
    "America/Asuncion",
    "Asia/Gaza",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Easter",
    NY,
  };
  BhDay first = bh_day_parse ("2000-01-01");
  BhDay last = bh_day_parse ("2037-12-31");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GTimeZone) zone = bh_zone (names[i]);

    g_assert_nonnull (zone);
    for (BhDay day = first; day <= last; day++) {
      gint64 start = bh_day_start_us (day, zone);

      if (bh_day_of (start, zone) != day || bh_day_of (start - G_USEC_PER_SEC, zone) != day - 1) {
        g_autofree char *date = bh_day_format (day);

        g_error ("%s %s does not begin where it should", names[i], date);
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  clock_tables_add ("/core/clock/hours/", same_day, G_N_ELEMENTS (same_day));
  clock_tables_add ("/core/clock/hours/", next_day, G_N_ELEMENTS (next_day));
  clock_tables_add ("/core/clock/hours/", cases, G_N_ELEMENTS (cases));
  clock_tables_add ("/core/clock/hours/", pauses, G_N_ELEMENTS (pauses));
  clock_tables_add ("/core/clock/hours/", extensions, G_N_ELEMENTS (extensions));
  g_test_add_func ("/core/clock/hours/N4/no-promise", test_no_promise);
  g_test_add_func ("/core/clock/hours/C5-C6/each-promise-has-an-example", test_each_term);
  g_test_add_func ("/core/clock/zone/C7/that-does-not-exist", test_no_such_zone);
  g_test_add_func ("/core/clock/zone/C7/a-day-begins-with-its-first-instant", test_first_instant);
  return g_test_run ();
}
