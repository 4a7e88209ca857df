/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock-tables.h"

#include <string.h>

static const char days_off[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20200704\r\n"
    "RRULE:FREQ=YEARLY\r\nSUMMARY:Independence Day\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20260703\r\n"
    "SUMMARY:Independence Day (observed)\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20201126\r\nDTEND;VALUE=DATE:20201127\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nSUMMARY:Thanksgiving\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:4\r\nDTSTART;VALUE=DATE:20201225\r\n"
    "RRULE:FREQ=YEARLY\r\nSUMMARY:Christmas Day\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

BhCalendar *
clock_tables_calendar (void)
{
  g_autoptr (GError) error = NULL;
  BhCalendar *calendar = bh_calendar_load ("us", days_off, strlen (days_off), 0x1f, &error);

  g_assert_no_error (error);
  return calendar;
}

static const BhClockTerm *
term_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);
  g_autofree char *level = g_strdup (words[1]);
  BhClockKind kind = BH_C1;
  const BhClockTerm *term;
  char *stage = NULL;

  g_assert_true (bh_clock_kind_parse (words[0], &kind));
  if (kind == BH_C6) {
    stage = strchr (level, ' ');
    *stage++ = '\0';
  }
  term = bh_clock_term (kind, level, stage);
  g_assert_nonnull (term);
  return term;
}

static GArray *
pauses_of (const char *text)
{
  GArray *pauses = g_array_new (FALSE, FALSE, sizeof (BhPause));
  g_auto (GStrv) spans = g_strsplit (text != NULL ? text : "", " ", -1);

  for (char **span = spans; *span != NULL && text != NULL; span++) {
    g_auto (GStrv) ends = g_strsplit (*span, "/", 2);
    BhPause pause = { 0, G_MAXINT64 };

    g_assert_true (bh_time_parse (ends[0], NULL, &pause.from_us, NULL));
    if (ends[1] != NULL)
      g_assert_true (bh_time_parse (ends[1], NULL, &pause.to_us, NULL));
    g_array_append_val (pauses, pause);
  }
  return pauses;
}

/* C10: every day from day 0 to the due date is there, and says why it did not count. */
static void
check_working (const GArray *working, const BhClockTerm *term, const BhClockInput *input,
               const BhPolicy *policy, const BhClockEnd *end)
{
  int length = bh_clock_length (term, policy) + input->extra_days;
  BhDay first = bh_day_of (input->start_us, input->zone);
  int counted = 0;

  g_assert_cmpuint (working->len, >, 0);
  for (guint i = 0; i < working->len; i++) {
    const BhClockDay *day = &g_array_index (working, BhClockDay, i);

    counted += day->counted;
    g_assert_true (day->counted == (day->why == NULL));
    if (term->count != BH_COUNT_HOURS)
      g_assert_cmpuint (day->day, ==, first + i);
  }
  g_assert_cmpstr (g_array_index (working, BhClockDay, 0).why, ==, "day 0");
  if (end->day == BH_DAY_NONE)
    return;
  g_assert_true (g_array_index (working, BhClockDay, working->len - 1).counted);
  g_assert_cmpuint (g_array_index (working, BhClockDay, working->len - 1).day, ==, end->day);
  if (term->count == BH_COUNT_HOURS)
    return;
  /* one more where the cut-off was missed */
  g_assert_cmpint (counted, >=, length);
  g_assert_cmpint (counted, <=, length + term->cut_off);
}

static void
test_example (gconstpointer data)
{
  const ClockExample *c = data;
  const BhClockTerm *term = term_of (c->term);
  g_autoptr (BhCalendar) calendar = clock_tables_calendar ();
  g_autoptr (GTimeZone) zone = bh_zone (c->zone);
  g_autoptr (GArray) pauses = pauses_of (c->pauses);
  g_autoptr (GArray) working = NULL;
  g_autofree char *due = NULL;
  BhClockInput input = { .zone = zone,
                         .calendar = calendar,
                         .extra_days = c->extra,
                         .pauses = (const BhPause *) pauses->data,
                         .n_pauses = pauses->len };
  BhPolicy policy;
  BhClockEnd end;
  gboolean has_end;

  g_assert_nonnull (zone);
  bh_policy_init (&policy);
  if (c->cut_off != NULL)
    g_assert_true (bh_policy_set (&policy, "clock.c5.cut-off", c->cut_off, NULL));
  g_assert_true (bh_time_parse (c->start, NULL, &input.start_us, NULL));
  has_end = bh_clock_due (term, &input, &policy, &end, &working);
  if (!has_end)
    due = g_strdup ("-");
  else
    due = term->to_the_hour ? bh_time_format (end.due_us, zone) : bh_day_format (end.day);
  g_assert_cmpstr (due, ==, c->due);
  /* only C5 and C6 have a time, and its day is the due date */
  g_assert_true ((end.due_us != 0) == (has_end && term->to_the_hour));
  if (end.due_us != 0)
    g_assert_cmpuint (end.day, ==, bh_day_of (end.due_us, zone));
  check_working (working, term, &input, &policy, &end);
}

void
clock_tables_add (const char *prefix, const ClockExample *examples, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *path = g_strconcat (prefix, examples[i].path, NULL);

    g_test_add_data_func (path, &examples[i], test_example);
  }
}
