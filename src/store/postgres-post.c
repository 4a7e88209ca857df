/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* Statements whose answers nobody needs wait for the next one whose answer somebody does, and go
 * with it: one way to the server and back for all of them (decision 0064). libpq is in its
 * pipeline mode from the first of them until the answer is there. */

#include "postgres-link.h"

static int
send_alone (BhPgLink *self, const char *sql)
{
  return self->pq->sendQueryParams (self->connection, sql, 0, NULL, NULL, NULL, NULL, 0);
}

gboolean
bh_pg_link_post (BhPgLink *self)
{
  return self->posted > 0 || self->pq->enterPipelineMode (self->connection) == 1;
}

void
bh_pg_link_tell (BhPgLink *self, const char *sql)
{
  if (self->posted == 0)
    self->pq->clear (bh_pg_link_exec (self, sql));
  else if (send_alone (self, sql) == 1)
    self->posted++;
}

PGresult *
bh_pg_link_exec (BhPgLink *self, const char *sql)
{
  if (self->posted > 0 && g_str_equal (sql, "COMMIT"))
    return bh_pg_link_wait (self, send_alone (self, sql));
  /* several statements in one text do not go behind others */
  if (self->posted > 0) {
    PGresult *result = bh_pg_link_wait (self, 1);
    ExecStatusType status = self->pq->resultStatus (result);

    if (self->lost ||
        (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && !g_str_equal (sql, "ROLLBACK")))
      return result;
    self->pq->clear (result);
  }
  return bh_pg_link_wait (self, self->pq->sendQuery (self->connection, sql));
}
