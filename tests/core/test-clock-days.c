/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clocks of days (C1–C4): weekday × holiday × zone × pause × extension × leap day. */
#include "clock-tables.h"

#include <string.h>

#define NY "America/New_York"

/* ten business days of C1, begun on each day of a week without a holiday */
static const ClockExample weekdays[] = {
  { "C1/monday", "C1", "UTC", "2026-06-01T09:00:00Z", NULL, 0, NULL, "2026-06-15" },
  { "C1/tuesday", "C1", "UTC", "2026-06-02T09:00:00Z", NULL, 0, NULL, "2026-06-16" },
  { "C1/wednesday", "C1", "UTC", "2026-06-03T09:00:00Z", NULL, 0, NULL, "2026-06-17" },
  { "C1/thursday", "C1", "UTC", "2026-06-04T09:00:00Z", NULL, 0, NULL, "2026-06-18" },
  { "C1/friday", "C1", "UTC", "2026-06-05T09:00:00Z", NULL, 0, NULL, "2026-06-19" },
  { "C1/saturday", "C1", "UTC", "2026-06-06T09:00:00Z", NULL, 0, NULL, "2026-06-19" },
  { "C1/sunday", "C1", "UTC", "2026-06-07T09:00:00Z", NULL, 0, NULL, "2026-06-19" },
  { "C1/first-second-of-a-day", "C1", "UTC", "2026-06-01T00:00:00Z", NULL, 0, NULL, "2026-06-15" },
  { "C1/last-second-of-a-day", "C1", "UTC", "2026-06-01T23:59:59Z", NULL, 0, NULL, "2026-06-15" },
};

/* the same over Thanksgiving, Thursday 26 November 2026, and other holidays */
static const ClockExample holidays[] = {
  { "C1/thanksgiving/monday", "C1", NY, "2026-11-16T09:00:00-05:00", NULL, 0, NULL, "2026-12-01" },
  { "C1/thanksgiving/tuesday", "C1", NY, "2026-11-17T09:00:00-05:00", NULL, 0, NULL, "2026-12-02" },
  { "C1/thanksgiving/wednesday", "C1", NY, "2026-11-18T09:00:00-05:00", NULL, 0, NULL,
    "2026-12-03" },
  { "C1/thanksgiving/thursday", "C1", NY, "2026-11-19T09:00:00-05:00", NULL, 0, NULL,
    "2026-12-04" },
  { "C1/thanksgiving/friday", "C1", NY, "2026-11-20T09:00:00-05:00", NULL, 0, NULL, "2026-12-07" },
  { "C1/thanksgiving/saturday", "C1", NY, "2026-11-21T09:00:00-05:00", NULL, 0, NULL,
    "2026-12-07" },
  { "C1/thanksgiving/sunday", "C1", NY, "2026-11-22T09:00:00-05:00", NULL, 0, NULL, "2026-12-07" },
  { "C1/thanksgiving/begun-on-it", "C1", NY, "2026-11-26T09:00:00-05:00", NULL, 0, NULL,
    "2026-12-10" },
  { "C1/thanksgiving/would-be-due-on-it", "C1", NY, "2026-11-12T09:00:00-05:00", NULL, 0, NULL,
    "2026-11-27" },
  { "C1/christmas-on-a-friday", "C1", "UTC", "2026-12-21T09:00:00Z", NULL, 0, NULL, "2027-01-05" },
  { "C1/holiday-on-a-saturday", "C1", "UTC", "2027-12-20T09:00:00Z", NULL, 0, NULL, "2028-01-03" },
  { "C1/observed-on-the-friday", "C1", "UTC", "2026-06-29T09:00:00Z", NULL, 0, NULL, "2026-07-14" },
  { "C4/monday", "C4", "UTC", "2026-06-01T09:00:00Z", NULL, 0, NULL, "2026-06-29" },
  { "C4/saturday", "C4", "UTC", "2026-06-06T09:00:00Z", NULL, 0, NULL, "2026-07-06" },
  { "C4/over-thanksgiving", "C4", "UTC", "2026-11-16T09:00:00Z", NULL, 0, NULL, "2026-12-15" },
  { "C4/due-before-christmas", "C4", "UTC", "2026-11-25T09:00:00Z", NULL, 0, NULL, "2026-12-24" },
  { "C4/begun-on-a-holiday", "C4", "UTC", "2026-11-26T09:00:00Z", NULL, 0, NULL, "2026-12-24" },
  { "C4/over-christmas", "C4", "UTC", "2026-11-27T09:00:00Z", NULL, 0, NULL, "2026-12-28" },
  { "C2/holidays-and-weekends-count", "C2", "UTC", "2026-11-26T09:00:00Z", NULL, 0, NULL,
    "2026-12-26" },
  { "C3/holidays-and-weekends-count", "C3", "UTC", "2026-12-11T09:00:00Z", NULL, 0, NULL,
    "2026-12-26" },
};

/* which day it is, where the goods go (C7) */
static const ClockExample zones[] = {
  { "C7/kiritimati-is-a-day-ahead", "C1", "Pacific/Kiritimati", "2026-06-05T10:30:00Z", NULL, 0,
    NULL, "2026-06-19" },
  { "C7/kiritimati-is-in-tuesday", "C1", "Pacific/Kiritimati", "2026-06-01T10:00:00Z", NULL, 0,
    NULL, "2026-06-16" },
  { "C7/kiritimati-one-second-before", "C1", "Pacific/Kiritimati", "2026-06-01T09:59:59Z", NULL, 0,
    NULL, "2026-06-15" },
  { "C7/pago-pago-is-a-day-behind", "C1", "Pacific/Pago_Pago", "2026-06-05T10:30:00Z", NULL, 0,
    NULL, "2026-06-18" },
  { "C7/pago-pago-one-second-before", "C1", "Pacific/Pago_Pago", "2026-06-05T10:59:59Z", NULL, 0,
    NULL, "2026-06-18" },
  { "C7/pago-pago-midnight", "C1", "Pacific/Pago_Pago", "2026-06-05T11:00:00Z", NULL, 0, NULL,
    "2026-06-19" },
  { "C7/kolkata-one-second-before", "C1", "Asia/Kolkata", "2026-06-04T18:29:59Z", NULL, 0, NULL,
    "2026-06-18" },
  { "C7/kolkata-midnight", "C1", "Asia/Kolkata", "2026-06-04T18:30:00Z", NULL, 0, NULL,
    "2026-06-19" },
  { "C7/kathmandu-one-second-before", "C1", "Asia/Kathmandu", "2026-06-04T18:14:59Z", NULL, 0, NULL,
    "2026-06-18" },
  { "C7/kathmandu-midnight", "C1", "Asia/Kathmandu", "2026-06-04T18:15:00Z", NULL, 0, NULL,
    "2026-06-19" },
  { "C7/st-johns-one-second-before", "C1", "America/St_Johns", "2026-06-05T02:29:59Z", NULL, 0,
    NULL, "2026-06-18" },
  { "C7/st-johns-midnight", "C1", "America/St_Johns", "2026-06-05T02:30:00Z", NULL, 0, NULL,
    "2026-06-19" },
  { "C7/chatham-one-second-before", "C1", "Pacific/Chatham", "2026-06-04T11:14:59Z", NULL, 0, NULL,
    "2026-06-18" },
  { "C7/chatham-midnight", "C1", "Pacific/Chatham", "2026-06-04T11:15:00Z", NULL, 0, NULL,
    "2026-06-19" },
  { "C7/lord-howe-saves-half-an-hour", "C1", "Australia/Lord_Howe", "2026-06-04T13:29:59Z", NULL, 0,
    NULL, "2026-06-18" },
  { "C7/lord-howe-in-summer", "C1", "Australia/Lord_Howe", "2026-12-03T12:59:59Z", NULL, 0, NULL,
    "2026-12-17" },
  { "C7/lord-howe-in-summer-midnight", "C1", "Australia/Lord_Howe", "2026-12-03T13:00:00Z", NULL, 0,
    NULL, "2026-12-18" },
  { "C7/spring-forward-in-between", "C2", NY, "2026-02-06T23:30:00-05:00", NULL, 0, NULL,
    "2026-03-08" },
  { "C7/fall-back-in-between", "C3", NY, "2026-10-17T23:30:00-04:00", NULL, 0, NULL, "2026-11-01" },
  { "C7/first-half-past-one", "C3", NY, "2026-11-01T01:30:00-04:00", NULL, 0, NULL, "2026-11-16" },
  { "C7/second-half-past-one", "C3", NY, "2026-11-01T01:30:00-05:00", NULL, 0, NULL, "2026-11-16" },
  /* Cuba: midnight comes twice on 1 November 2026 */
  { "C7/first-midnight-of-two", "C3", "America/Havana", "2026-11-01T00:00:00-04:00", NULL, 0, NULL,
    "2026-11-16" },
  { "C7/before-the-first-of-two", "C3", "America/Havana", "2026-10-31T23:59:59-04:00", NULL, 0,
    NULL, "2026-11-15" },
  { "C7/second-midnight-of-two", "C3", "America/Havana", "2026-11-01T00:30:00-05:00", NULL, 0, NULL,
    "2026-11-16" },
  /* Egypt: Friday 24 April 2026 begins at one o'clock */
  { "C7/no-midnight-one-second-before", "C1", "Africa/Cairo", "2026-04-23T21:59:59Z", NULL, 0, NULL,
    "2026-05-07" },
  { "C7/no-midnight", "C1", "Africa/Cairo", "2026-04-23T22:00:00Z", NULL, 0, NULL, "2026-05-08" },
};

/* C1 begun on Monday 1 June 2026, due on the 15th; a day that begins paused does not count */
#define JUNE "C1", "UTC", "2026-06-01T09:00:00Z"
static const ClockExample pauses[] = {
  { "C9/before-it-began", JUNE, "2026-05-20T00:00:00Z/2026-05-25T00:00:00Z", 0, NULL,
    "2026-06-15" },
  { "C9/over-its-beginning", JUNE, "2026-05-31T12:00:00Z/2026-06-02T12:00:00Z", 0, NULL,
    "2026-06-16" },
  { "C9/of-minutes-by-day", JUNE, "2026-06-03T10:00:00Z/2026-06-03T10:05:00Z", 0, NULL,
    "2026-06-15" },
  { "C9/of-a-whole-day-but-its-midnight", JUNE, "2026-06-03T00:00:01Z/2026-06-03T23:59:59Z", 0,
    NULL, "2026-06-15" },
  { "C9/of-minutes-over-midnight", JUNE, "2026-06-02T23:59:00Z/2026-06-03T00:01:00Z", 0, NULL,
    "2026-06-16" },
  { "C9/begun-at-midnight", JUNE, "2026-06-03T00:00:00Z/2026-06-03T00:00:01Z", 0, NULL,
    "2026-06-16" },
  { "C9/ended-at-midnight", JUNE, "2026-06-02T12:00:00Z/2026-06-03T00:00:00Z", 0, NULL,
    "2026-06-15" },
  { "C9/of-the-first-day", JUNE, "2026-06-01T12:00:00Z/2026-06-02T12:00:00Z", 0, NULL,
    "2026-06-16" },
  { "C9/over-a-weekend-and-monday", JUNE, "2026-06-05T12:00:00Z/2026-06-08T09:00:00Z", 0, NULL,
    "2026-06-16" },
  { "C9/over-a-weekend-only", JUNE, "2026-06-05T18:00:00Z/2026-06-07T23:00:00Z", 0, NULL,
    "2026-06-15" },
  { "C9/of-a-week", JUNE, "2026-06-03T12:00:00Z/2026-06-10T12:00:00Z", 0, NULL, "2026-06-22" },
  { "C9/two", JUNE,
    "2026-06-03T12:00:00Z/2026-06-04T12:00:00Z 2026-06-09T12:00:00Z/2026-06-10T12:00:00Z", 0, NULL,
    "2026-06-17" },
  { "C9/two-end-to-end", JUNE,
    "2026-06-03T12:00:00Z/2026-06-04T12:00:00Z 2026-06-04T12:00:00Z/2026-06-05T12:00:00Z", 0, NULL,
    "2026-06-17" },
  { "C9/the-second-on-days-that-the-first-gave", JUNE,
    "2026-06-03T12:00:00Z/2026-06-04T12:00:00Z 2026-06-15T12:00:00Z/2026-06-16T12:00:00Z", 0, NULL,
    "2026-06-17" },
  { "C9/of-the-last-day", JUNE, "2026-06-14T12:00:00Z/2026-06-15T12:00:00Z", 0, NULL,
    "2026-06-16" },
  { "C9/begun-on-the-last-day", JUNE, "2026-06-15T12:00:00Z/2026-06-17T12:00:00Z", 0, NULL,
    "2026-06-15" },
  { "C9/after-it-was-due", JUNE, "2026-06-16T12:00:00Z/2026-06-17T12:00:00Z", 0, NULL,
    "2026-06-15" },
  { "C9/lasts", JUNE, "2026-06-04T12:00:00Z", 0, NULL, "-" },
  { "C9/the-second-lasts", JUNE, "2026-06-03T12:00:00Z/2026-06-04T12:00:00Z 2026-06-11T12:00:00Z",
    0, NULL, "-" },
  { "C9/lasts-since-after-it-was-due", JUNE, "2026-06-17T12:00:00Z", 0, NULL, "2026-06-15" },
  { "C9/lasts-since-the-last-day", JUNE, "2026-06-15T00:00:01Z", 0, NULL, "2026-06-15" },
  { "C9/lasts-since-the-last-midnight", JUNE, "2026-06-15T00:00:00Z", 0, NULL, "-" },
  { "C9/over-a-holiday", "C1", NY, "2026-11-24T09:00:00-05:00",
    "2026-11-25T12:00:00-05:00/2026-11-27T12:00:00-05:00", 0, NULL, "2026-12-10" },
  { "C9/of-a-holiday-only", "C1", NY, "2026-11-24T09:00:00-05:00",
    "2026-11-25T12:00:00-05:00/2026-11-26T12:00:00-05:00", 0, NULL, "2026-12-09" },
  /* the midnight of where the goods go */
  { "C9/over-tokyo-s-midnight", "C1", "Asia/Tokyo", "2026-06-01T09:00:00+09:00",
    "2026-06-02T14:59:00Z/2026-06-02T15:01:00Z", 0, NULL, "2026-06-16" },
  { "C9/not-over-that-of-utc", JUNE, "2026-06-02T14:59:00Z/2026-06-02T15:01:00Z", 0, NULL,
    "2026-06-15" },
  { "C9/over-kathmandu-s-midnight", "C1", "Asia/Kathmandu", "2026-06-01T09:00:00+05:45",
    "2026-06-02T18:14:59Z/2026-06-02T18:15:01Z", 0, NULL, "2026-06-16" },
  { "C9/over-a-midnight-that-is-not", "C1", "Africa/Cairo", "2026-04-20T09:00:00Z",
    "2026-04-23T21:59:00Z/2026-04-23T22:01:00Z", 0, NULL, "2026-05-05" },
  { "C9/before-a-midnight-that-is-not", "C1", "Africa/Cairo", "2026-04-20T09:00:00Z",
    "2026-04-23T21:30:00Z/2026-04-23T21:59:59Z", 0, NULL, "2026-05-04" },
  { "C9/over-the-first-midnight-of-two", "C3", "America/Havana", "2026-10-25T12:00:00-04:00",
    "2026-11-01T03:59:00Z/2026-11-01T04:01:00Z", 0, NULL, "2026-11-10" },
  { "C9/over-the-second-midnight-of-two", "C3", "America/Havana", "2026-10-25T12:00:00-04:00",
    "2026-11-01T04:30:00Z/2026-11-01T05:30:00Z", 0, NULL, "2026-11-09" },
  { "C9/calendar-days-lose-a-weekend", "C3", "UTC", "2026-06-01T09:00:00Z",
    "2026-06-05T18:00:00Z/2026-06-07T23:00:00Z", 0, NULL, "2026-06-18" },
  { "C9/of-the-leap-day", "C2", "UTC", "2028-02-20T09:00:00Z",
    "2028-02-28T12:00:00Z/2028-03-01T12:00:00Z", 0, NULL, "2028-03-23" },
  { "C9/C4-of-a-week", "C4", "UTC", "2026-06-01T09:00:00Z",
    "2026-06-03T12:00:00Z/2026-06-10T12:00:00Z", 0, NULL, "2026-07-07" },
};

static const ClockExample leaps[] = {
  { "C2/to-a-leap-day", "C2", "UTC", "2028-01-30T09:00:00Z", NULL, 0, NULL, "2028-02-29" },
  { "C2/where-there-is-none", "C2", "UTC", "2026-01-30T09:00:00Z", NULL, 0, NULL, "2026-03-01" },
  { "C2/from-a-leap-day", "C2", "UTC", "2028-02-29T23:59:59Z", NULL, 0, NULL, "2028-03-30" },
  { "C2/2000-is-a-leap-year", "C2", "UTC", "2000-02-01T09:00:00Z", NULL, 0, NULL, "2000-03-02" },
  { "C2/2100-is-not", "C2", "UTC", "2100-02-01T09:00:00Z", NULL, 0, NULL, "2100-03-03" },
  { "C3/to-a-leap-day", "C3", "UTC", "2028-02-14T09:00:00Z", NULL, 0, NULL, "2028-02-29" },
  { "C3/where-there-is-none", "C3", "UTC", "2026-02-14T09:00:00Z", NULL, 0, NULL, "2026-03-01" },
  { "C1/to-a-leap-day", "C1", "UTC", "2028-02-15T09:00:00Z", NULL, 0, NULL, "2028-02-29" },
  { "C1/from-a-leap-day", "C1", "UTC", "2028-02-29T09:00:00Z", NULL, 0, NULL, "2028-03-14" },
  { "C1/over-new-year", "C1", "UTC", "2026-12-31T23:59:59Z", NULL, 0, NULL, "2027-01-14" },
};

static const ClockExample extensions[] = {
  { "O2/C1-by-business-days", JUNE, NULL, 5, NULL, "2026-06-22" },
  { "O2/C1-by-one-over-a-weekend", "C1", "UTC", "2026-06-05T09:00:00Z", NULL, 1, NULL,
    "2026-06-22" },
  { "O2/C1-over-a-holiday", "C1", NY, "2026-11-11T09:00:00-05:00", NULL, 1, NULL, "2026-11-27" },
  { "O2/C1-after-a-pause", JUNE, "2026-06-03T12:00:00Z/2026-06-04T12:00:00Z", 5, NULL,
    "2026-06-23" },
  { "O2/C1-paused-in-the-extension", JUNE, "2026-06-15T12:00:00Z/2026-06-17T12:00:00Z", 5, NULL,
    "2026-06-24" },
  { "O2/C1-a-pause-that-lasts", JUNE, "2026-06-15T12:00:00Z", 5, NULL, "-" },
  { "O2/C2-by-calendar-days", "C2", "UTC", "2026-06-01T09:00:00Z", NULL, 3, NULL, "2026-07-04" },
  { "O2/C3-by-calendar-days", "C3", "UTC", "2026-06-01T09:00:00Z", NULL, 30, NULL, "2026-07-16" },
  { "O2/C4-by-business-days", "C4", "UTC", "2026-06-01T09:00:00Z", NULL, 4, NULL, "2026-07-06" },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  clock_tables_add ("/core/clock/days/", weekdays, G_N_ELEMENTS (weekdays));
  clock_tables_add ("/core/clock/days/", holidays, G_N_ELEMENTS (holidays));
  clock_tables_add ("/core/clock/days/", zones, G_N_ELEMENTS (zones));
  clock_tables_add ("/core/clock/days/", pauses, G_N_ELEMENTS (pauses));
  clock_tables_add ("/core/clock/days/", leaps, G_N_ELEMENTS (leaps));
  clock_tables_add ("/core/clock/days/", extensions, G_N_ELEMENTS (extensions));
  return g_test_run ();
}
