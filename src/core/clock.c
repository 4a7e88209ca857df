/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/clock.h"

static const char *const kinds[] = { "C1", "C2", "C3", "C4", "C5", "C6" };
static const char *const states[] = { "open", "amber", "late", "paused", "met", "missed", "void" };

const char *
bh_clock_kind_name (BhClockKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), "C1");
  return kinds[kind];
}

gboolean
bh_clock_kind_parse (const char *text, BhClockKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (text, kinds[i]) == 0) {
      *kind = (BhClockKind) i;
      return TRUE;
    }
  return FALSE;
}

const char *
bh_clock_state_name (BhClockState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), "open");
  return states[state];
}

static gboolean
is_paused (gint64 at_us, const BhPause *pauses, gsize n, gboolean *for_ever)
{
  for (gsize i = 0; i < n; i++)
    if (at_us >= pauses[i].from_us && at_us < pauses[i].to_us) {
      *for_ever = pauses[i].to_us == G_MAXINT64;
      return TRUE;
    }
  return FALSE;
}

static void
note (GArray *working, BhDay day, gboolean counted, const char *why)
{
  BhClockDay row = { day, counted, why };

  if (working != NULL)
    g_array_append_val (working, row);
}

/* What the days of a clock are counted by. */
typedef struct {
  GTimeZone *zone;
  BhCalendar *holidays; /* NULL: every day counts */
  const BhPause *pauses;
  gsize n_pauses;
} Counter;

static BhDay
count_days (const Counter *by, BhDay from, int length, GArray *rows)
{
  BhDay day = from;
  BhDay last = from + 40 * 366;
  int left = length;
  gboolean for_ever = FALSE;

  note (rows, day, FALSE, "day 0");
  while (left > 0 && day < last && !for_ever) {
    const char *why = NULL;

    day++;
    if (by->holidays != NULL)
      why = bh_calendar_why_not (by->holidays, day);
    /* C9: a day whose local midnight lies in a pause is not counted */
    if (why == NULL && by->n_pauses > 0 &&
        is_paused (bh_day_start_us (day, by->zone), by->pauses, by->n_pauses, &for_ever))
      why = "paused";
    note (rows, day, why == NULL, why);
    left -= why == NULL;
  }
  return left <= 0 ? day : BH_DAY_NONE;
}

/* The days counted by a clock of @length hours, which runs day and night: a pause
 * of an hour moves its end by an hour. 0: a running pause has no end. */
static gint64
count_hours (gint64 start_us, int length, const BhPause *pauses, gsize n)
{
  gint64 due_us = start_us + (gint64) length * G_TIME_SPAN_HOUR;

  for (gsize i = 0; i < n; i++) {
    gint64 from_us = MAX (pauses[i].from_us, start_us);

    if (from_us >= due_us || pauses[i].to_us <= from_us)
      continue;
    if (pauses[i].to_us == G_MAXINT64)
      return 0;
    due_us += pauses[i].to_us - from_us;
  }
  return due_us;
}

/* Did it start after the day's last dispatch? On a day that is not worked nothing
 * is dispatched at all, and the next one that is counts as usual. */
static gboolean
after_cut_off (gint64 start_us, GTimeZone *zone, BhCalendar *calendar, const BhPolicy *policy)
{
  BhDay day = bh_day_of (start_us, zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (start_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL || bh_calendar_why_not (calendar, day) != NULL)
    return FALSE;
  return g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local) >= policy->c5_cut_off;
}

gboolean
bh_clock_due (const BhClockTerm *term, const BhClockInput *input, const BhPolicy *policy,
              BhClockEnd *end, GArray **working)
{
  g_autoptr (GArray) rows =
      working != NULL ? g_array_new (FALSE, FALSE, sizeof (BhClockDay)) : NULL;
  Counter by = { input->zone, term->count == BH_COUNT_BUSINESS_DAYS ? input->calendar : NULL,
                 input->pauses, input->n_pauses };
  BhDay from = bh_day_of (input->start_us, input->zone);
  int length = bh_clock_length (term, policy);

  *end = (BhClockEnd){ BH_DAY_NONE, 0 };
  if (term->count == BH_COUNT_HOURS) {
    end->due_us = count_hours (input->start_us, length + 24 * input->extra_days, input->pauses,
                               input->n_pauses);
    if (end->due_us != 0)
      end->day = bh_day_of (end->due_us, input->zone);
    note (rows, from, FALSE, "day 0");
    if (end->due_us != 0)
      note (rows, end->day, TRUE, NULL);
  } else {
    if (term->cut_off && after_cut_off (input->start_us, input->zone, input->calendar, policy))
      length++;
    end->day = count_days (&by, from, length + input->extra_days, rows);
    /* C7: until the last day's midnight; its last second, as a time */
    if (term->to_the_hour && end->day != BH_DAY_NONE)
      end->due_us = bh_day_start_us (end->day + 1, input->zone) - G_USEC_PER_SEC;
  }
  if (working != NULL)
    *working = g_steal_pointer (&rows);
  return end->day != BH_DAY_NONE;
}

int
bh_clock_days_left (BhClockKind kind, BhDay due, BhDay today, BhCalendar *calendar)
{
  return kind == BH_C1 || kind == BH_C4 ? bh_calendar_between (calendar, today, due)
                                        : (int) due - (int) today;
}

BhClockState
bh_clock_light (BhClockKind kind, int days_left, const BhPolicy *policy)
{
  return days_left < 0                     ? BH_CLOCK_LATE
         : days_left <= policy->amber_days ? BH_CLOCK_AMBER
                                           : BH_CLOCK_OPEN;
}
