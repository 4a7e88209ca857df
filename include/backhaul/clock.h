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

/* What a clock counts. */
typedef enum { BH_COUNT_BUSINESS_DAYS, BH_COUNT_DAYS, BH_COUNT_HOURS } BhClockCount;

/**
 * BhClockTerm:
 * @level: C5: the contract level (N4); C6: the case's priority; else %NULL
 * @stage: C6: "response" or "update"; else %NULL
 * @length: in units of @count; of C1 to C4 the policy says, see bh_clock_length()
 * @to_the_hour: it is due at a time (C5, C6), not on a date
 * @cut_off: begun after the daily cut-off, it counts one business day more
 *
 * One promise of the guide's tables 3 and 5, or of RULES §5.
 */
typedef struct {
  BhClockKind kind;
  const char *level;
  const char *stage;
  BhClockCount count;
  int length;
  gboolean to_the_hour;
  gboolean cut_off;
} BhClockTerm;

const BhClockTerm *bh_clock_terms (gsize *n);
/* %NULL: nothing is promised (a level without advance replacement, an unknown
 * priority). @level compares without case. */
const BhClockTerm *bh_clock_term (BhClockKind kind, const char *level, const char *stage);
int bh_clock_length (const BhClockTerm *term, const BhPolicy *policy);

/**
 * BhClockInput:
 * @zone: the destination's (C7)
 * @calendar: holidays of the destination
 * @extra_days: extension (O2) and export policy (C8), in the clock's own days; of a
 *   clock of hours, 24 hours each
 * @pauses: (array length=n_pauses): by their beginning. Of a clock of days, a day
 *   paused at its local midnight is not counted; one of hours is moved by their length
 */
typedef struct {
  gint64 start_us;
  GTimeZone *zone;
  BhCalendar *calendar;
  int extra_days;
  const BhPause *pauses;
  gsize n_pauses;
} BhClockInput;

/* @day: the last day counted; @due_us: the instant of C5 and C6, else 0 */
typedef struct {
  BhDay day;
  gint64 due_us;
} BhClockEnd;

/**
 * bh_clock_due:
 * @working: (element-type BhClockDay) (nullable) (out): each day counted or
 *   skipped, in order (C10); g_array_unref() it
 *
 * Returns: %FALSE, and @end has no day, while a running pause has no end
 */
gboolean bh_clock_due (const BhClockTerm *term, const BhClockInput *input, const BhPolicy *policy,
                       BhClockEnd *end, GArray **working);
/* Days left on @today in the clock's own days: 0 on the due day, negative after. */
int bh_clock_days_left (BhClockKind kind, BhDay due, BhDay today, BhCalendar *calendar);
/* Open, amber or late, of a clock that runs (C10). */
BhClockState bh_clock_light (BhClockKind kind, int days_left, const BhPolicy *policy);

G_END_DECLS
