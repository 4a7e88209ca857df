/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chase-store.h"
#include "issue.h"

G_BEGIN_DECLS

/**
 * SECTION:chase
 *
 * Units that do not come back (RULES §6): the daily run, and what a person decides:
 * charge, waive, credit, and proof-of-delivery claims. Extension is in clocks.h,
 * cancelling by purchase order in issue.h. Acts take a #BhWhen and give the errors of
 * issue.h.
 */

/* The last one of a chosen line only: nothing is mailed about it */
typedef enum { BH_CHASE_REMIND, BH_CHASE_OVERDUE, BH_CHASE_DECIDE, BH_CHASE_NONE } BhChaseAction;

const char *bh_chase_action_name (BhChaseAction action); /* "remind" … */

/**
 * BhChaseRow:
 * @days_left: in business days; negative when overdue
 * @mail: (nullable): UUID of the account's message of this run; %NULL: unmailed
 * @email: (nullable): where it goes; %NULL: nobody knows
 * @language: (nullable): of the account, as "de"
 * @why: (nullable): %BH_CHASE_NONE: why not, with its rule
 *
 * What the run does, or did, for one line.
 */
typedef struct {
  BhChaseAction action;
  const char *rma;
  int line;
  const char *serial;
  const char *account;
  const char *return_by;
  int days_left;
  const char *mail;
  const char *account_name;
  const char *email;
  const char *language;
  const char *why;
} BhChaseRow;

/* A line that a person chose; @line 0: all of the RMA. */
typedef struct {
  const char *rma;
  int line;
} BhChosenLine;

/**
 * BhChaseOptions:
 * @on: the day, in each destination's zone; %BH_DAY_NONE: that of @now_us there
 * @dry_run: tells what would be done; no @mail
 * @each: called for each row once it is committed
 * @progress: (nullable): lines looked at
 * @chosen: (nullable): bh_desk_remind(): the lines, @n_chosen of them
 */
typedef struct {
  BhDay on;
  gboolean dry_run;
  void (*each) (const BhChaseRow *row, gpointer data);
  void (*progress) (guint done, guint of, gpointer data);
  gpointer data;
  const BhChosenLine *chosen;
  gsize n_chosen;
} BhChaseOptions;

/**
 * bh_desk_chase:
 *
 * The daily run (O1, O2): so many business days before the return-by date (policy
 * `chase.before-days`) and on the day a reminder, on the first run after it one notice
 * that it is overdue, then each day that a decision is due, unmailed. A missed day does
 * the latest stage only. One message an account a run (K5). Accounts are committed in
 * groups: killed and run again, nothing doubles and nothing is missing. Its time is
 * that of what is due, whatever the history.
 *
 * Errors: %BH_ERROR_FORBIDDEN, %BH_ERROR_BUSY; groups before it are done.
 */
gboolean bh_desk_chase (BhDesk *self, const BhChaseOptions *options, gint64 now_us, GError **error);

/**
 * bh_desk_remind:
 *
 * Reminds of the chosen lines now, whatever their stage (O1): one message an account, that they
 * are to come or are overdue. A line is told of once a day: not by this and the daily run both,
 * which takes what was reminded here as its own stage. @each is called for each chosen line.
 *
 * Errors: as of bh_desk_chase(), and %BH_ERROR_INPUT, %BH_ERROR_NOT_FOUND: a number or a line.
 */
gboolean
bh_desk_remind (BhDesk *self, const BhChaseOptions *options, gint64 now_us, GError **error);
/**
 * bh_desk_unremind:
 * @mail: UUID of a reminder or an overdue notice
 *
 * It is not sent, and its lines are reminded as if it had not been. Only while it waits:
 * %BH_ERROR_REFUSED when it has gone.
 */
gboolean bh_desk_unremind (BhDesk *self, const BhWhen *when, const char *mail, const char *reason,
                           GError **error);

/**
 * bh_desk_charge:
 * @line: 0: every overdue line
 * @charges: (out) (transfer full) (element-type BhChargeRow): those made now
 *
 * O2: at the list price of the day. Only what is overdue is charged: not a paused
 * clock, not while a claim is undecided or accepted, not twice.
 */
gboolean bh_desk_charge (BhDesk *self, const BhWhen *when, const char *rma, int line,
                         const char *reason, GPtrArray **charges, GError **error);
/**
 * bh_desk_take_back:
 * @state: what is taken back: "waived", "charged" (O2), or "cancelled", as by a purchase
 *   order (O4)
 * @line: 0: every line that ended so
 *
 * The unit is expected again: its clocks run, counted by what holds today, and an RMA that
 * had ended with it is open. A charge is credited, not deleted (O3). Only while nothing came
 * after: the RMA was not closed by hand, none of it is held at the dock, no other RMA awaits
 * the serial. A mail of its end that still waits is not sent; of one that went out the
 * customer gets a correction (F4). For who may do what is taken back.
 */
gboolean bh_desk_take_back (BhDesk *self, const BhWhen *when, const char *rma, int line,
                            const char *state, const char *reason, GError **error);
/* O2: no return is expected any more. @line 0: every line that is awaited. */
gboolean bh_desk_waive (BhDesk *self, const BhWhen *when, const char *rma, int line,
                        const char *reason, GError **error);
/* O3: a charge is taken back: what was charged came in, or was claimed rightly. */
gboolean bh_desk_credit (BhDesk *self, const BhWhen *when, const char *rma, int line,
                         const char *reason, GError **error);
/* (element-type BhChargeRow): made in [from, to) */
GPtrArray *bh_desk_charges (BhDesk *self, BhChargeSet set, const char *act, gint64 from_us,
                            gint64 to_us, GError **error);
/* Minor units as people write them: "12.50". (transfer full) */
char *bh_money_format (gint64 minor, const char *currency);

/* O2: the invoice request, a row a charge, as CSV with a header line; cells that a
 * spreadsheet would run are neutralised. (transfer full) */
char *bh_charges_csv (GPtrArray *charges);

/* ---- proof of delivery (O5) ------------------------------------------------------------ */

typedef enum { BH_MATCH_EXACT, BH_MATCH_NEAR, BH_MATCH_REFUSED } BhMatch;

const char *bh_match_name (BhMatch match); /* "exact" … */

/* A box that may be the claimed delivery: read as claimed, nearly so (D18), or read and
 * refused. */
typedef struct {
  char *box;
  char *receipt; /* NULL: no verdict yet */
  BhMatch match;
  char *code; /* what was read on it */
  gint64 at_us;
} BhClaimMatch;

/**
 * BhClaimRequest:
 * @line: 0: the only line that has not come in
 * @delivered: a date
 * @document: (nullable): at most 10 MiB, kept as it is; @document_name and
 *   @document_type with it
 */
typedef struct {
  const char *rma;
  int line;
  const char *carrier;
  const char *tracking;
  const char *delivered;
  const char *signed_by;
  GBytes *document;
  const char *document_name;
  const char *document_type;
} BhClaimRequest;

typedef struct {
  BhClaim claim;
  GPtrArray *matches; /* BhClaimMatch, newest first in each kind: exact, refused, near */
} BhClaimPage;

void bh_claim_page_free (BhClaimPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhClaimPage, bh_claim_page_free)

/* Records the claim; the line's C1 is paused until it is decided. */
BhClaimPage *
bh_desk_claim (BhDesk *self, const BhWhen *when, const BhClaimRequest *request, GError **error);
/* Accepted: nothing is chased or charged any more. Rejected: C1 runs on. */
BhClaimPage *bh_desk_decide_claim (BhDesk *self, const BhWhen *when, const char *claim,
                                   gboolean accept, const char *reason, GError **error);
/**
 * bh_desk_take_back_claim:
 * @state: (nullable): what is taken back: "pending", the claim itself, which is withdrawn as if it
 *   had not been recorded; "accepted" or "rejected", its decision, which is open again. %NULL: its
 *   decision, whichever
 *
 * Only while nothing came after: the unit is expected as it was, of its RMA nothing was closed by
 * hand, its clock was not paused since, and no later claim of the line was recorded. The clock is
 * counted by what holds today. For who may do what is taken back.
 *
 * Errors: of issue.h; %BH_ERROR_REFUSED: it is in another state by now, or something came after.
 */
gboolean bh_desk_take_back_claim (BhDesk *self, const BhWhen *when, const char *claim,
                                  const char *state, const char *reason, GError **error);
BhClaimPage *bh_desk_claim_page (BhDesk *self, const char *claim, GError **error);
/* (element-type BhClaim), newest first; @state and @rma may be %NULL */
GPtrArray *bh_desk_claims (BhDesk *self, const char *state, const char *rma, GError **error);
/* *document NULL without error: the claim has none */
gboolean
bh_desk_claim_document (BhDesk *self, const char *claim, GBytes **document, GError **error);

G_END_DECLS
