/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:clock-store
 *
 * Clocks as rows (RULES §5), with their pauses; and the export policies that
 * lengthen C1 (C8).
 */

/* One pause, as it was given; @to_us is G_MAXINT64 while it lasts, @from_us when it was taken
 * back. */
typedef struct {
  gint64 from_us;
  gint64 to_us;
  char *reason;
} BhPauseRecord;

/**
 * BhClockRecord:
 * @line_id: of C1 to C5; 0 for C6, whose case is @case_no
 * @state: "open", "paused", "met", "missed" or "void"
 * @country: of C1: where the goods come from (C8), read only
 * @due: (nullable): the last day counted; %NULL while a pause has no end
 * @due_us: of C5 and C6; else 0
 * @extra_days: extended by a person (O2)
 * @policy_days: by the country's export policy (C8)
 * @spans: (element-type BhPause): what bh_clock_due() needs of @pauses
 */
typedef struct {
  gint64 id;
  char *rma;
  int line;
  gint64 line_id;
  char *case_no;
  char *kind;
  char *state;
  char *stage;
  char *level;
  char *country;
  gint64 started_us;
  gint64 ended_us;
  char *due;
  gint64 due_us;
  int extra_days;
  int policy_days;
  char *zone;
  char *calendar;
  GPtrArray *pauses; /* BhPauseRecord */
  GArray *spans;
} BhClockRecord;

BhClockRecord *bh_clock_record_new (void);
void bh_clock_record_free (BhClockRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhClockRecord, bh_clock_record_free)

typedef enum {
  BH_CLOCKS_RUNNING,     /* all that run or are paused; no key */
  BH_CLOCKS_BY_CALENDAR, /* of those, under this calendar */
  BH_CLOCKS_BY_COUNTRY,  /* of those, with this country's export policy */
  BH_CLOCKS_IMPOSSIBLE,  /* C1 that ended as this country's returns were not possible (C8) */
  BH_CLOCKS_OF_RMA,      /* all, ended ones too */
  BH_CLOCKS_OF_CASE,     /* likewise */
  BH_CLOCKS_LAST
} BhClockSet;

/* (element-type BhClockRecord), by line and beginning */
GPtrArray *bh_store_clocks (BhStore *self, BhClockSet set, const char *key, GError **error);
/* A line that is awaited and has had no C1 at all. */
typedef struct {
  gint64 id;
  char *rma;
  int line;
  char *level; /* NULL: of no contract */
  gboolean delivered;
  char *zone;
  char *calendar;
} BhUnclockedLine;

void bh_unclocked_line_free (BhUnclockedLine *self);
/* (element-type BhUnclockedLine): of that country (C8) */
GPtrArray *bh_store_unclocked (BhStore *self, const char *country, GError **error);
/* *clock NULL: none runs. @case_no: of C6; @line_id of the others */
gboolean bh_store_running_clock (BhStore *self, const char *kind, gint64 line_id,
                                 const char *case_no, BhClockRecord **clock, GError **error);
/* Adds a clock that runs; C1's date becomes the line's return-by date. */
gboolean bh_store_put_clock (BhStore *self, const BhClockRecord *clock, GError **error);
/* State, due, extra and policy days, end; and the line's return-by date of C1. */
gboolean bh_store_set_clock (BhStore *self, const BhClockRecord *clock, GError **error);
/* The same of many (element-type BhClockRecord), in blocks; but for the days that a
 * person gave, which a recount leaves. */
gboolean bh_store_set_clocks (BhStore *self, GPtrArray *clocks, GError **error);
gboolean bh_store_begin_pause (BhStore *self, gint64 clock_id, gint64 from_us, const char *reason,
                               GError **error);
gboolean bh_store_end_pause (BhStore *self, gint64 clock_id, gint64 to_us, GError **error);
/* Of the pause that began at @from_us; G_MAXINT64: it lasts. */
gboolean bh_store_set_pause_end (BhStore *self, gint64 clock_id, gint64 from_us, gint64 to_us,
                                 GError **error);

/* O2: days that a person gave a clock, kept one by one beside their sum. */
gboolean
bh_store_add_extension (BhStore *self, gint64 clock_id, int days, const char *act,
                        const char *operator, const char * reason, gint64 at_us, GError **error);
/* The newest that was not taken back; @act: (nullable): of that act only. *id 0: there is none. */
gboolean bh_store_last_extension (BhStore *self, gint64 clock_id, const char *act, gint64 *id,
                                  int *days, gint64 *at_us, GError **error);
gboolean bh_store_undo_extension (BhStore *self, gint64 id, gint64 at_us, GError **error);

/* The replacement of a line; *changed 0: it was delivered before. */
gboolean bh_store_set_delivered (BhStore *self, gint64 line_id, gint64 at_us, gint64 *changed,
                                 GError **error);

/* R2: which unit went out in place of the faulty one. */
gboolean
bh_store_set_replacement (BhStore *self, gint64 line_id, const char *serial, GError **error);

/* C8: the country of the customer's site, else of the account; *country may be NULL. */
gboolean bh_store_country_of_rma (BhStore *self, gint64 rma_id, char **country, GError **error);
gboolean bh_store_country_of_line (BhStore *self, gint64 line_id, char **country, GError **error);

typedef struct {
  char *country;
  int extra_days;
  gboolean possible; /* FALSE: no return is expected */
  char *note;
} BhExportPolicy;

void bh_export_policy_free (BhExportPolicy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhExportPolicy, bh_export_policy_free)
/* *policy NULL: none for @country, which may be %NULL */
gboolean bh_store_export_policy (BhStore *self, const char *country, BhExportPolicy **policy,
                                 GError **error);
/* (element-type BhExportPolicy), by country */
GPtrArray *bh_store_export_policies (BhStore *self, GError **error);
gboolean bh_store_put_export_policy (BhStore *self, const BhExportPolicy *policy, GError **error);
gboolean
bh_store_drop_export_policy (BhStore *self, const char *country, gint64 *dropped, GError **error);

G_END_DECLS
