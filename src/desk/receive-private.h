/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/receive.h"
#include "desk-private.h"

/* What was found of one unit, inside the write transaction. */
typedef struct {
  BhNumFact number;
  BhSerFact serial;
  BhPartFact part;
  char *rma;          /* number on the box that is on record; NULL: none */
  BhAwaitedLine line; /* the line the serial is on; id 0: none */
} BhUnitFacts;

void bh_unit_facts_clear (BhUnitFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhUnitFacts, bh_unit_facts_clear)

/* One box inside the write transaction that is open: (element-type BhOutcome). */
GPtrArray *bh_desk_judge_box (BhDesk *self, const char *act, BhBox *box,
                              const BhReceiveOptions *options, gint64 now_us, GError **error);
/* @prior: (nullable): this box's own receipt of the unit, read as if it were not yet received */
gboolean
bh_desk_unit_facts (BhDesk *self, BhBox *box, const BhBoxUnit *unit, guint n_units,
                    const BhReceipt *prior, gint64 now_us, BhUnitFacts *facts, GError **error);
/* Box row and the reads that are not stored yet. */
gboolean bh_desk_keep_box (BhDesk *self, const char *box_id, BhBox *box,
                           const BhReceiveOptions *options, gint64 now_us, GError **error);
/* D17: fills seen_before of @outcome. */
gboolean bh_desk_recall (BhDesk *self, BhBox *box, const BhReceiveOptions *options,
                         BhOutcome *outcome, GError **error);
/* D18: fills near of @outcome; shown, never chosen. */
gboolean bh_desk_find_near (BhDesk *self, BhBox *box, const BhUnitFacts *facts, BhOutcome *outcome,
                            GError **error);
/* Receipt, line, clocks, moves, label, mail, audit. @prior is voided and names the new one. */
gboolean bh_desk_write_receipt (BhDesk *self, const char *act, const BhUnitFacts *facts,
                                const BhReceipt *prior, BhOutcome *outcome, GError **error);
/* D16: takes back what a receipt did. */
gboolean bh_desk_undo_receipt (BhDesk *self, const BhReceipt *receipt, const char *reason,
                               const char *replaced_by, gint64 now_us, GError **error);
