/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/audit-entry.h"
#include "store-private.h"

struct _BhAuditReader {
  BhStmt *stmt;
};

#define COLUMNS                                                                                    \
  BH_STREAM "SELECT station, seq, at_us, operator, act, what, entity, before, after, previous,"    \
            " hash FROM audit "

static BhAuditReader *
reader_of (BhStmt *stmt)
{
  BhAuditReader *reader = g_new0 (BhAuditReader, 1);

  reader->stmt = stmt;
  return reader;
}

BhAuditReader *
bh_store_audit_read (BhStore *self, GError **error)
{
  BhStmt *stmt = bh_store_stmt (self, COLUMNS "ORDER BY station, seq", error);

  return stmt != NULL ? reader_of (stmt) : NULL;
}

BhAuditReader *
bh_store_audit_read_station (BhStore *self, const char *station, gint64 from, GError **error)
{
  BhStmt *stmt =
      bh_store_stmt (self, COLUMNS "WHERE station = $1 AND seq >= $2 ORDER BY seq", error);

  if (stmt == NULL)
    return NULL;
  if (bh_stmt_bind (stmt, error, "ti", station, from))
    return reader_of (stmt);
  bh_stmt_done (stmt);
  return NULL;
}

gboolean
bh_store_audit_count (BhStore *self, gint64 *entries, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT count(*) FROM audit", error);

  if (stmt == NULL || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *entries = bh_stmt_int64 (stmt, 0);
  return TRUE;
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
  for (int i = 0; i < 11 && !entry->hides; i++)
    entry->hides = i != 1 && i != 2 && bh_stmt_hides (self->stmt, i);
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
