/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar files as strangers send them (C7): what they say, and what is refused. */
#include <string.h>

#include "backhaul/calendar.h"
#include "backhaul/error.h"

#define DAY "DTSTART;VALUE=DATE:20261126\r\n"
#define TOKYO                                                                                      \
  "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"            \
  "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"

typedef struct {
  const char *name;
  const char *event;  /* its lines; one that begins with BEGIN is all that is in the file */
  const char *off;    /* the days off of 2026 and 2027; NULL: the file is refused */
  const char *reason; /* what the refusal says */
} Example;

static const Example examples[] = {
  { "C7/one-day", DAY, "2026-11-26", NULL },
  { "C7/days", DAY "DTEND;VALUE=DATE:20261128\r\n", "2026-11-26 2026-11-27", NULL },
  { "C7/its-end-is-its-start", DAY "DTEND;VALUE=DATE:20261126\r\n", "2026-11-26", NULL },
  { "C7/yearly", DAY "RRULE:FREQ=YEARLY\r\n", "2026-11-26 2027-11-26", NULL },
  { "C7/a-date-left-out", DAY "RRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20261126\r\n", "2027-11-26",
    NULL },
  { "C7/dates-more", DAY "RDATE;VALUE=DATE:20270104,20270105\r\n",
    "2026-11-26 2027-01-04 2027-01-05", NULL },
  { "C7/a-rule-left-out", DAY "RRULE:FREQ=DAILY;COUNT=3\r\nEXRULE:FREQ=DAILY;INTERVAL=2\r\n",
    "2026-11-27", NULL },
  { "C7/29-february", "DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\n", "", NULL },
  { "C7/cancelled", DAY "STATUS:CANCELLED\r\n", "", NULL },
  { "C7/one-of-them-moved",
    DAY "RRULE:FREQ=YEARLY\r\nUID:1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "RECURRENCE-ID;VALUE=DATE:20271126\r\nDTSTART;VALUE=DATE:20271129\r\n",
    "2026-11-26 2027-11-29", NULL },
  { "C7/midnight-in-a-zone-is-that-day",
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" TOKYO
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Asia/Tokyo:20261126T000000\r\n"
    "DTEND;TZID=Asia/Tokyo:20261127T000000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "2026-11-26", NULL },
  { "C7/until-an-instant-is-until-its-day-there",
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" TOKYO
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Asia/Tokyo:20261126T000000\r\n"
    "RRULE:FREQ=DAILY;UNTIL=20261126T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "2026-11-26 2026-11-27", NULL },
  { "C7/a-zone-that-does-not-exist", "DTSTART;TZID=Mars/Olympus_Mons:20261126T000000\r\n",
    "2026-11-26", NULL },
  { "C7/midnight-utc", "DTSTART:20261126T000000Z\r\nDTEND:20261127T000000Z\r\n", "2026-11-26",
    NULL },
  { "C7/a-byte-order-mark",
    "\xef\xbb\xbf"
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n" DAY
    "END:VEVENT\r\nEND:VCALENDAR\r\n",
    "2026-11-26", NULL },
  { "C7/nothing-in-it", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "",
    NULL },

  { "C7/bad/no-start", "", NULL, "has no valid start date" },
  { "C7/bad/30-february", "DTSTART;VALUE=DATE:20260230\r\n", NULL, "has no valid start date" },
  { "C7/bad/ends-before", DAY "DTEND;VALUE=DATE:20261120\r\n", NULL, "ends before it begins" },
  { "C7/bad/ends-on-30-february", DAY "DTEND;VALUE=DATE:20270230\r\n", NULL, "no valid end date" },
  { "C7/bad/lasts-for-years", DAY "DTEND;VALUE=DATE:20361126\r\n", NULL, "more than a year" },
  { "C7/bad/no-such-rule", DAY "RRULE:FREQ=SOMETIMES\r\n", NULL, "cannot be read" },
  { "C7/bad/the-second-rule", DAY "RRULE:FREQ=YEARLY\r\nRRULE:FREQ=SOMETIMES\r\n", NULL,
    "cannot be read" },
  { "C7/bad/every-second", DAY "RRULE:FREQ=SECONDLY\r\n", NULL, "recurs within a day" },
  { "C7/bad/every-hour", "DTSTART:20261126T000000\r\nRRULE:FREQ=HOURLY\r\n", NULL,
    "recurs within a day" },
  { "C7/bad/many-times-a-day", DAY "RRULE:FREQ=DAILY;BYHOUR=0,6,12;BYSECOND=1,2,3\r\n", NULL,
    "recurs within a day" },
  { "C7/bad/every-day", DAY "RRULE:FREQ=DAILY\r\n", NULL, "no day of 2027 is worked" },
  { "C7/bad/every-weekday", DAY "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\n", NULL,
    "no day of 2027 is worked" },
  { "C7/bad/since-year-1", "DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=DAILY;COUNT=800000\r\n", NULL,
    "more days than" },
  { "C7/bad/a-rule-that-never-comes", DAY "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n", NULL,
    "has a rule that" },
  { "C7/bad/month-13", DAY "RRULE:FREQ=YEARLY;BYMONTH=13\r\n", NULL, "cannot be read" },
  { "C7/bad/over-before-it-begins", DAY "RRULE:FREQ=YEARLY;UNTIL=20200101\r\n", NULL,
    "a rule that no day fits" },
  { "C7/bad/until-30-february", DAY "RRULE:FREQ=DAILY;UNTIL=20270230\r\n", NULL,
    "until a date that does not exist" },
  { "C7/bad/interval-0", DAY "RRULE:FREQ=DAILY;INTERVAL=0\r\n", NULL, "cannot be read" },
  { "C7/bad/count-and-until", DAY "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270101\r\n", NULL,
    "cannot be read" },
  { "C7/bad/left-out-30-february", DAY "RRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270230\r\n", NULL,
    "leaves out a date that does not exist" },
  { "C7/bad/also-on-29-february", DAY "RDATE;VALUE=DATE:20270229\r\n", NULL,
    "is on a date that does not exist" },
  { "C7/bad/cut-short", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" DAY "END:VEVENT\r\n",
    NULL, "no VCALENDAR" },
  { "C7/bad/a-web-page", "BEGIN<html><body>404</body></html>", NULL, "no VCALENDAR" },
  { "C7/bad/latin-1",
    DAY "SUMMARY:D\xed"
        "a\r\n",
    NULL, "not UTF-8" },
};

static char *
file_of (const char *event)
{
  if (g_str_has_prefix (event, "BEGIN") || (guchar) event[0] == 0xef)
    return g_strdup (event);
  return g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n", event,
                      "END:VEVENT\r\nEND:VCALENDAR\r\n", NULL);
}

static char *
days_off (BhCalendar *calendar)
{
  GString *days = g_string_new (NULL);

  for (BhDay day = bh_day_parse ("2026-01-01"); day <= bh_day_parse ("2027-12-31"); day++)
    if (bh_calendar_holiday (calendar, day) != NULL) {
      g_autofree char *text = bh_day_format (day);

      g_string_append_printf (days, "%s%s", days->len > 0 ? " " : "", text);
    }
  return g_string_free (days, FALSE);
}

static void
test_example (gconstpointer data)
{
  const Example *example = data;
  g_autofree char *ics = file_of (example->event);
  g_autofree char *off = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCalendar) calendar = bh_calendar_load ("x", ics, strlen (ics), 0x1f, &error);

  if (example->off == NULL) {
    g_assert_null (calendar);
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    if (strstr (error->message, example->reason) == NULL)
      g_error ("%s: %s", example->reason, error->message);
    return;
  }
  g_assert_no_error (error);
  off = days_off (calendar);
  g_assert_cmpstr (off, ==, example->off);
}

/* What is large, or would take for ever, is refused before it takes time. */
static void
test_large (void)
{
  static const char each[] = "BEGIN:VEVENT\r\n" DAY "RRULE:FREQ=DAILY;INTERVAL=2\r\nEND:VEVENT\r\n";
  g_autofree char *padding = g_strnfill (10 * 1024 * 1024, 'x');
  g_autoptr (GString) many = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
  g_autoptr (GError) error = NULL;

  g_assert_null (bh_calendar_load ("x", padding, strlen (padding), 0x1f, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "more than 1 MiB"));
  g_clear_error (&error);
  for (int i = 0; i < 3000; i++)
    g_string_append (many, each);
  g_string_append (many, "END:VCALENDAR\r\n");
  g_assert_null (bh_calendar_load ("x", many->str, many->len, 0x1f, &error));
  g_assert_nonnull (strstr (error->message, "more days than"));
}

/* Neither a name with a terminal's orders nor one with a NUL gets through. */
static void
test_hostile_names (void)
{
  g_autofree char *ics = file_of (DAY "SUMMARY:\x1b[2J<b>\r\n");
  g_autofree char *bad = file_of ("SUMMARY:\x1b[2J\r\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCalendar) calendar = bh_calendar_load ("x", ics, strlen (ics), 0x1f, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (bh_calendar_holiday (calendar, bh_day_parse ("2026-11-26")), ==, "␛[2J<b>");
  g_assert_null (bh_calendar_load ("x", bad, strlen (bad), 0x1f, &error));
  g_assert_null (strchr (error->message, '\x1b'));
  g_clear_error (&error);
  g_assert_null (bh_calendar_load ("x", ics, strlen (ics) + 1, 0x1f, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++) {
    g_autofree char *path = g_strconcat ("/core/calendar/", examples[i].name, NULL);

    g_test_add_data_func (path, &examples[i], test_example);
  }
  g_test_add_func ("/core/calendar/C7/bad/large", test_large);
  g_test_add_func ("/core/calendar/C7/hostile-names", test_hostile_names);
  return g_test_run ();
}
