/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "holds-private.h"

/* "accept-swap or refuse" */
static char *
allowed_by (const char *rule, const BhPolicy *policy)
{
  GString *text = g_string_new (NULL);

  for (BhResolution how = 0; how < BH_RESOLVE_LAST; how++)
    if (bh_resolution_ruling (rule, how, policy) != NULL)
      g_string_append_printf (text, "%s--%s", text->len > 0 ? " or " : "",
                              bh_resolution_name (how));
  return g_string_free (text, FALSE);
}

gboolean
bh_hold_allows (const BhHoldFacts *facts, const BhReceipt *hold, BhResolution how,
                const BhPolicy *policy, GError **error)
{
  g_autofree char *allowed = allowed_by (hold->rule, policy);

  if (facts->unit.serial == BH_SER_RECEIVED) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: its serial %s was received since, on RMA %s (D8); a supervisor voids this "
                 "hold",
                 hold->receipt, hold->serial, facts->unit.line.rma);
    return FALSE;
  }
  if (bh_resolution_ruling (hold->rule, how, policy) != NULL)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: a hold by this rule (%s) does not end by --%s; choose %s", hold->receipt,
               hold->rule, bh_resolution_name (how), allowed);
  return FALSE;
}

static const BhAwaitedLine *
refuse_draft (const BhHoldFacts *facts, const BhReceipt *hold, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: RMA %s is not confirmed (D9); confirm it with `rma confirm`, or --refuse",
               hold->receipt, facts->unit.rma);
  return NULL;
}

static const BhAwaitedLine *
line_of_serial (const BhHoldFacts *facts, const BhReceipt *hold, GError **error)
{
  const BhUnitFacts *unit = &facts->unit;

  if (hold->serial == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: its serial was not read (%s); choose --accept-swap with --line, or --refuse",
                 hold->receipt, hold->rule);
    return NULL;
  }
  if (unit->serial == BH_SER_HERE || unit->serial == BH_SER_ELSEWHERE)
    return &unit->line;
  /* its own line of a closed RMA, that never came (D6) */
  if (unit->number == BH_NUM_CLOSED && unit->line.id != 0)
    return &unit->line;
  if (unit->number == BH_NUM_DRAFT)
    return refuse_draft (facts, hold, error);
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: no open RMA awaits serial %s (%s); issue one for it, or choose otherwise",
               hold->receipt, hold->serial, hold->rule);
  return NULL;
}

/* The line that stands out: the unit's own, else the only awaited, else the only one. */
static const BhAwaitedLine *
the_line (const BhHoldFacts *facts, const char *serial)
{
  const BhAwaitedLine *awaited = NULL;
  guint n_awaited = 0;

  for (guint i = 0; i < facts->lines->len; i++) {
    const BhAwaitedLine *line = g_ptr_array_index (facts->lines, i);

    if (g_strcmp0 (line->serial, serial) == 0)
      return line;
    if (line->awaited) {
      awaited = line;
      n_awaited++;
    }
  }
  if (n_awaited == 1)
    return awaited;
  return facts->lines->len == 1 ? g_ptr_array_index (facts->lines, 0) : NULL;
}

static const BhAwaitedLine *
line_on_box (const BhHoldFacts *facts, const BhReceipt *hold, int asked, GError **error)
{
  const BhUnitFacts *unit = &facts->unit;
  const BhAwaitedLine *found = NULL;
  gboolean own = unit->serial == BH_SER_HERE ||
                 (unit->serial == BH_SER_ELSEWHERE && g_str_equal (hold->rule, "D10"));

  if (own && (asked == 0 || asked == unit->line.line))
    return &unit->line;
  if (own || unit->serial == BH_SER_ELSEWHERE) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: line %d of RMA %s awaits serial %s (D4); choose --under-serial, or --refuse",
                 hold->receipt, unit->line.line, unit->line.rma, hold->serial);
    return NULL;
  }
  if (unit->number == BH_NUM_DRAFT)
    return refuse_draft (facts, hold, error);
  if (facts->lines->len == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: %s%s %s (%s); choose --refuse",
                 hold->receipt, unit->rma != NULL ? "RMA " : "the box has no number",
                 unit->rma != NULL ? unit->rma : "",
                 unit->rma != NULL ? "has no line that did not come" : "of an RMA", hold->rule);
    return NULL;
  }
  for (guint i = 0; asked != 0 && i < facts->lines->len; i++) {
    const BhAwaitedLine *line = g_ptr_array_index (facts->lines, i);

    if (line->line == asked)
      return line;
  }
  if (asked == 0)
    found = the_line (facts, hold->serial);
  if (found == NULL && asked != 0)
    g_set_error (
        error, BH_ERROR, BH_ERROR_USAGE,
        "%s: RMA %s has no line %d that did not come (%s); see `hold show` for those it has",
        hold->receipt, unit->rma, asked, hold->rule);
  else if (found == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: %u lines of RMA %s did not come; say with --line which this is (%s)",
                 hold->receipt, facts->lines->len, unit->rma, hold->rule);
  return found;
}

const BhAwaitedLine *
bh_hold_line (const BhHoldFacts *facts, const BhReceipt *hold, BhResolution how, int line,
              GError **error)
{
  return how == BH_RESOLVE_UNDER_SERIAL ? line_of_serial (facts, hold, error)
                                        : line_on_box (facts, hold, line, error);
}

/* Two CSRs at one hold: the second reads what the first has decided. */
static gboolean
still_held (const BhReceipt *hold, const char *receipt, GError **error)
{
  g_autofree char *when = hold->void_us != 0 ? bh_time_format (hold->void_us, NULL) : NULL;

  if (hold->receipt == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such receipt; `hold list` names those that wait", receipt);
  else if (!g_str_equal (hold->verdict, "hold"))
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it is no hold, its verdict is %s; `hold list` names those that wait", receipt,
                 hold->verdict);
  else if (hold->resolved != NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: decided already, --%s by %s on %s; see receipt %s", receipt, hold->resolved,
                 hold->void_by, when, hold->replaced_by);
  else if (hold->is_void)
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: void since %s, by %s; %s%s", receipt, when,
                 hold->void_by,
                 hold->replaced_by != NULL ? "more was scanned, see receipt "
                                           : "there is nothing to do",
                 hold->replaced_by != NULL ? hold->replaced_by : "");
  else
    return TRUE;
  return FALSE;
}

static gboolean
not_before (BhDesk *self, const BhReceipt *hold, const BhResolveOptions *options, gint64 now_us,
            GError **error)
{
  g_autofree char *when = NULL;

  if (!options->time_stated)
    return TRUE;
  if (now_us >= hold->at_us)
    return bh_desk_require (self, BH_MAY_SET_TIME, error) &&
           (hold->serial == NULL || bh_desk_may_be_then (self, hold->serial, TRUE, now_us, error));
  if (!bh_desk_require (self, BH_MAY_SET_TIME, error))
    return FALSE;
  when = bh_time_format (hold->at_us, NULL);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: the stated time is before the hold (%s); state a later one", hold->receipt,
               when);
  return FALSE;
}

/* The facts of the verdict: those of the line that takes the unit; of a refusal none. */
static gboolean
choose (BhDesk *self, BhHoldFacts *facts, const BhReceipt *hold, const BhResolveOptions *options,
        BhUnitFacts *chosen, GError **error)
{
  const BhAwaitedLine *line;

  chosen->rma = g_strdup (hold->rma);
  chosen->dock = hold->dock;
  if (!bh_hold_allows (facts, hold, options->how, &self->policy, error))
    return FALSE;
  if (options->how == BH_RESOLVE_REFUSE)
    return TRUE;
  line = bh_hold_line (facts, hold, options->how, options->line, error);
  /* a dock may be taking in the very unit that this one comes in place of */
  if (line == NULL || !bh_store_lock_serial (self->store, line->serial, error) ||
      !bh_store_line_by_id (self->store, line->id, &chosen->line, error))
    return FALSE;
  if (chosen->line.received_us != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: line %d of RMA %s was received meanwhile (D8); look at `hold show` again",
                 hold->receipt, chosen->line.line, chosen->line.rma);
    return FALSE;
  }
  /* what came in time is not late because nobody decided; what came before its RMA was
   * confirmed came with the confirmation */
  chosen->arrived_us = MAX (hold->at_us, chosen->line.confirmed_us);
  return TRUE;
}

static BhOutcome *
outcome_of (BhDesk *self, const BhReceipt *hold, const BhResolveOptions *options,
            const BhUnitFacts *chosen, gint64 now_us)
{
  const BhRuling *ruling = bh_resolution_ruling (hold->rule, options->how, &self->policy);
  /* of a plate that cannot be read the CSR says which unit it is */
  const char *serial = hold->serial != NULL ? hold->serial : chosen->line.serial;
  BhOutcome *outcome =
      bh_desk_outcome_new (ruling, hold->box, (guint) hold->unit, serial, chosen, now_us);
  g_autofree char *told = g_steal_pointer (&outcome->message);
  g_autofree char *opens = bh_hold_reopens (&chosen->line)
                               ? g_strdup_printf (" RMA %s was %s and is open again.",
                                                  chosen->line.rma, chosen->line.rma_state)
                               : NULL;

  outcome->message = g_strdup_printf ("%s%s Decided by %s: %s", told, opens != NULL ? opens : "",
                                      self->operator, options->reason);
  return outcome;
}

/* The same act again, after a lost connection: what it made. */
static BhOutcome *
find_act (BhDesk *self, const char *act, const BhReceipt *hold, gboolean *found, GError **error)
{
  g_autoptr (GPtrArray) made = bh_store_receipts_of_act (self->store, act, error);
  BhOutcome *outcome;

  /* a failure ends the act, too */
  *found = made == NULL;
  if (made == NULL)
    return NULL;
  for (guint i = 0; i < made->len; i++) {
    const BhReceipt *receipt = g_ptr_array_index (made, i);
    g_auto (BhUnitFacts) facts = { 0 };
    BhResolution how = BH_RESOLVE_REFUSE;

    if (g_strcmp0 (receipt->resolves, hold->receipt) != 0)
      continue;
    *found = TRUE;
    facts.rma = g_strdup (receipt->rma);
    if (receipt->line_id != 0 &&
        !bh_store_line_by_id (self->store, receipt->line_id, &facts.line, error))
      return NULL;
    for (BhResolution each = 0; each < BH_RESOLVE_LAST; each++)
      if (g_strcmp0 (hold->resolved, bh_resolution_name (each)) == 0)
        how = each;
    outcome =
        bh_desk_outcome_new (bh_resolution_ruling (hold->rule, how, &self->policy), receipt->box,
                             (guint) receipt->unit, receipt->serial, &facts, receipt->at_us);
    outcome->receipt = g_strdup (receipt->receipt);
    outcome->late = receipt->late;
    g_free (outcome->message);
    outcome->message = g_strdup (receipt->message);
    return outcome;
  }
  return NULL;
}

/* The hold, once nobody else can work on its box: read again behind the lock. */
static gboolean
find_locked (BhDesk *self, const char *receipt, BhReceipt *hold, GError **error)
{
  g_autofree char *key = NULL;

  if (!bh_store_find_receipt (self->store, receipt, hold, error))
    return FALSE;
  key = g_strconcat ("box:", hold->box, NULL);
  return hold->receipt == NULL || (bh_store_lock_key (self->store, key, error) &&
                                   bh_store_find_receipt (self->store, receipt, hold, error));
}

BhOutcome *
bh_desk_resolve_hold (BhDesk *self, const char *act, const char *receipt,
                      const BhResolveOptions *options, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhReceipt) hold = { 0 };
  g_auto (BhHoldFacts) facts = { 0 };
  g_auto (BhUnitFacts) chosen = { 0 };
  g_autoptr (BhOutcome) outcome = NULL;
  g_auto (BhDecision)
      decision = { .how = bh_resolution_name (options->how), .reason = options->reason };
  gboolean known = FALSE;

  if (!bh_desk_require (self, BH_MAY_HOLDS, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !find_locked (self, receipt, &hold, error))
    return NULL;
  outcome = find_act (self, act, &hold, &known, error);
  if (known)
    return g_steal_pointer (&outcome);
  if (!still_held (&hold, receipt, error) ||
      /* an RMA before its units, as all acts do */
      (hold.rma != NULL && !bh_store_lock_key (self->store, hold.rma, error)) ||
      (hold.serial != NULL && !bh_store_lock_serial (self->store, hold.serial, error)) ||
      !not_before (self, &hold, options, now_us, error) ||
      !bh_desk_hold_facts (self, &hold, now_us, &facts, error) ||
      !choose (self, &facts, &hold, options, &chosen, error))
    return NULL;
  outcome = outcome_of (self, &hold, options, &chosen, now_us);
  if ((chosen.line.id != 0 &&
       !bh_desk_reopen (self, act, &chosen.line, &decision, now_us, error)) ||
      !bh_desk_write_receipt (self, act, &chosen, &hold, &decision, outcome, error) ||
      !bh_tx_commit (tx, error))
    return NULL;
  return g_steal_pointer (&outcome);
}
