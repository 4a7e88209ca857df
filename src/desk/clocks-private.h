/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/chase-store.h"
#include "backhaul/clocks.h"
#include "desk-private.h"

/* Clocks inside an act's own write transaction. */

/* The reason of a pause that a claim made; its id follows. */
#define BH_CLAIM_PAUSE "claim "

/* What a clock is started with. */
typedef struct {
  BhClockKind kind;
  gint64 line_id;       /* C1–C5; 0 for C6 */
  const char *case_no;  /* C6; else NULL */
  const char *level;    /* C5: contract level; C6: priority */
  const char *stage;    /* C6: "response" or "update"; else NULL */
  const char *zone;     /* IANA; NULL: UTC */
  const char *calendar; /* NULL: the working week alone */
} BhClockStart;

/* Nothing is started where nothing is promised: a level without advance
 * replacement (C5), a country from which no return is possible (C1, C8). C1's date
 * becomes the line's return-by date. */
gboolean
bh_desk_clock_start (BhDesk *self, const BhClockStart *start, gint64 at_us, GError **error);
/* Met or missed, by its due date. No running clock of the kind is no error, here
 * and below. */
gboolean bh_desk_clock_end (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                            gint64 at_us, GError **error);
gboolean bh_desk_clock_void (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                             gint64 at_us, GError **error);
gboolean bh_desk_clock_pause (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                              const char *reason, gint64 at_us, GError **error);
gboolean bh_desk_clock_resume (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                               gint64 at_us, GError **error);

/* Mends the end of pause @n of @clock on record, and with it the state; not its due date.
 * @to_us: G_MAXINT64: it lasts; its own beginning: it never was. */
gboolean bh_desk_clock_mend_pause (BhDesk *self, BhClockRecord *clock, guint n, gint64 to_us,
                                   GError **error);
/* Whether the newest pause that stands was made by a claim, which is read; @claim->claim %NULL: by
 * a person. *n: which; G_MAXUINT: there is none. */
gboolean bh_desk_clock_last_pause (BhDesk *self, const BhClockRecord *clock, guint *n,
                                   BhClaim *claim, GError **error);

/* After a voided receipt: what ended runs again, counted by what holds today. */
gboolean bh_desk_clock_reopen (BhDesk *self, BhClockKind kind, gint64 line_id, GError **error);

/* An RMA's number or a case's (I1, I2), normal; says which. */
char *bh_desk_clock_number (const char *number, gboolean *is_case, GError **error);
/* (element-type BhClockRecord): all of it, ended ones too; %BH_ERROR_NOT_FOUND */
GPtrArray *bh_desk_clocks_of (BhDesk *self, const char *number, gboolean is_case, GError **error);

/* Sets the clock's due date from what else it says. FALSE with @error only when the
 * calendar cannot be read. @working may be NULL. */
gboolean bh_desk_clock_count (BhDesk *self, BhClockRecord *clock, GArray **working, GError **error);
/* Counts again those of @clocks (BhClockRecord) and tells which moved (C11). */
gboolean bh_desk_clocks_recount (BhDesk *self, GPtrArray *clocks, gint64 now_us,
                                 const BhClockWatch *watch, GError **error);
/* C10: what a stored clock that runs shows; @due is a date. */
BhClockState bh_desk_clock_light (BhDesk *self, BhClockKind kind, const char *due, gint64 due_us,
                                  const char *zone, const char *calendar, BhDay on, gint64 now_us,
                                  int *days_left, GError **error);
