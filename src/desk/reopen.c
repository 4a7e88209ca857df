/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* D6: a unit that is taken in on a closed RMA opens it: what is in hand is worked on (N6, RA1),
 * and a closed RMA shows that nothing is. */

#include "backhaul/chase-store.h"
#include "backhaul/hold-store.h"
#include "backhaul/rma-table.h"
#include "holds-private.h"
#include "issue-private.h"

gboolean
bh_hold_reopens (const BhAwaitedLine *line)
{
  return line->rma != NULL && g_strcmp0 (line->rma_status, "closed") == 0;
}

static gboolean
set_state (BhDesk *self, BhIssueFacts *facts, const char *state, gint64 closed_us, GError **error)
{
  g_free (facts->head.state);
  facts->head.state = g_strdup (state);
  facts->head.closed_us = closed_us;
  return bh_store_set_rma (self->store, &facts->head, error);
}

gboolean
bh_desk_reopen (BhDesk *self, const char *act, BhAwaitedLine *line, BhDecision *decision,
                gint64 now_us, GError **error)
{
  g_auto (BhIssueFacts) facts = { 0 };
  g_autofree char *text = NULL;

  if (!bh_hold_reopens (line))
    /* one that another hold has opened goes back when the last of them is voided */
    return bh_store_opened_by_hold (self->store, line->rma, &decision->rma_was,
                                    &decision->rma_closed_us, error);
  if (!bh_desk_issue_facts (self, line->rma, &facts, error))
    return FALSE;
  decision->rma_was = g_strdup (facts.head.state);
  decision->rma_closed_us = facts.head.closed_us;
  text = g_strdup_printf ("Open again: line %d, %s, was taken in: %s", line->line, line->serial,
                          decision->reason);
  g_free (line->rma_state);
  g_free (line->rma_status);
  line->rma_state = g_strdup ("open");
  line->rma_status = g_strdup ("open");
  return set_state (self, &facts, "open", 0, error) &&
         bh_store_reawait_charged (self->store, facts.head.id, error) &&
         bh_desk_audit (self, act, "reopen", facts.entity, decision->rma_was, text, now_us, error);
}

/* Anything else that is awaited or came in keeps it open. */
static gboolean
is_idle (BhDesk *self, const BhIssueFacts *facts, const BhReceipt *receipt, gboolean *idle,
         GError **error)
{
  gboolean more = FALSE;

  if (!bh_store_more_came (self->store, receipt, &more, error))
    return FALSE;
  *idle = !more && g_str_equal (bh_rma_status_of (facts->head.state), "open");
  for (guint i = 0; *idle && i < facts->lines->len; i++) {
    const BhIssueLine *line = g_ptr_array_index (facts->lines, i);

    *idle = !g_str_equal (line->state, "awaited");
  }
  return TRUE;
}

gboolean
bh_desk_close_again (BhDesk *self, const BhReceipt *receipt, gint64 now_us, GError **error)
{
  g_auto (BhIssueFacts) facts = { 0 };
  g_autofree char *before = NULL;
  gboolean idle = FALSE;

  if (receipt->rma_was == NULL)
    return TRUE;
  if (!bh_desk_issue_facts (self, receipt->rma, &facts, error) ||
      !is_idle (self, &facts, receipt, &idle, error))
    return FALSE;
  if (!idle)
    return TRUE;
  before = g_strdup (facts.head.state);
  return set_state (self, &facts, receipt->rma_was, receipt->rma_closed_us, error) &&
         bh_store_release_lines (self->store, facts.head.id, error) &&
         bh_desk_audit (self, receipt->receipt, "close-again", facts.entity, before,
                        "Closed as it was: the receipt that opened it was voided", now_us, error);
}
