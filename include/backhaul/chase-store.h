/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:chase-store
 *
 * What is kept of units that do not come back (RULES §6): the stages of the daily
 * run, charges, and proof-of-delivery claims. Money in minor units.
 */

/* A line whose C1 runs, unpaused: what the daily run looks at; or one that a person chose. */
typedef struct {
  gint64 clock_id;
  gint64 line_id;
  char *rma;
  int line;
  char *serial;
  char *part;
  char *account;
  char *account_name;
  char *email;
  char *language;
  char *return_by;
  char *zone;
  char *calendar;
  char *state;       /* of the line */
  char *clock_state; /* "open", "paused"; NULL: no C1 runs */
} BhChaseLine;

void bh_chase_line_free (BhChaseLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhChaseLine, bh_chase_line_free)

/* (element-type BhChaseLine): due until @horizon ("YYYY-MM-DD"), by account, RMA and line */
GPtrArray *bh_store_chase_lines (BhStore *self, const char *horizon, GError **error);
/* Adds the chosen lines of an RMA to @lines, whatever their state; @line 0: all of them */
gboolean
bh_store_chase_chosen (BhStore *self, const char *rma, int line, GPtrArray *lines, GError **error);
/* Inside the act: is that clock still as it was read? */
gboolean
bh_store_chase_holds (BhStore *self, const BhChaseLine *line, gboolean *holds, GError **error);
/* *on (transfer full): the day a stage was done for a line and its date; NULL: never */
gboolean bh_store_stage_done (BhStore *self, const BhChaseLine *line, const char *stage, char **on,
                              GError **error);
/* *done FALSE: it was done before (by another station in the same instant too). @again:
 * it may be done anew on a later day. */
gboolean
bh_store_do_stage (BhStore *self, const BhChaseLine *line, const char *stage, const char *on_day,
                   const char *mail, gboolean again, gint64 at_us, gboolean *done, GError **error);

/* Whether a mail about that line was queued on that day, by the daily run or by a person. */
gboolean bh_store_was_reminded (BhStore *self, gint64 line_id, const char *on_day,
                                gboolean *reminded, GError **error);
/* *done FALSE: a person was quicker. */
gboolean bh_store_add_reminder (BhStore *self, gint64 line_id, const char *on_day, const char *mail,
                                gint64 at_us, gboolean *done, GError **error);
/* The mail was withdrawn: those that it told are reminded as if it had not been. */
gboolean bh_store_forget_reminders (BhStore *self, const char *mail, GError **error);

/* ---- charges (O2, O3) --------------------------------------------------------------- */

/* @price: %FALSE: none on record */
gboolean bh_store_list_price (BhStore *self, const char *part, gboolean *price, gint64 *amount,
                              char **currency, GError **error);
gboolean bh_store_add_charge (BhStore *self, const char *act, gint64 line_id, gint64 amount,
                              const char *currency, const char *reason, const char *operator,
                              gint64 at_us, GError **error);
/* The line's state; a charged one still comes in while its RMA is open (D13). */
gboolean bh_store_set_line_charged (BhStore *self, gint64 line_id, GError **error);
/* A closed RMA awaits nothing. */
gboolean bh_store_release_lines (BhStore *self, gint64 rma_id, GError **error);
/* Takes the charges of a line back; *credited: how many there were. */
gboolean
bh_store_credit_line (BhStore *self, gint64 line_id, const char *reason, const char *operator,
                      gint64 at_us, gint64 *credited, GError **error);

/* A charge as the invoice request tells it. */
typedef struct {
  gint64 id;
  char *rma;
  int line;
  char *serial;
  char *part;
  char *description;
  char *account;
  char *account_name;
  char *reference;
  char *case_no;
  char *return_by;
  gint64 amount;
  char *currency;
  gint64 at_us;
  char *operator;
  char *reason;
  gint64 received_us;      /* 0: not */
  gint64 credited_us;      /* 0: not */
  gboolean claim_accepted; /* O5 */
} BhChargeRow;

void bh_charge_row_free (BhChargeRow *self);

typedef enum { BH_CHARGES_ALL, BH_CHARGES_TO_CREDIT, BH_CHARGES_OF_ACT } BhChargeSet;

/* (element-type BhChargeRow): made in [from, to), oldest first. @act: of that set only */
GPtrArray *bh_store_charges (BhStore *self, BhChargeSet set, const char *act, gint64 from_us,
                             gint64 to_us, GError **error);

/* ---- claims (O5) ---------------------------------------------------------------------- */

typedef struct {
  char *claim;
  gint64 line_id;
  char *rma;
  int line;
  char *serial;
  char *account;
  char *carrier;
  char *tracking;
  char *delivered;
  char *signed_by;
  char *document_name; /* NULL: no document */
  char *document_type;
  char *document_sha256;
  char *state; /* "pending", "accepted", "rejected"; "withdrawn": it was never meant */
  gint64 at_us;
  char *operator;
  gint64 decided_us;
  char *decided_by;
  char *reason;
} BhClaim;

void bh_claim_clear (BhClaim *self);
void bh_claim_free (BhClaim *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhClaim, bh_claim_clear)

gboolean bh_store_add_claim (BhStore *self, const BhClaim *claim, GBytes *document, GError **error);
/* @found->claim NULL: no such claim */
gboolean bh_store_find_claim (BhStore *self, const char *claim, BhClaim *found, GError **error);
/* (element-type BhClaim), newest first; each filter may be %NULL */
GPtrArray *bh_store_claims (BhStore *self, const char *state, const char *rma, GError **error);
gboolean
bh_store_claim_document (BhStore *self, const char *claim, GBytes **document, GError **error);
gboolean bh_store_decide_claim (BhStore *self, const char *claim, const char *state, const char *by,
                                const char *reason, gint64 at_us, GError **error);
/* It waits for a decision again. */
gboolean bh_store_reset_claim (BhStore *self, const char *claim, GError **error);
gboolean bh_store_withdraw_claim (BhStore *self, const char *claim, const char *by,
                                  const char *reason, gint64 at_us, GError **error);
/* Is there a claim in @state of that line? */
gboolean bh_store_line_has_claim (BhStore *self, gint64 line_id, const char *state, gboolean *has,
                                  GError **error);

/* What the dock read that may be the claimed delivery. */
typedef struct {
  char *box;
  char *receipt; /* NULL: the box has no verdict */
  char *verdict; /* likewise */
  char *code;    /* what was read */
  gint64 at_us;
} BhClaimScan;

void bh_claim_scan_free (BhClaimScan *self);
/* (element-type BhClaimScan): boxes on which any of @codes (element-type utf8) was read,
 * or that were given it as their tracking number, newest first; at most @limit */
GPtrArray *bh_store_boxes_with (BhStore *self, GPtrArray *codes, guint limit, GError **error);

G_END_DECLS
