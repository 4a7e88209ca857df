/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A verdict as it is told: what a BhOutcome says of a unit. */

#include "receive-private.h"
#include "transfer-private.h"

void
bh_outcome_free (BhOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->box);
  g_free (self->receipt);
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->expected);
  g_free (self->part);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->return_by);
  g_free (self->destination);
  g_free (self->charge);
  g_free (self->currency);
  g_strfreev (self->labels);
  g_free (self->message);
  g_strfreev (self->near);
  g_free (self->seen_before);
  g_free (self);
}

/* D14: rule, RMA, account, part, where it goes, what to do. */
static char *
compose_message (const BhOutcome *outcome)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s (%s)", outcome->ruling->title, outcome->ruling->rule);
  if (outcome->rma != NULL)
    g_string_append_printf (text, ", RMA %s", outcome->rma);
  if (outcome->serial != NULL)
    g_string_append_printf (text, ", serial %s", outcome->serial);
  if (outcome->expected != NULL)
    g_string_append_printf (text, " in place of %s", outcome->expected);
  if (outcome->part != NULL)
    g_string_append_printf (text, ", part %s", outcome->part);
  if (outcome->account_name != NULL)
    g_string_append_printf (text, ", %s", outcome->account_name);
  if (outcome->late)
    g_string_append_printf (text, ". Late: was due %s", outcome->return_by);
  if (outcome->destination != NULL && outcome->ruling->verdict == BH_VERDICT_ACCEPT)
    g_string_append_printf (text, ". To %s", outcome->destination);
  if (outcome->charge != NULL)
    g_string_append_printf (
        text, ". The customer was charged %s %s for it%s", outcome->charge, outcome->currency,
        outcome->ruling->verdict == BH_VERDICT_ACCEPT ? ": to be credited" : "");
  g_string_append_printf (text, ". %s", outcome->ruling->advice);
  return g_string_free (text, FALSE);
}

/* O3, D6: what was charged is shown, for whoever credits it */
static void
tell_charge (const BhAwaitedLine *line, BhOutcome *outcome)
{
  if (line->charged == 0)
    return;
  outcome->charge = bh_price_format (line->charged, line->currency);
  outcome->currency = g_strdup (line->currency);
  outcome->charged_us = line->charged_us;
}

BhOutcome *
bh_desk_outcome_new (const BhRuling *ruling, const char *box, guint n, const char *serial,
                     const BhUnitFacts *facts, gint64 now_us)
{
  BhOutcome *outcome = g_new0 (BhOutcome, 1);
  const BhAwaitedLine *line = &facts->line;

  outcome->box = g_strdup (box);
  outcome->unit = n;
  outcome->ruling = ruling;
  outcome->serial = g_strdup (serial);
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
    outcome->late =
        line->return_by != NULL && ruling->verdict == BH_VERDICT_ACCEPT &&
        bh_day_of (bh_unit_arrived (facts, now_us), zone) > bh_day_parse (line->return_by);
    if (ruling->verdict == BH_VERDICT_ACCEPT && g_strcmp0 (serial, line->serial) != 0)
      outcome->expected = g_strdup (line->serial);
    tell_charge (line, outcome);
  }
  outcome->message = compose_message (outcome);
  return outcome;
}

gboolean
bh_desk_tell_received (BhDesk *self, const BhUnitFacts *facts, BhOutcome *outcome, GError **error)
{
  g_auto (BhReceipt) receipt = { 0 };
  g_autofree char *when = NULL;
  gboolean swapped;

  if (!bh_store_receipt_of_line (self->store, facts->line.id, &receipt, error))
    return FALSE;
  /* another unit came in its place (D5) */
  swapped = receipt.serial != NULL && g_strcmp0 (receipt.serial, outcome->serial) != 0;
  outcome->at_us = facts->line.received_us;
  outcome->receipt = g_strdup (receipt.receipt);
  when = bh_time_format (outcome->at_us, NULL);
  g_free (outcome->message);
  outcome->message =
      g_strdup_printf ("ALREADY RECEIVED (D8), RMA %s, serial %s%s%s: on %s%s%s%s%s. %s",
                       outcome->rma, outcome->serial, swapped ? ", by " : "",
                       swapped ? receipt.serial : "", when, receipt.dock != NULL ? " at " : "",
                       receipt.dock != NULL ? receipt.dock : "",
                       receipt.operator != NULL ? " by " : "",
                       receipt.operator != NULL ? receipt.operator : "", outcome->ruling->advice);
  return TRUE;
}

gboolean
bh_desk_may_be_then (BhDesk *self, const char *serial, gboolean stated, gint64 now_us,
                     GError **error)
{
  gint64 latest = 0;
  g_autofree char *when = NULL;

  if (!stated)
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
