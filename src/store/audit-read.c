/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/audit-entry.h"

struct _BhAuditReader {
  BhStmt *stmt;
};

BhAuditReader *
bh_store_audit_read (BhStore *self, GError **error)
{
  BhStmt *stmt = bh_store_stmt (self,
                                "SELECT station, seq, at_us, operator, act, what, entity, before,"
                                " after, previous, hash FROM audit ORDER BY station, seq",
                                error);
  BhAuditReader *reader;

  if (stmt == NULL)
    return NULL;
  reader = g_new0 (BhAuditReader, 1);
  reader->stmt = stmt;
  return reader;
}

gboolean
bh_audit_reader_next (BhAuditReader *self, BhAuditEntry *entry, gboolean *more, GError **error)
{
  if (!bh_stmt_next (self->stmt, more, error))
    return FALSE;
  if (!*more)
    return TRUE;
  *entry = (BhAuditEntry){
    .station = bh_stmt_text (self->stmt, 0),
    .seq = bh_stmt_int64 (self->stmt, 1),
    .at_us = bh_stmt_int64 (self->stmt, 2),
    .operator= bh_stmt_text (self->stmt, 3),
    .act = bh_stmt_text (self->stmt, 4),
    .what = bh_stmt_text (self->stmt, 5),
    .entity = bh_stmt_text (self->stmt, 6),
    .before = bh_stmt_text (self->stmt, 7),
    .after = bh_stmt_text (self->stmt, 8),
    .previous = bh_stmt_text (self->stmt, 9),
    .hash = bh_stmt_text (self->stmt, 10),
  };
  return TRUE;
}

void
bh_audit_reader_free (BhAuditReader *self)
{
  if (self == NULL)
    return;
  bh_stmt_done (self->stmt);
  g_free (self);
}
