/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A waiver, a charge or a cancelled line taken back (O2, O4), while nothing came after it. */

#include "backhaul/chase.h"
#include "backhaul/hold-store.h"
#include "backhaul/mail-store.h"
#include "clocks-private.h"
#include "issue-private.h"

typedef enum { WAIVED, CANCELLED, CHARGED } Ended;

static const char *const states[] = { "waived", "cancelled", "charged" };

typedef struct {
  BhDesk *desk;
  const BhWhen *when;
  BhIssueFacts *facts;
  Ended ended;
  const char *reason;
  gint64 closed_us;  /* when the RMA ended; 0: it had not */
  gint64 charged_us; /* the newest charge that is taken back */
  GPtrArray *lines;  /* BhIssueLine that are expected again */
} Undo;

/* Why not; NULL: nothing came after. */
static gboolean
why_not (BhDesk *self, const BhIssueFacts *facts, const BhIssueLine *line, char **why,
         GError **error)
{
  g_autofree char *other = NULL;
  gint64 held = 0;

  *why = NULL;
  if (!bh_store_awaited_under (self->store, line->serial, &other, error) ||
      !bh_store_count_held (self->store, facts->head.rma, &held, error))
    return FALSE;
  if (facts->head.confirmed_us == 0)
    *why = g_strdup ("it was never confirmed (N1); make another RMA");
  else if (g_str_equal (facts->head.state, "closed"))
    *why = g_strdup ("the RMA was closed since (N1); make another one");
  else if (other != NULL)
    *why = g_strdup_printf ("RMA %s awaits %s by now (I4)", other, line->serial);
  else if (held > 0)
    *why = g_strdup ("a unit of it is held at the dock (D6); resolve that, see `hold list`");
  return TRUE;
}

/* O3: nothing is deleted, a charge that was made is credited. */
static gboolean
credit (Undo *self, const BhIssueLine *line, GError **error)
{
  g_auto (BhAwaitedLine) charged = { 0 };
  gint64 credited = 0;

  if (!bh_store_line_by_id (self->desk->store, line->id, &charged, error) ||
      !bh_store_credit_line (self->desk->store, line->id, self->reason, self->desk->operator,
                             self->when->at_us, &credited, error))
    return FALSE;
  self->charged_us = MAX (self->charged_us, charged.charged_us);
  return TRUE;
}

static gboolean
expect (Undo *self, BhIssueLine *line, GError **error)
{
  static const BhClockKind kinds[] = { BH_C1, BH_C5 };
  BhStore *store = self->desk->store;

  if ((self->ended == CHARGED && !credit (self, line, error)) ||
      !bh_store_reawait_line (store, line->id, error) ||
      /* a charge ends the clock, the others void it */
      (self->ended == CHARGED && !bh_store_reopen_clock (store, "C1", line->id, error)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (BhClockRecord) clock = NULL;

    if (!bh_store_running_clock (store, bh_clock_kind_name (kinds[i]), line->id, NULL, &clock,
                                 error) ||
        (clock != NULL && (!bh_desk_clock_count (self->desk, clock, NULL, error) ||
                           !bh_store_set_clock (store, clock, error))))
      return FALSE;
  }
  g_free (line->state);
  line->state = g_strdup ("awaited");
  g_ptr_array_add (self->lines, line);
  return TRUE;
}

static gboolean
refuse (const Undo *self, int line, const char *why, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: line %d is not taken back: %s",
               self->facts->head.rma, line, why);
  return FALSE;
}

static gboolean
expect_lines (Undo *self, int line, GError **error)
{
  const BhIssueFacts *facts = self->facts;
  const BhIssueLine *other = NULL;

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *one = g_ptr_array_index (facts->lines, i);
    g_autofree char *why = NULL;

    if (line != 0 && one->line != line)
      continue;
    other = one;
    if (!g_str_equal (one->state, states[self->ended]))
      continue;
    if (!why_not (self->desk, facts, one, &why, error))
      return FALSE;
    if (why != NULL)
      return refuse (self, one->line, why, error);
    if (!expect (self, one, error))
      return FALSE;
  }
  if (self->lines->len > 0)
    return TRUE;
  g_set_error (error, BH_ERROR, other == NULL ? BH_ERROR_NOT_FOUND : BH_ERROR_REFUSED,
               other == NULL ? "%s: it has no line %d; `rma show` numbers its lines"
                             : "%s: line %d is not %s (O2); there is nothing to take back",
               facts->head.rma, other != NULL ? other->line : line, states[self->ended]);
  return FALSE;
}

/* ---- what the customer was told ------------------------------------------------------------ */

static char *
lines_json (const BhIssueFacts *facts, GPtrArray *lines)
{
  GString *json = g_string_new ("{\"lines\":[");

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (json, "%s{\"rma\":\"%s\",\"line\":%d}", i > 0 ? "," : "",
                            facts->head.rma, ((BhIssueLine *) g_ptr_array_index (lines, i))->line);
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

/* F4: what went out is told to be untrue, and what is expected. */
static gboolean
correct (const Undo *self, GError **error)
{
  const BhIssueFacts *facts = self->facts;
  g_autofree char *mail = g_uuid_string_random ();
  g_autofree char *details = lines_json (facts, self->lines);

  return bh_store_queue_mail (self->desk->store, mail, "correction", facts->party.email,
                              facts->head.account, facts->head.rma, NULL, self->when->at_us,
                              error) &&
         bh_store_set_mail_details (self->desk->store, mail, facts->party.language, details, error);
}

/* A mail of several charges goes on about those that stand, but closes nothing. */
static gboolean
go_on (const Undo *self, const BhMail *mail, GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  g_autofree char *details = NULL;

  for (guint i = 0; i < self->facts->lines->len; i++) {
    BhIssueLine *line = g_ptr_array_index (self->facts->lines, i);
    g_auto (BhAwaitedLine) charged = { 0 };

    if (!bh_store_line_by_id (self->desk->store, line->id, &charged, error))
      return FALSE;
    if (charged.charged_us == mail->at_us)
      g_ptr_array_add (left, line);
  }
  if (left->len == 0)
    return TRUE;
  details = lines_json (self->facts, left);
  return bh_store_readdress_mail (self->desk->store, mail->mail, mail->to, error) &&
         bh_store_set_mail_details (self->desk->store, mail->mail, mail->language, details, error);
}

/* Only the mail of what is taken back: an RMA may have ended, and been opened, before. */
static gboolean
settle_mail (const Undo *self, GError **error)
{
  gint64 told_us = self->ended == CHARGED ? self->charged_us : self->closed_us;
  g_autoptr (BhMail) mail = NULL;
  gboolean withdrawn = FALSE;

  if (told_us == 0)
    return TRUE; /* a line of several: nobody was told */
  if (!bh_store_mail_of_rma (self->desk->store, self->facts->head.rma,
                             self->ended == CHARGED ? "charge" : "closing", told_us, &mail, error))
    return FALSE;
  if (mail == NULL || g_str_equal (mail->state, "failed"))
    return TRUE;
  /* what still waits would tell an end that is none; what a sender has in hand is as good as gone
   */
  if (!bh_store_withdraw_mail (self->desk->store, mail->mail, "what it would tell was taken back",
                               &withdrawn, error))
    return FALSE;
  if (!withdrawn)
    return correct (self, error);
  return self->ended != CHARGED || go_on (self, mail, error);
}

/* ---- the act -------------------------------------------------------------------------------- */

static char *
text_of (const Undo *self)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "Expected again, %s no more: ", states[self->ended]);
  for (guint i = 0; i < self->lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            ((BhIssueLine *) g_ptr_array_index (self->lines, i))->serial);
  g_string_append_printf (text, ": %s", self->reason);
  return g_string_free (text, FALSE);
}

static gboolean
take_back (Undo *self, int line, GError **error)
{
  BhRmaHead *head = &self->facts->head;
  BhStore *store = self->desk->store;
  g_autofree char *before = g_strdup (head->state);
  g_autofree char *text = NULL;

  if (!expect_lines (self, line, error))
    return FALSE;
  self->closed_us = head->closed_us;
  g_free (head->state);
  head->state = g_strdup ("open");
  head->closed_us = 0;
  text = text_of (self);
  return bh_store_set_rma (store, head, error) &&
         (self->ended != CANCELLED || bh_store_clear_cancelled (store, head->id, error)) &&
         bh_store_reawait_charged (store, head->id, error) && settle_mail (self, error) &&
         bh_desk_tell (self->desk, self->when, "take-back", self->facts, before, text, error);
}

gboolean
bh_desk_take_back (BhDesk *self, const BhWhen *when, const char *rma, int line, const char *state,
                   const char *reason, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_auto (BhIssueFacts) facts = { 0 };
  Undo undo = { .desk = self, .when = when, .facts = &facts, .reason = reason, .lines = lines };
  gboolean done = FALSE;

  while (undo.ended < CHARGED && !g_str_equal (state, states[undo.ended]))
    undo.ended++;
  if (!bh_desk_may_act (self, undo.ended == CANCELLED ? BH_MAY_CHASE : BH_MAY_CHARGE, when,
                        error) ||
      !bh_desk_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "take-back", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  for (guint i = 0; i < facts.lines->len; i++)
    g_ptr_array_add (serials, ((BhIssueLine *) g_ptr_array_index (facts.lines, i))->serial);
  return bh_desk_lock_serials (self, serials, error) &&
         bh_desk_not_before_rma (self, &facts, when, error) && take_back (&undo, line, error) &&
         bh_tx_commit (tx, error);
}
