/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "receive-private.h"

#include <string.h>

#include "backhaul/identifier.h"

void
bh_outcome_free (BhOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->box);
  g_free (self->receipt);
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->return_by);
  g_free (self->destination);
  g_strfreev (self->labels);
  g_free (self->message);
  g_strfreev (self->near);
  g_free (self->seen_before);
  g_free (self);
}

static gboolean
on_record (BhRecord record, const char *value, gboolean *found, gpointer data, GError **error)
{
  BhDesk *self = data;

  return bh_store_on_record (self->store, record, value, found, error);
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
    if (!bh_store_rma_state (self->store, item->value, &state, error))
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
  if (!bh_store_line_received (self->store, serial, &facts->line, error))
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

/* D14: rule, RMA, account, part, where it goes, what to do. */
static char *
compose_message (const BhOutcome *outcome, const BhUnitFacts *facts)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s (%s)", outcome->ruling->title, outcome->ruling->rule);
  if (outcome->rma != NULL)
    g_string_append_printf (text, ", RMA %s", outcome->rma);
  if (outcome->serial != NULL)
    g_string_append_printf (text, ", serial %s", outcome->serial);
  if (outcome->part != NULL)
    g_string_append_printf (text, ", part %s", outcome->part);
  if (outcome->account_name != NULL)
    g_string_append_printf (text, ", %s", outcome->account_name);
  if (outcome->late)
    g_string_append_printf (text, ". Late: was due %s", outcome->return_by);
  if (outcome->destination != NULL && outcome->ruling->verdict == BH_VERDICT_ACCEPT)
    g_string_append_printf (text, ". To %s", outcome->destination);
  if (facts->line.charged > 0)
    g_string_append (text, ". The customer was charged for it: to be credited");
  g_string_append_printf (text, ". %s", outcome->ruling->advice);
  return g_string_free (text, FALSE);
}

static BhOutcome *
outcome_of (const BhRuling *ruling, const char *box, guint n, const BhBoxUnit *unit,
            const BhUnitFacts *facts, gint64 now_us)
{
  BhOutcome *outcome = g_new0 (BhOutcome, 1);
  const BhAwaitedLine *line = &facts->line;

  outcome->box = g_strdup (box);
  outcome->unit = n;
  outcome->ruling = ruling;
  outcome->serial = g_strdup (unit->serial);
  outcome->at_us = now_us;
  /* a hold for another RMA shows the RMA of the serial, as what is offered (D4) */
  outcome->rma = g_strdup (line->id != 0 ? line->rma : facts->rma);
  if (line->id != 0) {
    g_autoptr (GTimeZone) zone = bh_zone (line->zone != NULL ? line->zone : "UTC");

    outcome->line = line->line;
    outcome->part = g_strdup (line->part);
    outcome->account = g_strdup (line->account);
    outcome->account_name = g_strdup (line->account_name);
    outcome->return_by = g_strdup (line->return_by);
    outcome->destination = g_strdup (line->destination);
    outcome->late = line->return_by != NULL && ruling->verdict == BH_VERDICT_ACCEPT &&
                    bh_day_of (now_us, zone) > bh_day_parse (line->return_by);
  }
  outcome->message = compose_message (outcome, facts);
  return outcome;
}

/* D8 tells when, where and by whom. */
static gboolean
tell_received (BhDesk *self, const BhUnitFacts *facts, BhOutcome *outcome, GError **error)
{
  g_auto (BhReceipt) receipt = { 0 };
  g_autofree char *when = NULL;

  if (!bh_store_receipt_of_line (self->store, facts->line.id, &receipt, error))
    return FALSE;
  outcome->at_us = facts->line.received_us;
  outcome->receipt = g_strdup (receipt.receipt);
  when = bh_time_format (outcome->at_us, NULL);
  g_free (outcome->message);
  outcome->message =
      g_strdup_printf ("ALREADY RECEIVED (D8), RMA %s, serial %s: on %s%s%s%s%s. %s", outcome->rma,
                       outcome->serial, when, receipt.dock != NULL ? " at " : "",
                       receipt.dock != NULL ? receipt.dock : "",
                       receipt.operator != NULL ? " by " : "",
                       receipt.operator != NULL ? receipt.operator : "", outcome->ruling->advice);
  return TRUE;
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

/* --at may not lie before what is on record of the unit (CLI.md). */
static gboolean
may_be_then (BhDesk *self, const char *serial, const BhReceiveOptions *options, gint64 now_us,
             GError **error)
{
  gint64 latest = 0;
  g_autofree char *when = NULL;

  if (!options->time_stated)
    return TRUE;
  if (!bh_desk_require (self, BH_MAY_SET_TIME, error) ||
      !bh_store_latest_of (self->store, serial, &latest, error))
    return FALSE;
  if (now_us >= latest)
    return TRUE;
  when = bh_time_format (latest, NULL);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: the stated time is before what is on record of it (%s); state a later one",
               serial, when);
  return FALSE;
}

static const BhReceipt *
prior_of (GPtrArray *priors, const char *serial)
{
  for (guint i = 0; i < priors->len; i++) {
    const BhReceipt *prior = g_ptr_array_index (priors, i);

    if (g_strcmp0 (prior->serial, serial) == 0)
      return prior;
  }
  return NULL;
}

static gboolean
judge_unit (BhDesk *self, const char *act, const char *box_id, BhBox *box, BhBoxUnit *unit, guint n,
            guint n_units, GPtrArray *priors, const BhReceiveOptions *options, gint64 now_us,
            GPtrArray *outcomes, GError **error)
{
  g_auto (BhUnitFacts) facts = { 0 };
  g_autoptr (BhOutcome) outcome = NULL;
  const BhReceipt *prior = prior_of (priors, unit->serial);
  const BhRuling *ruling;

  if (unit->serial != NULL && (!bh_store_lock_key (self->store, unit->serial, error) ||
                               !may_be_then (self, unit->serial, options, now_us, error)))
    return FALSE;
  if (!bh_desk_unit_facts (self, box, unit, n_units, prior, now_us, &facts, error))
    return FALSE;
  ruling = bh_box_judge (facts.number, facts.serial, facts.part, &self->policy);
  if (ruling->verdict == BH_VERDICT_WAITING && bh_box_said (box, BH_COMMAND_HOLD))
    ruling = &put_aside;
  if (self->policy.ask_typed_twice && unit->typed && !unit->typed_twice &&
      (ruling->verdict == BH_VERDICT_HOLD || ruling->verdict == BH_VERDICT_REFUSE))
    ruling = &type_again;
  outcome = outcome_of (ruling, box_id, n, unit, &facts, now_us);
  if (ruling->verdict == BH_VERDICT_ALREADY_RECEIVED &&
      !tell_received (self, &facts, outcome, error))
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
    } else if (!bh_desk_write_receipt (self, act, &facts, prior, outcome, error)) {
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
  const char *box_id;

  if (options == NULL)
    options = &none;
  /* the act names a new box, so that the same act twice is the same box */
  box_id = options->box != NULL ? options->box : act;
  if (!bh_store_lock_key (self->store, box_id, error) ||
      !bh_box_type (box, on_record, self, error) ||
      !bh_desk_keep_box (self, box_id, box, options, now_us, error) ||
      (priors = bh_store_receipts_of_box (self->store, box_id, error)) == NULL)
    return NULL;
  outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_outcome_free);
  units = bh_box_units (box);
  for (guint i = 0; i < units->len; i++)
    if (!judge_unit (self, act, box_id, box, g_ptr_array_index (units, i), i + 1, units->len,
                     priors, options, now_us, outcomes, error))
      return NULL;
  return g_steal_pointer (&outcomes);
}

GPtrArray *
bh_desk_receive (BhDesk *self, const char *act, BhBox *box, const BhReceiveOptions *options,
                 gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;

  if (!bh_desk_require (self, BH_MAY_RECEIVE, error) ||
      (tx = bh_store_begin_write (self->store, error)) == NULL ||
      (outcomes = bh_desk_judge_box (self, act, box, options, now_us, error)) == NULL ||
      !bh_tx_commit (tx, error))
    return NULL;
  return g_steal_pointer (&outcomes);
}
