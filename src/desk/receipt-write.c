/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "clocks-private.h"
#include "holds-private.h"
#include "issue-private.h"

#include <string.h>

#include "backhaul/hold-store.h"
#include "backhaul/identifier.h"
#include "backhaul/job-store.h"
#include "backhaul/print-store.h"

/* The label and mail that a verdict makes (RULES §4, F4). */
static const struct {
  BhVerdict verdict;
  int by_serial; /* -1: either */
  const char *label;
} labels[] = {
  { BH_VERDICT_ACCEPT, TRUE, "box-4x6" },
  { BH_VERDICT_HOLD, -1, "hold-slip-4x6" },
  { BH_VERDICT_REFUSE, -1, "return-to-sender-4x6" },
};

/* Return to factory: warranty or Core Plus (RULES C4, N4), as it was confirmed; a line
 * that an import brought is judged by the unit's record on the day of its RMA. */
static gboolean
returns_to_factory (BhDesk *self, const BhAwaitedLine *line, gboolean *returns, GError **error)
{
  g_auto (BhUnitRecord) unit = { 0 };
  g_auto (BhCoverage) coverage = { 0 };
  const BhLevel *level = bh_level_find (line->level);
  g_autoptr (GTimeZone) zone = NULL;

  *returns = g_strcmp0 (line->coverage, "warranty") == 0 ||
             (level != NULL && level->replacement == BH_REPLACE_RETURN_TO_FACTORY);
  if (line->coverage != NULL)
    return TRUE;
  if (!bh_store_unit_alone (self->store, line->serial, &unit, error))
    return FALSE;
  zone = bh_zone (line->zone);
  bh_unit_judge (&unit, bh_day_of (line->confirmed_us, zone), &coverage);
  *returns = bh_coverage_entitles (&coverage) && coverage.level != NULL &&
             coverage.level->replacement == BH_REPLACE_RETURN_TO_FACTORY;
  return TRUE;
}

static gboolean
start_c4 (BhDesk *self, const BhAwaitedLine *line, gint64 now_us, GError **error)
{
  BhClockStart start = {
    .kind = BH_C4, .line_id = line->id, .zone = line->zone, .calendar = line->calendar
  };
  gboolean returns = FALSE;

  return returns_to_factory (self, line, &returns, error) &&
         (!returns || bh_desk_clock_start (self, &start, now_us, error));
}

static gboolean
take_in (BhDesk *self, const BhUnitFacts *facts, const BhOutcome *outcome, const char *mail,
         GError **error)
{
  const BhAwaitedLine *line = &facts->line;
  const char *dock = facts->dock != NULL ? facts->dock : self->dock;
  g_autofree char *place = g_strconcat ("dock:", dock != NULL ? dock : "main", NULL);
  gint64 arrived_us = bh_unit_arrived (facts, outcome->at_us);

  return bh_store_set_line_received (self->store, line, arrived_us, error) &&
         bh_desk_clock_end (self, BH_C1, line->id, NULL, arrived_us, error) &&
         start_c4 (self, line, arrived_us, error) &&
         bh_store_add_move (self->store, outcome->serial, place, self->operator, self->station,
                            outcome->receipt, outcome->at_us, error) &&
         (facts->first ? bh_store_queue_first_mail : bh_store_queue_mail) (
             self->store, mail, "receipt", line->email, line->account, line->rma, outcome->receipt,
             outcome->at_us, error);
}

/* F4: a refusal is told to the sender, if the sender is known */
static gboolean
tell_sender (BhDesk *self, const BhUnitFacts *facts, const BhOutcome *outcome, GError **error)
{
  g_autofree char *account = NULL;
  g_autofree char *email = NULL;
  g_autofree char *mail = bh_uuid (outcome->at_us);

  if (!bh_store_sender_of (self->store, facts->rma, outcome->serial, &account, &email, error))
    return FALSE;
  return account == NULL || bh_store_queue_mail (self->store, mail, "refusal", email, account,
                                                 facts->rma != NULL ? facts->rma : "",
                                                 outcome->receipt, outcome->at_us, error);
}

static gboolean
queue_labels (BhDesk *self, BhOutcome *outcome, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    g_autofree char *job = NULL;

    if (labels[i].verdict != outcome->ruling->verdict ||
        (labels[i].by_serial >= 0 && labels[i].by_serial != outcome->ruling->by_serial))
      continue;
    job = bh_uuid (outcome->at_us);
    if (!bh_store_add_print_job (self->store,
                                 &(BhPrintJob){ .job = job,
                                                .template = (char *) labels[i].label,
                                                .receipt = outcome->receipt,
                                                .rma = outcome->rma,
                                                .line = outcome->line,
                                                .station = self->station,
                                                .at_us = outcome->at_us },
                                 error))
      return FALSE;
    g_ptr_array_add (names, g_strdup (labels[i].label));
  }
  g_ptr_array_add (names, NULL);
  outcome->labels = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

gboolean
bh_desk_undo_receipt (BhDesk *self, const BhReceipt *receipt, const char *reason,
                      const char *replaced_by, gint64 now_us, GError **error)
{
  if (!bh_store_void_receipt (self->store, receipt->receipt, reason, self->operator, replaced_by,
                              now_us, error) ||
      !bh_store_cancel_jobs (self->store, receipt->receipt, error))
    return FALSE;
  if (receipt->line_id == 0 || !g_str_equal (receipt->verdict, "accept"))
    return TRUE;
  return bh_store_undo_line_received (self->store, receipt->line_id, receipt->line_was, error) &&
         bh_desk_clock_reopen (self, BH_C1, receipt->line_id, error) &&
         bh_desk_clock_void (self, BH_C4, receipt->line_id, NULL, now_us, error) &&
         bh_desk_close_again (self, receipt, now_us, error) &&
         bh_store_add_move (self->store, receipt->serial, "customer", self->operator, self->station,
                            receipt->receipt, now_us, error);
}

gboolean
bh_desk_write_receipt (BhDesk *self, const char *act, const BhUnitFacts *facts,
                       const BhReceipt *prior, const BhDecision *decision, BhOutcome *outcome,
                       GError **error)
{
  const BhRuling *ruling = outcome->ruling;
  g_autofree char *entity = NULL;
  g_autofree char *mail = bh_uuid (outcome->at_us);
  BhReceipt row = { 0 };

  outcome->receipt = bh_uuid (outcome->at_us);
  if (prior != NULL && !bh_desk_undo_receipt (self, prior,
                                              decision != NULL ? decision->reason
                                                               : "more was scanned on the same box",
                                              outcome->receipt, outcome->at_us, error))
    return FALSE;
  if (decision != NULL &&
      !bh_store_mark_resolved (self->store, prior->receipt, decision->how, outcome->at_us, error))
    return FALSE;
  /* borrowed, not copied: the row lives as long as this call */
  row.receipt = outcome->receipt;
  row.act = (char *) act;
  row.box = outcome->box;
  row.unit = (int) outcome->unit;
  row.verdict = (char *) bh_verdict_name (ruling->verdict);
  row.rule = (char *) ruling->rule;
  row.line_id = facts->line.id;
  row.rma = outcome->rma;
  row.line = outcome->line;
  row.serial = outcome->serial;
  row.part = outcome->part;
  row.account = outcome->account;
  row.destination = outcome->destination;
  row.late = outcome->late;
  row.return_by = outcome->return_by;
  row.discrepancy = (char *) ruling->discrepancy;
  row.message = outcome->message;
  row.seen_before = outcome->seen_before;
  row.at_us = outcome->at_us;
  row.dock = (char *) (facts->dock != NULL ? facts->dock : self->dock);
  row.station = self->station;
  row.operator= self->operator;
  row.resolves = decision != NULL ? prior->receipt : NULL;
  row.rma_was = decision != NULL ? decision->rma_was : NULL;
  row.rma_closed_us = decision != NULL ? decision->rma_closed_us : 0;
  /* what this box's own accept has changed is not how the line was */
  if (ruling->verdict == BH_VERDICT_ACCEPT)
    row.line_was = prior != NULL && prior->line_id == facts->line.id && prior->line_was != NULL
                       ? prior->line_was
                       : facts->line.state;
  /* of a box with several units one mail tells: only the first one's is known before */
  if (ruling->verdict == BH_VERDICT_ACCEPT && facts->first)
    row.mail = mail;
  if (!bh_store_add_receipt (self->store, &row, error) ||
      (ruling->verdict == BH_VERDICT_ACCEPT && !take_in (self, facts, outcome, mail, error)) ||
      (ruling->verdict == BH_VERDICT_REFUSE && !tell_sender (self, facts, outcome, error)) ||
      !queue_labels (self, outcome, error))
    return FALSE;
  entity = g_strconcat ("receipt:", outcome->receipt, NULL);
  return bh_desk_audit (self, act, decision != NULL ? "resolve" : "receive", entity,
                        prior != NULL ? prior->message : NULL, outcome->message, outcome->at_us,
                        error);
}

/* Only what the receipt did can be taken back: not what came after it. */
static gboolean
still_here (BhDesk *self, const BhReceipt *receipt, GError **error)
{
  gboolean at_repair = FALSE;
  g_auto (BhAwaitedLine) line = { 0 };
  g_auto (BhAwaitedLine) again = { 0 };

  if (!bh_store_lock_key (self->store, receipt->serial, error) ||
      !bh_store_line_by_id (self->store, receipt->line_id, &line, error) ||
      !bh_store_line_awaited (self->store, receipt->serial, &again, error))
    return FALSE;
  /* taken in place of another unit (D5): that one would be awaited again */
  if (again.id == 0 && g_strcmp0 (line.serial, receipt->serial) != 0 &&
      (!bh_store_lock_key (self->store, line.serial, error) ||
       !bh_store_line_awaited (self->store, line.serial, &again, error)))
    return FALSE;
  if (!bh_store_was_at_repair (self->store, receipt->line_id, &at_repair, error))
    return FALSE;
  if (at_repair) {
    g_set_error (
        error, BH_ERROR, BH_ERROR_REFUSED,
        "%s: the repair center has the unit (RA4); a receipt is voided before it goes there",
        receipt->receipt);
    return FALSE;
  }
  if (g_strcmp0 (line.state, "received") == 0 && again.id == 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: the unit has moved on since (%s%s); settle that first", receipt->receipt,
               again.id != 0 ? "awaited again on " : "its line is ",
               again.id != 0 ? again.rma : line.state);
  return FALSE;
}

gboolean
bh_desk_void (BhDesk *self, const char *act, const char *receipt, const char *reason, gint64 now_us,
              GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhReceipt) found = { 0 };
  g_autofree char *entity = g_strconcat ("receipt:", receipt, NULL);

  if (!bh_desk_require (self, BH_MAY_VOID, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_find_receipt (self->store, receipt, &found, error))
    return FALSE;
  if (found.receipt == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such receipt; look it up with `rma show`", receipt);
    return FALSE;
  }
  if (found.is_void) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it is void already; there is nothing to do", receipt);
    return FALSE;
  }
  if (found.line_id != 0 && g_str_equal (found.verdict, "accept") &&
      (!bh_store_lock_key (self->store, found.rma, error) || !still_here (self, &found, error)))
    return FALSE;
  return bh_desk_undo_receipt (self, &found, reason, NULL, now_us, error) &&
         bh_desk_audit (self, act, "void", entity, found.message, reason, now_us, error) &&
         bh_tx_commit (tx, error);
}
