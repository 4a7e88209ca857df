/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* How an RMA ends: cancelled, bought (O4), or closed when all is done. */

#include "backhaul/chase-store.h"
#include "backhaul/json-text.h"
#include "clocks-private.h"
#include "issue-private.h"

#include <string.h>

/* ---- what both ends share -------------------------------------------------------------- */

static gboolean
is_state (const BhIssueLine *line, const char *state)
{
  return g_str_equal (line->state, state);
}

static guint
count (const BhIssueFacts *facts, const char *state)
{
  guint n = 0;

  for (guint i = 0; i < facts->lines->len; i++)
    n += is_state (g_ptr_array_index (facts->lines, i), state);
  return n;
}

static char *
reason_details (const char *reason)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "reason");
  json_builder_add_string_value (builder, reason);
  return bh_json_end (builder);
}

/* F4: the customer who was told of the RMA is told of its end, and why. */
static gboolean
tell_customer (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, const char *reason,
               GError **error)
{
  g_autofree char *mail = g_uuid_string_random ();
  g_autofree char *details = reason != NULL ? reason_details (reason) : NULL;

  return facts->head.confirmed_us == 0 ||
         (bh_store_queue_mail (self->store, mail, "closing", facts->party.email,
                               facts->head.account, facts->head.rma, NULL, when->at_us, error) &&
          bh_store_set_mail_details (self->store, mail, facts->party.language, details, error));
}

static gboolean
set_state (BhDesk *self, const BhWhen *when, BhIssueFacts *facts, const char *state, GError **error)
{
  g_free (facts->head.state);
  facts->head.state = g_strdup (state);
  if (g_str_equal (bh_rma_status_of (state), "open"))
    return bh_store_set_rma (self->store, &facts->head, error);
  facts->head.closed_us = when->at_us;
  return bh_store_set_rma (self->store, &facts->head, error) &&
         bh_store_release_lines (self->store, facts->head.id, error);
}

gboolean
bh_desk_settle_state (BhDesk *self, BhIssueFacts *facts, const BhWhen *when, gboolean *closed,
                      GError **error)
{
  guint alive = count (facts, "draft") + count (facts, "awaited");
  guint received = count (facts, "received");
  const char *state;

  *closed = FALSE;
  if (alive > 0)
    return TRUE;
  /* the last that was awaited is gone: what came in goes on alone */
  if (received > 0)
    return !g_str_equal (facts->head.state, "open") ||
           set_state (self, when, facts, "received", error);
  /* O2: a charge tells more of the RMA than a waiver, and that more than a cancellation */
  state = count (facts, "charged") > 0                      ? "charged"
          : count (facts, "waived") > 0                     ? "waived"
          : count (facts, "cancelled") == facts->lines->len ? "cancelled"
                                                            : "closed";
  *closed = TRUE;
  return set_state (self, when, facts, state, error);
}

gboolean
bh_desk_settle_rma (BhDesk *self, BhIssueFacts *facts, const BhWhen *when, const char *reason,
                    GError **error)
{
  gboolean closed = FALSE;

  return bh_desk_settle_state (self, facts, when, &closed, error) &&
         (!closed || tell_customer (self, when, facts, reason, error));
}

static gboolean
is_open (const BhIssueFacts *facts, GError **error)
{
  if (g_str_equal (bh_rma_status_of (facts->head.state), "open"))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: it is %s already (N1); there is nothing to change", facts->head.rma,
               facts->head.state);
  return FALSE;
}

/* ---- cancelling ------------------------------------------------------------------------ */

static gboolean
cancel_line (BhDesk *self, const BhWhen *when, BhIssueLine *line, const char *reason,
             GError **error)
{
  if (!bh_desk_clock_void (self, BH_C1, line->id, NULL, when->at_us, error) ||
      !bh_desk_clock_void (self, BH_C5, line->id, NULL, when->at_us, error))
    return FALSE;
  g_free (line->state);
  line->state = g_strdup ("cancelled");
  return bh_store_end_line (self->store, line->id, "cancelled", reason, error);
}

/* Which lines: the one that is named, else all that have not ended; none of them may have
 * come in. NULL: refused. */
static GPtrArray *
to_cancel (const BhIssueFacts *facts, int line, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  gboolean found = FALSE;

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *one = g_ptr_array_index (facts->lines, i);

    if (line != 0 && one->line != line)
      continue;
    found = TRUE;
    if (is_state (one, "received")) {
      g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                   "%s: line %d, %s, has come in (O4); what came in is not cancelled: name the "
                   "others with --line",
                   facts->head.rma, one->line, one->serial);
      return NULL;
    }
    if (is_state (one, "draft") || is_state (one, "awaited"))
      g_ptr_array_add (lines, one);
    else if (line != 0) {
      g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                   "%s: line %d is %s already (O4); there is nothing to cancel", facts->head.rma,
                   line, one->state);
      return NULL;
    }
  }
  if (found)
    return g_steal_pointer (&lines);
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
               "%s: it has no line %d; `rma show` numbers its lines", facts->head.rma, line);
  return NULL;
}

static char *
cancel_text (const BhIssueFacts *facts, GPtrArray *lines, const char *reason,
             const char *purchase_order)
{
  GString *text = g_string_new ("Cancelled");

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s %s", i > 0 ? "," : "",
                            ((BhIssueLine *) g_ptr_array_index (lines, i))->serial);
  g_string_append_printf (text, ": %s", reason);
  if (purchase_order != NULL)
    g_string_append_printf (text, "; bought by purchase order %s", purchase_order);
  return g_string_free (text, FALSE);
}

static gboolean
cancel_lines (BhDesk *self, const BhWhen *when, BhIssueFacts *facts, int line, const char *reason,
              const char *purchase_order, GError **error)
{
  g_autofree char *before = g_strdup (facts->head.state);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;

  if (!is_open (facts, error) || (lines = to_cancel (facts, line, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!cancel_line (self, when, g_ptr_array_index (lines, i), reason, error))
      return FALSE;
  text = cancel_text (facts, lines, reason, purchase_order);
  return bh_store_set_cancelled (self->store, facts->head.id, reason, purchase_order, error) &&
         bh_desk_settle_rma (self, facts, when, reason, error) &&
         bh_desk_tell (self, when, "cancel", facts, before, text, error);
}

gboolean
bh_desk_cancel (BhDesk *self, const BhWhen *when, const char *rma, int line, const char *reason,
                const char *purchase_order, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, purchase_order != NULL ? BH_MAY_CHASE : BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) ||
      !bh_desk_is_text ("purchase order", purchase_order, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "cancel", &done, error))
    return FALSE;
  return done || (bh_desk_not_before_rma (self, &facts, when, error) &&
                  cancel_lines (self, when, &facts, line, reason, purchase_order, error) &&
                  bh_tx_commit (tx, error));
}

/* ---- closing --------------------------------------------------------------------------- */

static gboolean
check_done (BhDesk *self, const BhIssueFacts *facts, GError **error)
{
  g_autoptr (GPtrArray) owed = bh_desk_owed (self, facts->head.id, facts->head.rma, error);
  g_autofree char *all = NULL;

  if (owed == NULL || owed->len == 0)
    return owed != NULL;
  g_ptr_array_add (owed, NULL);
  all = g_strjoinv ("; ", (char **) owed->pdata);
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: not all is done: %s; settle that first, or cancel the line", facts->head.rma,
               all);
  return FALSE;
}

static gboolean
close_lines (BhDesk *self, const BhWhen *when, BhIssueFacts *facts, const char *reason,
             GError **error)
{
  g_autofree char *before = g_strdup (facts->head.state);
  g_autofree char *text = g_strdup_printf ("Closed: %s", reason);

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *line = g_ptr_array_index (facts->lines, i);

    if (!bh_desk_clock_end (self, BH_C4, line->id, NULL, when->at_us, error) ||
        !bh_desk_clock_end (self, BH_C5, line->id, NULL, when->at_us, error) ||
        (is_state (line, "awaited") &&
         !bh_store_end_line (self->store, line->id, "closed", reason, error)))
      return FALSE;
  }
  return set_state (self, when, facts, "closed", error) &&
         tell_customer (self, when, facts, reason, error) &&
         bh_desk_tell (self, when, "close", facts, before, text, error);
}

gboolean
bh_desk_close_rma (BhDesk *self, const BhWhen *when, const char *rma, const char *reason,
                   GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "close", &done, error))
    return FALSE;
  return done || (is_open (&facts, error) && bh_desk_not_before_rma (self, &facts, when, error) &&
                  check_done (self, &facts, error) &&
                  close_lines (self, when, &facts, reason, error) && bh_tx_commit (tx, error));
}
