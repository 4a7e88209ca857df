/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/hold-store.h"
#include "receipt-rows.h"

GPtrArray *
bh_store_held (BhStore *self, GError **error)
{
  return bh_receipt_rows (self,
                          BH_RECEIPT_COLUMNS
                          " LEFT JOIN rma r ON r.rma = p.rma WHERE p.verdict = 'hold'"
                          " AND p.void = 0 AND p.resolved IS NULL"
                          " ORDER BY coalesce(r.urgency, 0) DESC, p.at_us, p.receipt",
                          NULL, error);
}

gboolean
bh_store_count_held (BhStore *self, const char *rma, gint64 *held, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT count(*) FROM receipt WHERE rma = $1 AND verdict = 'hold'"
                     " AND void = 0 AND resolved IS NULL",
                     error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", rma) || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *held = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

gboolean
bh_store_opened_by_hold (BhStore *self, const char *rma, char **was, gint64 *closed_us,
                         GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT rma_was, rma_closed_us FROM receipt WHERE rma = $1 AND void = 0"
                     " AND rma_was IS NOT NULL ORDER BY receipt LIMIT 1",
                     error);
  gboolean row = FALSE;

  *was = NULL;
  *closed_us = 0;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", rma) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *was = bh_stmt_dup_text (stmt, 0);
  *closed_us = bh_stmt_int64 (stmt, 1);
  return TRUE;
}

gboolean
bh_store_more_came (BhStore *self, const BhReceipt *than, gboolean *more, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT 1 FROM receipt WHERE rma = $1 AND void = 0 AND verdict = 'accept'"
                     " AND receipt <> $2 AND (rma_was IS NOT NULL OR at_us > $3) LIMIT 1",
                     error);

  return stmt != NULL &&
         bh_stmt_bind (stmt, error, "tti", than->rma, than->receipt,
                       than->rma_closed_us != 0 ? than->rma_closed_us : than->at_us) &&
         bh_stmt_next (stmt, more, error);
}

gboolean
bh_store_mark_resolved (BhStore *self, const char *receipt, const char *how, gint64 at_us,
                        GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE receipt SET resolved = $1, resolved_us = $2 WHERE receipt = $3",
                       "tit", how, at_us, receipt);
}

gboolean
bh_store_each_scan (BhStore *self, const char *box,
                    void (*each) (const char *code, const char *kind, const char *scanner,
                                  gpointer data),
                    gpointer data, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT code, kind, scanner FROM box_scan WHERE box = $1 ORDER BY n", error);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", box))
    return FALSE;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return TRUE;
    each (bh_stmt_text (stmt, 0), bh_stmt_text (stmt, 1), bh_stmt_text (stmt, 2), data);
  }
  return FALSE;
}

gboolean
bh_store_each_photo (BhStore *self, const char *box,
                     void (*each) (const char *photo, const char *name, const char *media_type,
                                   gint64 size, gpointer data),
                     gpointer data, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT photo, name, media_type, length(bytes) FROM photo"
                     " WHERE box = $1 ORDER BY at_us, photo",
                     error);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", box))
    return FALSE;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return TRUE;
    each (bh_stmt_text (stmt, 0), bh_stmt_text (stmt, 1), bh_stmt_text (stmt, 2),
          bh_stmt_int64 (stmt, 3), data);
  }
  return FALSE;
}

GBytes *
bh_store_photo_bytes (BhStore *self, const char *photo, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT bytes FROM photo WHERE photo = $1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", photo) && bh_stmt_one_row (stmt, error)
             ? bh_stmt_dup_blob (stmt, 0)
             : NULL;
}
