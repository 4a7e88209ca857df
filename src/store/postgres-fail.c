/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* What a server says is wrong, as an error of ours that says what to do. */

#include "postgres-link.h"

#include <string.h>

static const struct {
  const char *state; /* SQLSTATE or its first two characters */
  BhError code;
  const char *advice;
} states[] = {
  { "23", BH_ERROR_CONSTRAINT, "the database refused what must never be; nothing was written" },
  { "40", BH_ERROR_BUSY, "another station was quicker; try again" },
  { "55P03", BH_ERROR_BUSY, "another station holds it; try again" },
  { "57014", BH_ERROR_BUSY, "it was ended for a newer one, or took too long" },
  { "57P", BH_ERROR_LOST, "the database is stopping; try again when it is back" },
  { "08", BH_ERROR_LOST, "look at the network; the act is looked up when it is back" },
  { "25P03", BH_ERROR_LOST, "the act took too long; try again" },
  { "53100", BH_ERROR_FULL, "make room on the database's disk; nothing was written" },
  { "25006", BH_ERROR_READ_ONLY, "this database is a standby; name the primary" },
  { "42501", BH_ERROR_FORBIDDEN, "ask a supervisor, or the database's owner for the right" },
  { "XX001", BH_ERROR_CORRUPT, "stop work on this store and restore the last backup" },
  { "XX002", BH_ERROR_CORRUPT, "stop work on this store and restore the last backup" },
};

/* A standby says 25006 to a statement that writes, but to BEGIN READ WRITE what it says of all that
 * it cannot do. */
static const char *
state_of (BhPgLink *self, PGresult *result)
{
  const BhPq *pq = self->pq;
  const char *state = result != NULL ? pq->resultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  gboolean standby =
      g_strcmp0 (pq->parameterStatus (self->connection, "in_hot_standby"), "on") == 0;

  return standby && g_strcmp0 (state, "0A000") == 0 ? "25006" : state;
}

gboolean
bh_pg_link_fail (BhPgLink *self, PGresult *result, const char *what, GError **error)
{
  const BhPq *pq = self->pq;
  const char *state = state_of (self, result);
  const char *said = result != NULL ? pq->resultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  BhError code = BH_ERROR_STORE;
  const char *advice = "try again; when it stays, ask who looks after the database";
  g_autofree char *text = g_strdup (said != NULL ? said : pq->errorMessage (self->connection));

  if ((self->lost || pq->status (self->connection) == CONNECTION_BAD) && state == NULL) {
    code = BH_ERROR_LOST;
    advice = "look at the network; the act is looked up when it is back";
  }
  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_str_has_prefix (state, states[i].state)) {
      code = states[i].code;
      advice = states[i].advice;
      break;
    }
  if (code == BH_ERROR_LOST)
    self->lost = TRUE;
  if (*g_strstrip (text) == '\0') {
    g_free (text);
    text = g_strdup ("the database does not answer");
  }
  g_set_error (error, BH_ERROR, code, "%s: %s: %s; %s", self->name, what,
               g_strdelimit (text, "\n", ' '), advice);
  return FALSE;
}
