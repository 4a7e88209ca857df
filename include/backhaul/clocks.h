/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock-store.h"
#include "desk.h"

G_BEGIN_DECLS

/**
 * SECTION:clocks
 *
 * Clocks of RMAs and cases: their working, a what-if, pause, resume, extension
 * (RULES C8–C11, O2), and the policies that their dates follow.
 */

/* A clock that another calendar or policy moved (C11). Dates as ISO 8601, or times
 * with an offset (C5, C6); %NULL: none, as no return is expected (C8). */
typedef struct {
  const char *rma;     /* NULL: a case's */
  const char *case_no; /* NULL: an RMA's */
  int line;
  const char *kind;
  const char *from;
  const char *to;
} BhMovedClock;

/* Who watches a recount; each member but @data may be %NULL. */
typedef struct {
  void (*moved) (const BhMovedClock *clock, gpointer data);
  void (*progress) (guint done, guint of, gpointer data);
  gpointer data;
} BhClockWatch;

/* One day of a clock's working (C10). */
typedef struct {
  char *date;
  gboolean counted;
  char *why; /* NULL: it counted */
} BhClockViewDay;

/**
 * BhClockView:
 * @state: as `due` shows it: "open", "amber", "late", "paused", "met", "missed", "void"
 * @due: a date (C1–C4); of C5 and C6 see @due_us. %NULL while a pause has no end
 * @days_left: in the clock's own days; only while it runs and has a due date
 * @days: (element-type BhClockViewDay)
 * @pauses: (element-type BhPauseRecord)
 */
typedef struct {
  char *kind;
  char *state;
  char *stage;
  char *level;
  char *rma;
  int line;
  char *case_no;
  gint64 started_us;
  gint64 ended_us;
  char *due;
  gint64 due_us;
  int days_left;
  int extra_days;
  int policy_days;
  char *country;
  char *zone;
  char *calendar;
  GPtrArray *days;
  GPtrArray *pauses;
} BhClockView;

void bh_clock_view_free (BhClockView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhClockView, bh_clock_view_free)

/**
 * bh_desk_clock_views:
 * @number: an RMA number (I1) or a case number (I2)
 * @line: only this line; 0: all
 *
 * Every clock of it, running or ended, each with its working.
 *
 * Errors: %BH_ERROR_INPUT, %BH_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full) (element-type BhClockView)
 */
GPtrArray *
bh_desk_clock_views (BhDesk *self, const char *number, int line, gint64 now_us, GError **error);

/* What a clock would say (K1). @level: C5's contract level or C6's priority; @stage:
 * C6, %NULL is "response". @country: for C1 (C8), may be %NULL. */
typedef struct {
  const char *kind;
  const char *destination;
  const char *from; /* a time; without offset in the destination's zone */
  const char *level;
  const char *stage;
  const char *country;
  int extra_days;
} BhClockQuestion;

/* Errors: %BH_ERROR_INPUT (kind, time, level), %BH_ERROR_NOT_FOUND (destination);
 * %BH_ERROR_REFUSED: the level promises nothing, or no return is expected (C8). */
BhClockView *bh_desk_clock_what_if (BhDesk *self, const BhClockQuestion *question, gint64 now_us,
                                    GError **error);

typedef enum {
  BH_CLOCK_PAUSE,
  BH_CLOCK_RESUME,
  BH_CLOCK_UNPAUSE,  /* the pause is taken back */
  BH_CLOCK_UNRESUME, /* the clock stands as if it had not been resumed */
  BH_CLOCK_EXTEND,
  BH_CLOCK_UNEXTEND /* takes an extension back */
} BhClockDo;

/**
 * BhClockRequest:
 * @number: an RMA number, or a case number for C6
 * @line: 0: every line whose clock of that kind runs
 * @days: %BH_CLOCK_EXTEND: 1 to 3650, in the clock's own days
 * @time_stated: @now_us of the act was stated by a person (--at)
 * @undoes: (nullable): the act that is taken back; %NULL: of each clock the last of its kind
 */
typedef struct {
  BhClockDo what;
  const char *number;
  int line;
  const char *kind;
  int days;
  const char *reason;
  gboolean time_stated;
  const char *undoes;
} BhClockRequest;

/**
 * bh_desk_clock_do:
 * @act: UUID made by the caller; the same @act twice is done once
 *
 * Pauses, resumes or extends (C9, O2), or takes one of that back, in one transaction. A date is
 * always counted by the calendar and policy of today: what is taken back gives the prior date. A
 * pause is taken back while it lasts, a resumption while the clock runs on; what a claim paused
 * or let run goes with the claim (bh_desk_take_back_claim()).
 *
 * Errors: %BH_ERROR_FORBIDDEN; %BH_ERROR_INPUT (number, kind, days, a stated time
 * before what is on record); %BH_ERROR_NOT_FOUND; %BH_ERROR_REFUSED: no such clock
 * runs, or it is paused (runs) already. Nothing was written.
 */
gboolean bh_desk_clock_do (BhDesk *self, const char *act, const BhClockRequest *request,
                           gint64 now_us, GError **error);

/* (element-type BhExportPolicy) */
GPtrArray *bh_desk_export_policies (BhDesk *self, GError **error);
/**
 * bh_desk_put_export_policy:
 * @policy: its country is ISO 3166 alpha-2; %NULL note allowed
 * @drop: take the country's policy away; @policy has the country only
 *
 * Recounts the running C1 of that country (C8, C11). Where return is not possible
 * they end as void: no return is expected.
 *
 * Errors: %BH_ERROR_FORBIDDEN, %BH_ERROR_INPUT, %BH_ERROR_NOT_FOUND (nothing to drop).
 */
gboolean bh_desk_put_export_policy (BhDesk *self, const BhExportPolicy *policy, gboolean drop,
                                    gint64 now_us, const BhClockWatch *watch, GError **error);
/* One ▲ of RULES.md; recounts every clock that runs (C11). Errors: %BH_ERROR_FORBIDDEN,
 * %BH_ERROR_USAGE (no such key), %BH_ERROR_INPUT (value). */
gboolean bh_desk_set_policy (BhDesk *self, const char *key, const char *value, gint64 now_us,
                             const BhClockWatch *watch, GError **error);

G_END_DECLS
