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

/* C1 and C4 count business days, C2 and C3 calendar days (RULES §5) */
static gboolean
in_business_days (BhClockKind kind)
{
  return kind == BH_C1 || kind == BH_C4;
}

static int
length_of (BhClockKind kind, const BhPolicy *policy)
{
  switch (kind) {
  case BH_C1:
    return policy->c1_business_days;
  case BH_C2:
    return policy->c2_days;
  case BH_C3:
    return policy->c3_days;
  case BH_C4:
    return policy->c4_business_days;
  case BH_C5:
  case BH_C6:
  case BH_CLOCK_LAST:
  default:
    return 0;
  }
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

BhDay
bh_clock_due_day (BhClockKind kind, gint64 start_us, GTimeZone *zone, BhCalendar *calendar,
                  const BhPolicy *policy, int extra_days, const BhPause *pauses, gsize n_pauses,
                  GArray **working)
{
  g_autoptr (GArray) rows =
      working != NULL ? g_array_new (FALSE, FALSE, sizeof (BhClockDay)) : NULL;
  BhDay day = bh_day_of (start_us, zone);
  BhDay last = day + 40 * 366;
  int left = length_of (kind, policy) + extra_days;
  gboolean for_ever = FALSE;

  note (rows, day, FALSE, "day 0");
  while (left > 0 && day < last && !for_ever) {
    const char *why = NULL;

    day++;
    if (in_business_days (kind))
      why = bh_calendar_why_not (calendar, day);
    /* C9: a day whose local midnight lies in a pause is not counted */
    if (why == NULL && n_pauses > 0 &&
        is_paused (bh_day_start_us (day, zone), pauses, n_pauses, &for_ever))
      why = "paused";
    note (rows, day, why == NULL, why);
    left -= why == NULL;
  }
  if (working != NULL)
    *working = g_steal_pointer (&rows);
  return left <= 0 ? day : BH_DAY_NONE;
}

int
bh_clock_days_left (BhClockKind kind, BhDay due, BhDay today, BhCalendar *calendar)
{
  return in_business_days (kind) ? bh_calendar_between (calendar, today, due)
                                 : (int) due - (int) today;
}

BhClockState
bh_clock_light (BhClockKind kind, int days_left, const BhPolicy *policy)
{
  return days_left < 0                     ? BH_CLOCK_LATE
         : days_left <= policy->amber_days ? BH_CLOCK_AMBER
                                           : BH_CLOCK_OPEN;
}
