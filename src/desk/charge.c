/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What a person decides of a unit that did not come back (O2, O3). */

#include "backhaul/chase.h"

#include "clocks-private.h"
#include "issue-private.h"
#include "transfer-private.h"

char *
bh_money_format (gint64 minor, const char *currency)
{
  return bh_price_format (minor, currency);
}

/* ---- what the acts share ---------------------------------------------------------------- */

static gboolean
begin (BhDesk *self, const BhWhen *when, BhMay may, const char *rma, const char *reason,
       BhIssueFacts *facts, BhTx **tx, GError **error)
{
  g_autoptr (GPtrArray) serials = NULL;

  if (!bh_desk_may_act (self, may, when, error) || !bh_desk_is_text ("reason", reason, error) ||
      (*tx = bh_desk_begin (self, error)) == NULL || !bh_desk_issue_facts (self, rma, facts, error))
    return FALSE;
  /* a dock that scans one of them now goes first or after, never between */
  serials = g_ptr_array_new ();
  for (guint i = 0; i < facts->lines->len; i++)
    g_ptr_array_add (serials, ((BhIssueLine *) g_ptr_array_index (facts->lines, i))->serial);
  if (!bh_desk_lock_serials (self, serials, error))
    return FALSE;
  /* what was read before the locks may be what the dock has just changed */
  bh_issue_facts_clear (facts);
  *facts = (BhIssueFacts){ 0 };
  return bh_desk_issue_facts (self, rma, facts, error) &&
         bh_desk_not_before_rma (self, facts, when, error);
}

static void
set_line_state (BhIssueLine *line, const char *state)
{
  g_free (line->state);
  line->state = g_strdup (state);
}

static gboolean
has_line (const BhIssueFacts *facts, int line, GError **error)
{
  for (guint i = 0; i < facts->lines->len; i++)
    if (line == 0 || ((BhIssueLine *) g_ptr_array_index (facts->lines, i))->line == line)
      return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
               "%s: it has no line %d; `rma show` numbers its lines", facts->head.rma, line);
  return FALSE;
}

static gboolean
refuse (const BhIssueFacts *facts, const BhIssueLine *line, const char *why, GError **error)
{
  g_return_val_if_fail (line != NULL, FALSE); /* has_line() saw to it */
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: line %d, %s, %s", facts->head.rma,
               line->line, line->serial, why);
  return FALSE;
}

/* ---- charge ------------------------------------------------------------------------------- */

/* O1, O2: why a line is not charged; NULL: it may be. */
static gboolean
why_not_charged (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts,
                 const BhIssueLine *line, const char **why, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;
  gboolean pending = FALSE;
  gboolean accepted = FALSE;

  *why = NULL;
  if (!bh_store_line_has_claim (self->store, line->id, "pending", &pending, error) ||
      !bh_store_line_has_claim (self->store, line->id, "accepted", &accepted, error) ||
      !bh_store_running_clock (self->store, "C1", line->id, NULL, &clock, error))
    return FALSE;
  if (g_str_equal (line->state, "received"))
    *why = "has come in (O3); nothing is charged";
  else if (g_str_equal (line->state, "charged"))
    *why = "is charged already (O2); `charge list` shows it";
  else if (!g_str_equal (line->state, "awaited"))
    *why = "is not awaited (O2); look at it with `rma show`";
  else if (accepted)
    *why = "was delivered by a claim that was accepted (O5); it cannot be charged";
  else if (pending)
    *why = "is claimed as delivered (O5); decide the claim first";
  else if (clock != NULL && g_str_equal (clock->state, "paused"))
    *why = "has its clock paused (C9); resume it first";
  else if (clock == NULL || clock->due == NULL ||
           bh_day_of (when->at_us, facts->zone) <= bh_day_parse (clock->due))
    *why = "is not overdue (O1); only what is past its return-by date is charged";
  return TRUE;
}

static gboolean
charge_line (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, BhIssueLine *line,
             const char *reason, GError **error)
{
  g_autofree char *currency = NULL;
  gboolean price = FALSE;
  gint64 amount = 0;

  if (line->part != NULL &&
      !bh_store_list_price (self->store, line->part, &price, &amount, &currency, error))
    return FALSE;
  if (!price)
    return refuse (facts, line,
                   "has no list price on record (O2); import it with the product, then charge",
                   error);
  set_line_state (line, "charged");
  return bh_store_add_charge (self->store, when->act, line->id, amount, currency, reason,
                              self->operator, when->at_us, error) &&
         bh_store_set_line_charged (self->store, line->id, error) &&
         bh_desk_clock_end (self, BH_C1, line->id, NULL, when->at_us, error);
}

/* Names the one that was asked for, or the first awaited one: why nothing is charged. */
static gboolean
charge_lines (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, int line,
              const char *reason, GError **error)
{
  const BhIssueLine *first = NULL;
  const char *first_why = "";
  guint n = 0;

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *one = g_ptr_array_index (facts->lines, i);
    const char *why = NULL;

    if (line != 0 && one->line != line)
      continue;
    if (!why_not_charged (self, when, facts, one, &why, error))
      return FALSE;
    if (why == NULL) {
      if (!charge_line (self, when, facts, one, reason, error))
        return FALSE;
      n++;
    } else if (first == NULL ||
               (g_str_equal (one->state, "awaited") && !g_str_equal (first->state, "awaited"))) {
      first = one;
      first_why = why;
    }
  }
  return n > 0 || refuse (facts, first, first_why, error);
}

/* F4: one message for all that is charged now; it names the lines, as another may be charged
 * for the same stated time. */
static gboolean
tell_charge (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, GPtrArray *charges,
             gboolean closes, GError **error)
{
  g_autofree char *mail = g_uuid_string_random ();
  g_autoptr (GString) details = g_string_new ("{\"lines\":[");

  for (guint i = 0; i < charges->len; i++)
    g_string_append_printf (details, "%s{\"rma\":\"%s\",\"line\":%d}", i > 0 ? "," : "",
                            facts->head.rma,
                            ((BhChargeRow *) g_ptr_array_index (charges, i))->line);
  /* the charge of the last unit ends the RMA: one mail tells both */
  g_string_append_printf (details, "],\"closes\":%d}", closes);
  return bh_store_queue_mail (self->store, mail, "charge", facts->party.email, facts->head.account,
                              facts->head.rma, NULL, when->at_us, error) &&
         bh_store_set_mail_details (self->store, mail, facts->party.language, details->str, error);
}

static char *
charge_text (GPtrArray *charges, const char *reason)
{
  GString *text = g_string_new ("Charged");

  for (guint i = 0; i < charges->len; i++) {
    const BhChargeRow *row = g_ptr_array_index (charges, i);
    g_autofree char *amount = bh_price_format (row->amount, row->currency);

    g_string_append_printf (text, "%s %s %s %s", i > 0 ? "," : "", row->serial, amount,
                            row->currency);
  }
  g_string_append_printf (text, ": %s", reason);
  return g_string_free (text, FALSE);
}

gboolean
bh_desk_charge (BhDesk *self, const BhWhen *when, const char *rma, int line, const char *reason,
                GPtrArray **charges, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  g_autoptr (GPtrArray) made = NULL;
  g_autofree char *text = NULL;
  gboolean closes = FALSE;
  gboolean done = FALSE;

  if (!begin (self, when, BH_MAY_CHARGE, rma, reason, &facts, &tx, error) ||
      !bh_desk_is_done (self, when, "charge", &done, error))
    return FALSE;
  if (!done &&
      (!has_line (&facts, line, error) || !charge_lines (self, when, &facts, line, reason, error) ||
       !bh_desk_settle_state (self, &facts, when, &closes, error)))
    return FALSE;
  made = bh_store_charges (self->store, BH_CHARGES_OF_ACT, when->act, 0, G_MAXINT64, error);
  if (made == NULL)
    return FALSE;
  text = charge_text (made, reason);
  if (!done && (!tell_charge (self, when, &facts, made, closes, error) ||
                !bh_desk_tell (self, when, "charge", &facts, NULL, text, error) ||
                !bh_tx_commit (tx, error)))
    return FALSE;
  if (charges != NULL)
    *charges = g_steal_pointer (&made);
  return TRUE;
}

/* ---- waive ---------------------------------------------------------------------------------- */

static gboolean
waive_line (BhDesk *self, const BhWhen *when, BhIssueLine *line, const char *reason, GError **error)
{
  set_line_state (line, "waived");
  return bh_store_end_line (self->store, line->id, "waived", reason, error) &&
         bh_desk_clock_void (self, BH_C1, line->id, NULL, when->at_us, error);
}

static gboolean
waive_lines (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, int line,
             const char *reason, GError **error)
{
  const BhIssueLine *other = NULL;
  guint n = 0;

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *one = g_ptr_array_index (facts->lines, i);

    if (line != 0 && one->line != line)
      continue;
    other = one;
    if (!g_str_equal (one->state, "awaited"))
      continue;
    if (!waive_line (self, when, one, reason, error))
      return FALSE;
    n++;
  }
  return n > 0 ||
         refuse (facts, other, "is not awaited (O2); a charge is taken back with `charge credit`",
                 error);
}

gboolean
bh_desk_waive (BhDesk *self, const BhWhen *when, const char *rma, int line, const char *reason,
               GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  gboolean done = FALSE;

  if (!begin (self, when, BH_MAY_CHARGE, rma, reason, &facts, &tx, error) ||
      !bh_desk_is_done (self, when, "waive", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  return has_line (&facts, line, error) && waive_lines (self, when, &facts, line, reason, error) &&
         bh_desk_settle_rma (self, &facts, when, NULL, error) &&
         bh_desk_tell (self, when, "waive", &facts, NULL, reason, error) &&
         bh_tx_commit (tx, error);
}

/* ---- credit ---------------------------------------------------------------------------------- */

gboolean
bh_desk_credit (BhDesk *self, const BhWhen *when, const char *rma, int line, const char *reason,
                GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  g_autofree char *mail = g_uuid_string_random ();
  gboolean done = FALSE;
  gint64 n = 0;

  if (!begin (self, when, BH_MAY_CHARGE, rma, reason, &facts, &tx, error) ||
      !bh_desk_is_done (self, when, "credit", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  if (!has_line (&facts, line, error))
    return FALSE;
  for (guint i = 0; i < facts.lines->len; i++) {
    const BhIssueLine *one = g_ptr_array_index (facts.lines, i);
    gint64 credited = 0;

    if (line != 0 && one->line != line)
      continue;
    if (!bh_store_credit_line (self->store, one->id, reason, self->operator, when->at_us, &credited,
                               error))
      return FALSE;
    n += credited;
  }
  if (n == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: no charge of it stands (O3); `charge list` shows them", facts.head.rma);
    return FALSE;
  }
  return bh_store_queue_mail (self->store, mail, "credit", facts.party.email, facts.head.account,
                              facts.head.rma, NULL, when->at_us, error) &&
         bh_store_set_mail_details (self->store, mail, facts.party.language, NULL, error) &&
         bh_desk_tell (self, when, "credit", &facts, NULL, reason, error) &&
         bh_tx_commit (tx, error);
}

GPtrArray *
bh_desk_charges (BhDesk *self, BhChargeSet set, const char *act, gint64 from_us, gint64 to_us,
                 GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_charges (self->store, set, act, from_us, to_us, error)
             : NULL;
}

char *
bh_charges_csv (GPtrArray *charges)
{
  GString *csv =
      g_string_new ("rma,line,serial,part,description,account,account_name,reference,"
                    "case,return_by,amount,currency,charged,reason,received,credited\r\n");

  for (guint i = 0; i < charges->len; i++) {
    const BhChargeRow *row = g_ptr_array_index (charges, i);
    g_autofree char *line = g_strdup_printf ("%d", row->line);
    g_autofree char *amount = bh_price_format (row->amount, row->currency);
    g_autofree char *at = bh_time_format (row->at_us, NULL);
    g_autofree char *received =
        row->received_us != 0 ? bh_time_format (row->received_us, NULL) : NULL;
    g_autofree char *credited =
        row->credited_us != 0 ? bh_time_format (row->credited_us, NULL) : NULL;
    const char *const cells[] = { row->rma,
                                  line,
                                  row->serial,
                                  row->part,
                                  row->description,
                                  row->account,
                                  row->account_name,
                                  row->reference,
                                  row->case_no,
                                  row->return_by,
                                  amount,
                                  row->currency,
                                  at,
                                  row->reason,
                                  received,
                                  credited };

    for (guint n = 0; n < G_N_ELEMENTS (cells); n++)
      bh_csv_add (csv, n == 0, cells[n]);
    g_string_append (csv, "\r\n");
  }
  return g_string_free (csv, FALSE);
}
