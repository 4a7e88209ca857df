/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/operator.h"

gboolean
bh_store_any_operator (BhStore *self, gboolean *any, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT 1 FROM operator LIMIT 1", error);

  return stmt != NULL && bh_stmt_next (stmt, any, error);
}

gboolean
bh_store_operator_role (BhStore *self, const char *login, char **role, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT role FROM operator WHERE login = $1 AND disabled = 0", error);
  gboolean row = FALSE;

  *role = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", login) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *role = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}
