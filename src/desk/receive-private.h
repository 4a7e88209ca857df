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
  gint64 arrived_us;  /* when it came, if before the verdict; 0: with it */
  const char *dock;   /* where it is; NULL: at this desk's dock */
  gboolean first;     /* nothing else is on record of its box */
} BhUnitFacts;

void bh_unit_facts_clear (BhUnitFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhUnitFacts, bh_unit_facts_clear)

/* One box inside the write transaction that is open: (element-type BhOutcome). */
GPtrArray *bh_desk_judge_box (BhDesk *self, const char *act, BhBox *box,
                              const BhReceiveOptions *options, gint64 now_us, GError **error);
/* A CSR's word on a hold. */
typedef struct {
  const char *how; /* bh_resolution_name() */
  const char *reason;
  char *rma_was; /* state of the RMA that it opened; NULL: it was open */
  gint64 rma_closed_us;
} BhDecision;

static inline void
bh_decision_clear (BhDecision *self)
{
  g_clear_pointer (&self->rma_was, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhDecision, bh_decision_clear)

static inline gint64
bh_unit_arrived (const BhUnitFacts *facts, gint64 now_us)
{
  return facts->arrived_us != 0 ? facts->arrived_us : now_us;
}

/* bh_box_type() by what this store has */
gboolean bh_desk_type_box (BhDesk *self, BhBox *box, GError **error);
/* FALSE: a @stated time that this operator may not state, or before what is on record of
 * @serial (CLI.md, --at) */
gboolean bh_desk_may_be_then (BhDesk *self, const char *serial, gboolean stated, gint64 now_us,
                              GError **error);
/* What is told of the unit (D14); nothing is written. @serial: (nullable) */
BhOutcome *bh_desk_outcome_new (const BhRuling *ruling, const char *box, guint n,
                                const char *serial, const BhUnitFacts *facts, gint64 now_us);
/* D8 tells when, where and by whom. */
gboolean
bh_desk_tell_received (BhDesk *self, const BhUnitFacts *facts, BhOutcome *outcome, GError **error);
/* @prior: (nullable): this box's own receipt of the unit, read as if it were not yet received */
gboolean
bh_desk_unit_facts (BhDesk *self, BhBox *box, const BhBoxUnit *unit, guint n_units,
                    const BhReceipt *prior, gint64 now_us, BhUnitFacts *facts, GError **error);
/* Box row and the reads that are not stored yet. *fresh: the box is new. */
gboolean bh_desk_keep_box (BhDesk *self, const char *box_id, BhBox *box,
                           const BhReceiveOptions *options, gint64 now_us, gboolean *fresh,
                           GError **error);
/* D17: fills seen_before of @outcome. */
gboolean bh_desk_recall (BhDesk *self, BhBox *box, const BhReceiveOptions *options,
                         BhOutcome *outcome, GError **error);
/* D18: fills near of @outcome; shown, never chosen. */
gboolean bh_desk_find_near (BhDesk *self, BhBox *box, const BhUnitFacts *facts, BhOutcome *outcome,
                            GError **error);
/* Receipt, line, clocks, moves, label, mail, audit. @prior is voided and names the new one.
 * @decision: (nullable): @prior is a hold and this is its end */
gboolean bh_desk_write_receipt (BhDesk *self, const char *act, const BhUnitFacts *facts,
                                const BhReceipt *prior, const BhDecision *decision,
                                BhOutcome *outcome, GError **error);
/* D16: takes back what a receipt did. */
gboolean bh_desk_undo_receipt (BhDesk *self, const BhReceipt *receipt, const char *reason,
                               const char *replaced_by, gint64 now_us, GError **error);
