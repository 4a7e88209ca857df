/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/checkpoint-store.h"

void
bh_checkpoint_free (BhCheckpoint *self)
{
  if (self == NULL)
    return;
  g_free (self->station);
  g_free (self->hash);
  g_free (self->key);
  g_free (self->marks);
  g_free (self->signature);
  g_free (self);
}

void
bh_station_key_free (BhStationKey *self)
{
  if (self == NULL)
    return;
  g_free (self->station);
  g_free (self->key);
  g_free (self->operator);
  g_free (self);
}

gboolean
bh_store_add_checkpoint (BhStore *self, const BhCheckpoint *checkpoint, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO checkpoint (station, seq, from_seq, hash, at_us, key, marks,"
                       " signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                       " ON CONFLICT (station, seq) DO NOTHING",
                       "tiititt"
                       "t",
                       checkpoint->station, checkpoint->seq, checkpoint->from, checkpoint->hash,
                       checkpoint->at_us, checkpoint->key, checkpoint->marks,
                       checkpoint->signature);
}

static BhCheckpoint *
read_checkpoint (BhStmt *stmt)
{
  BhCheckpoint *one = g_new0 (BhCheckpoint, 1);
  int column = 0;

  one->station = bh_stmt_dup_text (stmt, column++);
  one->seq = bh_stmt_int64 (stmt, column++);
  one->from = bh_stmt_int64 (stmt, column++);
  one->hash = bh_stmt_dup_text (stmt, column++);
  one->at_us = bh_stmt_int64 (stmt, column++);
  one->key = bh_stmt_dup_text (stmt, column++);
  one->signature = bh_stmt_dup_text (stmt, column++);
  one->marks = bh_stmt_dup_text (stmt, column++);
  return one;
}

#define COLUMNS "SELECT station, seq, from_seq, hash, at_us, key, signature, marks FROM checkpoint"

GPtrArray *
bh_store_checkpoints (BhStore *self, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, COLUMNS " ORDER BY station, seq", error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_checkpoint_free);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, read_checkpoint (stmt));
  }
  return NULL;
}

gboolean
bh_store_newest_checkpoint (BhStore *self, const char *station, BhCheckpoint **checkpoint,
                            GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, COLUMNS " WHERE station = $1 ORDER BY seq DESC LIMIT 1", error);
  gboolean row = FALSE;

  *checkpoint = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", station) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *checkpoint = read_checkpoint (stmt);
  return TRUE;
}

gboolean
bh_store_add_station_key (BhStore *self, const char *station, const char *key, gint64 at_us,
                          const char *operator, GError ** error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO station_key (station, key, at_us, operator)"
                       " VALUES ($1, $2, $3, $4)",
                       "ttit", station, key, at_us, operator);
}

GPtrArray *
bh_store_station_keys (BhStore *self, const char *station, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self,
                                           "SELECT station, key, at_us, operator FROM station_key"
                                           " WHERE $1 = '' OR station = $1 ORDER BY station, id",
                                           error);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_station_key_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", station != NULL ? station : ""))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    BhStationKey *one;

    if (!row)
      return g_steal_pointer (&rows);
    one = g_new0 (BhStationKey, 1);
    one->station = bh_stmt_dup_text (stmt, 0);
    one->key = bh_stmt_dup_text (stmt, 1);
    one->at_us = bh_stmt_int64 (stmt, 2);
    one->operator= bh_stmt_dup_text (stmt, 3);
    g_ptr_array_add (rows, one);
  }
  return NULL;
}
