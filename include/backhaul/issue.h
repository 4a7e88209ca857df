/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "desk.h"
#include "eligibility.h"
#include "entitlement.h"
#include "issue-store.h"

G_BEGIN_DECLS

/**
 * SECTION:issue
 *
 * Issuing an RMA (RULES §3): a draft from a support case, entitlement, confirmation,
 * and what may change or end it. Each act is one transaction. @act is a UUID made by
 * the caller: the same @act given again, after a lost connection, is done once.
 *
 * Errors of all acts: %BH_ERROR_FORBIDDEN (RULES §2); %BH_ERROR_INPUT (not an RMA
 * number, serial or case; a stated time before what is on record); %BH_ERROR_NOT_FOUND;
 * %BH_ERROR_REFUSED with the rule in brackets; %BH_ERROR_BUSY (again); nothing was written.
 */

/**
 * BhWhen:
 * @act: UUID made by the caller
 * @at_us: when it happened, microseconds since 1970, UTC
 * @time_stated: an operator says so (--at), not the clock: %BH_MAY_SET_TIME
 */
typedef struct {
  const char *act;
  gint64 at_us;
  gboolean time_stated;
} BhWhen;

/* A unit as it is asked for; @flag: "ra", "fa" or %NULL (N6). */
typedef struct {
  const char *serial;
  const char *flag;
} BhIssueUnit;

/**
 * BhIssue:
 * @case_no: any spelling of I2; it must be on record and the account's (N1)
 * @reference: (nullable): I3
 * @contact: (nullable)
 * @units: (array length=n_units): in the order of their lines
 */
typedef struct {
  const char *case_no;
  const char *account;
  const char *site;
  const char *destination;
  const char *reference;
  const char *contact;
  const BhIssueUnit *units;
  gsize n_units;
} BhIssue;

/**
 * bh_desk_issue:
 * @rma: (out) (transfer full): the number of the draft (I1)
 * @advice: (out) (transfer full) (optional) (element-type utf8): what a CSR should
 *   know before confirming: no coverage, already awaited, doubtful records
 *
 * N1: makes a draft, which stands in the logistics queue until it is confirmed.
 *
 * Errors: %BH_ERROR_THIRD_PARTY (N3).
 */
gboolean bh_desk_issue (BhDesk *self, const BhWhen *when, const BhIssue *issue, char **rma,
                        GPtrArray **advice, GError **error);

/**
 * bh_desk_confirm:
 * @override_reason: (nullable): confirms without coverage, for this reason; %BH_MAY_OVERRIDE
 *
 * N2: each line is judged on the day of the confirmation in the destination's zone.
 * Coverage and level stand on the line from then on. Lines await their units, C1
 * runs, C5 where the level has an advance replacement, and the customer's message is
 * queued (N5). Two that confirm at one instant: the second is told that it is open.
 *
 * Errors: %BH_ERROR_NO_COVERAGE (N2), %BH_ERROR_THIRD_PARTY (N3),
 * %BH_ERROR_ALREADY_AWAITED (I4).
 */
gboolean bh_desk_confirm (BhDesk *self, const BhWhen *when, const char *rma,
                          const char *override_reason, GError **error);

/**
 * bh_desk_cancel:
 * @line: its number, 0: every line that has not come in
 * @purchase_order: (nullable): O4, the customer buys the unit
 *
 * The clocks of the lines are void. An RMA without a line left is closed.
 */
gboolean bh_desk_cancel (BhDesk *self, const BhWhen *when, const char *rma, int line,
                         const char *reason, const char *purchase_order, GError **error);

/* A draft or an open RMA. %NULL: as it was; "": none. */
typedef struct {
  const char *reference;
  const char *contact;
  const char *destination; /* of a draft */
  const BhIssueUnit *add;  /* to a draft */
  gsize n_add;
  const char *const *remove; /* serials, from a draft; NULL-terminated, or NULL */
} BhIssueEdit;

gboolean bh_desk_edit_rma (BhDesk *self, const BhWhen *when, const char *rma,
                           const BhIssueEdit *edit, GPtrArray **advice, GError **error);

/**
 * bh_desk_flag_line:
 * @flag: (nullable): "ra", "fa" or none (N6)
 * @advice: (out) (transfer full) (optional) (element-type utf8): that a supervisor's
 *   approval will be needed (RA5)
 *
 * Errors: %BH_ERROR_REFUSED with the rule: no RA of a product past its end (RA6), not
 * FA once the repair center works under RA (RA3).
 */
gboolean bh_desk_flag_line (BhDesk *self, const BhWhen *when, const char *rma, int line,
                            const char *flag, GPtrArray **advice, GError **error);

/**
 * bh_desk_repair_may:
 * @part: (nullable): the unit's; its product's dates count
 * @facts: what else is known; its dates are set here
 *
 * RA3, RA5, RA6, RA8 for a part on record. To be called where it is acted on: inside
 * the transaction.
 */
gboolean bh_desk_repair_may (BhDesk *self, const char *part, const BhRepairFacts *facts,
                             BhEligibility *eligibility, GError **error);

/* Closes an RMA all of whose lines are done, and says what is missing of one that is
 * not. What still runs of C4 and C5 ends with it: repair and replacement are done. */
gboolean bh_desk_close_rma (BhDesk *self, const BhWhen *when, const char *rma, const char *reason,
                            GError **error);

/**
 * BhUnitCheck:
 * @unit: what is on record; @unit.known may be %FALSE
 * @on: the day it was judged for
 * @repair: by BhRepairKind: what it may be flagged for (N6, RA3, RA5, RA6)
 *
 * What the Issue page shows of a serial before there is an RMA.
 */
typedef struct {
  BhUnitRecord unit;
  BhCoverage coverage;
  BhEligibility repair[BH_REPAIR_LAST];
  BhDay on;
} BhUnitCheck;

void bh_unit_check_free (BhUnitCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhUnitCheck, bh_unit_check_free)

/* @destination: (nullable): in whose zone @now_us is a day; @on: %BH_DAY_NONE: that of @now_us */
BhUnitCheck *bh_desk_check_unit (BhDesk *self, const char *serial, const char *destination,
                                 BhDay on, gint64 now_us, GError **error);

/* N1: the logistics queue: numbers of drafts (element-type utf8). @limit 0: all. */
GPtrArray *bh_desk_drafts (BhDesk *self, guint limit, GError **error);

G_END_DECLS
