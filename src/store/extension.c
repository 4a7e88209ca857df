/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* The days that people gave (O2), each for itself, so that one can be taken back. */

#include "backhaul/clock-store.h"

gboolean
bh_store_add_extension (BhStore *self, gint64 clock_id, int days, const char *act,
                        const char *operator, const char * reason, gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO extension (clock_id, days, act, at_us, operator, reason)"
                       " VALUES ($1, $2, $3, $4, $5, $6)",
                       "iititt", clock_id, (gint64) days, act, at_us, operator, reason);
}

gboolean
bh_store_last_extension (BhStore *self, gint64 clock_id, const char *act, gint64 *id, int *days,
                         gint64 *at_us, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT id, days, at_us FROM extension WHERE clock_id = $1"
                     " AND undone_us IS NULL AND ($2 = '' OR act = $2) ORDER BY id DESC LIMIT 1",
                     error);
  gboolean row = FALSE;

  *id = 0;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "it", clock_id, act != NULL ? act : "") ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *id = bh_stmt_int64 (stmt, 0);
  *days = (int) bh_stmt_int64 (stmt, 1);
  *at_us = bh_stmt_int64 (stmt, 2);
  return TRUE;
}

gboolean
bh_store_undo_extension (BhStore *self, gint64 id, gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE extension SET undone_us = $1 WHERE id = $2", "ii",
                       at_us, id);
}
