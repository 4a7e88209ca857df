/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* Statements of a connection that may be made anew (postgres-link.c). */

#include "postgres-stmt.h"

#include <string.h>

#include "driver.h"

#define MAX_PARAMS 65535 /* the protocol's own bound */
/* rows that a reader holds at a time; more are fetched when they are asked for */
#define FETCH 500
/* statements that are sent before their answers are taken */
#define MOST_POSTED 64

typedef BhPgLink Db;

typedef struct {
  Db *db;
  char *id;
  char *sql;
  guint generation; /* of the connection that it is prepared in */
  int n_params;
  char **values; /* n_params of each */
  int *lengths;
  int *formats;
  char *cursor; /* BH_STREAM: the query, read by a cursor */
  PGresult *result;
  int row; /* of result; -1 before the first */
  gint64 changed;
} Stmt;

static int
params_of (const char *sql)
{
  int most = 0;

  for (const char *at = strchr (sql, '$'); at != NULL; at = strchr (at + 1, '$'))
    most = MAX (most, (int) g_ascii_strtoull (at + 1, NULL, 10));
  return MIN (most, MAX_PARAMS);
}

static void
stmt_free (Stmt *stmt)
{
  g_free (stmt->cursor);
  g_free (stmt->sql);
  g_free (stmt->id);
  g_free (stmt->values);
  g_free (stmt->lengths);
  g_free (stmt->formats);
  g_free (stmt);
}

/* Prepared statements die with their connection. */
static gboolean
prepare_here (Stmt *stmt, GError **error)
{
  Db *db = stmt->db;
  PGresult *result;
  gboolean ok;

  if (stmt->cursor != NULL || stmt->generation == db->generation)
    return TRUE;
  result = bh_pg_link_wait (db, db->pq->sendPrepare (db->connection, stmt->id, stmt->sql, 0, NULL));
  ok = db->pq->resultStatus (result) == PGRES_COMMAND_OK ||
       bh_pg_link_fail (db, result, "cannot prepare", error);
  db->pq->clear (result);
  if (ok)
    stmt->generation = db->generation;
  return ok;
}

gpointer
bh_pg_prepare (gpointer data, const char *sql, GError **error)
{
  Db *db = data;
  Stmt *stmt;
  g_autoptr (GError) why = NULL;

  if (!bh_pg_link_ready (db, error))
    return NULL;
  stmt = g_new0 (Stmt, 1);
  stmt->db = db;
  stmt->id = g_strdup_printf ("s%u", db->prepared++);
  stmt->n_params = params_of (sql);
  stmt->values = g_new0 (char *, stmt->n_params);
  stmt->lengths = g_new0 (int, stmt->n_params);
  stmt->formats = g_new0 (int, stmt->n_params);
  stmt->row = -1;
  if (g_str_has_prefix (sql, BH_STREAM))
    stmt->cursor =
        g_strdup_printf ("DECLARE %s NO SCROLL CURSOR FOR %s", stmt->id, sql + strlen (BH_STREAM));
  stmt->sql = g_strdup (sql);
  if (prepare_here (stmt, &why) || (db->lost && bh_pg_link_ready (db, NULL) &&
                                    (g_clear_error (&why), prepare_here (stmt, &why))))
    return stmt;
  g_propagate_error (error, g_steal_pointer (&why));
  stmt_free (stmt);
  return NULL;
}

void
bh_pg_reset (gpointer data)
{
  Stmt *stmt = data;

  if (stmt->cursor != NULL && stmt->result != NULL) {
    g_autofree char *sql = g_strdup_printf ("CLOSE %s", stmt->id);

    /* a transaction that ended has closed it */
    if (!stmt->db->lost)
      bh_pg_link_tell (stmt->db, sql);
  }
  g_clear_pointer (&stmt->result, stmt->db->pq->clear);
  stmt->row = -1;
  for (int i = 0; i < stmt->n_params; i++)
    g_clear_pointer (&stmt->values[i], g_free);
}

void
bh_pg_finalize (gpointer data)
{
  Stmt *stmt = data;
  g_autofree char *sql = g_strdup_printf ("DEALLOCATE %s", stmt->id);

  bh_pg_reset (stmt);
  /* in a failed transaction, or without a server, it goes with the session */
  if (stmt->cursor == NULL && !stmt->db->lost && stmt->generation == stmt->db->generation)
    bh_pg_link_tell (stmt->db, sql);
  stmt_free (stmt);
}

static gboolean
put (Stmt *stmt, int n, char *value, gsize length, int format, GError **error)
{
  if (n < 1 || n > stmt->n_params) {
    g_free (value);
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: the query has no $%d; report this",
                 stmt->db->name, n);
    return FALSE;
  }
  g_free (stmt->values[n - 1]);
  stmt->values[n - 1] = value;
  stmt->lengths[n - 1] = (int) length;
  stmt->formats[n - 1] = format;
  return TRUE;
}

gboolean
bh_pg_bind_text (gpointer data, int n, const char *value, GError **error)
{
  return put (data, n, g_strdup (value), strlen (value), 0, error);
}

gboolean
bh_pg_bind_int64 (gpointer data, int n, gint64 value, GError **error)
{
  return put (data, n, g_strdup_printf ("%" G_GINT64_FORMAT, value), 0, 0, error);
}

gboolean
bh_pg_bind_null (gpointer data, int n, GError **error)
{
  return put (data, n, NULL, 0, 0, error);
}

gboolean
bh_pg_bind_blob (gpointer data, int n, gconstpointer bytes, gsize size, GError **error)
{
  if (size > G_MAXINT) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: the value is too large",
                 ((Stmt *) data)->db->name);
    return FALSE;
  }
  /* one byte more, so that an empty value is not NULL */
  return put (data, n, memcpy (g_malloc (size + 1), bytes != NULL ? bytes : "", size), size, 1,
              error);
}

static gboolean
take (Stmt *stmt, PGresult *result, GError **error)
{
  ExecStatusType status = stmt->db->pq->resultStatus (result);
  gboolean ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

  g_clear_pointer (&stmt->result, stmt->db->pq->clear);
  stmt->row = -1;
  if (ok)
    stmt->result = result;
  else
    bh_pg_link_fail (stmt->db, result, "cannot go on", error);
  if (!ok)
    stmt->db->pq->clear (result);
  return ok;
}

static gboolean
fetch (Stmt *stmt, gboolean *row, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("FETCH %d FROM %s", FETCH, stmt->id);

  if (!take (stmt, bh_pg_link_exec (stmt->db, sql), error))
    return FALSE;
  *row = ++stmt->row < stmt->db->pq->ntuples (stmt->result);
  return TRUE;
}

static PGresult *
send (Stmt *stmt)
{
  PGconn *connection = stmt->db->connection;
  const char *const *values = (const char *const *) stmt->values;

  return bh_pg_link_wait (
      stmt->db, stmt->cursor != NULL
                    ? stmt->db->pq->sendQueryParams (connection, stmt->cursor, stmt->n_params, NULL,
                                                     values, stmt->lengths, stmt->formats, 0)
                    : stmt->db->pq->sendQueryPrepared (connection, stmt->id, stmt->n_params, values,
                                                       stmt->lengths, stmt->formats, 0));
}

/* Outside a transaction what only reads is read again when the connection broke under it. */
static gboolean
run (Stmt *stmt, GError **error)
{
  Db *db = stmt->db;
  gboolean reads = !db->in_tx && g_str_has_prefix (stmt->sql, "SELECT");

  for (guint tries = 0; tries < 2; tries++) {
    g_autoptr (GError) why = NULL;

    if (!bh_pg_link_ready (db, error))
      return FALSE;
    if (prepare_here (stmt, &why) && take (stmt, send (stmt), &why))
      return TRUE;
    if (!reads || !db->lost || tries > 0) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  }
  return FALSE;
}

gboolean
bh_pg_step (gpointer data, gboolean *row, GError **error)
{
  Stmt *stmt = data;

  if (stmt->result == NULL) {
    if (!run (stmt, error))
      return FALSE;
    if (stmt->cursor != NULL)
      return fetch (stmt, row, error);
    stmt->changed = g_ascii_strtoll (stmt->db->pq->cmdTuples (stmt->result), NULL, 10);
  }
  *row = ++stmt->row < stmt->db->pq->ntuples (stmt->result);
  if (!*row && stmt->cursor != NULL && stmt->db->pq->ntuples (stmt->result) == FETCH)
    return fetch (stmt, row, error);
  return TRUE;
}

gboolean
bh_pg_post (gpointer data, GError **error)
{
  Stmt *stmt = data;
  Db *db = stmt->db;
  PGresult *result;

  if (!bh_pg_link_ready (db, error) || !prepare_here (stmt, error))
    return FALSE;
  if (!bh_pg_link_post (db) || db->pq->sendQueryPrepared (db->connection, stmt->id, stmt->n_params,
                                                          (const char *const *) stmt->values,
                                                          stmt->lengths, stmt->formats, 0) != 1)
    return bh_pg_link_fail (db, NULL, "cannot go on", error);
  if (++db->posted < MOST_POSTED)
    return TRUE;
  result = bh_pg_link_wait (db, 1);
  if (!take (stmt, result, error))
    return FALSE;
  bh_pg_reset (stmt);
  return TRUE;
}

gint64
bh_pg_changes (gpointer data)
{
  return ((Stmt *) data)->changed;
}

gboolean
bh_pg_is_null (gpointer data, int column)
{
  Stmt *stmt = data;

  return stmt->db->pq->getisnull (stmt->result, stmt->row, column) != 0;
}

gint64
bh_pg_value_int64 (gpointer data, int column)
{
  Stmt *stmt = data;

  return g_ascii_strtoll (stmt->db->pq->getvalue (stmt->result, stmt->row, column), NULL, 10);
}

const char *
bh_pg_text (gpointer data, int column)
{
  Stmt *stmt = data;

  return bh_pg_is_null (stmt, column) ? NULL
                                      : stmt->db->pq->getvalue (stmt->result, stmt->row, column);
}

GBytes *
bh_pg_blob (gpointer data, int column)
{
  Stmt *stmt = data;
  size_t size = 0;
  unsigned char *bytes = NULL;
  GBytes *blob;

  if (!bh_pg_is_null (stmt, column))
    bytes = stmt->db->pq->unescapeBytea (
        (const unsigned char *) stmt->db->pq->getvalue (stmt->result, stmt->row, column), &size);
  blob = g_bytes_new (bytes, size);
  stmt->db->pq->freemem (bytes);
  return blob;
}
