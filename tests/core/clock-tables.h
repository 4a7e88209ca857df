/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/clock.h"

/* Worked examples of clocks, a row each, counted by hand on a wall calendar. */

/* Days off: 4 July (its Friday too when it falls on a Saturday, as in 2026), the fourth
 * Thursday of November, 25 December; Monday to Friday are worked. */
BhCalendar *clock_tables_calendar (void);

/**
 * ClockExample:
 * @path: rule, and what the row shows
 * @term: "C1", "C5 Next-Day Ship", "C6 P2 update"
 * @zone: of the destination
 * @start: a time with its offset
 * @pauses: (nullable): "FROM/TO FROM/TO"; without TO it lasts
 * @extra: days of extension
 * @cut_off: (nullable): another than 15:00
 * @due: date of C1–C4, time of C5 and C6; "-": none
 */
typedef struct {
  const char *path;
  const char *term;
  const char *zone;
  const char *start;
  const char *pauses;
  int extra;
  const char *cut_off;
  const char *due;
} ClockExample;

void clock_tables_add (const char *prefix, const ClockExample *examples, gsize n);
