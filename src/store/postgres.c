/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "driver.h"

#include <string.h>

#include "postgres-library.h"

/* Keys of the advisory locks: the schema's own, and one room for all else */
#define LOCK_MIGRATE "7231001"
#define MAX_PARAMS   65535 /* the protocol's own bound */
/* rows that a reader holds at a time; more are fetched when they are asked for */
#define FETCH 500
/* so long a lost session may take to end */
#define SUCCEED_US (10 * G_USEC_PER_SEC)

/* set before the first connection */
static const BhPq *pq;

typedef struct {
  PGconn *connection;
  char *name; /* of host and database, without a password */
  char *tag;  /* by which the server knows this connection among all others */
  guint prepared;
  gboolean lost;
} Db;

typedef struct {
  Db *db;
  char *id;
  int n_params;
  char **values; /* n_params of each */
  int *lengths;
  int *formats;
  char *cursor; /* BH_STREAM: the query, read by a cursor */
  PGresult *result;
  int row; /* of result; -1 before the first */
  gint64 changed;
} Stmt;

static const struct {
  const char *state; /* SQLSTATE or its first two characters */
  BhError code;
  const char *advice;
} states[] = {
  { "23", BH_ERROR_CONSTRAINT, "the database refused what must never be; nothing was written" },
  { "40", BH_ERROR_BUSY, "another station was quicker; try again" },
  { "55P03", BH_ERROR_BUSY, "another station holds it; try again" },
  { "57014", BH_ERROR_BUSY, "it was ended for a newer one, or took too long" },
  { "57P", BH_ERROR_LOST, "nothing was written; try again when the database is back" },
  { "53100", BH_ERROR_FULL, "make room on the database's disk; nothing was written" },
  { "25006", BH_ERROR_READ_ONLY, "this database is a standby; name the primary" },
  { "42501", BH_ERROR_READ_ONLY, "ask the database's owner for the right" },
  { "XX001", BH_ERROR_CORRUPT, "stop work on this store and restore the last backup" },
  { "XX002", BH_ERROR_CORRUPT, "stop work on this store and restore the last backup" },
};

static gboolean
fail (Db *db, PGresult *result, const char *what, GError **error)
{
  const char *state = result != NULL ? pq->resultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *said = result != NULL ? pq->resultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  BhError code = BH_ERROR_STORE;
  const char *advice = "try again; when it stays, ask who looks after the database";
  g_autofree char *text = g_strdup (said != NULL ? said : pq->errorMessage (db->connection));

  if (pq->status (db->connection) == CONNECTION_BAD && state == NULL) {
    code = BH_ERROR_LOST;
    advice = "nothing was written; try again when it is back";
  }
  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_str_has_prefix (state, states[i].state)) {
      code = states[i].code;
      advice = states[i].advice;
      break;
    }
  /* a primary that became a standby is as good as gone: another one is the primary now */
  db->lost = db->lost || code == BH_ERROR_LOST || g_strcmp0 (state, "25006") == 0;
  g_set_error (error, BH_ERROR, code, "%s: %s: %s; %s", db->name, what,
               g_strdelimit (g_strstrip (text), "\n", ' '), advice);
  return FALSE;
}

static gboolean
pg_exec (gpointer data, const char *sql, GError **error)
{
  Db *db = data;
  PGresult *result = pq->exec (db->connection, sql);
  ExecStatusType status = pq->resultStatus (result);
  gboolean ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

  if (!ok)
    fail (db, result, "cannot write", error);
  else if (g_str_equal (sql, "COMMIT") && g_str_equal (pq->cmdStatus (result), "ROLLBACK")) {
    /* the server's word for: there was an error before, nothing was kept */
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: the commit was rolled back; nothing was written, try again", db->name);
    ok = FALSE;
  }
  pq->clear (result);
  return ok;
}

static void
pg_close (gpointer data)
{
  Db *db = data;

  pq->finish (db->connection);
  g_free (db->name);
  g_free (db->tag);
  g_free (db);
}

static gboolean
one_int (Db *db, const char *sql, int *value, GError **error)
{
  PGresult *result = pq->exec (db->connection, sql);
  gboolean ok = pq->resultStatus (result) == PGRES_TUPLES_OK;

  if (!ok)
    fail (db, result, "cannot read", error);
  else
    *value = pq->ntuples (result) > 0
                 ? (int) g_ascii_strtoll (pq->getvalue (result, 0, 0), NULL, 10)
                 : 0;
  pq->clear (result);
  return ok;
}

/* Ours has our table; a schema without tables is new; anything else is not ours. */
static int
pg_version (gpointer data, GError **error)
{
  Db *db = data;
  int ours = 0;
  int tables = 0;
  int version = 0;

  if (!one_int (db,
                "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
                " AND tablename = 'backhaul_version'",
                &ours, error) ||
      !one_int (db, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", &tables,
                error))
    return -1;
  if (ours == 0 && tables > 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_OURS,
                 "%s: the database belongs to another program; name another one", db->name);
    return -1;
  }
  if (ours > 0 && !one_int (db, "SELECT max(version) FROM backhaul_version", &version, error))
    return -1;
  return version;
}

static gboolean
pg_stamp (gpointer data, int version, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("CREATE TABLE IF NOT EXISTS backhaul_version (version bigint PRIMARY KEY);"
                       "INSERT INTO backhaul_version VALUES (%d)",
                       version);

  return pg_exec (data, sql, error);
}

static void
drop_notice (void *data, const PGresult *result)
{
  g_debug ("%s", pq->resultErrorMessage (result));
}

/* A server that does not answer is noticed after some seconds, not after the system's two hours;
 * of several hosts the primary is taken. An address may say otherwise. */
static PGconn *
connect_to (const char *uri, BhStoreFlags flags, const char *tag)
{
  const char *const keys[] = { "connect_timeout",  "keepalives_idle",  "keepalives_interval",
                               "keepalives_count", "tcp_user_timeout", "target_session_attrs",
                               "dbname",           "application_name", NULL };
  const char *const values[] = { "5", "5",     "2",
                                 "3", "10000", flags & BH_STORE_READ_ONLY ? "any" : "read-write",
                                 uri, tag,     NULL };

  return pq->connectdbParams (keys, values, 1);
}

static gpointer
pg_open (const char *uri, BhStoreFlags flags, GError **error)
{
  g_autofree char *uuid = NULL;
  Db *db;

  if (pq == NULL && (pq = bh_pq_load (error)) == NULL)
    return NULL;
  db = g_new0 (Db, 1);
  uuid = g_uuid_string_random ();
  db->tag = g_strconcat ("backhaul ", uuid, NULL);
  db->connection = connect_to (uri, flags, db->tag);
  db->name = g_strdup_printf ("postgresql %s/%s",
                              pq->host (db->connection) != NULL ? pq->host (db->connection) : "",
                              pq->db (db->connection) != NULL ? pq->db (db->connection) : "");
  pq->setNoticeReceiver (db->connection, drop_notice, NULL);
  if (pq->status (db->connection) != CONNECTION_OK) {
    g_autofree char *why = g_strdup (pq->errorMessage (db->connection));

    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: cannot connect: %s; look at the address, the server and the network",
                 db->name, g_strdelimit (g_strstrip (why), "\n", ' '));
    pg_close (db);
    return NULL;
  }
  if (!pg_exec (db,
                "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;"
                "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'",
                error) ||
      ((flags & BH_STORE_READ_ONLY) &&
       !pg_exec (db, "SET default_transaction_read_only = on", error))) {
    pg_close (db);
    return NULL;
  }
  return db;
}

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
  g_free (stmt->id);
  g_free (stmt->values);
  g_free (stmt->lengths);
  g_free (stmt->formats);
  g_free (stmt);
}

static gpointer
pg_prepare (gpointer data, const char *sql, GError **error)
{
  Db *db = data;
  Stmt *stmt = g_new0 (Stmt, 1);
  PGresult *result;
  gboolean ok;

  stmt->db = db;
  stmt->id = g_strdup_printf ("s%u", db->prepared++);
  stmt->n_params = params_of (sql);
  stmt->values = g_new0 (char *, stmt->n_params);
  stmt->lengths = g_new0 (int, stmt->n_params);
  stmt->formats = g_new0 (int, stmt->n_params);
  stmt->row = -1;
  if (g_str_has_prefix (sql, BH_STREAM)) {
    stmt->cursor =
        g_strdup_printf ("DECLARE %s NO SCROLL CURSOR FOR %s", stmt->id, sql + strlen (BH_STREAM));
    return stmt;
  }
  result = pq->prepare (db->connection, stmt->id, sql, 0, NULL);
  ok = pq->resultStatus (result) == PGRES_COMMAND_OK;
  if (!ok) {
    fail (db, result, "cannot prepare", error);
    stmt_free (stmt);
    stmt = NULL;
  }
  pq->clear (result);
  return stmt;
}

static void
pg_reset (gpointer data)
{
  Stmt *stmt = data;

  if (stmt->cursor != NULL && stmt->result != NULL) {
    g_autofree char *sql = g_strdup_printf ("CLOSE %s", stmt->id);

    /* a transaction that ended has closed it */
    pq->clear (pq->exec (stmt->db->connection, sql));
  }
  g_clear_pointer (&stmt->result, pq->clear);
  stmt->row = -1;
  for (int i = 0; i < stmt->n_params; i++)
    g_clear_pointer (&stmt->values[i], g_free);
}

static void
pg_finalize (gpointer data)
{
  Stmt *stmt = data;
  g_autofree char *sql = g_strdup_printf ("DEALLOCATE %s", stmt->id);

  pg_reset (stmt);
  /* in a failed transaction, or without a server, it goes with the session */
  if (stmt->cursor == NULL)
    pq->clear (pq->exec (stmt->db->connection, sql));
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

static gboolean
pg_bind_text (gpointer data, int n, const char *value, GError **error)
{
  return put (data, n, g_strdup (value), strlen (value), 0, error);
}

static gboolean
pg_bind_int64 (gpointer data, int n, gint64 value, GError **error)
{
  return put (data, n, g_strdup_printf ("%" G_GINT64_FORMAT, value), 0, 0, error);
}

static gboolean
pg_bind_null (gpointer data, int n, GError **error)
{
  return put (data, n, NULL, 0, 0, error);
}

static gboolean
pg_bind_blob (gpointer data, int n, gconstpointer bytes, gsize size, GError **error)
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
  ExecStatusType status = pq->resultStatus (result);
  gboolean ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

  g_clear_pointer (&stmt->result, pq->clear);
  stmt->row = -1;
  if (ok)
    stmt->result = result;
  else
    fail (stmt->db, result, "cannot go on", error);
  if (!ok)
    pq->clear (result);
  return ok;
}

static gboolean
fetch (Stmt *stmt, gboolean *row, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("FETCH %d FROM %s", FETCH, stmt->id);

  if (!take (stmt, pq->exec (stmt->db->connection, sql), error))
    return FALSE;
  *row = ++stmt->row < pq->ntuples (stmt->result);
  return TRUE;
}

static gboolean
pg_step (gpointer data, gboolean *row, GError **error)
{
  Stmt *stmt = data;
  PGconn *connection = stmt->db->connection;

  if (stmt->result == NULL) {
    PGresult *result =
        stmt->cursor != NULL
            ? pq->execParams (connection, stmt->cursor, stmt->n_params, NULL,
                              (const char *const *) stmt->values, stmt->lengths, stmt->formats, 0)
            : pq->execPrepared (connection, stmt->id, stmt->n_params,
                                (const char *const *) stmt->values, stmt->lengths, stmt->formats,
                                0);

    if (!take (stmt, result, error))
      return FALSE;
    if (stmt->cursor != NULL)
      return fetch (stmt, row, error);
    stmt->changed = g_ascii_strtoll (pq->cmdTuples (stmt->result), NULL, 10);
  }
  *row = ++stmt->row < pq->ntuples (stmt->result);
  if (!*row && stmt->cursor != NULL && pq->ntuples (stmt->result) == FETCH)
    return fetch (stmt, row, error);
  return TRUE;
}

static gint64
pg_changes (gpointer data)
{
  return ((Stmt *) data)->changed;
}

static gboolean
pg_is_null (gpointer data, int column)
{
  Stmt *stmt = data;

  return pq->getisnull (stmt->result, stmt->row, column) != 0;
}

static gint64
pg_value_int64 (gpointer data, int column)
{
  Stmt *stmt = data;

  return g_ascii_strtoll (pq->getvalue (stmt->result, stmt->row, column), NULL, 10);
}

static const char *
pg_text (gpointer data, int column)
{
  Stmt *stmt = data;

  return pg_is_null (stmt, column) ? NULL : pq->getvalue (stmt->result, stmt->row, column);
}

static GBytes *
pg_blob (gpointer data, int column)
{
  Stmt *stmt = data;
  size_t size = 0;
  unsigned char *bytes = NULL;
  GBytes *blob;

  if (!pg_is_null (stmt, column))
    bytes = pq->unescapeBytea (
        (const unsigned char *) pq->getvalue (stmt->result, stmt->row, column), &size);
  blob = g_bytes_new (bytes, size);
  pq->freemem (bytes);
  return blob;
}

/* From any thread: libpq's cancel opens a connection of its own. */
static void
pg_interrupt (gpointer data)
{
  Db *db = data;
  PGcancel *cancel = pq->getCancel (db->connection);
  char why[256];

  if (cancel != NULL && !pq->cancel (cancel, why, sizeof why))
    g_debug ("cancel: %s", why);
  pq->freeCancel (cancel);
}

/* What other sessions have committed shows in the snapshot's upper end. */
static gint64
pg_data_version (gpointer data)
{
  int version = 0;

  return one_int (data,
                  "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)"
                  " % 1000000000",
                  &version, NULL)
             ? version
             : -1;
}

/* The server has room for some thousand locks in all, and an import takes one for each of
 * its RMAs: two keys that share one wait for each other, and that is all. What acts lock before
 * the rest, and after it, has places of its own: a box that shared one with a station's journal
 * could wait for whom it blocks. */
static const char *
place_of (const char *key)
{
  return g_str_has_prefix (key, "box:") ? "4096" : g_str_has_prefix (key, "audit:") ? "8192" : "0";
}

static gboolean
pg_lock_key (gpointer data, const char *key, gboolean wait, GError **error)
{
  Db *db = data;
  const char *values[] = { key, place_of (key) };
  PGresult *result =
      pq->execParams (db->connection,
                      wait ? "SELECT pg_advisory_xact_lock(hashtextextended($1, 0) % 2048"
                             " + CAST($2 AS bigint))"
                           : "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0) % 2048"
                             " + CAST($2 AS bigint))",
                      2, NULL, values, NULL, NULL, 0);
  gboolean ok = pq->resultStatus (result) == PGRES_TUPLES_OK;

  if (!ok)
    fail (db, result, "cannot wait for the others", error);
  else if (!wait && !g_str_equal (pq->getvalue (result, 0, 0), "t")) {
    g_set_error (error, BH_ERROR, BH_ERROR_BUSY, "%s: %s: another station acts on it; try again",
                 db->name, key);
    ok = FALSE;
  }
  pq->clear (result);
  return ok;
}

static gboolean
pg_lost (gpointer data)
{
  const Db *db = data;

  return db->lost || pq->status (db->connection) == CONNECTION_BAD;
}

/* A session may be there for a while after its client has gone, and commit: it is ended. */
static gboolean
pg_succeed (gpointer data, gpointer before, GError **error)
{
  Db *db = data;
  const gint64 end = g_get_monotonic_time () + SUCCEED_US;
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '%s'",
      ((Db *) before)->tag);
  int left = 0;

  while (one_int (db, sql, &left, error)) {
    if (left == 0)
      return TRUE;
    if (g_get_monotonic_time () > end) {
      g_set_error (error, BH_ERROR, BH_ERROR_LOST,
                   "%s: the session that was lost does not end; ask who looks after the database",
                   db->name);
      return FALSE;
    }
    g_usleep (20000);
  }
  return FALSE;
}

static gboolean
pg_rows_begin (gpointer data, const char *sql, GError **error)
{
  Db *db = data;
  PGresult *result = pq->exec (db->connection, sql);
  gboolean ok =
      pq->resultStatus (result) == PGRES_COPY_IN || fail (db, result, "cannot take rows", error);

  pq->clear (result);
  return ok;
}

static gboolean
pg_rows_put (gpointer data, const char *text, gsize size, GError **error)
{
  Db *db = data;

  return pq->putCopyData (db->connection, text, (int) size) == 1 ||
         fail (db, NULL, "cannot take rows", error);
}

static gboolean
pg_rows_end (gpointer data, gboolean keep, GError **error)
{
  Db *db = data;
  gboolean ok = pq->putCopyEnd (db->connection, keep ? NULL : "given up") == 1 ||
                fail (db, NULL, "cannot take rows", error);
  PGresult *result;

  /* to the last result: only then the connection takes the next statement */
  while ((result = pq->getResult (db->connection)) != NULL) {
    if (ok && keep && pq->resultStatus (result) != PGRES_COMMAND_OK)
      ok = fail (db, result, "cannot take rows", error);
    pq->clear (result);
  }
  return ok;
}

static const char *const pg_integrity[] = { NULL };

static const char *
pg_own_step (const BhMigration *step)
{
  return step->postgres;
}

const BhDriver bh_postgres_driver = {
  .engine = "postgresql",
  .own_step = pg_own_step,
  .before_copy = "ALTER TABLE job_post DISABLE TRIGGER job_post_signed",
  .after_copy = "ALTER TABLE job_post ENABLE TRIGGER job_post_signed",
  .int_word = "bigint",
  .text_word = "text COLLATE \"C\"",
  .blob_word = "bytea",
  .key_word = "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
  .table_end = "",
  .open = pg_open,
  .close = pg_close,
  .version = pg_version,
  .stamp = pg_stamp,
  .exec = pg_exec,
  .prepare = pg_prepare,
  .finalize = pg_finalize,
  .reset = pg_reset,
  .bind_text = pg_bind_text,
  .lend_text = pg_bind_text, /* rows go by COPY */
  .bind_int64 = pg_bind_int64,
  .bind_null = pg_bind_null,
  .bind_blob = pg_bind_blob,
  .step = pg_step,
  .changes = pg_changes,
  .is_null = pg_is_null,
  .int64 = pg_value_int64,
  .text = pg_text,
  .blob = pg_blob,
  .begin_write = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
  .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  .begin_migrate = "BEGIN; SELECT pg_advisory_xact_lock(" LOCK_MIGRATE ")",
  .integrity = pg_integrity,
  .analyze = "ANALYZE",
  .interrupt = pg_interrupt,
  .data_version = pg_data_version,
  .lost = pg_lost,
  .succeed = pg_succeed,
  .lock_key = pg_lock_key,
  /* in one order, so that two imports do not wait for each other in a circle */
  .lock_keys = "SELECT count(pg_advisory_xact_lock(k)) FROM (SELECT DISTINCT"
               " hashtextextended(x, 0) % 2048 AS k FROM unnest(CAST($1 AS text[])) x ORDER BY 1)"
               " places",
  /* a statement that was planned while its table was small would read all of it for ever */
  .by_key = "SET LOCAL enable_seqscan = off",
  /* two numbers: apart from the keys above, whose slots others hold */
  .lock_rules = "SELECT pg_advisory_xact_lock(1, 1)",
  .lock_rules_shared = "SELECT pg_advisory_xact_lock_shared(1, 1)",
  .rows_begin = pg_rows_begin,
  .rows_put = pg_rows_put,
  .rows_end = pg_rows_end,
  .resequence = "SELECT setval(pg_get_serial_sequence('%s', '%s'),"
                " (SELECT coalesce(max(%s), 1) FROM %s))",
};
