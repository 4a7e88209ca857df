/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/clocks.h"
#include "world.h"
#include "wrap.h"

/* The world with clocks that are what they would be if they had been counted: C1 of
 * lines 1 to 3 began on Monday 16 November, of line 8 on Tuesday 27 October, in San
 * Jose, without holidays. */
typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
} ClockWorld;

typedef struct {
  const char *path;
  void (*run) (ClockWorld *, gconstpointer);
} ClockTest;

/* 26 November 2026 is not worked */
extern const char clock_world_thanksgiving[];

int clock_world_main (int argc, char **argv, const char *prefix, const ClockTest *tests, gsize n);
void clock_world_run (ClockWorld *world, const char *sql);
char *clock_world_text (ClockWorld *world, const char *sql);
/* By CSR; must pass. */
void clock_world_do (ClockWorld *world, BhClockDo what, const char *number, int line,
                     const char *kind, int days, gint64 now_us);
/* @why is in the message of BH_ERROR_REFUSED. */
void clock_world_refused (ClockWorld *world, BhClockDo what, const char *number, int line,
                          const char *kind, int days, gint64 now_us, const char *why);
/* A pause that states when it happened. */
gboolean clock_world_stated_pause (ClockWorld *world, GError **error);
/* A clock that its act would start; its due date is counted by the first recount. */
void clock_world_start (ClockWorld *world, const char *kind, gint64 line_id, const char *case_no,
                        const char *level, const char *stage, gint64 started_us);
/* "STATE DUE RETURN-BY" of the newest clock of that kind on a line; "-": none */
void clock_world_says (ClockWorld *world, int line_id, const char *kind, const char *expected);
/* "STATE DUE" of the case's C6, its time in UTC */
void clock_world_case_says (ClockWorld *world, const char *expected);
/* Receives a serial alone; was it late? */
gboolean clock_world_receive (ClockWorld *world, const char *serial, gint64 now_us);
void clock_world_void (ClockWorld *world, int line_id, gint64 now_us);
/* All that an act on clocks may change, as text. */
char *clock_world_state (ClockWorld *world);
/* A desk of the same store, for an operator of that role. */
BhDesk *clock_world_sign_in (ClockWorld *world, const char *role);
