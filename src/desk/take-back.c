/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A waiver or a cancelled line taken back (O2, O4), while nothing came after it. */

#include "backhaul/chase.h"
#include "backhaul/hold-store.h"
#include "backhaul/mail-store.h"
#include "clocks-private.h"
#include "issue-private.h"

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

static gboolean
expect (BhDesk *self, BhIssueLine *line, GError **error)
{
  static const BhClockKind kinds[] = { BH_C1, BH_C5 };

  if (!bh_store_reawait_line (self->store, line->id, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (BhClockRecord) clock = NULL;

    if (!bh_store_running_clock (self->store, bh_clock_kind_name (kinds[i]), line->id, NULL, &clock,
                                 error) ||
        (clock != NULL && (!bh_desk_clock_count (self, clock, NULL, error) ||
                           !bh_store_set_clock (self->store, clock, error))))
      return FALSE;
  }
  g_free (line->state);
  line->state = g_strdup ("awaited");
  return TRUE;
}

/* (transfer full): their serials; NULL: refused */
static char *
expect_lines (BhDesk *self, BhIssueFacts *facts, int line, const char *state, GError **error)
{
  g_autoptr (GString) serials = g_string_new (NULL);
  const BhIssueLine *other = NULL;

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *one = g_ptr_array_index (facts->lines, i);
    g_autofree char *why = NULL;

    if (line != 0 && one->line != line)
      continue;
    other = one;
    if (!g_str_equal (one->state, state))
      continue;
    if (!why_not (self, facts, one, &why, error))
      return NULL;
    if (why != NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: line %d is not taken back: %s",
                   facts->head.rma, one->line, why);
      return NULL;
    }
    if (!expect (self, one, error))
      return NULL;
    g_string_append_printf (serials, "%s%s", serials->len > 0 ? ", " : "", one->serial);
  }
  if (serials->len > 0)
    return g_strdup (serials->str);
  g_set_error (error, BH_ERROR, other == NULL ? BH_ERROR_NOT_FOUND : BH_ERROR_REFUSED,
               other == NULL ? "%s: it has no line %d; `rma show` numbers its lines"
                             : "%s: line %d is not %s (O2); there is nothing to take back",
               facts->head.rma, other != NULL ? other->line : line, state);
  return NULL;
}

/* What still waits would tell an end that is none. */
static gboolean
hold_mail (BhDesk *self, const BhIssueFacts *facts, GError **error)
{
  g_autoptr (BhMail) mail = NULL;

  if (!bh_store_mail_of_rma (self->store, facts->head.rma, "closing", &mail, error))
    return FALSE;
  return mail == NULL || !g_str_equal (mail->state, "queued") || mail->claimed_by != NULL ||
         bh_store_settle_mail (self->store, mail->mail, "failed",
                               "what it would tell was taken back", 0, error);
}

static gboolean
take_back (BhDesk *self, const BhWhen *when, BhIssueFacts *facts, int line, const char *state,
           const char *reason, GError **error)
{
  g_autofree char *before = g_strdup (facts->head.state);
  g_autofree char *serials = expect_lines (self, facts, line, state, error);
  g_autofree char *text = serials != NULL ? g_strdup_printf ("Expected again, %s no more: %s: %s",
                                                             state, serials, reason)
                                          : NULL;

  if (serials == NULL)
    return FALSE;
  g_free (facts->head.state);
  facts->head.state = g_strdup ("open");
  facts->head.closed_us = 0;
  return bh_store_set_rma (self->store, &facts->head, error) &&
         (!g_str_equal (state, "cancelled") ||
          bh_store_clear_cancelled (self->store, facts->head.id, error)) &&
         bh_store_reawait_charged (self->store, facts->head.id, error) &&
         hold_mail (self, facts, error) &&
         bh_desk_tell (self, when, "take-back", facts, before, text, error);
}

gboolean
bh_desk_take_back (BhDesk *self, const BhWhen *when, const char *rma, int line, const char *state,
                   const char *reason, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();
  g_auto (BhIssueFacts) facts = { 0 };
  gboolean waived = g_str_equal (state, "waived");
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, waived ? BH_MAY_CHARGE : BH_MAY_CHASE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "take-back", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  for (guint i = 0; i < facts.lines->len; i++)
    g_ptr_array_add (serials, ((BhIssueLine *) g_ptr_array_index (facts.lines, i))->serial);
  return bh_desk_lock_serials (self, serials, error) &&
         bh_desk_not_before_rma (self, &facts, when, error) &&
         take_back (self, when, &facts, line, state, reason, error) && bh_tx_commit (tx, error);
}
