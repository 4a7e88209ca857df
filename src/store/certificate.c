/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/destroy-store.h"

void
bh_certificate_free (BhCertificate *self)
{
  if (self == NULL)
    return;
  g_free (self->certificate);
  g_free (self->name);
  g_free (self->type);
  g_free (self->sha256);
  g_free (self->reason);
  g_free (self->operator);
  g_array_unref (self->lines);
  g_free (self);
}

gboolean
bh_store_add_certificate (BhStore *self, gint64 rma_id, const BhCertificate *certificate,
                          GBytes *document, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO certificate (certificate, rma_id, document_name,"
                       " document_type, document_sha256, document, reason, at_us, operator)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       "titttbtit", certificate->certificate, rma_id, certificate->name,
                       certificate->type, certificate->sha256, document, certificate->reason,
                       certificate->at_us, certificate->operator);
}

gboolean
bh_store_set_line_certificate (BhStore *self, gint64 line_id, const char *certificate,
                               GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE rma_line SET certificate = $1 WHERE id = $2",
                       "ti", certificate, line_id);
}

enum { CERTIFICATE, NAME, TYPE, SHA256, REASON, AT, OPERATOR, LINE };

static BhCertificate *
read_certificate (BhStmt *stmt)
{
  BhCertificate *certificate = g_new0 (BhCertificate, 1);

  certificate->certificate = bh_stmt_dup_text (stmt, CERTIFICATE);
  certificate->name = bh_stmt_dup_text (stmt, NAME);
  certificate->type = bh_stmt_dup_text (stmt, TYPE);
  certificate->sha256 = bh_stmt_dup_text (stmt, SHA256);
  certificate->reason = bh_stmt_dup_text (stmt, REASON);
  certificate->at_us = bh_stmt_int64 (stmt, AT);
  certificate->operator= bh_stmt_dup_text (stmt, OPERATOR);
  certificate->lines = g_array_new (FALSE, FALSE, sizeof (int));
  return certificate;
}

GPtrArray *
bh_store_certificates (BhStore *self, const char *rma, GError **error)
{
  /* a certificate comes once for each of its lines */
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT d.certificate, d.document_name, d.document_type, d.document_sha256, d.reason,"
      " d.at_us, d.operator, l.line FROM rma r JOIN certificate d ON d.rma_id = r.id"
      " JOIN rma_line l ON l.rma_id = r.id AND l.certificate = d.certificate"
      " WHERE r.rma = $1 ORDER BY d.at_us, d.certificate, l.line",
      error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_certificate_free);
  BhCertificate *last = NULL;
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", rma))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    int line;

    if (!row)
      return g_steal_pointer (&all);
    if (last == NULL || g_strcmp0 (last->certificate, bh_stmt_text (stmt, CERTIFICATE)) != 0) {
      last = read_certificate (stmt);
      g_ptr_array_add (all, last);
    }
    line = (int) bh_stmt_int64 (stmt, LINE);
    g_array_append_val (last->lines, line);
  }
  return NULL;
}

gboolean
bh_store_certificate_document (BhStore *self, const char *certificate, GBytes **document,
                               GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT document FROM certificate WHERE certificate = $1", error);
  gboolean row = FALSE;

  *document = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", certificate) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *document = bh_stmt_dup_blob (stmt, 0);
  return TRUE;
}
