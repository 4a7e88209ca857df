/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RULES C1, C7, C9, C10: worked examples. */
#include <string.h>

#include "backhaul/clock.h"
#include "backhaul/error.h"

static const char us[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20201126\r\nDTEND;VALUE=DATE:20201127\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nSUMMARY:Thanksgiving\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20201225\r\nDTEND;VALUE=DATE:20201226\r\n"
    "RRULE:FREQ=YEARLY\r\nSUMMARY:Christmas Day\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

static BhCalendar *
load (void)
{
  g_autoptr (GError) error = NULL;
  BhCalendar *calendar = bh_calendar_load ("us", us, strlen (us), 0x1f, &error);

  g_assert_no_error (error);
  return calendar;
}

typedef struct {
  const char *path;
  BhClockKind kind;
  const char *zone;
  const char *start;
  const char *due;
} Example;

/* counted by hand on a wall calendar */
static const Example examples[] = {
  { "/core/clock/C1/over-thanksgiving", BH_C1, "UTC", "2026-11-24T09:00:00Z", "2026-12-09" },
  { "/core/clock/C1/friday-evening", BH_C1, "America/New_York", "2026-06-05T23:30:00-04:00",
    "2026-06-19" },
  /* the same instant is a Saturday where the unit goes */
  { "/core/clock/C7/destination-zone", BH_C1, "Asia/Tokyo", "2026-06-05T23:30:00-04:00",
    "2026-06-19" },
  { "/core/clock/C7/zone-moves-the-day", BH_C1, "Asia/Tokyo", "2026-06-04T23:30:00-04:00",
    "2026-06-19" },
  { "/core/clock/C7/zone-moves-the-day-not", BH_C1, "America/New_York", "2026-06-04T23:30:00-04:00",
    "2026-06-18" },
  { "/core/clock/C1/over-christmas", BH_C1, "UTC", "2026-12-18T00:00:00Z", "2027-01-04" },
  { "/core/clock/C2/calendar-days", BH_C2, "UTC", "2026-01-31T12:00:00Z", "2026-03-02" },
  { "/core/clock/C3/leap-year", BH_C3, "UTC", "2028-02-20T12:00:00Z", "2028-03-06" },
  { "/core/clock/C4/twenty-days", BH_C4, "UTC", "2026-11-02T12:00:00Z", "2026-12-01" },
  { "/core/clock/C7/daylight-saving", BH_C2, "America/New_York", "2026-02-20T23:59:00-05:00",
    "2026-03-22" },
};

static BhDay
due_day (BhClockKind kind, gint64 start_us, GTimeZone *zone, BhCalendar *calendar,
         const BhPause *pauses, gsize n_pauses, GArray **working)
{
  BhClockInput input = {
    .start_us = start_us, .zone = zone, .calendar = calendar, .pauses = pauses, .n_pauses = n_pauses
  };
  BhPolicy policy;
  BhClockEnd end;

  bh_policy_init (&policy);
  bh_clock_due (bh_clock_term (kind, NULL, NULL), &input, &policy, &end, working);
  return end.day;
}

static void
test_example (gconstpointer data)
{
  const Example *c = data;
  g_autoptr (BhCalendar) calendar = load ();
  g_autoptr (GTimeZone) zone = bh_zone (c->zone);
  g_autoptr (GArray) working = NULL;
  g_autofree char *due = NULL;
  gint64 start = 0;
  int counted = 0;

  g_assert_true (bh_time_parse (c->start, NULL, &start, NULL));
  due = bh_day_format (due_day (c->kind, start, zone, calendar, NULL, 0, &working));
  g_assert_cmpstr (due, ==, c->due);
  for (guint i = 0; i < working->len; i++)
    counted += g_array_index (working, BhClockDay, i).counted;
  g_assert_cmpint (counted, ==,
                   c->kind == BH_C1   ? 10
                   : c->kind == BH_C2 ? 30
                   : c->kind == BH_C3 ? 15
                                      : 20);
}

static void
test_working (void)
{
  g_autoptr (BhCalendar) calendar = load ();
  g_autoptr (GTimeZone) zone = bh_zone ("UTC");
  g_autoptr (GArray) working = NULL;
  gint64 start = 0;
  BhClockDay skipped;

  g_assert_true (bh_time_parse ("2026-11-24", NULL, &start, NULL));
  due_day (BH_C1, start, zone, calendar, NULL, 0, &working);
  g_assert_cmpstr (g_array_index (working, BhClockDay, 0).why, ==, "day 0");
  skipped = g_array_index (working, BhClockDay, 2);
  g_assert_false (skipped.counted);
  g_assert_cmpstr (skipped.why, ==, "Thanksgiving");
  g_assert_cmpstr (g_array_index (working, BhClockDay, 4).why, ==, "Saturday");
}

/* C9: a day paused at its local midnight is not counted. */
static void
test_pause (void)
{
  g_autoptr (BhCalendar) calendar = load ();
  g_autoptr (GTimeZone) zone = bh_zone ("UTC");
  g_autofree char *due = NULL;
  BhPause pause;
  gint64 start = 0;

  g_assert_true (bh_time_parse ("2026-06-01", NULL, &start, NULL));
  g_assert_true (bh_time_parse ("2026-06-03T12:00:00Z", NULL, &pause.from_us, NULL));
  g_assert_true (bh_time_parse ("2026-06-05T12:00:00Z", NULL, &pause.to_us, NULL));
  due = bh_day_format (due_day (BH_C1, start, zone, calendar, &pause, 1, NULL));
  g_assert_cmpstr (due, ==, "2026-06-17");
  pause.to_us = G_MAXINT64;
  g_assert_cmpuint (due_day (BH_C1, start, zone, calendar, &pause, 1, NULL), ==, BH_DAY_NONE);
}

static void
test_light (void)
{
  BhPolicy policy;

  bh_policy_init (&policy);
  g_assert_cmpint (bh_clock_light (BH_C1, 3, &policy), ==, BH_CLOCK_OPEN);
  g_assert_cmpint (bh_clock_light (BH_C1, 2, &policy), ==, BH_CLOCK_AMBER);
  g_assert_cmpint (bh_clock_light (BH_C1, 0, &policy), ==, BH_CLOCK_AMBER);
  g_assert_cmpint (bh_clock_light (BH_C1, -1, &policy), ==, BH_CLOCK_LATE);
}

/* against a loop of its own, over random days */
static void
test_between (void)
{
  g_autoptr (BhCalendar) calendar = load ();
  BhDay base = bh_day_parse ("2020-01-01");

  for (int i = 0; i < 2000; i++) {
    BhDay from = base + (BhDay) g_test_rand_int_range (0, 10000);
    guint n = (guint) g_test_rand_int_range (1, 60);
    BhDay to = bh_calendar_add (calendar, from, n);

    g_assert_cmpint (bh_calendar_between (calendar, from, to), ==, (int) n);
    g_assert_cmpint (bh_calendar_between (calendar, to, from), <=, 0);
    g_assert_null (bh_calendar_why_not (calendar, to));
  }
}

static void
test_broken (void)
{
  static const char *const files[] = {
    "",
    "not a calendar",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:garbage\r\nEND:VEVENT\r\nEND:"
    "VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261332\r\nEND:VEVENT\r\nEND:"
    "VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=NONSENSE\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n",
    "\xff\xfe",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (bh_calendar_load ("x.ics", files[i], strlen (files[i]), 0x1f, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  }
}

static BhCalendar *
one_event (const char *lines)
{
  g_autofree char *ics = g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n"
                                      "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Off\r\n",
                                      lines, "END:VEVENT\r\nEND:VCALENDAR\r\n", NULL);
  g_autoptr (GError) error = NULL;
  BhCalendar *calendar = bh_calendar_load ("x", ics, strlen (ics), 0x1f, &error);

  g_assert_no_error (error);
  return calendar;
}

/* A yearly holiday of 29 February is off in leap years, and moves to no other day. */
static void
test_leap_holiday (void)
{
  g_autoptr (BhCalendar) calendar =
      one_event ("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\n");
  g_autofree char *leap =
      bh_day_format (bh_calendar_add (calendar, bh_day_parse ("2028-02-28"), 1)); /* a Monday */
  g_autofree char *other =
      bh_day_format (bh_calendar_add (calendar, bh_day_parse ("2029-02-27"), 2)); /* a Tuesday */

  g_assert_cmpstr (bh_calendar_holiday (calendar, bh_day_parse ("2028-02-29")), ==, "Off");
  g_assert_cmpstr (leap, ==, "2028-03-01");
  g_assert_null (bh_calendar_holiday (calendar, bh_day_parse ("2029-02-28")));
  g_assert_null (bh_calendar_holiday (calendar, bh_day_parse ("2029-03-01")));
  g_assert_cmpstr (other, ==, "2029-03-01");
  g_assert_cmpuint (bh_day_parse ("2029-02-29"), ==, BH_DAY_NONE);
}

/* Nobody ever works: the clock has no end, and the count comes to one. */
static void
test_never_worked (void)
{
  g_autoptr (BhCalendar) calendar = bh_calendar_new ("x", 0);
  g_autoptr (GTimeZone) zone = bh_zone ("UTC");
  gint64 start = 0;

  g_assert_true (bh_time_parse ("2026-06-01", NULL, &start, NULL));
  g_assert_cmpuint (bh_calendar_add (calendar, bh_day_parse ("2026-06-01"), 1), ==, BH_DAY_NONE);
  g_assert_cmpuint (due_day (BH_C1, start, zone, calendar, NULL, 0, NULL), ==, BH_DAY_NONE);
  g_assert_cmpuint (due_day (BH_C2, start, zone, calendar, NULL, 0, NULL), ==,
                    bh_day_parse ("2026-07-01"));
}

/* RFC 5545: an exception is worked, an event of days covers each, its end is not in it */
static void
test_exception (void)
{
  g_autoptr (BhCalendar) yearly = one_event ("DTSTART;VALUE=DATE:20200601\r\nRRULE:FREQ=YEARLY\r\n"
                                             "EXDATE;VALUE=DATE:20260601\r\n");
  g_autoptr (BhCalendar) week =
      one_event ("DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260604\r\n");

  g_assert_null (bh_calendar_holiday (yearly, bh_day_parse ("2026-06-01")));
  g_assert_nonnull (bh_calendar_holiday (yearly, bh_day_parse ("2027-06-01")));
  g_assert_nonnull (bh_calendar_holiday (week, bh_day_parse ("2026-06-01")));
  g_assert_nonnull (bh_calendar_holiday (week, bh_day_parse ("2026-06-03")));
  g_assert_null (bh_calendar_holiday (week, bh_day_parse ("2026-06-04")));
}

static void
test_policy (void)
{
  BhPolicy policy;
  gsize n = 0;
  const BhPolicyKey *keys = bh_policy_keys (&n);
  g_autoptr (GError) error = NULL;

  bh_policy_init (&policy);
  for (gsize i = 0; i < n; i++) {
    g_autofree char *value = bh_policy_get (&policy, keys[i].key);

    g_assert_cmpstr (value, ==, keys[i].fallback);
  }
  g_assert_true (bh_policy_set (&policy, "clock.c1.business-days", "12", &error));
  g_assert_cmpint (policy.c1_business_days, ==, 12);
  g_assert_false (bh_policy_set (&policy, "clock.c1.business-days", "-1", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_cmpint (policy.c1_business_days, ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    g_test_add_data_func (examples[i].path, &examples[i], test_example);
  g_test_add_func ("/core/clock/C10/working", test_working);
  g_test_add_func ("/core/clock/C9/pause", test_pause);
  g_test_add_func ("/core/clock/C10/light", test_light);
  g_test_add_func ("/core/calendar/C7/between", test_between);
  g_test_add_func ("/core/calendar/C7/broken", test_broken);
  g_test_add_func ("/core/calendar/C7/a-holiday-of-29-february", test_leap_holiday);
  g_test_add_func ("/core/calendar/C7/no-day-is-worked", test_never_worked);
  g_test_add_func ("/core/calendar/C7/exceptions-and-spans", test_exception);
  g_test_add_func ("/core/policy/C7/keys", test_policy);
  return g_test_run ();
}
