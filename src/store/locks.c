/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* What acts wait for each other on: a box, a unit, a station's journal, the rules. */

#include "store-private.h"

gboolean
bh_store_take_key (BhStore *self, const char *key, gboolean wait, GError **error)
{
  const BhDriver *driver = bh_store_driver (self);
  g_autoptr (BhStmt) stmt = NULL;
  gint64 width = 0;
  gint64 from = 0;
  gboolean row = FALSE;

  if (driver->lock_place == NULL)
    return TRUE;
  driver->place_of (key, &width, &from);
  stmt = bh_store_stmt (self, wait ? driver->lock_place : driver->try_place, error);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tii", key, width, from))
    return FALSE;
  if (wait)
    return bh_stmt_post (stmt, error);
  if (!bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    g_set_error (error, BH_ERROR, BH_ERROR_BUSY, "%s: another station acts on it; try again", key);
  return row;
}

gboolean
bh_store_lock_key (BhStore *self, const char *key, GError **error)
{
  return bh_store_take_key (self, key, !bh_store_is_hasty (self), error);
}

gboolean
bh_store_lock_serial (BhStore *self, const char *serial, GError **error)
{
  g_autofree char *key = g_strconcat ("serial:", serial, NULL);

  return bh_store_lock_key (self, key, error);
}

gboolean
bh_store_lock_rules (BhStore *self, gboolean alone, GError **error)
{
  const BhDriver *driver = bh_store_driver (self);
  const char *sql = alone ? driver->lock_rules : driver->lock_rules_shared;
  g_autoptr (BhStmt) stmt = sql != NULL ? bh_store_stmt (self, sql, error) : NULL;

  return sql == NULL || (stmt != NULL && bh_stmt_post (stmt, error));
}
