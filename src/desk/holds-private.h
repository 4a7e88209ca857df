/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/holds.h"
#include "receive-private.h"

/* What is on record of a held unit now: the box judged anew, and its RMA's lines. */
typedef struct {
  BhUnitFacts unit;
  GPtrArray *lines; /* BhAwaitedLine of unit.rma that did not come */
  char **near;
} BhHoldFacts;

void bh_hold_facts_clear (BhHoldFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhHoldFacts, bh_hold_facts_clear)

gboolean bh_desk_hold_facts (BhDesk *self, const BhReceipt *hold, gint64 now_us, BhHoldFacts *facts,
                             GError **error);

/* The line that a resolution takes the unit in on. @line: as the operator says, 0: not.
 * NULL with @error: BH_ERROR_REFUSED names the rule; BH_ERROR_USAGE asks for the line. */
const BhAwaitedLine *bh_hold_line (const BhHoldFacts *facts, const BhReceipt *hold,
                                   BhResolution how, int line, GError **error);
/* FALSE with BH_ERROR_REFUSED: the rule, or what happened since, does not allow it. */
gboolean bh_hold_allows (const BhHoldFacts *facts, const BhReceipt *hold, BhResolution how,
                         const BhPolicy *policy, GError **error);
/* D6: whether a unit that is taken in on that line opens its RMA. */
gboolean bh_hold_reopens (const BhAwaitedLine *line);
/* Opens the RMA of @line when it is closed; @line and @decision are told. */
gboolean bh_desk_reopen (BhDesk *self, const char *act, BhAwaitedLine *line, BhDecision *decision,
                         gint64 now_us, GError **error);
/* The receipt is void: the RMA that it opened is closed as it was, unless more came of it. */
gboolean
bh_desk_close_again (BhDesk *self, const BhReceipt *receipt, gint64 now_us, GError **error);
