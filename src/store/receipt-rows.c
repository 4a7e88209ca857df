/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "receipt-rows.h"

void
bh_receipt_clear (BhReceipt *self)
{
  g_free (self->receipt);
  g_free (self->act);
  g_free (self->box);
  g_free (self->verdict);
  g_free (self->rule);
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->account);
  g_free (self->destination);
  g_free (self->return_by);
  g_free (self->discrepancy);
  g_free (self->message);
  g_free (self->seen_before);
  g_free (self->dock);
  g_free (self->station);
  g_free (self->operator);
  g_free (self->void_reason);
  g_free (self->void_by);
  g_free (self->replaced_by);
  g_free (self->resolved);
  g_free (self->resolves);
  g_free (self->line_was);
  g_free (self->rma_was);
  *self = (BhReceipt){ 0 };
}

void
bh_receipt_free (BhReceipt *self)
{
  if (self == NULL)
    return;
  bh_receipt_clear (self);
  g_free (self);
}

static void
read_receipt (BhStmt *stmt, BhReceipt *to)
{
  int column = 0;

  to->receipt = bh_stmt_dup_text (stmt, column++);
  to->act = bh_stmt_dup_text (stmt, column++);
  to->box = bh_stmt_dup_text (stmt, column++);
  to->unit = (int) bh_stmt_int64 (stmt, column++);
  to->verdict = bh_stmt_dup_text (stmt, column++);
  to->rule = bh_stmt_dup_text (stmt, column++);
  to->line_id = bh_stmt_int64 (stmt, column++);
  to->rma = bh_stmt_dup_text (stmt, column++);
  to->line = (int) bh_stmt_int64 (stmt, column++);
  to->serial = bh_stmt_dup_text (stmt, column++);
  to->part = bh_stmt_dup_text (stmt, column++);
  to->account = bh_stmt_dup_text (stmt, column++);
  to->destination = bh_stmt_dup_text (stmt, column++);
  to->late = bh_stmt_int64 (stmt, column++) != 0;
  to->return_by = bh_stmt_dup_text (stmt, column++);
  to->discrepancy = bh_stmt_dup_text (stmt, column++);
  to->message = bh_stmt_dup_text (stmt, column++);
  to->seen_before = bh_stmt_dup_text (stmt, column++);
  to->at_us = bh_stmt_int64 (stmt, column++);
  to->dock = bh_stmt_dup_text (stmt, column++);
  to->station = bh_stmt_dup_text (stmt, column++);
  to->operator= bh_stmt_dup_text (stmt, column++);
  to->is_void = bh_stmt_int64 (stmt, column++) != 0;
  to->void_reason = bh_stmt_dup_text (stmt, column++);
  to->void_us = bh_stmt_int64 (stmt, column++);
  to->void_by = bh_stmt_dup_text (stmt, column++);
  to->replaced_by = bh_stmt_dup_text (stmt, column++);
  to->resolved = bh_stmt_dup_text (stmt, column++);
  to->resolves = bh_stmt_dup_text (stmt, column++);
  to->line_was = bh_stmt_dup_text (stmt, column++);
  to->rma_was = bh_stmt_dup_text (stmt, column++);
  to->rma_closed_us = bh_stmt_int64 (stmt, column++);
}

static gboolean
one_receipt (BhStmt *stmt, BhReceipt *found, GError **error)
{
  gboolean row = FALSE;

  bh_receipt_clear (found);
  if (!bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    read_receipt (stmt, found);
  return TRUE;
}

GPtrArray *
bh_receipt_rows (BhStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_receipt_free);
  gboolean row = FALSE;

  if (stmt == NULL || (key != NULL && !bh_stmt_bind (stmt, error, "t", key)))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    BhReceipt *receipt;

    if (!row)
      return g_steal_pointer (&all);
    receipt = g_new0 (BhReceipt, 1);
    read_receipt (stmt, receipt);
    g_ptr_array_add (all, receipt);
  }
  return NULL;
}

GPtrArray *
bh_store_receipts_of_act (BhStore *self, const char *act, GError **error)
{
  return bh_receipt_rows (
      self, BH_RECEIPT_COLUMNS " WHERE p.act = $1 AND p.void = 0 ORDER BY p.unit", act, error);
}

GPtrArray *
bh_store_receipts_of_box (BhStore *self, const char *box, GError **error)
{
  return bh_receipt_rows (
      self, BH_RECEIPT_COLUMNS " WHERE p.box = $1 AND p.void = 0 ORDER BY p.unit", box, error);
}

GPtrArray *
bh_store_receipts_of_serial (BhStore *self, const char *serial, GError **error)
{
  return bh_receipt_rows (self, BH_RECEIPT_COLUMNS " WHERE p.serial = $1 ORDER BY p.at_us DESC",
                          serial, error);
}

GPtrArray *
bh_store_recent_receipts (BhStore *self, const char *dock, guint limit, GError **error)
{
  g_autofree char *sql = g_strdup_printf (BH_RECEIPT_COLUMNS " WHERE p.dock = $1 AND p.void = 0"
                                                             " ORDER BY p.at_us DESC LIMIT %u",
                                          limit);

  if (dock != NULL)
    return bh_receipt_rows (self, sql, dock, error);
  g_free (sql);
  sql = g_strdup_printf (BH_RECEIPT_COLUMNS " WHERE p.void = 0 ORDER BY p.at_us DESC LIMIT %u",
                         limit);
  return bh_receipt_rows (self, sql, NULL, error);
}

gboolean
bh_store_find_receipt (BhStore *self, const char *receipt, BhReceipt *found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, BH_RECEIPT_COLUMNS " WHERE p.receipt = $1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", receipt) &&
         one_receipt (stmt, found, error);
}

gboolean
bh_store_receipt_of_line (BhStore *self, gint64 line_id, BhReceipt *found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, BH_RECEIPT_COLUMNS " WHERE p.line_id = $1 AND p.void = 0 AND p.verdict = 'accept'",
      error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "i", line_id) &&
         one_receipt (stmt, found, error);
}

gboolean
bh_store_accepted_as (BhStore *self, const char *serial, BhReceipt *found, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     BH_RECEIPT_COLUMNS " WHERE p.serial = $1 AND p.void = 0"
                                        " AND p.verdict = 'accept' AND p.line_id IS NOT NULL"
                                        " ORDER BY p.at_us DESC LIMIT 1",
                     error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", serial) &&
         one_receipt (stmt, found, error);
}

gboolean
bh_store_add_receipt (BhStore *self, const BhReceipt *p, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "INSERT INTO receipt (receipt, act, box, unit, verdict, rule, line_id, rma, line, serial,"
      " part, account, destination, late, return_by, discrepancy, message, seen_before, at_us,"
      " dock, station, operator, resolves, line_was, rma_was, rma_closed_us, mail, tracking) "
      "VALUES ($1, "
      "$2, $3, $4, $5, $6, $7,"
      " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, "
      "$26, $27,"
      " (SELECT b.tracking FROM box b WHERE b.box = $3))",
      error);

  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "tttittiti", p->receipt, p->act, p->box, (gint64) p->unit,
                     p->verdict, p->rule, p->line_id, p->rma, (gint64) p->line) ||
      (p->line_id == 0 &&
       (!bh_stmt_bind_null (stmt, 7, error) || !bh_stmt_bind_null (stmt, 9, error))) ||
      !bh_stmt_bind_text (stmt, 10, p->serial, error) ||
      !bh_stmt_bind_text (stmt, 11, p->part, error) ||
      !bh_stmt_bind_text (stmt, 12, p->account, error) ||
      !bh_stmt_bind_text (stmt, 13, p->destination, error) ||
      !bh_stmt_bind_int64 (stmt, 14, p->late ? 1 : 0, error) ||
      !bh_stmt_bind_text (stmt, 15, p->return_by, error) ||
      !bh_stmt_bind_text (stmt, 16, p->discrepancy, error) ||
      !bh_stmt_bind_text (stmt, 17, p->message, error) ||
      !bh_stmt_bind_text (stmt, 18, p->seen_before, error) ||
      !bh_stmt_bind_int64 (stmt, 19, p->at_us, error) ||
      !bh_stmt_bind_text (stmt, 20, p->dock, error) ||
      !bh_stmt_bind_text (stmt, 21, p->station, error) ||
      !bh_stmt_bind_text (stmt, 22, p->operator, error) ||
      !bh_stmt_bind_text (stmt, 23, p->resolves, error) ||
      !bh_stmt_bind_text (stmt, 24, p->line_was, error) ||
      !bh_stmt_bind_text (stmt, 25, p->rma_was, error) ||
      !(p->rma_closed_us != 0 ? bh_stmt_bind_int64 (stmt, 26, p->rma_closed_us, error)
                              : bh_stmt_bind_null (stmt, 26, error)) ||
      !bh_stmt_bind_text (stmt, 27, p->mail, error))
    return FALSE;
  return bh_stmt_post (stmt, error);
}

gboolean
bh_store_void_receipt (BhStore *self, const char *receipt, const char *reason, const char *by,
                       const char *replaced_by, gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE receipt SET void = 1, void_reason = $1, void_us = $2,"
                       " void_by = $3, replaced_by = $4 WHERE receipt = $5 AND void = 0",
                       "titt"
                       "t",
                       reason, at_us, by, replaced_by, receipt);
}
