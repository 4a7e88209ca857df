/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/chase-store.h"
#include "in-block.h"

void
bh_claim_clear (BhClaim *self)
{
  g_free (self->claim);
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->account);
  g_free (self->carrier);
  g_free (self->tracking);
  g_free (self->delivered);
  g_free (self->signed_by);
  g_free (self->document_name);
  g_free (self->document_type);
  g_free (self->document_sha256);
  g_free (self->state);
  g_free (self->operator);
  g_free (self->decided_by);
  g_free (self->reason);
  *self = (BhClaim){ 0 };
}

void
bh_claim_free (BhClaim *self)
{
  if (self == NULL)
    return;
  bh_claim_clear (self);
  g_free (self);
}

gboolean
bh_store_add_claim (BhStore *self, const BhClaim *claim, GBytes *document, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO claim (claim, line_id, carrier, tracking, delivered, signed_by,"
                       " document_name, document_type, document_sha256, document, state, at_us,"
                       " operator)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', $11, $12)",
                       "titttttttbit", claim->claim, claim->line_id, claim->carrier,
                       claim->tracking, claim->delivered, claim->signed_by, claim->document_name,
                       claim->document_type, claim->document_sha256, document, claim->at_us,
                       claim->operator);
}

#define CLAIMS                                                                                     \
  "SELECT m.claim, m.line_id, l.rma, l.line, l.serial, l.account, m.carrier, m.tracking,"          \
  " m.delivered, m.signed_by, m.document_name, m.document_type, m.document_sha256,"                \
  " CASE WHEN m.withdrawn_us IS NULL THEN m.state ELSE 'withdrawn' END,"                           \
  " m.at_us, m.operator, m.decided_us, m.decided_by, m.reason"                                     \
  " FROM claim m JOIN rma_line l ON l.id = m.line_id"
#define NEWEST " ORDER BY m.at_us DESC, m.claim"

enum {
  CLAIM,
  LINE_ID,
  RMA,
  LINE,
  SERIAL,
  ACCOUNT,
  CARRIER,
  TRACKING,
  DELIVERED,
  SIGNED_BY,
  NAME,
  TYPE,
  SHA256,
  STATE,
  AT,
  OPERATOR,
  DECIDED,
  DECIDED_BY,
  REASON
};

static void
read_claim (BhStmt *stmt, BhClaim *claim)
{
  claim->claim = bh_stmt_dup_text (stmt, CLAIM);
  claim->line_id = bh_stmt_int64 (stmt, LINE_ID);
  claim->rma = bh_stmt_dup_text (stmt, RMA);
  claim->line = (int) bh_stmt_int64 (stmt, LINE);
  claim->serial = bh_stmt_dup_text (stmt, SERIAL);
  claim->account = bh_stmt_dup_text (stmt, ACCOUNT);
  claim->carrier = bh_stmt_dup_text (stmt, CARRIER);
  claim->tracking = bh_stmt_dup_text (stmt, TRACKING);
  claim->delivered = bh_stmt_dup_text (stmt, DELIVERED);
  claim->signed_by = bh_stmt_dup_text (stmt, SIGNED_BY);
  claim->document_name = bh_stmt_dup_text (stmt, NAME);
  claim->document_type = bh_stmt_dup_text (stmt, TYPE);
  claim->document_sha256 = bh_stmt_dup_text (stmt, SHA256);
  claim->state = bh_stmt_dup_text (stmt, STATE);
  claim->at_us = bh_stmt_int64 (stmt, AT);
  claim->operator= bh_stmt_dup_text (stmt, OPERATOR);
  claim->decided_us = bh_stmt_is_null (stmt, DECIDED) ? 0 : bh_stmt_int64 (stmt, DECIDED);
  claim->decided_by = bh_stmt_dup_text (stmt, DECIDED_BY);
  claim->reason = bh_stmt_dup_text (stmt, REASON);
}

gboolean
bh_store_find_claim (BhStore *self, const char *claim, BhClaim *found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, CLAIMS " WHERE m.claim = $1", error);
  gboolean row = FALSE;

  *found = (BhClaim){ 0 };
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", claim) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    read_claim (stmt, found);
  return TRUE;
}

GPtrArray *
bh_store_claims (BhStore *self, const char *state, const char *rma, GError **error)
{
  /* what was withdrawn stands for nothing, as if it had been rejected */
  const char *kept = g_strcmp0 (state, "withdrawn") == 0 ? "rejected" : state;
  const char *key = rma != NULL ? rma : kept;
  g_autoptr (BhStmt) stmt = bh_store_stmt (self,
                                           rma != NULL     ? CLAIMS " WHERE l.rma = $1" NEWEST
                                           : state != NULL ? CLAIMS " WHERE m.state = $1" NEWEST
                                                           : CLAIMS NEWEST,
                                           error);
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_claim_free);
  gboolean row = TRUE;

  if (stmt == NULL || (key != NULL && !bh_stmt_bind (stmt, error, "t", key)))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    BhClaim *claim;

    if (!row)
      return g_steal_pointer (&claims);
    claim = g_new0 (BhClaim, 1);
    read_claim (stmt, claim);
    if (state != NULL && g_strcmp0 (claim->state, state) != 0)
      bh_claim_free (claim);
    else
      g_ptr_array_add (claims, claim);
  }
  return NULL;
}

gboolean
bh_store_claim_document (BhStore *self, const char *claim, GBytes **document, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT document FROM claim WHERE claim = $1", error);
  gboolean row = FALSE;

  *document = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", claim) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row && !bh_stmt_is_null (stmt, 0))
    *document = bh_stmt_dup_blob (stmt, 0);
  return TRUE;
}

gboolean
bh_store_decide_claim (BhStore *self, const char *claim, const char *state, const char *by,
                       const char *reason, gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE claim SET state = $1, decided_by = $2, reason = $3, decided_us = $4"
                       " WHERE claim = $5",
                       "tttit", state, by, reason, at_us, claim);
}

gboolean
bh_store_reset_claim (BhStore *self, const char *claim, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE claim SET state = 'pending', decided_by = NULL, reason = NULL,"
                       " decided_us = NULL WHERE claim = $1",
                       "t", claim);
}

gboolean
bh_store_withdraw_claim (BhStore *self, const char *claim, const char *by, const char *reason,
                         gint64 at_us, GError **error)
{
  return bh_store_decide_claim (self, claim, "rejected", by, reason, at_us, error) &&
         bh_store_run (self, NULL, error, "UPDATE claim SET withdrawn_us = $1 WHERE claim = $2",
                       "it", at_us, claim);
}

gboolean
bh_store_line_has_claim (BhStore *self, gint64 line_id, const char *state, gboolean *has,
                         GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT 1 FROM claim WHERE line_id = $1 AND state = $2", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "it", line_id, state) &&
         bh_stmt_next (stmt, has, error);
}

/* ---- what the dock read ----------------------------------------------------------------- */

void
bh_claim_scan_free (BhClaimScan *self)
{
  if (self == NULL)
    return;
  g_free (self->box);
  g_free (self->receipt);
  g_free (self->verdict);
  g_free (self->code);
  g_free (self);
}

/* A receipt that holds, of the box; a voided one tells nothing. */
#define SCANS_HEAD                                                                                 \
  "SELECT b.box, r.receipt, r.verdict, x.code, coalesce(r.at_us, b.opened_us) FROM (SELECT box,"   \
  " code FROM box_scan WHERE code IN ("
#define SCANS_MIDDLE ") UNION SELECT box, tracking FROM box WHERE tracking IN ("
#define SCANS_TAIL                                                                                 \
  ")) x JOIN box b ON b.box = x.box LEFT JOIN receipt r ON r.box = b.box AND r.void = 0"           \
  " ORDER BY 5 DESC, b.box"

GPtrArray *
bh_store_boxes_with (BhStore *self, GPtrArray *codes, guint limit, GError **error)
{
  g_autofree char *list = bh_in_block_list ();
  g_autofree char *sql = g_strconcat (SCANS_HEAD, list, SCANS_MIDDLE, list, SCANS_TAIL, NULL);
  g_autoptr (GPtrArray) scans =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_claim_scan_free);

  for (guint from = 0; from < codes->len && scans->len < limit; from += BH_IN_BLOCK) {
    g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
    gboolean row = TRUE;

    if (stmt == NULL || !bh_in_block_bind (stmt, codes, from, error))
      return NULL;
    while (scans->len < limit) {
      BhClaimScan *scan;

      if (!bh_stmt_next (stmt, &row, error))
        return NULL;
      if (!row)
        break;
      scan = g_new0 (BhClaimScan, 1);
      scan->box = bh_stmt_dup_text (stmt, 0);
      scan->receipt = bh_stmt_dup_text (stmt, 1);
      scan->verdict = bh_stmt_dup_text (stmt, 2);
      scan->code = bh_stmt_dup_text (stmt, 3);
      scan->at_us = bh_stmt_int64 (stmt, 4);
      g_ptr_array_add (scans, scan);
    }
  }
  return g_steal_pointer (&scans);
}
