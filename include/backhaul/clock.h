/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar.h"
#include "policy.h"

G_BEGIN_DECLS

/* RULES §5. */
typedef enum { BH_C1, BH_C2, BH_C3, BH_C4, BH_C5, BH_C6, BH_CLOCK_LAST } BhClockKind;

const char *bh_clock_kind_name (BhClockKind kind); /* "C1" */
gboolean bh_clock_kind_parse (const char *text, BhClockKind *kind);

/* C10: as shown. */
typedef enum {
  BH_CLOCK_OPEN,
  BH_CLOCK_AMBER,
  BH_CLOCK_LATE,
  BH_CLOCK_PAUSED,
  BH_CLOCK_MET,
  BH_CLOCK_MISSED,
  BH_CLOCK_VOID
} BhClockState;

const char *bh_clock_state_name (BhClockState state); /* "open" … */

/* One pause: [from, to); to is G_MAXINT64 while it lasts (C9). */
typedef struct {
  gint64 from_us;
  gint64 to_us;
} BhPause;

/**
 * BhClockDay:
 * @why: (nullable): why the day was not counted: "Saturday", a holiday's
 *   name, "paused"; %NULL when it was. Day 0 says "day 0"
 */
typedef struct {
  BhDay day;
  gboolean counted;
  const char *why;
} BhClockDay;

/**
 * bh_clock_due_day:
 * @kind: C1 to C4: clocks counted in days
 * @start_us: when it started
 * @zone: the destination's zone (C7)
 * @calendar: holidays of the destination; not used by calendar-day clocks
 * @policy: lengths (RULES §5, each a default a site can change)
 * @extra_days: extension (C8, O2), in the clock's own days
 * @pauses: (array length=n_pauses): a day paused at its local midnight is not counted
 * @working: (element-type BhClockDay) (nullable) (out): each day counted or
 *   skipped, in order (C10); g_array_unref() it
 *
 * Returns: the last day counted, %BH_DAY_NONE while a running pause has no end
 */
BhDay bh_clock_due_day (BhClockKind kind, gint64 start_us, GTimeZone *zone, BhCalendar *calendar,
                        const BhPolicy *policy, int extra_days, const BhPause *pauses,
                        gsize n_pauses, GArray **working);
/* Days left on @today in the clock's own days: 0 on the due day, negative after. */
int bh_clock_days_left (BhClockKind kind, BhDay due, BhDay today, BhCalendar *calendar);
/* Open, amber or late, of a clock that runs (C10). */
BhClockState bh_clock_light (BhClockKind kind, int days_left, const BhPolicy *policy);

G_END_DECLS
