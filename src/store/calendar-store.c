/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/calendar-store.h"

gboolean
bh_store_calendar_ics (BhStore *self, const char *name, char **ics, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT ics FROM calendar WHERE name = $1", error);
  gboolean row = FALSE;

  *ics = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", name) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *ics = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

char **
bh_store_calendar_names (BhStore *self, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT name FROM calendar ORDER BY name", error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    g_ptr_array_add (names, row ? bh_stmt_dup_text (stmt, 0) : NULL);
    if (row)
      continue;
    g_ptr_array_set_free_func (names, NULL);
    return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  }
  return NULL;
}

gboolean
bh_store_put_calendar (BhStore *self, const char *name, const char *ics, gint64 at_us,
                       GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO calendar (name, ics, changed_us) VALUES ($1, $2, $3)"
                       " ON CONFLICT (name) DO UPDATE SET ics = excluded.ics,"
                       " changed_us = excluded.changed_us",
                       "tti", name, ics, at_us);
}
