/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/issue.h"
#include "backhaul/rma-table.h"
#include "desk-private.h"

/**
 * BhIssueFacts:
 * @zone: of the destination, never %NULL
 *
 * An RMA as it stands inside the transaction, its number locked.
 */
typedef struct {
  BhRmaHead head;
  BhParty party;
  GPtrArray *lines; /* BhIssueLine */
  GTimeZone *zone;
  char *zone_name;
  char *calendar;
  char *entity; /* "rma:R0000000042", for the journal */
} BhIssueFacts;

void bh_issue_facts_clear (BhIssueFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhIssueFacts, bh_issue_facts_clear)

/* Everything of an RMA, in any spelling of I1; %BH_ERROR_NOT_FOUND. */
gboolean bh_desk_issue_facts (BhDesk *self, const char *rma, BhIssueFacts *facts, GError **error);
/* Who may, and when: a stated time needs the right to state one. */
gboolean bh_desk_may_act (BhDesk *self, BhMay may, const BhWhen *when, GError **error);
/* Free text of a person: UTF-8, not endless, nothing in it that a terminal would obey. */
gboolean bh_desk_is_text (const char *what, const char *text, GError **error);
/* CLI.md: --at may not lie before what is on record of @what. */
gboolean
bh_desk_not_before (const char *what, const BhWhen *when, gint64 latest_us, GError **error);
/* The same for an RMA: its making, its confirmation, and each unit in @lines. */
gboolean bh_desk_not_before_rma (BhDesk *self, const BhIssueFacts *facts, const BhWhen *when,
                                 GError **error);
/* @done: the act was committed already: a caller that lost its connection asks again. */
gboolean bh_desk_is_done (BhDesk *self, const BhWhen *when, const char *what, gboolean *done,
                          GError **error);
/* The act's entry in the journal under the RMA, and the case's last change (N1, F2). */
gboolean
bh_desk_tell (BhDesk *self, const BhWhen *when, const char *what, const BhIssueFacts *facts,
              const char *before, const char *after, GError **error);

/* (element-type utf8): what is still owed under it, a sentence each. Inside a transaction. */
GPtrArray *bh_desk_owed (BhDesk *self, gint64 rma_id, const char *rma, GError **error);
/* Serials, locked in one order so that two acts never wait for each other. */
gboolean bh_desk_lock_serials (BhDesk *self, GPtrArray *serials, GError **error);
/* N2, N3 of one unit. */
void bh_unit_judge (const BhUnitRecord *unit, BhDay on, BhCoverage *coverage);
/* N6: whether a line of this part may have this flag, on @on; what to know of it goes
 * to @advice (RA5). @flag: (nullable): none needs nothing. */
gboolean bh_desk_may_flag (BhDesk *self, const char *serial, const char *part, const char *flag,
                           BhDay on, GPtrArray *advice, GError **error);
void bh_advise (GPtrArray *advice, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* @units checked and added as draft lines from @head's next number on. */
gboolean bh_desk_add_units (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts,
                            const BhIssueUnit *units, gsize n, GPtrArray *advice, GError **error);
/* After lines have ended: what becomes of the RMA; writes head and lines' copies. @closed: it
 * has ended with that, and the caller tells the customer in the mail of its act. */
gboolean bh_desk_settle_state (BhDesk *self, BhIssueFacts *facts, const BhWhen *when,
                               gboolean *closed, GError **error);
/* After lines have ended: what becomes of the RMA; writes head and lines' copies. @reason:
 * (nullable): what the customer is told when that closes it. */
gboolean bh_desk_settle_rma (BhDesk *self, BhIssueFacts *facts, const BhWhen *when,
                             const char *reason, GError **error);
