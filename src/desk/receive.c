/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "receive-private.h"

#include <string.h>

#include "backhaul/resolution.h"

static gboolean
on_record (BhRecord record, const char *value, gboolean *found, gpointer data, GError **error)
{
  BhDesk *self = data;

  return bh_store_on_record (self->store, record, value, found, error);
}

gboolean
bh_desk_type_box (BhDesk *self, BhBox *box, GError **error)
{
  return bh_box_type (box, on_record, self, error);
}

/* A number that the unit's own RMA bears is the unit's; else the first on
 * record: in a box of several RMAs each unit finds its own (D12). */
static gboolean
choose_number (BhDesk *self, BhBox *box, const BhAwaitedLine *line, BhUnitFacts *facts,
               GError **error)
{
  g_autoptr (GPtrArray) numbers = bh_box_values (box, BH_KIND_RMA);
  static const char *const gone[] = { "closed", "cancelled", "charged", "waived", NULL };

  facts->number = BH_NUM_NOT_YET;
  if (numbers->len > 0 || bh_box_said (box, BH_COMMAND_NO_NUMBER) ||
      bh_box_said (box, BH_COMMAND_NEXT_BOX) || bh_box_said (box, BH_COMMAND_REFUSE))
    facts->number = BH_NUM_NONE;
  for (guint i = 0; i < numbers->len; i++) {
    BhBoxItem *item = g_ptr_array_index (numbers, i);
    g_autofree char *state = NULL;

    if (facts->rma != NULL && g_strcmp0 (line->rma, item->value) != 0)
      continue;
    if (line->id != 0 && g_str_equal (line->rma, item->value))
      state = g_strdup (line->rma_state);
    else if (!bh_store_rma_state (self->store, item->value, &state, error))
      return FALSE;
    if (state == NULL)
      continue;
    g_free (facts->rma);
    facts->rma = g_strdup (item->value);
    facts->number = g_strv_contains (gone, state)  ? BH_NUM_CLOSED
                    : g_str_equal (state, "draft") ? BH_NUM_DRAFT
                                                   : BH_NUM_OPEN;
  }
  return TRUE;
}

/* What was taken in place of another unit (D5) is on no line, only on its receipt. */
static gboolean
find_in_place (BhDesk *self, const char *serial, BhAwaitedLine *line, GError **error)
{
  g_auto (BhReceipt) accepted = { 0 };

  return bh_store_accepted_as (self->store, serial, &accepted, error) &&
         (accepted.receipt == NULL ||
          bh_store_line_by_id (self->store, accepted.line_id, line, error));
}

/* D8 speaks of "that line": the one that the number names, else a line of an
 * RMA that is still open, else one so recent that it is the same arrival.
 * What came back years ago is history (V4). */
static gboolean
find_received (BhDesk *self, const char *serial, gint64 now_us, BhUnitFacts *facts, GError **error)
{
  gint64 window = (gint64) self->policy.received_again_days * G_TIME_SPAN_DAY;

  if (facts->rma != NULL) {
    if (!bh_store_line_of (self->store, facts->rma, serial, &facts->line, error))
      return FALSE;
    if (facts->line.id != 0 && facts->line.received_us != 0) {
      facts->serial = BH_SER_RECEIVED;
      return TRUE;
    }
    if (facts->line.id != 0)
      return TRUE;
  }
  if (!bh_store_line_received (self->store, serial, &facts->line, error) ||
      (facts->line.id == 0 && !find_in_place (self, serial, &facts->line, error)))
    return FALSE;
  if (facts->line.id != 0 && (g_strcmp0 (facts->line.rma_status, "open") == 0 ||
                              facts->line.received_us > now_us - window))
    facts->serial = BH_SER_RECEIVED;
  else
    bh_awaited_line_clear (&facts->line);
  return TRUE;
}

/* D10. Parts of another symbol speak of this unit only when it is alone. */
static void
compare_part (BhBox *box, const BhBoxUnit *unit, guint n_units, BhUnitFacts *facts)
{
  GPtrArray *items = bh_box_items (box);

  facts->part = BH_PART_UNREAD;
  for (guint i = 0; facts->line.part != NULL && i < items->len; i++) {
    BhBoxItem *item = g_ptr_array_index (items, i);

    if (item->kind != BH_KIND_PART || (n_units > 1 && item->symbol != unit->symbol))
      continue;
    if (g_ascii_strcasecmp (item->value, facts->line.part) == 0) {
      facts->part = BH_PART_SAME;
      return;
    }
    facts->part = BH_PART_DIFFERS;
  }
}

gboolean
bh_desk_unit_facts (BhDesk *self, BhBox *box, const BhBoxUnit *unit, guint n_units,
                    const BhReceipt *prior, gint64 now_us, BhUnitFacts *facts, GError **error)
{
  gboolean awaited = FALSE;

  if (unit->serial != NULL) {
    /* this box's own receipt is no reason to call the unit received (D8) */
    if (prior != NULL && prior->line_id != 0 && g_str_equal (prior->verdict, "accept")) {
      if (!bh_store_line_of (self->store, prior->rma, unit->serial, &facts->line, error))
        return FALSE;
    } else if (!bh_store_line_awaited (self->store, unit->serial, &facts->line, error)) {
      return FALSE;
    }
    awaited = facts->line.id != 0;
  }
  if (!choose_number (self, box, &facts->line, facts, error))
    return FALSE;
  if (unit->serial == NULL) {
    facts->serial = bh_box_said (box, BH_COMMAND_UNREADABLE) || bh_box_said (box, BH_COMMAND_REFUSE)
                        ? BH_SER_UNREADABLE
                        : BH_SER_NOT_YET;
    return TRUE;
  }
  facts->serial = BH_SER_NOWHERE;
  if (awaited)
    facts->serial = facts->number == BH_NUM_OPEN && g_strcmp0 (facts->rma, facts->line.rma) == 0
                        ? BH_SER_HERE
                        : BH_SER_ELSEWHERE;
  else if (!find_received (self, unit->serial, now_us, facts, error))
    return FALSE;
  if (awaited)
    compare_part (box, unit, n_units, facts);
  return TRUE;
}

void
bh_unit_facts_clear (BhUnitFacts *self)
{
  g_clear_pointer (&self->rma, g_free);
  bh_awaited_line_clear (&self->line);
}

static const BhRuling type_again = {
  ~0u,
  ~0u,
  ~0u,
  BH_VERDICT_WAITING,
  "D19",
  FALSE,
  NULL,
  "WAITING",
  "The serial was typed and nothing awaits it. Type it once more to be sure."
};

/* D11: the receiver puts aside what cannot be told now */
static const BhRuling put_aside = { ~0u,
                                    ~0u,
                                    ~0u,
                                    BH_VERDICT_HOLD,
                                    "D11",
                                    FALSE,
                                    NULL,
                                    "HOLD: PUT ASIDE",
                                    "Put it on the hold shelf with its slip. A CSR decides." };

/* This box's receipt of the unit: by its serial, else the one that was given at its place
 * before the serial was read, or by a CSR who found out which unit it is. */
static const BhReceipt *
prior_of (GPtrArray *priors, const char *serial, guint n)
{
  const BhReceipt *at_place = NULL;

  for (guint i = 0; i < priors->len; i++) {
    const BhReceipt *prior = g_ptr_array_index (priors, i);

    if (g_strcmp0 (prior->serial, serial) == 0)
      return prior;
    if (prior->unit == (int) n && (prior->serial == NULL || serial == NULL))
      at_place = prior;
  }
  return at_place;
}

/* What a CSR has decided on a hold stands, whatever is scanned on its box again. */
static gboolean
tell_decided (BhDesk *self, const BhReceipt *prior, GPtrArray *outcomes, GError **error)
{
  g_auto (BhUnitFacts) facts = { 0 };
  g_autoptr (BhOutcome) outcome = NULL;
  gboolean accepted = g_str_equal (prior->verdict, "accept");
  const BhRuling *ruling =
      accepted ? bh_box_judge (BH_NUM_OPEN, BH_SER_RECEIVED, BH_PART_UNREAD, &self->policy)
               : bh_resolution_ruling (prior->rule, BH_RESOLVE_REFUSE, &self->policy);

  if (accepted && !bh_store_line_by_id (self->store, prior->line_id, &facts.line, error))
    return FALSE;
  facts.rma = g_strdup (prior->rma);
  outcome = bh_desk_outcome_new (ruling, prior->box, (guint) prior->unit, prior->serial, &facts,
                                 prior->at_us);
  if (accepted && !bh_desk_tell_received (self, &facts, outcome, error))
    return FALSE;
  if (outcome->receipt == NULL)
    outcome->receipt = g_strdup (prior->receipt);
  g_ptr_array_add (outcomes, g_steal_pointer (&outcome));
  return TRUE;
}

static gboolean
judge_unit (BhDesk *self, const char *act, const char *box_id, BhBox *box, BhBoxUnit *unit, guint n,
            guint n_units, GPtrArray *priors, gboolean first, const BhReceiveOptions *options,
            gint64 now_us, GPtrArray *outcomes, GError **error)
{
  g_auto (BhUnitFacts) facts = { .first = first };
  g_autoptr (BhOutcome) outcome = NULL;
  const BhReceipt *prior = prior_of (priors, unit->serial, n);
  const BhRuling *ruling;

  if (prior != NULL && prior->resolves != NULL)
    return tell_decided (self, prior, outcomes, error);
  if (unit->serial != NULL &&
      (!bh_store_lock_serial (self->store, unit->serial, error) ||
       !bh_desk_may_be_then (self, unit->serial, options->time_stated, now_us, error)))
    return FALSE;
  if (!bh_desk_unit_facts (self, box, unit, n_units, prior, now_us, &facts, error))
    return FALSE;
  ruling = bh_box_judge (facts.number, facts.serial, facts.part, &self->policy);
  if (ruling->verdict == BH_VERDICT_WAITING && bh_box_said (box, BH_COMMAND_HOLD))
    ruling = &put_aside;
  if (self->policy.ask_typed_twice && unit->typed && !unit->typed_twice &&
      (ruling->verdict == BH_VERDICT_HOLD || ruling->verdict == BH_VERDICT_REFUSE))
    ruling = &type_again;
  outcome = bh_desk_outcome_new (ruling, box_id, n, unit->serial, &facts, now_us);
  if (ruling->verdict == BH_VERDICT_ALREADY_RECEIVED &&
      !bh_desk_tell_received (self, &facts, outcome, error))
    return FALSE;
  if (!bh_desk_recall (self, box, options, outcome, error) ||
      !bh_desk_find_near (self, box, &facts, outcome, error))
    return FALSE;
  if (ruling->verdict == BH_VERDICT_ACCEPT || ruling->verdict == BH_VERDICT_HOLD ||
      ruling->verdict == BH_VERDICT_REFUSE) {
    if (prior != NULL && g_str_equal (prior->rule, ruling->rule) &&
        g_strcmp0 (prior->rma, outcome->rma) == 0) {
      /* nothing new was learnt of this unit: its receipt stands */
      outcome->receipt = g_strdup (prior->receipt);
      outcome->at_us = prior->at_us;
    } else if (!bh_desk_write_receipt (self, act, &facts, prior, NULL, outcome, error)) {
      return FALSE;
    }
  }
  g_ptr_array_add (outcomes, g_steal_pointer (&outcome));
  return TRUE;
}

GPtrArray *
bh_desk_judge_box (BhDesk *self, const char *act, BhBox *box, const BhReceiveOptions *options,
                   gint64 now_us, GError **error)
{
  static const BhReceiveOptions none = { 0 };
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GPtrArray) priors = NULL;
  g_autoptr (GPtrArray) units = NULL;
  g_autofree char *key = NULL;
  gboolean fresh = FALSE;
  const char *box_id;

  if (options == NULL)
    options = &none;
  /* the act names a new box, so that the same act twice is the same box */
  box_id = options->box != NULL ? options->box : act;
  key = g_strconcat ("box:", box_id, NULL);
  if (!bh_store_lock_key (self->store, key, error) || !bh_desk_type_box (self, box, error) ||
      !bh_desk_keep_box (self, box_id, box, options, now_us, &fresh, error))
    return NULL;
  priors = fresh ? g_ptr_array_new () : bh_store_receipts_of_box (self->store, box_id, error);
  if (priors == NULL)
    return NULL;
  outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_outcome_free);
  units = bh_box_units (box);
  for (guint i = 0; i < units->len; i++)
    if (!judge_unit (self, act, box_id, box, g_ptr_array_index (units, i), i + 1, units->len,
                     priors, fresh && i == 0, options, now_us, outcomes, error))
      return NULL;
  return g_steal_pointer (&outcomes);
}

static GPtrArray *
receive_once (BhDesk *self, const char *act, BhBox *box, const BhReceiveOptions *options,
              gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;

  if (!bh_desk_require (self, BH_MAY_RECEIVE, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      (outcomes = bh_desk_judge_box (self, act, box, options, now_us, error)) == NULL ||
      !bh_tx_commit (tx, error))
    return NULL;
  return g_steal_pointer (&outcomes);
}

GPtrArray *
bh_desk_receive (BhDesk *self, const char *act, BhBox *box, const BhReceiveOptions *options,
                 gint64 now_us, GError **error)
{
  guint losses = 0;

  while (TRUE) {
    g_autoptr (GError) why = NULL;
    GPtrArray *outcomes = receive_once (self, act, box, options, now_us, &why);

    if (outcomes != NULL)
      return outcomes;
    if (bh_desk_may_repeat (self, why, &losses))
      continue;
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
}
