/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/chase-store.h"

void
bh_charge_row_free (BhChargeRow *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->description);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->reference);
  g_free (self->case_no);
  g_free (self->return_by);
  g_free (self->currency);
  g_free (self->operator);
  g_free (self->reason);
  g_free (self);
}

gboolean
bh_store_list_price (BhStore *self, const char *part, gboolean *price, gint64 *amount,
                     char **currency, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT list_price, currency FROM product WHERE part = $1", error);
  gboolean row = FALSE;

  *price = FALSE;
  *currency = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", part) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row || bh_stmt_is_null (stmt, 0) || bh_stmt_is_null (stmt, 1))
    return TRUE;
  *price = TRUE;
  *amount = bh_stmt_int64 (stmt, 0);
  *currency = bh_stmt_dup_text (stmt, 1);
  return TRUE;
}

gboolean
bh_store_add_charge (BhStore *self, const char *act, gint64 line_id, gint64 amount,
                     const char *currency, const char *reason, const char *operator, gint64 at_us,
                     GError **error)
{
  return bh_store_run (
      self, NULL, error,
      "INSERT INTO charge (line_id, amount, currency, at_us, operator, reason, act)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      "iitittt", line_id, amount, currency, at_us, operator, reason, act);
}

gboolean
bh_store_set_line_charged (BhStore *self, gint64 line_id, GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE rma_line SET state = 'charged' WHERE id = $1",
                       "i", line_id);
}

gboolean
bh_store_release_lines (BhStore *self, gint64 rma_id, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET awaited = 0 WHERE rma_id = $1 AND awaited = 1", "i",
                       rma_id);
}

gboolean
bh_store_credit_line (BhStore *self, gint64 line_id, const char *reason, const char *operator,
                      gint64 at_us, gint64 *credited, GError **error)
{
  return bh_store_run (self, credited, error,
                       "UPDATE charge SET credited_us = $1, credited_by = $2, credit_reason = $3"
                       " WHERE line_id = $4 AND credited_us IS NULL",
                       "itti", at_us, operator, reason, line_id);
}

#define ACCEPTED                                                                                   \
  "EXISTS (SELECT 1 FROM claim m WHERE m.line_id = c.line_id AND m.state = 'accepted')"
#define CHARGES                                                                                    \
  "SELECT c.id, l.rma, l.line, l.serial, l.part, p.description, l.account, l.account_name,"        \
  " r.reference, r.case_no, l.return_by, c.amount, c.currency, c.at_us, c.operator, c.reason,"     \
  " l.received_us, c.credited_us, CASE WHEN " ACCEPTED " THEN 1 ELSE 0 END"                        \
  " FROM charge c JOIN rma_line l ON l.id = c.line_id JOIN rma r ON r.id = l.rma_id"               \
  " LEFT JOIN product p ON p.part = l.part WHERE c.at_us >= $1 AND c.at_us < $2"
#define IN_ORDER " ORDER BY c.at_us, c.id"

static const char *const sets[] = {
  [BH_CHARGES_ALL] = CHARGES IN_ORDER,
  [BH_CHARGES_TO_CREDIT] = CHARGES " AND c.credited_us IS NULL"
                                   " AND (l.received_us IS NOT NULL OR " ACCEPTED ")" IN_ORDER,
  [BH_CHARGES_OF_ACT] = CHARGES " AND c.act = $3" IN_ORDER,
};

enum {
  ID,
  RMA,
  LINE,
  SERIAL,
  PART,
  DESCRIPTION,
  ACCOUNT,
  NAME,
  REFERENCE,
  CASE,
  RETURN_BY,
  AMOUNT,
  CURRENCY,
  AT,
  OPERATOR,
  REASON,
  RECEIVED,
  CREDITED,
  CLAIM
};

static BhChargeRow *
read_row (BhStmt *stmt)
{
  BhChargeRow *row = g_new0 (BhChargeRow, 1);

  row->id = bh_stmt_int64 (stmt, ID);
  row->rma = bh_stmt_dup_text (stmt, RMA);
  row->line = (int) bh_stmt_int64 (stmt, LINE);
  row->serial = bh_stmt_dup_text (stmt, SERIAL);
  row->part = bh_stmt_dup_text (stmt, PART);
  row->description = bh_stmt_dup_text (stmt, DESCRIPTION);
  row->account = bh_stmt_dup_text (stmt, ACCOUNT);
  row->account_name = bh_stmt_dup_text (stmt, NAME);
  row->reference = bh_stmt_dup_text (stmt, REFERENCE);
  row->case_no = bh_stmt_dup_text (stmt, CASE);
  row->return_by = bh_stmt_dup_text (stmt, RETURN_BY);
  row->amount = bh_stmt_int64 (stmt, AMOUNT);
  row->currency = bh_stmt_dup_text (stmt, CURRENCY);
  row->at_us = bh_stmt_int64 (stmt, AT);
  row->operator= bh_stmt_dup_text (stmt, OPERATOR);
  row->reason = bh_stmt_dup_text (stmt, REASON);
  row->received_us = bh_stmt_is_null (stmt, RECEIVED) ? 0 : bh_stmt_int64 (stmt, RECEIVED);
  row->credited_us = bh_stmt_is_null (stmt, CREDITED) ? 0 : bh_stmt_int64 (stmt, CREDITED);
  row->claim_accepted = bh_stmt_int64 (stmt, CLAIM) != 0;
  return row;
}

GPtrArray *
bh_store_charges (BhStore *self, BhChargeSet set, const char *act, gint64 from_us, gint64 to_us,
                  GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sets[set], error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_charge_row_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ii", from_us, to_us) ||
      (set == BH_CHARGES_OF_ACT && !bh_stmt_bind_text (stmt, 3, act, error)))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, read_row (stmt));
  }
  return NULL;
}
