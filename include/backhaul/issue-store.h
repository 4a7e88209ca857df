/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:issue-store
 *
 * What issuing an RMA asks and keeps (RULES §3), beside rma-table.h. Functions
 * that find return %TRUE with an empty answer when there is nothing.
 */

/**
 * BhUnitRecord:
 * @known: a unit on record; else only @serial and what its RMAs tell
 * @awaited_under: (nullable): the RMA that awaits it (I4)
 * @drafted_under: (nullable): the oldest draft that it is on
 * @returns: how many issued RMAs it was on, those that were cancelled left out
 *
 * A serial with all that coverage is judged by. Dates as stored.
 */
typedef struct {
  char *serial;
  gboolean known;
  char *part;
  char *description;
  char *platform; /* of its product */
  gboolean product_known;
  gboolean third_party;
  char *account;
  char *account_name;
  char *site;
  char *shipped;
  char *registered;
  char *distributor;
  char *contract;
  char *contract_level;
  char *contract_until;
  char *awaited_under;
  char *drafted_under;
  gint64 returns;
} BhUnitRecord;

void bh_unit_record_clear (BhUnitRecord *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhUnitRecord, bh_unit_record_clear)
gboolean
bh_store_unit_record (BhStore *self, const char *serial, BhUnitRecord *unit, GError **error);
/* The same without what its RMAs tell. */
gboolean
bh_store_unit_alone (BhStore *self, const char *serial, BhUnitRecord *unit, GError **error);

/* What RA is judged by (RA5, RA6), dates as stored; all NULL: no such product. */
typedef struct {
  char *first_shipment;
  char *end_of_life;
  char *end_of_service;
} BhProductDates;

void bh_product_dates_clear (BhProductDates *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhProductDates, bh_product_dates_clear)
/* @part: (nullable) */
gboolean
bh_store_product_dates (BhStore *self, const char *part, BhProductDates *dates, GError **error);

/* Who is on the other side of an RMA. */
typedef struct {
  char *name; /* NULL: no such account */
  char *email;
  char *language;
  gboolean site_known;
} BhParty;

void bh_party_clear (BhParty *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhParty, bh_party_clear)
gboolean bh_store_party (BhStore *self, const char *account, const char *site, BhParty *party,
                         GError **error);

/* A line as the acts of issuing see it. */
typedef struct {
  gint64 id;
  int line;
  char *serial;
  char *part;
  char *state;
  char *flag;
  gint64 received_us;
  char *return_by;
  char *running;       /* (nullable): kinds of its clocks that run, as "C1 C5" */
  gint64 jobs;         /* at the repair center, not posted yet */
  gint64 worked;       /* jobs of it at all */
  char *replacement;   /* (nullable): R2 */
  gint64 delivered_us; /* of the replacement; 0: not */
  char *location;      /* (nullable): where the unit of its newest job is, else its own */
} BhIssueLine;

void bh_issue_line_free (BhIssueLine *self);
/* (element-type BhIssueLine) by number */
GPtrArray *bh_store_issue_lines (BhStore *self, gint64 rma_id, GError **error);

/* I1: takes the next RMA number of @digits digits, above all that were ever taken. */
gboolean bh_store_take_rma_number (BhStore *self, int digits, char **rma, GError **error);
/* What an act already did: the entity that its entry in the journal names; NULL: nothing. */
gboolean
bh_store_find_act (BhStore *self, const char *act, const char *what, char **entity, GError **error);
/* When that was; 0: never. */
gboolean
bh_store_act_time (BhStore *self, const char *act, const char *what, gint64 *at_us, GError **error);

gboolean bh_store_set_coverage (BhStore *self, gint64 line_id, const char *coverage,
                                const char *level, GError **error);
gboolean bh_store_set_override (BhStore *self, gint64 rma_id, const char *reason, const char *by,
                                GError **error);
/* The line takes no goods any more: @state "cancelled" or "closed". */
gboolean bh_store_end_line (BhStore *self, gint64 line_id, const char *state, const char *reason,
                            GError **error);
/* The end of a line is taken back: it is awaited again, and what ended with it of C1 and C5
 * runs. */
gboolean bh_store_reawait_line (BhStore *self, gint64 line_id, GError **error);
/* A unit that was charged may still come in while its RMA is open (D13). */
gboolean bh_store_reawait_charged (BhStore *self, gint64 rma_id, GError **error);
gboolean bh_store_clear_cancelled (BhStore *self, gint64 rma_id, GError **error);
gboolean bh_store_set_cancelled (BhStore *self, gint64 rma_id, const char *reason,
                                 const char *purchase_order, GError **error);
gboolean bh_store_set_flag (BhStore *self, gint64 line_id, const char *flag, GError **error);
/* *flag (transfer full): NULL: none */
gboolean bh_store_flag_of_line (BhStore *self, gint64 line_id, char **flag, GError **error);
/* F2: the case was worked on; never back in time. */
gboolean bh_store_touch_case (BhStore *self, const char *case_no, gint64 at_us, GError **error);
/* What the message's template needs beyond the RMA. */
gboolean bh_store_set_mail_details (BhStore *self, const char *mail, const char *language,
                                    const char *details, GError **error);
/* N1: numbers of the drafts, those moved up (F5) first, then the oldest. */
GPtrArray *bh_store_drafts (BhStore *self, guint limit, GError **error);

G_END_DECLS
