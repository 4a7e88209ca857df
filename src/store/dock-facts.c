/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/receipt.h"
#include "in-block.h"

static gboolean
ask (BhStore *self, const char *sql, GPtrArray *variants, guint from, guint limit, GPtrArray *near,
     GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_in_block_bind (stmt, variants, from, error))
    return FALSE;
  while (near->len < limit) {
    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (!row)
      return TRUE;
    g_ptr_array_add (near,
                     g_strconcat (bh_stmt_text (stmt, 0), " on ", bh_stmt_text (stmt, 1), NULL));
  }
  return TRUE;
}

gboolean
bh_store_near (BhStore *self, GPtrArray *variants, gboolean serials, guint limit, GPtrArray *near,
               GError **error)
{
  g_autofree char *list = bh_in_block_list ();
  g_autofree char *sql =
      g_strconcat (serials ? "SELECT serial, rma FROM rma_line WHERE awaited = 1 AND serial IN ("
                           : "SELECT rma, rma FROM rma WHERE state = 'open' AND rma IN (",
                   list, ")", NULL);

  for (guint from = 0; from < variants->len && near->len < limit; from += BH_IN_BLOCK)
    if (!ask (self, sql, variants, from, limit, near, error))
      return FALSE;
  return TRUE;
}

gboolean
bh_store_sender_of (BhStore *self, const char *rma, const char *serial, char **account,
                    char **email, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT a.account, a.email, 0 AS place FROM rma r"
                     " JOIN account a ON a.account = r.account WHERE r.rma = $1"
                     " UNION ALL SELECT a.account, a.email, 1 FROM unit u"
                     " JOIN account a ON a.account = u.account WHERE u.serial = $2"
                     " ORDER BY place LIMIT 1",
                     error);
  gboolean row = FALSE;

  *account = *email = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", rma, serial) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row) {
    *account = bh_stmt_dup_text (stmt, 0);
    *email = bh_stmt_dup_text (stmt, 1);
  }
  return TRUE;
}

gboolean
bh_store_sender_address (BhStore *self, const char *box, const char *rma, const char *serial,
                         char **name, char **address, char **tracking, GError **error)
{
  g_autoptr (BhStmt) sender = bh_store_stmt (
      self,
      "SELECT a.name, s.address, s.postal_code, s.city, s.country, 0 AS place FROM rma r"
      " JOIN account a ON a.account = r.account"
      " LEFT JOIN site s ON s.account = r.account AND s.site = r.site WHERE r.rma = $1"
      " UNION ALL SELECT a.name, s.address, s.postal_code, s.city, s.country, 1 FROM unit u"
      " JOIN account a ON a.account = u.account"
      " LEFT JOIN site s ON s.account = u.account AND s.site = u.site WHERE u.serial = $2"
      " ORDER BY place LIMIT 1",
      error);
  g_autoptr (BhStmt) parcel =
      bh_store_stmt (self, "SELECT tracking FROM box WHERE box = $1", error);
  g_autoptr (GString) lines = g_string_new (NULL);
  gboolean row = FALSE;

  *name = *address = *tracking = NULL;
  if (sender == NULL || parcel == NULL || !bh_stmt_bind (parcel, error, "t", box) ||
      !bh_stmt_next (parcel, &row, error))
    return FALSE;
  if (row)
    *tracking = bh_stmt_dup_text (parcel, 0);
  if (!bh_stmt_bind (sender, error, "tt", rma, serial) || !bh_stmt_next (sender, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *name = bh_stmt_dup_text (sender, 0);
  for (int i = 1; i <= 4; i++)
    if (!bh_stmt_is_null (sender, i))
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", bh_stmt_text (sender, i));
  *address = g_strdup (lines->str);
  return TRUE;
}

gboolean
bh_store_refused_before (BhStore *self, const char *code, const char *not_box, BhReceipt *found,
                         GError **error)
{
  /* the newest is chosen here: a sort in the engine costs each box more than the few rows */
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT p.receipt, p.box, p.rule, p.at_us FROM receipt p"
                     " JOIN (SELECT box FROM box_scan WHERE code = $1"
                     "       UNION ALL SELECT box FROM box WHERE tracking = $1) AS c"
                     " ON c.box = p.box"
                     " WHERE p.box <> $2 AND p.verdict = 'refuse' AND p.void = 0",
                     error);
  gboolean row = FALSE;

  bh_receipt_clear (found);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", code, not_box))
    return FALSE;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return TRUE;
    if (found->receipt != NULL && bh_stmt_int64 (stmt, 3) <= found->at_us)
      continue;
    bh_receipt_clear (found);
    found->receipt = bh_stmt_dup_text (stmt, 0);
    found->box = bh_stmt_dup_text (stmt, 1);
    found->rule = bh_stmt_dup_text (stmt, 2);
    found->at_us = bh_stmt_int64 (stmt, 3);
  }
  return FALSE;
}

gboolean
bh_store_latest_of (BhStore *self, const char *serial, gint64 *at_us, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT max(at_us) FROM (SELECT at_us FROM receipt WHERE serial = $1"
      " UNION ALL SELECT at_us FROM move WHERE serial = $1"
      " UNION ALL SELECT j.started_us FROM job j WHERE j.serial = $1"
      " UNION ALL SELECT e.at_us FROM job j JOIN job_entry e ON e.job = j.job"
      "  WHERE j.serial = $1"
      " UNION ALL SELECT p.at_us FROM job j JOIN job_post p ON p.job = j.job"
      "  WHERE j.serial = $1"
      " UNION ALL SELECT r.confirmed_us FROM rma_line l JOIN rma r ON r.id = l.rma_id"
      "  WHERE l.serial = $1) AS known",
      error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", serial) || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *at_us = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

gboolean
bh_store_add_photo (BhStore *self, const char *photo, const char *box, const char *name,
                    const char *media_type, const char *sha256, GBytes *bytes, gint64 at_us,
                    GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO photo (photo, box, name, media_type, sha256, bytes, at_us)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (box, sha256) DO NOTHING",
                       "tttttbi", photo, box, name, media_type, sha256, bytes, at_us);
}
