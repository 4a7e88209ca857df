/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The customer says that it was returned (O5). */

#include "backhaul/chase.h"

#include <string.h>

#include "backhaul/digest.h"
#include "backhaul/identifier.h"
#include "backhaul/near.h"
#include "clocks-private.h"
#include "issue-private.h"

#define MAX_DOCUMENT (10 * 1024 * 1024)
#define MAX_MATCHES  50

static const char *const match_names[] = { "exact", "near", "refused" };

const char *
bh_match_name (BhMatch match)
{
  g_return_val_if_fail ((guint) match < G_N_ELEMENTS (match_names), "near");
  return match_names[match];
}

static void
free_match (gpointer data)
{
  BhClaimMatch *match = data;

  g_free (match->box);
  g_free (match->receipt);
  g_free (match->code);
  g_free (match);
}

void
bh_claim_page_free (BhClaimPage *self)
{
  if (self == NULL)
    return;
  bh_claim_clear (&self->claim);
  g_clear_pointer (&self->matches, g_ptr_array_unref);
  g_free (self);
}

/* ---- what the dock read -------------------------------------------------------------------- */

static gboolean
is_listed (GPtrArray *matches, const BhClaimScan *scan)
{
  for (guint i = 0; i < matches->len; i++) {
    const BhClaimMatch *match = g_ptr_array_index (matches, i);

    if (g_str_equal (match->box, scan->box) && g_strcmp0 (match->receipt, scan->receipt) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
add_matches (BhDesk *self, GPtrArray *codes, gboolean near, GPtrArray *matches, GError **error)
{
  g_autoptr (GPtrArray) scans = bh_store_boxes_with (self->store, codes, MAX_MATCHES, error);

  if (scans == NULL)
    return FALSE;
  for (guint i = 0; i < scans->len; i++) {
    const BhClaimScan *scan = g_ptr_array_index (scans, i);
    BhClaimMatch *match;

    if (is_listed (matches, scan))
      continue;
    match = g_new0 (BhClaimMatch, 1);
    match->box = g_strdup (scan->box);
    match->receipt = g_strdup (scan->receipt);
    match->code = g_strdup (scan->code);
    match->at_us = scan->at_us;
    match->match = near                                       ? BH_MATCH_NEAR
                   : g_strcmp0 (scan->verdict, "refuse") == 0 ? BH_MATCH_REFUSED
                                                              : BH_MATCH_EXACT;
    g_ptr_array_add (matches, match);
  }
  return TRUE;
}

static void
add_variants (GPtrArray *codes, const char *value)
{
  g_autoptr (GPtrArray) variants = bh_near_variants (value);

  for (guint i = 0; i < variants->len; i++)
    g_ptr_array_add (codes, g_strdup (g_ptr_array_index (variants, i)));
}

/* A box is the claimed one by its tracking number or by the unit's serial. */
static GPtrArray *
find_matches (BhDesk *self, const BhClaim *claim, GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (free_match);
  g_autoptr (GPtrArray) exact = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) near = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *tracking = bh_tracking_fold (claim->tracking, -1);

  if (tracking != NULL)
    g_ptr_array_add (exact, g_strdup (tracking));
  g_ptr_array_add (exact, g_strdup (claim->serial));
  if (tracking != NULL)
    add_variants (near, tracking);
  add_variants (near, claim->serial);
  if (!add_matches (self, exact, FALSE, matches, error) ||
      !add_matches (self, near, TRUE, matches, error))
    return NULL;
  return g_steal_pointer (&matches);
}

static BhClaimPage *
page_of (BhDesk *self, const char *claim, GError **error)
{
  g_autoptr (BhClaimPage) page = g_new0 (BhClaimPage, 1);

  if (!bh_store_find_claim (self->store, claim, &page->claim, error))
    return NULL;
  if (page->claim.claim == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such claim; `claim list` shows them",
                 claim);
    return NULL;
  }
  page->matches = find_matches (self, &page->claim, error);
  return page->matches != NULL ? g_steal_pointer (&page) : NULL;
}

BhClaimPage *
bh_desk_claim_page (BhDesk *self, const char *claim, GError **error)
{
  g_autoptr (BhTx) tx = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL)
    return NULL;
  return page_of (self, claim, error);
}

/* ---- a new claim ----------------------------------------------------------------------- */

static gboolean
is_valid (const BhClaimRequest *request, const BhIssueFacts *facts, const BhWhen *when,
          GError **error)
{
  BhDay delivered = bh_day_parse (request->delivered);
  g_autofree char *tracking = bh_tracking_fold (request->tracking, -1);

  if (!bh_desk_is_text ("carrier", request->carrier, error) ||
      !bh_desk_is_text ("tracking", request->tracking, error) ||
      !bh_desk_is_text ("delivered", request->delivered, error) ||
      !bh_desk_is_text ("signed-by", request->signed_by, error))
    return FALSE;
  if (delivered == BH_DAY_NONE) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: no such date; write YYYY-MM-DD",
                 request->delivered);
    return FALSE;
  }
  /* a day more: the carrier's zone is not the destination's */
  if (delivered > bh_day_of (when->at_us, facts->zone) + 1 ||
      delivered + 1 < bh_day_of (facts->head.confirmed_us, facts->zone)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: %s (O5); look at the proof of delivery again", request->delivered,
                 delivered > bh_day_of (when->at_us, facts->zone) + 1
                     ? "it is in the future"
                     : "it is before the RMA was confirmed");
    return FALSE;
  }
  if (*request->carrier == '\0' || *request->signed_by == '\0') {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "claim: the carrier and who signed are needed (O5); say both");
    return FALSE;
  }
  if (tracking == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: a tracking number has 4 to 40 letters and digits (O5); look at the proof of "
                 "delivery again",
                 request->tracking);
    return FALSE;
  }
  if (request->document != NULL && g_bytes_get_size (request->document) > MAX_DOCUMENT) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: it is larger than %d MiB; make the scan smaller", request->document_name,
                 MAX_DOCUMENT / (1024 * 1024));
    return FALSE;
  }
  return TRUE;
}

/* What has not come in, charged or not; several and no number: which one is meant? */
static const BhIssueLine *
claimed_line (const BhIssueFacts *facts, int line, GError **error)
{
  const BhIssueLine *found = NULL;

  for (guint i = 0; i < facts->lines->len; i++) {
    const BhIssueLine *one = g_ptr_array_index (facts->lines, i);

    if (line != 0 ? one->line != line
                  : !g_str_equal (one->state, "awaited") && !g_str_equal (one->state, "charged"))
      continue;
    if (found != NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: several of its units have not come in (O5); name one with --line",
                   facts->head.rma);
      return NULL;
    }
    found = one;
  }
  if (found == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: %s (O5); look at it with `rma show`",
                 facts->head.rma, line != 0 ? "it has no such line" : "nothing of it is awaited");
    return NULL;
  }
  if (g_str_equal (found->state, "awaited") || g_str_equal (found->state, "charged"))
    return found;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: line %d is %s (O5); there is nothing to claim", facts->head.rma, found->line,
               found->state);
  return NULL;
}

static gboolean
add_claim (BhDesk *self, const BhWhen *when, const BhClaimRequest *request,
           const BhIssueFacts *facts, const char *id, GError **error)
{
  const BhIssueLine *line = claimed_line (facts, request->line, error);
  g_autofree char *sum = NULL;
  g_autofree char *why = g_strconcat (BH_CLAIM_PAUSE, id, NULL);
  g_autofree char *text = NULL;
  gboolean pending = FALSE;
  BhClaim claim = { 0 };

  if (line == NULL || !is_valid (request, facts, when, error) ||
      !bh_store_line_has_claim (self->store, line->id, "pending", &pending, error))
    return FALSE;
  if (pending) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: a claim of line %d is undecided (O5); decide that one first", facts->head.rma,
                 line->line);
    return FALSE;
  }
  if (request->document != NULL)
    sum = bh_sha256_of (request->document);
  /* borrowed, not copied: the row lives as long as this call */
  claim.claim = (char *) id;
  claim.line_id = line->id;
  claim.carrier = (char *) request->carrier;
  claim.tracking = (char *) request->tracking;
  claim.delivered = (char *) request->delivered;
  claim.signed_by = (char *) request->signed_by;
  claim.document_name = request->document != NULL ? (char *) request->document_name : NULL;
  claim.document_type = request->document != NULL ? (char *) request->document_type : NULL;
  claim.document_sha256 = sum;
  claim.at_us = when->at_us;
  claim.operator= self->operator;
  text = g_strdup_printf ("%s: %s %s, delivered %s, signed by %s", line->serial, request->carrier,
                          request->tracking, request->delivered, request->signed_by);
  return bh_store_add_claim (self->store, &claim, request->document, error) &&
         bh_desk_clock_pause (self, BH_C1, line->id, NULL, why, when->at_us, error) &&
         bh_desk_tell (self, when, "claim", facts, NULL, text, error);
}

BhClaimPage *
bh_desk_claim (BhDesk *self, const BhWhen *when, const BhClaimRequest *request, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  g_autoptr (BhClaimPage) page = NULL;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_CHASE, when, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, request->rma, &facts, error) ||
      !bh_desk_not_before_rma (self, &facts, when, error) ||
      !bh_desk_is_done (self, when, "claim", &done, error) ||
      /* the act names the claim, so that the same act twice is the same claim */
      (!done && !add_claim (self, when, request, &facts, when->act, error)) ||
      (page = page_of (self, when->act, error)) == NULL || (!done && !bh_tx_commit (tx, error)))
    return NULL;
  return g_steal_pointer (&page);
}

/* ---- its decision ---------------------------------------------------------------------- */

/* A pause that a person made before the claim goes on after it. */
static gboolean
resume (BhDesk *self, const BhWhen *when, const BhClaim *claim, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;
  g_autofree char *why = g_strconcat (BH_CLAIM_PAUSE, claim->claim, NULL);

  if (!bh_store_running_clock (self->store, "C1", claim->line_id, NULL, &clock, error))
    return FALSE;
  for (guint i = 0; clock != NULL && i < clock->pauses->len; i++) {
    const BhPauseRecord *pause = g_ptr_array_index (clock->pauses, i);

    if (pause->to_us == G_MAXINT64 && g_str_equal (pause->reason, why))
      return bh_desk_clock_resume (self, BH_C1, claim->line_id, NULL, when->at_us, error);
  }
  return TRUE;
}

static gboolean
decide (BhDesk *self, const BhWhen *when, const BhClaim *claim, gboolean accept, const char *reason,
        GError **error)
{
  g_auto (BhIssueFacts) facts = { 0 };
  const char *state = accept ? "accepted" : "rejected";
  g_autofree char *text = g_strdup_printf ("claim %s %s: %s", claim->claim, state, reason);

  if (!g_str_equal (claim->state, "pending")) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it was %s already (O5)%s%s", claim->claim,
                 claim->state, claim->reason != NULL ? ": " : "",
                 claim->reason != NULL ? claim->reason : "; look at it with `claim show`");
    return FALSE;
  }
  return bh_desk_issue_facts (self, claim->rma, &facts, error) &&
         bh_desk_not_before (claim->claim, when, claim->at_us, error) &&
         bh_store_decide_claim (self->store, claim->claim, state, self->operator, reason,
                                when->at_us, error) &&
         (accept ? bh_desk_clock_void (self, BH_C1, claim->line_id, NULL, when->at_us, error)
                 : resume (self, when, claim, error)) &&
         bh_desk_tell (self, when, "decide-claim", &facts, "pending", text, error);
}

BhClaimPage *
bh_desk_decide_claim (BhDesk *self, const BhWhen *when, const char *claim, gboolean accept,
                      const char *reason, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhClaim) found = { 0 };
  g_autoptr (BhClaimPage) page = NULL;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_CHASE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_lock_key (self->store, claim, error) ||
      !bh_store_find_claim (self->store, claim, &found, error) ||
      !bh_desk_is_done (self, when, "decide-claim", &done, error))
    return NULL;
  if (found.claim != NULL && !done && !decide (self, when, &found, accept, reason, error))
    return NULL;
  page = page_of (self, claim, error); /* says so when there is none */
  if (page == NULL || (!done && !bh_tx_commit (tx, error)))
    return NULL;
  return g_steal_pointer (&page);
}

GPtrArray *
bh_desk_claims (BhDesk *self, const char *state, const char *rma, GError **error)
{
  g_autofree char *number = rma != NULL ? bh_rma_normalise (rma, -1) : NULL;

  if (rma != NULL && number == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not an RMA number (I1); write R and 8 to 10 digits", rma);
    return NULL;
  }
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_claims (self->store, state, number, error)
             : NULL;
}

gboolean
bh_desk_claim_document (BhDesk *self, const char *claim, GBytes **document, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) &&
         bh_store_claim_document (self->store, claim, document, error);
}
