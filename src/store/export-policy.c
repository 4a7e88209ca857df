/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/clock-store.h"

void
bh_export_policy_free (BhExportPolicy *self)
{
  if (self == NULL)
    return;
  g_free (self->country);
  g_free (self->note);
  g_free (self);
}

#define COLUMNS "SELECT country, extra_days, possible, note FROM export_policy"

static BhExportPolicy *
read_row (BhStmt *stmt)
{
  BhExportPolicy *policy = g_new0 (BhExportPolicy, 1);

  policy->country = bh_stmt_dup_text (stmt, 0);
  policy->extra_days = (int) bh_stmt_int64 (stmt, 1);
  policy->possible = bh_stmt_int64 (stmt, 2) != 0;
  policy->note = bh_stmt_dup_text (stmt, 3);
  return policy;
}

gboolean
bh_store_export_policy (BhStore *self, const char *country, BhExportPolicy **policy, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, COLUMNS " WHERE country = $1", error);
  gboolean row = FALSE;

  *policy = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", country) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *policy = read_row (stmt);
  return TRUE;
}

GPtrArray *
bh_store_export_policies (BhStore *self, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, COLUMNS " ORDER BY country", error);
  g_autoptr (GPtrArray) policies =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_export_policy_free);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&policies);
    g_ptr_array_add (policies, read_row (stmt));
  }
  return NULL;
}

gboolean
bh_store_put_export_policy (BhStore *self, const BhExportPolicy *policy, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO export_policy (country, extra_days, possible, note)"
                       " VALUES ($1, $2, $3, $4) ON CONFLICT (country) DO UPDATE SET"
                       " extra_days = excluded.extra_days, possible = excluded.possible,"
                       " note = excluded.note",
                       "tiit", policy->country, (gint64) policy->extra_days,
                       (gint64) policy->possible, policy->note);
}

gboolean
bh_store_drop_export_policy (BhStore *self, const char *country, gint64 *dropped, GError **error)
{
  return bh_store_run (self, dropped, error, "DELETE FROM export_policy WHERE country = $1", "t",
                       country);
}
