/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* Lines that await a unit of which no return was expected when they were confirmed (C8). */

#include "backhaul/clock-store.h"

void
bh_unclocked_line_free (BhUnclockedLine *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->level);
  g_free (self->zone);
  g_free (self->calendar);
  g_free (self);
}

static BhUnclockedLine *
read_line (BhStmt *stmt)
{
  BhUnclockedLine *line = g_new0 (BhUnclockedLine, 1);

  line->id = bh_stmt_int64 (stmt, 0);
  line->rma = bh_stmt_dup_text (stmt, 1);
  line->line = (int) bh_stmt_int64 (stmt, 2);
  line->level = bh_stmt_dup_text (stmt, 3);
  line->delivered = !bh_stmt_is_null (stmt, 4);
  line->zone = bh_stmt_dup_text (stmt, 5);
  line->calendar = bh_stmt_dup_text (stmt, 6);
  return line;
}

GPtrArray *
bh_store_unclocked (BhStore *self, const char *country, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT l.id, l.rma, l.line, l.level, l.delivered_us, d.time_zone, d.calendar"
      " FROM rma_line l JOIN rma r ON r.id = l.rma_id"
      " LEFT JOIN destination d ON d.destination = r.destination"
      " LEFT JOIN site s ON s.account = r.account AND s.site = r.site"
      " LEFT JOIN account a ON a.account = r.account"
      " WHERE l.awaited = 1 AND coalesce(s.country, a.country) = $1"
      " AND NOT EXISTS (SELECT 1 FROM clock c WHERE c.line_id = l.id AND c.kind = 'C1')"
      " ORDER BY l.id",
      error);
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_unclocked_line_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", country))
    return NULL;
  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (row)
      g_ptr_array_add (lines, read_line (stmt));
  }
  return g_steal_pointer (&lines);
}
