/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "driver.h"

#include <string.h>

#include "postgres-stmt.h"
#include "rows-text.h"

/* Keys of the advisory locks: the schema's own, and one room for all else */
#define LOCK_MIGRATE "7231001"
#define LOCK_LISTEN  "2, 1" /* two numbers: apart from the keys of acts, as lock_rules */

#define PLACE "hashtextextended($1, 0) % CAST($2 AS bigint) + CAST($3 AS bigint)"

#define CHANNEL "backhaul"
#define TELL_US (200 * G_TIME_SPAN_MILLISECOND)

typedef BhPgLink Db;

static gboolean
is_ok (Db *db, PGresult *result)
{
  ExecStatusType status = db->pq->resultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* After the commit, not in it: transactions that tell commit one after the other, and each would
 * wait for the disk and the standby of the one before. A station which streams tells a few times
 * a second; who listens looks by itself, too. Telling is a commit of its own, and is left out when
 * nobody listens: whoever does holds the lock, shared. */
static void
tell_others (Db *db)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!db->wrote || now_us - db->told_us < TELL_US)
    return;
  db->told_us = now_us;
  db->pq->clear (bh_pg_link_exec (db, "SELECT pg_notify('" CHANNEL "', '')"
                                      " WHERE NOT pg_try_advisory_xact_lock(" LOCK_LISTEN ")"));
}

/* A plan that was made while a table was small reads all of it for ever, and a store is small on
 * its first day: plans are made anew, less often as it grows. */
static void
plan_anew (Db *db)
{
  if (!db->wrote || ++db->commits < db->replan)
    return;
  db->replan = MAX (4, db->commits * 4);
  db->pq->clear (bh_pg_link_exec (db, "DISCARD PLANS"));
}

/* A transaction that has not begun is begun anew on a connection that was made anew. */
static gboolean
pg_exec (gpointer data, const char *sql, GError **error)
{
  Db *db = data;
  gboolean begins = g_str_has_prefix (sql, "BEGIN");
  gboolean ends = g_str_equal (sql, "COMMIT") || g_str_equal (sql, "ROLLBACK");
  gint64 alone_us = db->alone_us;
  PGresult *result;
  gboolean ok;

  if (begins)
    db->in_tx = FALSE;
  if (!bh_pg_link_ready (db, error)) {
    if (ends)
      db->in_tx = FALSE;
    return FALSE;
  }
  result = bh_pg_link_exec (db, sql);
  ok = is_ok (db, result);
  if (!ok && begins && !bh_pg_link_fail (db, result, "cannot begin", NULL) && db->lost) {
    db->pq->clear (result);
    if (!bh_pg_link_again (db, error))
      return FALSE;
    result = bh_pg_link_exec (db, sql);
    ok = is_ok (db, result);
  }
  if (ends || begins)
    db->in_tx = begins && ok;
  if (begins)
    db->wrote = strstr (sql, "READ WRITE") != NULL;
  if (!ok)
    bh_pg_link_fail (db, result, "cannot write", error);
  else if (g_str_equal (sql, "COMMIT") && g_str_equal (db->pq->cmdStatus (result), "ROLLBACK")) {
    /* the server's word for: there was an error before, nothing was kept */
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: the commit was rolled back; nothing was written, try again", db->name);
    ok = FALSE;
  }
  db->pq->clear (result);
  if (ok && g_str_equal (sql, "COMMIT")) {
    plan_anew (db);
    tell_others (db);
    if (db->wrote)
      bh_pg_link_has_room (db);
    /* this one did not do without its standby: perhaps it is there again */
    if (db->alone && db->alone_us == alone_us)
      bh_pg_link_look_after (db);
  }
  return ok;
}

static gpointer
pg_open (const char *uri, BhStoreFlags flags, GError **error)
{
  return bh_pg_link_open (uri, flags, error);
}

static void
pg_close (gpointer data)
{
  bh_pg_link_close (data);
}

static gboolean
pg_rejoin (gpointer data, GError **error)
{
  Db *db = data;

  return (!db->lost && db->pq->status (db->connection) == CONNECTION_OK) ||
         bh_pg_link_again (db, error);
}

static gboolean
pg_wait_for_room (gpointer data)
{
  return bh_pg_link_wait_for_room (data);
}

static void
pg_look_after (gpointer data)
{
  bh_pg_link_look_after (data);
}

static void
pg_on_link (gpointer data, BhLinkFunc func, gpointer user_data)
{
  Db *db = data;

  db->told = func;
  db->told_data = user_data;
}

static void
pg_set_patience (gpointer data, int ms)
{
  ((Db *) data)->patience_ms = ms;
}

static void
pg_on_return (gpointer data, BhReturnFunc check, gpointer check_data, GDestroyNotify free_data)
{
  bh_pg_link_hold_to (data, check, check_data, free_data);
}

static gboolean
one_int64 (Db *db, const char *sql, gint64 *value, GError **error)
{
  PGresult *result;
  gboolean ok;

  if (!bh_pg_link_ready (db, error))
    return FALSE;
  result = bh_pg_link_exec (db, sql);
  ok = db->pq->resultStatus (result) == PGRES_TUPLES_OK;
  if (!ok)
    bh_pg_link_fail (db, result, "cannot read", error);
  else
    *value = db->pq->ntuples (result) > 0
                 ? g_ascii_strtoll (db->pq->getvalue (result, 0, 0), NULL, 10)
                 : 0;
  db->pq->clear (result);
  return ok;
}

static gboolean
one_int (Db *db, const char *sql, int *value, GError **error)
{
  gint64 wide = 0;

  if (!one_int64 (db, sql, &wide, error))
    return FALSE;
  *value = (int) wide;
  return TRUE;
}

static gboolean
pg_server_now (gpointer data, gint64 *now_us, GError **error)
{
  return one_int64 (data, "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)",
                    now_us, error);
}

/* What a customer is called and a barcode says is of any script. SQL_ASCII keeps our bytes as they
 * are; in any other encoding a box could not be received for one character. */
static gboolean
keeps_all_scripts (Db *db, GError **error)
{
  int other = 0;

  if (!one_int (db,
                "SELECT CAST(current_setting('server_encoding') NOT IN ('UTF8', 'SQL_ASCII')"
                " AS int)",
                &other, error))
    return FALSE;
  if (other != 0)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: the database's encoding cannot keep every name; make it anew with ENCODING "
                 "'UTF8' TEMPLATE template0",
                 db->name);
  return other == 0;
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
  if (ours == 0 && !keeps_all_scripts (db, error))
    return -1;
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

/* From any thread: libpq's cancel opens a connection of its own. */
static void
pg_interrupt (gpointer data)
{
  Db *db = data;
  PGcancel *cancel;
  char why[256];

  g_mutex_lock (&db->mutex);
  cancel = db->pq->getCancel (db->connection);
  g_mutex_unlock (&db->mutex);
  if (cancel != NULL && !db->pq->cancel (cancel, why, sizeof why))
    g_debug ("cancel: %s", why);
  db->pq->freeCancel (cancel);
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

static gboolean
pg_await (gpointer data, int wake, int ms)
{
  Db *db = data;
  PGnotify *notify;
  GPollFD fds[] = { { .fd = wake, .events = G_IO_IN | G_IO_HUP },
                    { .fd = db->pq->socket (db->connection), .events = G_IO_IN } };

  if (db->listening != db->generation) {
    PGresult *result = bh_pg_link_exec (
        db, "LISTEN " CHANNEL "; SELECT 1 WHERE pg_try_advisory_lock_shared(" LOCK_LISTEN ")");

    /* whoever tells had the lock just now: the next time. A standby lets nobody listen */
    if (db->pq->resultStatus (result) != PGRES_TUPLES_OK || db->pq->ntuples (result) > 0)
      db->listening = db->generation;
    db->pq->clear (result);
  }
  g_poll (fds, G_N_ELEMENTS (fds), ms);
  db->pq->consumeInput (db->connection);
  while ((notify = db->pq->notifies (db->connection)) != NULL)
    db->pq->freemem (notify);
  return fds[0].revents != 0;
}

/* The server has room for some thousand locks in all, and an import takes one for each of
 * its RMAs: two keys that share one wait for each other, and that is all. What acts lock before
 * the rest, and after it, has places of its own: a box that shared one with a station's journal
 * could wait for whom it blocks. Of boxes and units an act has a few, and a group of boxes that
 * waits for nobody (decision 0011) must not meet others who act on none of them: they have room. */
static void
pg_place_of (const char *key, gint64 *width, gint64 *from)
{
  static const struct {
    const char *prefix;
    gint64 width;
    gint64 from;
  } rooms[] = {
    { "box:", 65536, 1048576 },
    { "serial:", 65536, 2097152 },
    { "audit:", 2048, 8192 },
    { "", 2048, 0 },
  };
  guint i = 0;

  while (!g_str_has_prefix (key, rooms[i].prefix))
    i++;
  *width = rooms[i].width;
  *from = rooms[i].from;
}

static gboolean
pg_rows_begin (gpointer data, const char *sql, GError **error)
{
  Db *db = data;
  PGresult *result = bh_pg_link_exec (db, sql);
  gboolean ok = db->pq->resultStatus (result) == PGRES_COPY_IN ||
                bh_pg_link_fail (db, result, "cannot take rows", error);

  db->pq->clear (result);
  return ok;
}

static gboolean
pg_rows_put (gpointer data, const char *text, gsize size, GError **error)
{
  Db *db = data;

  return db->pq->putCopyData (db->connection, text, (int) size) == 1 ||
         bh_pg_link_fail (db, NULL, "cannot take rows", error);
}

static gboolean
pg_rows_end (gpointer data, gboolean keep, GError **error)
{
  Db *db = data;
  gboolean ok = db->pq->putCopyEnd (db->connection, keep ? NULL : "given up") == 1 ||
                bh_pg_link_fail (db, NULL, "cannot take rows", error);
  PGresult *result;

  /* to the last result: only then the connection takes the next statement */
  while ((result = db->pq->getResult (db->connection)) != NULL) {
    if (ok && keep && db->pq->resultStatus (result) != PGRES_COMMAND_OK)
      ok = bh_pg_link_fail (db, result, "cannot take rows", error);
    db->pq->clear (result);
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
  .prepare = bh_pg_prepare,
  .finalize = bh_pg_finalize,
  .reset = bh_pg_reset,
  .bind_text = bh_pg_bind_text,
  .lend_text = bh_pg_bind_text, /* rows go by COPY */
  .bind_int64 = bh_pg_bind_int64,
  .bind_null = bh_pg_bind_null,
  .lend_blob = bh_pg_bind_blob,
  .step = bh_pg_step,
  .post = bh_pg_post,
  .changes = bh_pg_changes,
  .is_null = bh_pg_is_null,
  .int64 = bh_pg_value_int64,
  .text = bh_pg_text,
  .blob = bh_pg_blob,
  .rows_at_once = BH_ROWS_AT_ONCE,
  .begin_write = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
  .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  .begin_migrate = "BEGIN; SELECT pg_advisory_xact_lock(" LOCK_MIGRATE ")",
  .integrity = pg_integrity,
  .analyze = "ANALYZE",
  .interrupt = pg_interrupt,
  .rejoin = pg_rejoin,
  .look_after = pg_look_after,
  .wait_for_room = pg_wait_for_room,
  .on_link = pg_on_link,
  .set_patience = pg_set_patience,
  .on_return = pg_on_return,
  .server_now = pg_server_now,
  .data_version = pg_data_version,
  .await = pg_await,
  .place_of = pg_place_of,
  .lock_place = "SELECT pg_advisory_xact_lock(" PLACE ")",
  .try_place = "SELECT 1 WHERE pg_try_advisory_xact_lock(" PLACE ")",
  .own_login = "SELECT CAST (session_user AS text) WHERE NOT (SELECT pg_has_role(session_user,"
               " t.tableowner, 'MEMBER') FROM pg_tables t WHERE t.tablename = 'operator'"
               " AND t.schemaname = current_schema()) AND EXISTS (SELECT 1 FROM pg_roles g"
               " WHERE g.rolname IN (SELECT current_database() || '_' || x FROM unnest(ARRAY["
               "'receiver', 'technician', 'csr', 'supervisor', 'administrator']) x)"
               " AND pg_has_role(session_user, g.oid, 'MEMBER'))",
  /* in one order, so that two imports do not wait for each other in a circle */
  .lock_keys = "SELECT count(pg_advisory_xact_lock(k)) FROM (SELECT DISTINCT"
               " hashtextextended(x, 0) % 2048 AS k FROM unnest(CAST($1 AS text[])) x ORDER BY 1)"
               " places",
  /* a statement that was planned while its table was small would read all of it for ever */
  .by_key = "SET LOCAL enable_seqscan = off",
  /* two numbers: apart from the keys above, whose slots others hold */
  .lock_rules = "SELECT pg_advisory_xact_lock(1, 1)",
  /* and as by_key: an act knows what it acts on, and a store is empty on its first day. So no
   * plan is better than that for any key, and none is made for each */
  .lock_rules_shared = "SELECT pg_advisory_xact_lock_shared(1, 1),"
                       " set_config('enable_seqscan', 'off', true),"
                       " set_config('plan_cache_mode', 'force_generic_plan', true)",
  .rows_begin = pg_rows_begin,
  .rows_put = pg_rows_put,
  .rows_end = pg_rows_end,
  .resequence = "SELECT setval(pg_get_serial_sequence('%s', '%s'),"
                " (SELECT coalesce(max(%s), 1) FROM %s))",
};
