/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* A connection that outlives its server (DESIGN, Stations): found broken, it is made anew. A
 * server that says nothing is asked after on a second connection, as packets that are dropped
 * and a commit that waits for its standby look the same from here. */

#include "postgres-link.h"

#include <string.h>

#include "postgres-why.h"
#include "store-private.h"

#define PATIENCE_MS   60000
#define FIRST_WAIT_MS 50
#define MOST_WAIT_MS  250
/* silence after which the server is asked after; each answer doubles it */
#define QUIET_MS      1000
#define MOST_QUIET_MS 30000
/* as long as commits do without their standby, each of them is silent for so long */
#define ALONE_QUIET_MS 50
/* a connection of this moment that is silent for so long is a server's that is not ours */
#define MOST_SILENT_US (2 * G_TIME_SPAN_SECOND)
/* a commit that waits for its standby for so long does without it */
#define STANDBY_US (3 * G_TIME_SPAN_SECOND)
/* and those after it do not wait as long again */
#define ALONE_US (60 * G_TIME_SPAN_SECOND)

void
bh_pg_link_say (BhPgLink *self, BhLinkState state, const char *what)
{
  g_debug ("%s: %s", self->name, what);
  if (self->told != NULL)
    self->told (state, what, self->told_data);
}

/* ---- connecting ------------------------------------------------------------------ */

/* The server's word that a commit is not on its standby comes as a warning, not an error. */
static void
take_notice (void *data, const PGresult *result)
{
  BhPgLink *self = data;
  const char *state = self->pq->resultErrorField (result, PG_DIAG_SQLSTATE);

  g_debug ("%s", self->pq->resultErrorMessage (result));
  if (state != NULL && g_str_equal (state, "01000") &&
      strstr (self->pq->resultErrorMessage (result), "replicated") != NULL)
    self->alone_us = g_get_monotonic_time ();
}

/* What failed is named, without a password. */
static void
name_link (BhPgLink *self, PGconn *connection)
{
  const char *host = self->pq->host (connection);
  const char *database = self->pq->db (connection);

  g_free (self->name);
  self->name = g_strdup_printf ("postgresql %s/%s", host != NULL ? host : "",
                                database != NULL ? database : "");
}

/* What a site's address does not say: a server whose packets are dropped is noticed within
 * seconds, and of several hosts the one that may be written to is meant. */
/* Why it failed is asked for where somebody waits for the answer. */
static PGconn *
dial (BhPgLink *self, GError **why)
{
  g_autofree char *password = bh_store_password (self->uri);
  gboolean several = strchr (self->uri, ',') != NULL && (self->flags & BH_STORE_READ_ONLY) == 0;
  const char *const words[] = { "connect_timeout",
                                "tcp_user_timeout",
                                "keepalives_idle",
                                "keepalives_interval",
                                "keepalives_count",
                                "fallback_application_name",
                                "target_session_attrs",
                                "password",
                                "dbname",
                                NULL };
  /* what comes later wins: the address */
  const char *const values[] = {
    "2",      "4000",    "2", "1", "2", "backhaul", several ? "read-write" : "any",
    password, self->uri, NULL
  };
  PGconn *connection = self->pq->connectdbParams (words, values, 1);

  if (why != NULL && self->pq->status (connection) != CONNECTION_OK) {
    name_link (self, connection);
    bh_pg_why (self->pq, connection, words, values, self->name, why);
  }
  return connection;
}

static gboolean
set_up (BhPgLink *self, GError **error)
{
  PGresult *result =
      bh_pg_link_exec (self, "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;"
                             /* unless the address, or who looks after the server, says another */
                             "SELECT set_config('lock_timeout', '10s', false)"
                             " WHERE current_setting('lock_timeout') = '0';"
                             "SET idle_in_transaction_session_timeout = '60s';"
                             "SELECT pid, CAST(backend_start AS text) FROM pg_stat_activity"
                             " WHERE pid = pg_backend_pid()");
  gboolean ok = self->pq->resultStatus (result) == PGRES_TUPLES_OK ||
                bh_pg_link_fail (self, result, "cannot connect", error);

  g_clear_pointer (&self->since, g_free);
  /* not PQbackendPID(): a pooler in between has numbers of its own */
  if (ok && self->pq->ntuples (result) > 0) {
    self->pid = (int) g_ascii_strtoll (self->pq->getvalue (result, 0, 0), NULL, 10);
    self->since = g_strdup (self->pq->getvalue (result, 0, 1));
  }
  self->pq->clear (result);
  if (ok && (self->flags & BH_STORE_READ_ONLY)) {
    result = bh_pg_link_exec (self, "SET default_transaction_read_only = on");
    ok = self->pq->resultStatus (result) == PGRES_COMMAND_OK ||
         bh_pg_link_fail (self, result, "cannot connect", error);
    self->pq->clear (result);
  }
  return ok;
}

static gboolean
connect_once (BhPgLink *self, gboolean first, GError **error)
{
  const BhPq *pq = self->pq;
  g_autoptr (GError) why = NULL;
  PGconn *connection = dial (self, first ? &why : NULL);

  g_mutex_lock (&self->mutex);
  pq->finish (self->connection);
  self->connection = connection;
  g_mutex_unlock (&self->mutex);
  pq->setNoticeReceiver (connection, take_notice, self);
  name_link (self, connection);
  if (why != NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  if (pq->status (connection) != CONNECTION_OK) {
    g_autofree char *said = g_strdup (pq->errorMessage (connection));

    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: cannot connect: %s; look at the address, the server and the network",
                 self->name, g_strdelimit (g_strstrip (said), "\n", ' '));
    return FALSE;
  }
  self->lost = FALSE;
  self->posted = 0;
  self->generation++;
  return set_up (self, error);
}

BhPgLink *
bh_pg_link_open (const char *uri, BhStoreFlags flags, GError **error)
{
  const BhPq *pq = bh_pq_load (error);
  BhPgLink *self;

  if (pq == NULL)
    return NULL;
  self = g_new0 (BhPgLink, 1);
  g_mutex_init (&self->mutex);
  self->pq = pq;
  self->uri = g_strdup (uri);
  self->flags = flags;
  self->patience_ms = PATIENCE_MS;
  /* as one that was lost */
  self->lost = (flags & BH_STORE_UNSEEN) != 0;
  if (self->lost || connect_once (self, TRUE, error))
    return self;
  bh_pg_link_close (self);
  return NULL;
}

void
bh_pg_link_close (BhPgLink *self)
{
  self->pq->finish (self->connection);
  bh_pg_link_hold_to (self, NULL, NULL, NULL);
  g_mutex_clear (&self->mutex);
  g_free (self->uri);
  g_free (self->name);
  g_free (self->since);
  g_free (self);
}

/* Its own process at the server may live on, and may yet commit: it is ended, so that what it
 * did is settled when it is asked after. On a server that took over there is none. */
static void
end_former (BhPgLink *self, int pid, const char *since)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %d"
                       " AND pid <> pg_backend_pid() AND CAST(backend_start AS text) = '%s'",
                       pid, since);

  self->pq->clear (bh_pg_link_exec (self, sql));
}

void
bh_pg_link_hold_to (BhPgLink *self, gboolean (*check) (gpointer data, GError **error),
                    gpointer data, GDestroyNotify free_data)
{
  if (self->free_check != NULL)
    self->free_check (self->check_data);
  self->check = check;
  self->check_data = data;
  self->free_check = free_data;
}

static gboolean
is_what_was_lost (BhPgLink *self, GError **error)
{
  gboolean is;

  if (self->check == NULL)
    return TRUE;
  self->checking = TRUE;
  is = self->check (self->check_data, error);
  self->checking = FALSE;
  return is;
}

gboolean
bh_pg_link_again (BhPgLink *self, GError **error)
{
  gint64 until_us = g_get_monotonic_time () + (gint64) self->patience_ms * 1000;
  g_autofree char *since = g_strdup (self->since != NULL ? self->since : "");
  int pid = self->pid;
  gulong wait_ms = FIRST_WAIT_MS;

  /* it broke again while it was looked at */
  if (self->checking) {
    self->lost = TRUE;
    g_set_error (error, BH_ERROR, BH_ERROR_LOST, "%s: the connection broke again", self->name);
    return FALSE;
  }
  /* patience that has just come to its end does not begin anew */
  if (self->gave_up_us != 0 && g_get_monotonic_time () - self->gave_up_us < G_TIME_SPAN_SECOND)
    until_us = 0;
  bh_pg_link_say (self, BH_LINK_LOST, "the database does not answer; trying again");
  while (TRUE) {
    g_autoptr (GError) why = NULL;

    if (connect_once (self, FALSE, &why)) {
      if (is_what_was_lost (self, &why))
        break;
      /* another store does not become it by waiting; one that broke again may come back */
      if (!g_error_matches (why, BH_ERROR, BH_ERROR_LOST))
        until_us = 0;
    }
    if (g_get_monotonic_time () >= until_us) {
      self->gave_up_us = g_get_monotonic_time ();
      self->lost = TRUE;
      g_set_error (error, BH_ERROR, BH_ERROR_LOST, "%s", why->message);
      return FALSE;
    }
    g_usleep (wait_ms * 1000);
    wait_ms = MIN (wait_ms * 2, MOST_WAIT_MS);
  }
  self->gave_up_us = 0;
  self->full_us = 0;
  self->alone = FALSE;
  end_former (self, pid, since);
  bh_pg_link_say (self, BH_LINK_UP, "the database answers again");
  return TRUE;
}

gboolean
bh_pg_link_ready (BhPgLink *self, GError **error)
{
  if (!self->lost && self->pq->status (self->connection) == CONNECTION_OK)
    return TRUE;
  if (!self->in_tx)
    return bh_pg_link_again (self, error);
  g_set_error (error, BH_ERROR, BH_ERROR_LOST,
               "%s: the connection was lost; nothing of the act was written, try again",
               self->name);
  return FALSE;
}

/* ---- waiting ----------------------------------------------------------------------- */

typedef enum { AT_WORK, IN_LINE, FOR_STANDBY, FOR_NOBODY, AT_REST, GONE } Activity;

/* It has connected this moment: it answers at once, or it is none of ours. NULL: it does not. */
static PGresult *
ask_quickly (const BhPq *pq, PGconn *connection, const char *sql)
{
  gint64 until = g_get_monotonic_time () + MOST_SILENT_US;

  if (!pq->sendQuery (connection, sql))
    return NULL;
  while (pq->isBusy (connection)) {
    GPollFD fd = { .fd = pq->socket (connection), .events = G_IO_IN };
    int left_ms = (int) ((until - g_get_monotonic_time ()) / 1000);

    if (fd.fd < 0 || left_ms <= 0 || g_poll (&fd, 1, left_ms) <= 0 ||
        !pq->consumeInput (connection))
      return NULL;
  }
  return pq->getResult (connection);
}

/* What our process at the server does, as a second connection sees it. */
static Activity
ask_after (BhPgLink *self)
{
  const BhPq *pq = self->pq;
  PGconn *second = dial (self, NULL);
  Activity activity = GONE;
  g_autofree char *sql = g_strdup_printf (
      "SELECT CASE WHEN state <> 'active' THEN 'r' WHEN wait_event_type = 'Lock'"
      " THEN 'l' WHEN wait_event <> 'SyncRep'"
      " OR wait_event IS NULL THEN 'w' WHEN EXISTS (SELECT 1 FROM"
      " pg_stat_replication) THEN 's' ELSE 'n' END FROM pg_stat_activity WHERE pid = %d"
      " AND CAST(backend_start AS text) = '%s'",
      self->pid, self->since != NULL ? self->since : "");

  if (pq->status (second) == CONNECTION_OK) {
    PGresult *result = ask_quickly (pq, second, sql);

    if (pq->resultStatus (result) == PGRES_TUPLES_OK && pq->ntuples (result) > 0) {
      char word = pq->getvalue (result, 0, 0)[0];

      activity = word == 's'   ? FOR_STANDBY
                 : word == 'n' ? FOR_NOBODY
                 : word == 'r' ? AT_REST
                 : word == 'l' ? IN_LINE
                               : AT_WORK;
    }
    pq->clear (result);
  } else if (strstr (pq->errorMessage (second), "FATAL") != NULL) {
    /* it has no room for another, or is stopping: it is there, and will end ours if it must */
    activity = AT_WORK;
  }
  pq->finish (second);
  return activity;
}

static void
cancel (BhPgLink *self)
{
  PGcancel *handle = self->pq->getCancel (self->connection);
  char why[256];

  if (handle != NULL && !self->pq->cancel (handle, why, sizeof why))
    g_debug ("cancel: %s", why);
  self->pq->freeCancel (handle);
}

typedef struct {
  int quiet_ms;
  gint64 standby_us; /* since when the standby is waited for */
  guint at_rest;     /* times in a row that the server had nothing to do */
} Silence;

/* A commit has just done without its standby. */
static gboolean
was_alone (const BhPgLink *self)
{
  return self->alone_us != 0 && g_get_monotonic_time () - self->alone_us < ALONE_US;
}

/* FALSE: there is nobody to wait for. */
static gboolean
bear_silence (BhPgLink *self, Silence *silence)
{
  gint64 now_us = g_get_monotonic_time ();
  Activity activity = ask_after (self);

  silence->at_rest = activity == AT_REST ? silence->at_rest + 1 : 0;
  /* an answer may be on its way while we ask */
  if (activity == GONE || silence->at_rest > 1)
    return FALSE;
  /* whoever stands in line is soon asked after again: then it may be its turn to wait */
  if (activity == AT_WORK)
    silence->quiet_ms = MIN (silence->quiet_ms * 2, MOST_QUIET_MS);
  if (activity != FOR_STANDBY && activity != FOR_NOBODY)
    return TRUE;
  if (silence->standby_us == 0) {
    silence->standby_us = now_us;
    bh_pg_link_say (self, BH_LINK_STANDBY,
                    "a standby of the database does not confirm; waiting for it");
  }
  if (activity == FOR_NOBODY || now_us - silence->standby_us >= STANDBY_US || was_alone (self))
    cancel (self);
  return TRUE;
}

/* TRUE: there is a result to take. */
static gboolean
hear (BhPgLink *self, Silence *silence)
{
  while (self->pq->isBusy (self->connection)) {
    GPollFD fd = { .fd = self->pq->socket (self->connection), .events = G_IO_IN };

    if (fd.fd < 0)
      return TRUE; /* libpq tells of it in its result */
    if (g_poll (&fd, 1, silence->quiet_ms) == 0 && !bear_silence (self, silence)) {
      self->lost = TRUE;
      return FALSE;
    }
    if (fd.revents != 0 && !self->pq->consumeInput (self->connection))
      return TRUE;
  }
  return TRUE;
}

/* Up to the end of what was sent. FALSE: nothing comes any more. */
static gboolean
take_one (BhPgLink *self, Silence *silence, PGresult **last)
{
  PGresult *result;

  while (hear (self, silence)) {
    result = self->pq->getResult (self->connection);
    if (result == NULL)
      return TRUE;
    self->pq->clear (*last);
    *last = result;
    if (self->pq->resultStatus (result) == PGRES_COPY_IN)
      return TRUE;
  }
  g_clear_pointer (last, self->pq->clear);
  return FALSE;
}

/* Answers come one by one, each with an end, and after a failure the rest is not done. */
static gboolean
take_posted (BhPgLink *self, Silence *silence, PGresult **kept)
{
  const BhPq *pq = self->pq;
  gboolean failed = FALSE;

  while (pq->status (self->connection) == CONNECTION_OK) {
    PGresult *result;
    ExecStatusType status;

    if (!hear (self, silence)) {
      g_clear_pointer (kept, pq->clear);
      return FALSE;
    }
    result = pq->getResult (self->connection);
    status = pq->resultStatus (result);
    if (result != NULL && status == PGRES_PIPELINE_SYNC) {
      pq->clear (result);
      pq->exitPipelineMode (self->connection);
      break;
    }
    if (result == NULL)
      continue;
    if (!failed) {
      PGresult *before = *kept;

      *kept = result;
      result = before;
      failed = status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
    }
    pq->clear (result);
  }
  self->posted = 0;
  return TRUE;
}

PGresult *
bh_pg_link_wait (BhPgLink *self, int sent)
{
  Silence silence = { .quiet_ms = was_alone (self) ? ALONE_QUIET_MS : QUIET_MS };
  gint64 alone_us = self->alone_us;
  PGresult *last = NULL;

  if (sent == 1 && self->posted > 0) {
    if (self->pq->pipelineSync (self->connection) == 1 && !take_posted (self, &silence, &last))
      return NULL;
  } else if (sent == 1 && !take_one (self, &silence, &last)) {
    return NULL;
  }
  if (self->alone_us != alone_us) {
    self->alone = TRUE;
    bh_pg_link_say (
        self, BH_LINK_ALONE,
        "recorded on one server only: its standby does not confirm; tell who looks after it");
  }
  if (self->pq->status (self->connection) == CONNECTION_BAD)
    self->lost = TRUE;
  return last;
}
