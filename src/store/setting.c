/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/store.h"

char *
bh_store_get_setting (BhStore *self, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT value FROM setting WHERE key = $1", error);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", key) || !bh_stmt_next (stmt, &row, error))
    return NULL;
  return row ? bh_stmt_dup_text (stmt, 0) : NULL;
}

gboolean
bh_store_set_setting (BhStore *self, const char *key, const char *value, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO setting (key, value) VALUES ($1, $2)"
                       " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                       "tt", key, value);
}
