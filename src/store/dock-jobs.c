/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* What an act at the dock sets going: clocks, audit; labels: print-jobs.c, mails: mail-queue.c,
 * moves: custody.c. */

#include "backhaul/receipt.h"
#include "store-private.h"

gboolean
bh_store_end_clock (BhStore *self, const char *kind, gint64 line_id, const char *state,
                    gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       /* by its id: the engine need not gather what it changes */
                       "UPDATE clock SET state = $1, ended_us = $2"
                       " WHERE id = (SELECT id FROM clock WHERE line_id = $3 AND kind = $4"
                       "             AND state IN ('open','paused'))",
                       "tiit", state, at_us, line_id, kind);
}

gboolean
bh_store_reopen_clock (BhStore *self, const char *kind, gint64 line_id, GError **error)
{
  /* what was paused when it ended is paused again; of a charged line it ended before */
  return bh_store_run (self, NULL, error,
                       "UPDATE clock SET ended_us = NULL, state = CASE WHEN EXISTS (SELECT 1"
                       " FROM clock_pause p WHERE p.clock_id = clock.id AND p.to_us IS NULL)"
                       " THEN 'paused' ELSE 'open' END"
                       " WHERE line_id = $1 AND kind = $2 AND state IN ('met','missed')"
                       " AND EXISTS (SELECT 1 FROM rma_line l WHERE l.id = $1"
                       " AND l.state = 'awaited')",
                       "it", line_id, kind);
}

gboolean
bh_store_audit_tip (BhStore *self, const char *station, gint64 *seq, char **hash, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT seq, hash FROM audit WHERE station = $1 ORDER BY seq DESC LIMIT 1", error);
  gboolean row = FALSE;

  *seq = 0;
  *hash = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", station) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *seq = bh_stmt_int64 (stmt, 0);
  *hash = row ? bh_stmt_dup_text (stmt, 1) : g_strdup ("");
  return TRUE;
}

gboolean
bh_store_add_audit (BhStore *self, const char *station, gint64 seq, gint64 at_us,
                    const char *operator, const char * act, const char *what, const char *entity,
                    const char *before, const char *after, const char *previous, const char *hash,
                    GError **error)
{
  bh_store_witness (self, station, seq, act);
  return bh_store_post (self, error,
                        "INSERT INTO audit (station, seq, at_us, operator, act, what, entity,"
                        " before, after, previous, hash)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                        "tiittttt"
                        "ttt",
                        station, seq, at_us, operator, act, what, entity, before, after, previous,
                        hash);
}

gboolean
bh_store_act_on_record (BhStore *self, const char *act, const char *what, gboolean *found,
                        GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT count(*) FROM audit WHERE act = $1 AND what = $2", error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", act, what) ||
      !bh_stmt_one_row (stmt, error))
    return FALSE;
  *found = bh_stmt_int64 (stmt, 0) > 0;
  return TRUE;
}
