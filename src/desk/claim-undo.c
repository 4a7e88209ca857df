/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A claim, or its decision, taken back (O5), while nothing came after it. */

#include "backhaul/chase.h"
#include "clocks-private.h"
#include "issue-private.h"

typedef struct {
  BhDesk *desk;
  const BhWhen *when;
  const BhClaim *claim;
  const BhIssueFacts *facts;
} Undo;

static gboolean
is_pending (const Undo *self)
{
  return g_str_equal (self->claim->state, "pending");
}

/* ---- what came after ----------------------------------------------------------------------- */

/* A line has claims one after the other: only of the last one is anything taken back. */
static gboolean
has_later (const Undo *self, gboolean *later, GError **error)
{
  g_autoptr (GPtrArray) claims = bh_store_claims (self->desk->store, NULL, self->claim->rma, error);

  *later = FALSE;
  if (claims == NULL)
    return FALSE;
  for (guint i = 0; i < claims->len; i++) {
    const BhClaim *one = g_ptr_array_index (claims, i);

    if (g_str_equal (one->claim, self->claim->claim))
      return TRUE;
    if (one->line_id == self->claim->line_id && !g_str_equal (one->state, "withdrawn")) {
      *later = TRUE;
      return TRUE;
    }
  }
  return TRUE;
}

/* Why not; NULL: nothing came after. */
static gboolean
why_not (const Undo *self, const char **why, GError **error)
{
  const BhClaim *claim = self->claim;
  gint64 since_us = is_pending (self) ? claim->at_us : claim->decided_us;
  g_auto (BhAwaitedLine) line = { 0 };
  gboolean later = FALSE;

  *why = NULL;
  if (!bh_store_line_by_id (self->desk->store, claim->line_id, &line, error) ||
      !has_later (self, &later, error))
    return FALSE;
  if (g_str_equal (self->facts->head.state, "closed"))
    *why = "the RMA was closed since (N1)";
  else if (g_str_equal (line.state, "received"))
    *why = "the unit came in since (D13)";
  else if (g_str_equal (line.state, "charged") && line.charged_us > since_us)
    *why = "the unit was charged since (O2); take that back first";
  else if (g_str_equal (line.state, "charged") && line.charged_us == 0)
    *why = "its charge was credited since (O3)";
  else if (!g_str_equal (line.state, "awaited") && !g_str_equal (line.state, "charged"))
    *why = "the unit is not expected any more (O2, O4); take that back first";
  else if (later)
    *why = "another claim of the line was recorded since (O5)";
  return TRUE;
}

static gboolean
refuse (const BhClaim *claim, const char *why, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "claim %s is not taken back: %s", claim->claim,
               why);
  return FALSE;
}

/* ---- its clock ----------------------------------------------------------------------------- */

/* By what holds today: its days, and whether a return is possible at all (C8). */
static gboolean
count_again (const Undo *self, BhClockRecord *clock, GError **error)
{
  g_autoptr (GPtrArray) clocks = g_ptr_array_new ();

  g_ptr_array_add (clocks, clock);
  return bh_store_set_clock (self->desk->store, clock, error) &&
         bh_desk_clocks_recount (self->desk, clocks, self->when->at_us, NULL, error);
}

/* A claim that never was did not stop it; a rejection that never was did not let it run on. A
 * person's own pause and resumption of before stay as they are. */
static gboolean
mend_running (const Undo *self, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;
  g_auto (BhClaim) by = { 0 };
  gboolean pending = is_pending (self);
  const BhPauseRecord *pause;
  guint n = G_MAXUINT;

  if (!bh_store_running_clock (self->desk->store, "C1", self->claim->line_id, NULL, &clock, error))
    return FALSE;
  if (clock == NULL)
    return TRUE; /* it was charged before it was claimed */
  if (!bh_desk_clock_last_pause (self->desk, clock, &n, &by, error))
    return FALSE;
  if (n == G_MAXUINT)
    return TRUE;
  pause = g_ptr_array_index (clock->pauses, n);
  if (!pending && pause->from_us >= self->claim->decided_us)
    return refuse (self->claim, "its clock was paused since (C9)", error);
  if (g_strcmp0 (by.claim, self->claim->claim) != 0 ||
      pause->to_us != (pending ? G_MAXINT64 : self->claim->decided_us))
    return TRUE;
  return bh_desk_clock_mend_pause (self->desk, clock, n, pending ? pause->from_us : G_MAXINT64,
                                   error) &&
         count_again (self, clock, error);
}

/* What the acceptance ended. */
static gboolean
revive_ended (const Undo *self, GError **error)
{
  g_autoptr (GPtrArray) clocks =
      bh_store_clocks (self->desk->store, BH_CLOCKS_OF_RMA, self->claim->rma, error);

  for (guint i = 0; clocks != NULL && i < clocks->len; i++) {
    BhClockRecord *clock = g_ptr_array_index (clocks, i);
    gboolean paused = FALSE;

    if (clock->line_id != self->claim->line_id || !g_str_equal (clock->kind, "C1") ||
        !g_str_equal (clock->state, "void") || clock->ended_us != self->claim->decided_us)
      continue;
    for (guint k = 0; k < clock->spans->len; k++)
      paused = paused || g_array_index (clock->spans, BhPause, k).to_us == G_MAXINT64;
    g_free (clock->state);
    clock->state = g_strdup (paused ? "paused" : "open");
    clock->ended_us = 0;
    return count_again (self, clock, error);
  }
  return clocks != NULL;
}

/* ---- the act ------------------------------------------------------------------------------- */

static gboolean
take_back (const Undo *self, const char *reason, GError **error)
{
  const BhClaim *claim = self->claim;
  BhStore *store = self->desk->store;
  const char *now = is_pending (self) ? "withdrawn" : "undecided again";
  g_autofree char *text = g_strdup_printf ("claim %s %s: %s", claim->claim, now, reason);
  const char *why = NULL;

  if (!why_not (self, &why, error))
    return FALSE;
  if (why != NULL)
    return refuse (claim, why, error);
  return bh_desk_not_before (claim->claim, self->when, MAX (claim->at_us, claim->decided_us),
                             error) &&
         (g_str_equal (claim->state, "accepted") ? revive_ended (self, error)
                                                 : mend_running (self, error)) &&
         (is_pending (self) ? bh_store_withdraw_claim (store, claim->claim, self->desk->operator,
                                                       reason, self->when->at_us, error)
                            : bh_store_reset_claim (store, claim->claim, error)) &&
         bh_desk_tell (self->desk, self->when, "take-back-claim", self->facts, claim->state, text,
                       error);
}

/* Its RMA and its unit are locked before it is looked at. */
static gboolean
lock (BhDesk *self, const BhClaim *claim, BhIssueFacts *facts, GError **error)
{
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();

  g_ptr_array_add (serials, claim->serial);
  return bh_desk_issue_facts (self, claim->rma, facts, error) &&
         bh_desk_lock_serials (self, serials, error);
}

static gboolean
is_state (const BhClaim *claim, const char *id, const char *state, GError **error)
{
  if (claim->claim == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such claim; `claim list` shows them",
                 id);
    return FALSE;
  }
  if (state != NULL
          ? g_str_equal (claim->state, state)
          : g_str_equal (claim->state, "accepted") || g_str_equal (claim->state, "rejected"))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "claim %s is not taken back: it is %s (O5); look at it with `claim show`", id,
               claim->state);
  return FALSE;
}

gboolean
bh_desk_take_back_claim (BhDesk *self, const BhWhen *when, const char *claim, const char *state,
                         const char *reason, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhClaim) found = { 0 };
  g_auto (BhIssueFacts) facts = { 0 };
  const Undo undo = { self, when, &found, &facts };
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_CHASE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_lock_key (self->store, claim, error) ||
      !bh_store_find_claim (self->store, claim, &found, error) ||
      !bh_desk_is_done (self, when, "take-back-claim", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  return is_state (&found, claim, state, error) && lock (self, &found, &facts, error) &&
         take_back (&undo, reason, error) && bh_tx_commit (tx, error);
}
