/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "driver.h"
#include "sqlite-checkpoint.h"
#include "sqlite-locks.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* "BKHL": how this program knows its own files */
#define APPLICATION_ID 0x424b484c
#define BUSY_MS        5000
#define CACHE_SIZE     "-65536" /* KiB, negative as SQLite wants it */

typedef struct {
  sqlite3 *db;
  char *path;
  BhCheckpoints *checkpoints; /* NULL: nothing is written */
} Db;

typedef struct {
  Db *db;
  sqlite3_stmt *stmt;
  int index[130]; /* of $1 … $129, once asked for */
} Stmt;

static gboolean
fail (Db *db, int rc, const char *what, GError **error)
{
  int system = db->db != NULL ? sqlite3_system_errno (db->db) : 0;
  BhError code = BH_ERROR_STORE;
  const char *advice = "try again; when it stays, ask who looks after this computer";

  switch (rc & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    code = BH_ERROR_BUSY;
    advice = "another program holds the store; try again";
    break;
  case SQLITE_FULL:
    code = BH_ERROR_FULL;
    advice = "make room on the disk; nothing was written";
    break;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    code = BH_ERROR_READ_ONLY;
    advice = "give this user the right to write the file and its folder";
    break;
  case SQLITE_CORRUPT:
    code = BH_ERROR_CORRUPT;
    advice = "stop work on this store and restore the last backup";
    break;
  case SQLITE_NOTADB:
    code = BH_ERROR_NOT_OURS;
    advice = "it is not a Backhaul store; name another file";
    break;
  case SQLITE_INTERRUPT:
    code = BH_ERROR_BUSY;
    advice = "the search was ended for a newer one";
    break;
  case SQLITE_CONSTRAINT:
    code = BH_ERROR_CONSTRAINT;
    advice = "the database refused what must never be; nothing was written";
    break;
  case SQLITE_IOERR:
    code = system == ENOSPC ? BH_ERROR_FULL : BH_ERROR_STORE;
    break;
  case SQLITE_CANTOPEN:
    advice = "look at the path and at the rights of its folder";
    break;
  default:
    break;
  }
  g_set_error (error, BH_ERROR, code, "%s: %s: %s; %s", db->path, what,
               db->db != NULL ? sqlite3_errmsg (db->db) : sqlite3_errstr (rc), advice);
  return FALSE;
}

static gboolean
sql_exec (gpointer data, const char *sql, GError **error)
{
  Db *db = data;
  int rc = sqlite3_exec (db->db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || fail (db, rc, "cannot write", error);
}

static void
sql_close (gpointer data)
{
  Db *db = data;

  bh_checkpoints_free (db->checkpoints);
  sqlite3_close_v2 (db->db);
  g_free (db->path);
  g_free (db);
}

static gboolean
one_int (Db *db, const char *sql, int *value, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (db->db, sql, -1, &stmt, NULL);

  if (rc == SQLITE_OK && (rc = sqlite3_step (stmt)) == SQLITE_ROW) {
    *value = sqlite3_column_int (stmt, 0);
    rc = SQLITE_OK;
  }
  sqlite3_finalize (stmt);
  return rc == SQLITE_OK || fail (db, rc, "cannot read", error);
}

/* Ours carries our id; a file without tables is new; anything else is not ours. */
static int
sql_version (gpointer data, GError **error)
{
  Db *db = data;
  int id = 0;
  int tables = 0;
  int version = 0;

  if (!one_int (db, "PRAGMA application_id", &id, error) ||
      !one_int (db, "SELECT count(*) FROM sqlite_schema", &tables, error) ||
      !one_int (db, "PRAGMA user_version", &version, error))
    return -1;
  if (id == APPLICATION_ID || (id == 0 && tables == 0))
    return version;
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_OURS,
               "%s: the database belongs to another program; name another file", db->path);
  return -1;
}

static gboolean
sql_stamp (gpointer data, int version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                          APPLICATION_ID, version);

  return sql_exec (data, sql, error);
}

static gpointer
sql_open (const char *uri, BhStoreFlags flags, GError **error)
{
  static gsize once = 0;
  Db *db = g_new0 (Db, 1);
  int mode = flags & BH_STORE_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  int rc;
  int id = 0;

  /* nobody asks what SQLite has allocated: counting it takes a lock at each piece of memory */
  if (g_once_init_enter (&once)) {
    sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
    bh_sqlite_keep_locks ();
    g_once_init_leave (&once, 1);
  }
  db->path = g_strdup (uri);
  if (!g_file_test (uri, G_FILE_TEST_EXISTS)) {
    g_autofree char *folder = g_path_get_dirname (uri);

    if (!(flags & BH_STORE_MIGRATE)) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                   "%s: there is no store here; make one with `backhaulctl init`", uri);
      sql_close (db);
      return NULL;
    }
    /* a folder that cannot be made shows as a file that cannot be opened */
    g_mkdir_with_parents (folder, 0700);
    mode |= SQLITE_OPEN_CREATE;
  }
  rc = sqlite3_open_v2 (uri, &db->db, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (rc != SQLITE_OK) {
    fail (db, rc, "cannot open", error);
    sql_close (db);
    return NULL;
  }
  sqlite3_busy_timeout (db->db, BUSY_MS);
  /* a misspelt column must be an error, not a string */
  sqlite3_db_config (db->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (db->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  /* first read: tells a foreign file before anything of it is changed */
  if (sql_version (db, error) < 0 || !one_int (db, "PRAGMA application_id", &id, error) ||
      (!(flags & BH_STORE_READ_ONLY) && !sql_exec (db, "PRAGMA journal_mode = WAL", error)) ||
      !sql_exec (db,
                 "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                 "PRAGMA cell_size_check = ON; PRAGMA cache_size = " CACHE_SIZE,
                 error)) {
    sql_close (db);
    return NULL;
  }
  if (!(flags & BH_STORE_READ_ONLY))
    db->checkpoints = bh_checkpoints_new (db->db, uri);
  return db;
}

static gpointer
sql_prepare (gpointer data, const char *sql, GError **error)
{
  Stmt *stmt = g_new0 (Stmt, 1);
  int rc;

  stmt->db = data;
  rc = sqlite3_prepare_v3 (stmt->db->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->stmt, NULL);
  if (rc == SQLITE_OK)
    return stmt;
  fail (stmt->db, rc, "cannot prepare", error);
  g_free (stmt);
  return NULL;
}

static void
sql_finalize (gpointer data)
{
  Stmt *stmt = data;

  sqlite3_finalize (stmt->stmt);
  g_free (stmt);
}

static void
sql_reset (gpointer data)
{
  Stmt *stmt = data;

  sqlite3_reset (stmt->stmt);
  sqlite3_clear_bindings (stmt->stmt);
}

/* $1 is a name in SQLite, numbered by first appearance: $2 before $1 would
 * bind the wrong value by number */
static int
index_of (Stmt *stmt, int n)
{
  gboolean kept = n < (int) G_N_ELEMENTS (stmt->index);
  char name[16];
  int index;

  if (kept && stmt->index[n] != 0)
    return stmt->index[n];
  g_snprintf (name, sizeof name, "$%d", n);
  index = sqlite3_bind_parameter_index (stmt->stmt, name);
  if (kept)
    stmt->index[n] = index;
  return index;
}

static gboolean
bound (Stmt *stmt, int rc, GError **error)
{
  return rc == SQLITE_OK || fail (stmt->db, rc, "cannot bind", error);
}

static gboolean
sql_bind_text (gpointer data, int n, const char *value, GError **error)
{
  Stmt *stmt = data;

  return bound (
      stmt, sqlite3_bind_text (stmt->stmt, index_of (stmt, n), value, -1, SQLITE_TRANSIENT), error);
}

static gboolean
sql_lend_text (gpointer data, int n, const char *value, GError **error)
{
  Stmt *stmt = data;

  return bound (stmt, sqlite3_bind_text (stmt->stmt, index_of (stmt, n), value, -1, SQLITE_STATIC),
                error);
}

static gboolean
sql_bind_int64 (gpointer data, int n, gint64 value, GError **error)
{
  Stmt *stmt = data;

  return bound (stmt, sqlite3_bind_int64 (stmt->stmt, index_of (stmt, n), value), error);
}

static gboolean
sql_bind_null (gpointer data, int n, GError **error)
{
  Stmt *stmt = data;

  return bound (stmt, sqlite3_bind_null (stmt->stmt, index_of (stmt, n)), error);
}

static gboolean
sql_lend_blob (gpointer data, int n, gconstpointer bytes, gsize size, GError **error)
{
  Stmt *stmt = data;

  /* an empty blob is not NULL */
  if (size == 0)
    return bound (stmt, sqlite3_bind_zeroblob (stmt->stmt, index_of (stmt, n), 0), error);
  return bound (stmt,
                sqlite3_bind_blob64 (stmt->stmt, index_of (stmt, n), bytes, size, SQLITE_STATIC),
                error);
}

static gboolean
sql_step (gpointer data, gboolean *row, GError **error)
{
  Stmt *stmt = data;
  int rc = sqlite3_step (stmt->stmt);

  *row = rc == SQLITE_ROW;
  return rc == SQLITE_ROW || rc == SQLITE_DONE || fail (stmt->db, rc, "cannot go on", error);
}

static gint64
sql_changes (gpointer data)
{
  return sqlite3_changes64 (((Stmt *) data)->db->db);
}

static gboolean
sql_is_null (gpointer data, int column)
{
  return sqlite3_column_type (((Stmt *) data)->stmt, column) == SQLITE_NULL;
}

static gint64
sql_int64 (gpointer data, int column)
{
  return sqlite3_column_int64 (((Stmt *) data)->stmt, column);
}

static const char *
sql_text (gpointer data, int column)
{
  return (const char *) sqlite3_column_text (((Stmt *) data)->stmt, column);
}

static gboolean
sql_hides (gpointer data, int column)
{
  const char *text = sql_text (data, column);

  return text != NULL &&
         strlen (text) != (gsize) sqlite3_column_bytes (((Stmt *) data)->stmt, column);
}

static GBytes *
sql_blob (gpointer data, int column)
{
  sqlite3_stmt *stmt = ((Stmt *) data)->stmt;
  gconstpointer bytes = sqlite3_column_blob (stmt, column);

  return g_bytes_new (bytes, (gsize) sqlite3_column_bytes (stmt, column));
}

static void
sql_interrupt (gpointer data)
{
  sqlite3_interrupt (((Db *) data)->db);
}

static gint64
sql_data_version (gpointer data)
{
  int version = 0;

  return one_int (data, "PRAGMA data_version", &version, NULL) ? version : -1;
}

static gboolean
sql_copy_out (gpointer data, const char *path, GError **error)
{
  Db *db = data;
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (db->db, "VACUUM INTO $1", -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_bind_text (stmt, 1, path, -1, SQLITE_TRANSIENT);
  if (rc == SQLITE_OK && (rc = sqlite3_step (stmt)) == SQLITE_DONE)
    rc = SQLITE_OK;
  sqlite3_finalize (stmt);
  return rc == SQLITE_OK || fail (db, rc, "cannot copy", error);
}

/* A damaged store is kept beside, for whoever wants to look into it. */
static gboolean
put_aside (const char *path, GError **error)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *from = g_strconcat (path, ends[i], NULL);
    g_autofree char *to = g_strconcat (path, ".damaged", ends[i], NULL);

    if (g_rename (from, to) != 0 && errno != ENOENT) {
      g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                   "%s: cannot put the damaged store aside: %s; look at the folder's rights", path,
                   g_strerror (errno));
      return FALSE;
    }
  }
  return TRUE;
}

/* Through SQLite's own backup: one transaction on what is there, so that
 * stations that have it open see the old or the new, and a power cut neither mixed. */
static gboolean
sql_copy_in (const char *uri, const char *path, GError **error)
{
  g_autoptr (GError) damaged = NULL;
  Db *from = sql_open (path, BH_STORE_READ_ONLY, error);
  Db *to = NULL;
  sqlite3_backup *copy;
  int rc;

  if (from == NULL)
    return FALSE;
  to = sql_open (uri, BH_STORE_MIGRATE, &damaged);
  if (to == NULL && g_error_matches (damaged, BH_ERROR, BH_ERROR_CORRUPT) && put_aside (uri, error))
    to = sql_open (uri, BH_STORE_MIGRATE, error);
  else if (to == NULL && damaged != NULL)
    g_propagate_error (error, g_steal_pointer (&damaged));
  if (to == NULL) {
    sql_close (from);
    return FALSE;
  }
  copy = sqlite3_backup_init (to->db, "main", from->db, "main");
  rc = copy != NULL ? sqlite3_backup_step (copy, -1) : sqlite3_errcode (to->db);
  if (copy != NULL)
    rc = sqlite3_backup_finish (copy);
  if (rc != SQLITE_OK)
    fail (to, rc, "cannot restore", error);
  sql_close (from);
  sql_close (to);
  return rc == SQLITE_OK;
}

static const char *const sql_integrity[] = {
  "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
  "SELECT 'row ' || rowid || ' of ' || \"table\" || ' refers to a row of ' || parent"
  " || ' that is not there' FROM pragma_foreign_key_check",
  NULL
};

static const char *
sql_own_step (const BhMigration *step)
{
  return step->sqlite;
}

const BhDriver bh_sqlite_driver = {
  .engine = "sqlite",
  .int_word = "INTEGER",
  .text_word = "TEXT",
  .blob_word = "BLOB",
  .key_word = "INTEGER PRIMARY KEY",
  .table_end = " STRICT",
  .open = sql_open,
  .close = sql_close,
  .version = sql_version,
  .stamp = sql_stamp,
  .exec = sql_exec,
  .prepare = sql_prepare,
  .finalize = sql_finalize,
  .reset = sql_reset,
  .bind_text = sql_bind_text,
  .lend_text = sql_lend_text,
  .bind_int64 = sql_bind_int64,
  .bind_null = sql_bind_null,
  .lend_blob = sql_lend_blob,
  .step = sql_step,
  .changes = sql_changes,
  .is_null = sql_is_null,
  .int64 = sql_int64,
  .text = sql_text,
  .hides = sql_hides,
  .blob = sql_blob,
  /* a reader that turns writer can only be cured by starting over: writers
   * begin as writers */
  /* of several rows it would write down how each page was, to undo half a statement */
  .rows_at_once = 1,
  .begin_write = "BEGIN IMMEDIATE",
  .begin_read = "BEGIN",
  .integrity = sql_integrity,
  /* a look at some hundred rows an index is enough to choose by */
  .analyze = "PRAGMA analysis_limit = 400; ANALYZE",
  .interrupt = sql_interrupt,
  .data_version = sql_data_version,
  /* sorting in a small memory is twice as fast: a run of it stays in the processor's cache */
  .before_indexes = "PRAGMA cache_size = -2000",
  .after_indexes = "PRAGMA cache_size = " CACHE_SIZE,
  .own_step = sql_own_step,
  .before_copy = "DROP TRIGGER job_post_signed",
  .after_copy = bh_schema_signed_sqlite,
  .copy_out = sql_copy_out,
  .copy_in = sql_copy_in,
};
