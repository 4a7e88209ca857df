/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* How the server's standby and its disk are doing. */

#include "postgres-link.h"

#define ROOM_WAIT_MS 500 /* between two tries to write on a full disk */

/* Whoever may not see how a standby is doing sees at least that it is there. */
void
bh_pg_link_look_after (BhPgLink *self)
{
  PGresult *result;
  gboolean there;

  if (!self->alone || self->in_tx || self->lost)
    return;
  result = bh_pg_link_exec (
      self, "SELECT 1 WHERE current_setting('synchronous_standby_names') = '' OR EXISTS (SELECT 1"
            " FROM pg_stat_replication WHERE coalesce(sync_state, 'sync') <> 'async')");
  there = self->pq->resultStatus (result) == PGRES_TUPLES_OK && self->pq->ntuples (result) > 0;
  self->pq->clear (result);
  if (!there)
    return;
  self->alone = FALSE;
  self->alone_us = 0;
  bh_pg_link_say (self, BH_LINK_UP, "the standby of the database confirms again");
}

gboolean
bh_pg_link_wait_for_room (BhPgLink *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->full_us == 0) {
    self->full_us = now_us;
    bh_pg_link_say (
        self, BH_LINK_FULL,
        "the disk of the database's server is full; trying again, tell who looks after it");
  }
  if (now_us - self->full_us >= (gint64) self->patience_ms * 1000)
    return FALSE;
  g_usleep (ROOM_WAIT_MS * 1000);
  return TRUE;
}

void
bh_pg_link_has_room (BhPgLink *self)
{
  if (self->full_us == 0)
    return;
  self->full_us = 0;
  bh_pg_link_say (self, BH_LINK_UP, "there is room on the disk of the database's server again");
}
