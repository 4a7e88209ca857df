/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/link.h"
#include "store-private.h"
#include "text-hash.h"

#include <stdarg.h>
#include <string.h>

struct _BhStore {
  const BhDriver *driver;
  gpointer db;
  char *uri;
  GHashTable *statements; /* text → BhStmt, each prepared once */
  gboolean in_tx;
  gboolean hasty; /* this transaction does not wait for keys */
  int version;
  int fail_after; /* 0: never */
  /* of this transaction; NULL: it has none */
  char *witness_station;
  char *witness_act;
  gint64 witness_seq;
};

struct _BhStmt {
  BhStore *store;
  gpointer handle;
  gboolean busy;
  gboolean kept; /* the store keeps it; a second reader of the same text has its own */
};

struct _BhTx {
  BhStore *store;
  gboolean done;
};

/* ---- faults on purpose (tests/faults) ---------------------------------------- */

void
bh_store_fail_after (BhStore *self, int n)
{
  self->fail_after = n;
  /* whoever waits for room would wait for a disk that is not full */
  bh_store_set_patience (self, 0);
}

static gboolean
spared (BhStore *self, GError **error)
{
  if (self->fail_after == 0 || --self->fail_after > 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_FULL,
               "%s: the disk is full; make room, nothing was written", self->uri);
  return FALSE;
}

/* ---- opening ---------------------------------------------------------------- */

static void
free_statement (gpointer data)
{
  BhStmt *stmt = data;

  stmt->store->driver->finalize (stmt->handle);
  g_free (stmt);
}

const BhDriver *
bh_store_driver_for (const char *uri, const char **rest, GError **error)
{
  *rest = uri;
  if (g_str_has_prefix (uri, "sqlite:")) {
    *rest = uri + strlen ("sqlite:");
    if (**rest != '\0')
      return &bh_sqlite_driver;
  }
  if (g_str_has_prefix (uri, "postgresql://") || g_str_has_prefix (uri, "postgres://"))
    return &bh_postgres_driver;
  g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
               "%s: not a store address; write sqlite:PATH or postgresql://HOST/DATABASE", uri);
  return NULL;
}

BhStore *
bh_store_open (const char *uri, BhStoreFlags flags, GError **error)
{
  g_autoptr (BhStore) self = g_new0 (BhStore, 1);
  const char *rest = NULL;

  self->uri = g_strdup (uri);
  self->statements = g_hash_table_new_full (bh_text_hash, g_str_equal, g_free, free_statement);
  self->driver = bh_store_driver_for (uri, &rest, error);
  if (self->driver == NULL)
    return NULL;
  self->db = self->driver->open (rest, flags, error);
  if (self->db == NULL ||
      !bh_schema_bring_up (self->driver, self->db, uri, flags, &self->version, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
bh_store_close (BhStore *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  if (self->db != NULL)
    self->driver->close (self->db);
  g_free (self->witness_station);
  g_free (self->witness_act);
  g_free (self->uri);
  g_free (self);
}

const char *
bh_store_engine (BhStore *self)
{
  return self->driver->engine;
}

const char *
bh_store_uri (BhStore *self)
{
  return self->uri;
}

const BhDriver *
bh_store_driver (BhStore *self)
{
  return self->driver;
}

gpointer
bh_store_db (BhStore *self)
{
  return self->db;
}

void
bh_store_interrupt (BhStore *self)
{
  self->driver->interrupt (self->db);
}

gint64
bh_store_data_version (BhStore *self)
{
  return self->driver->data_version (self->db);
}

int
bh_store_version (BhStore *self)
{
  return self->version;
}

/* ---- statements --------------------------------------------------------------- */

BhStmt *
bh_store_stmt (BhStore *self, const char *sql, GError **error)
{
  BhStmt *stmt = g_hash_table_lookup (self->statements, sql);
  gpointer handle;

  if (stmt != NULL && !stmt->busy) {
    stmt->busy = TRUE;
    return stmt;
  }
  handle = self->driver->prepare (self->db, sql, error);
  if (handle == NULL)
    return NULL;
  /* one text read twice at once: the second is not kept */
  gboolean keep = stmt == NULL;
  stmt = g_new0 (BhStmt, 1);
  stmt->store = self;
  stmt->handle = handle;
  stmt->busy = TRUE;
  stmt->kept = keep;
  if (keep)
    g_hash_table_insert (self->statements, g_strdup (sql), stmt);
  return stmt;
}

void
bh_stmt_done (BhStmt *self)
{
  if (self == NULL)
    return;
  if (!self->kept) {
    free_statement (self);
    return;
  }
  self->store->driver->reset (self->handle);
  self->busy = FALSE;
}

void
bh_stmt_again (BhStmt *self)
{
  self->store->driver->reset (self->handle);
}

/* @lend: it is not copied, and stays until the statement is done */
static gboolean
put_text (BhStmt *self, int n, const char *value, gboolean lend, GError **error)
{
  const BhDriver *driver = self->store->driver;

  if (value == NULL)
    return bh_stmt_bind_null (self, n, error);
  if (g_utf8_validate (value, -1, NULL))
    return (lend ? driver->lend_text : driver->bind_text) (self->handle, n, value, error);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "text: it is not valid UTF-8; save the file as UTF-8");
  return FALSE;
}

gboolean
bh_stmt_bind_text (BhStmt *self, int n, const char *value, GError **error)
{
  return put_text (self, n, value, FALSE, error);
}

gboolean
bh_stmt_lend_text (BhStmt *self, int n, const char *value, GError **error)
{
  if (value == NULL)
    return bh_stmt_bind_null (self, n, error);
  return self->store->driver->lend_text (self->handle, n, value, error);
}

gboolean
bh_stmt_bind_int64 (BhStmt *self, int n, gint64 value, GError **error)
{
  return self->store->driver->bind_int64 (self->handle, n, value, error);
}

gboolean
bh_stmt_bind_null (BhStmt *self, int n, GError **error)
{
  return self->store->driver->bind_null (self->handle, n, error);
}

gboolean
bh_stmt_lend_blob (BhStmt *self, int n, gconstpointer data, gsize size, GError **error)
{
  return self->store->driver->lend_blob (self->handle, n, data, size, error);
}

static gboolean
bind_all (BhStmt *self, gboolean lend, GError **error, const char *format, va_list *values)
{
  gboolean ok = TRUE;

  for (int n = 1; ok && format[n - 1] != '\0'; n++)
    switch (format[n - 1]) {
    case 't':
      ok = put_text (self, n, va_arg (*values, const char *), lend, error);
      break;
    case 'i':
      ok = bh_stmt_bind_int64 (self, n, va_arg (*values, gint64), error);
      break;
    case 'b': {
      GBytes *bytes = va_arg (*values, GBytes *);
      gsize size = 0;

      ok = bytes == NULL ? bh_stmt_bind_null (self, n, error)
                         : bh_stmt_lend_blob (self, n, g_bytes_get_data (bytes, &size),
                                              g_bytes_get_size (bytes), error);
      break;
    }
    default: /* 'n' takes no value */
      ok = bh_stmt_bind_null (self, n, error);
      break;
    }
  return ok;
}

gboolean
bh_stmt_bind (BhStmt *self, GError **error, const char *format, ...)
{
  va_list values;
  gboolean ok;

  va_start (values, format);
  ok = bind_all (self, FALSE, error, format, &values);
  va_end (values);
  return ok;
}

gboolean
bh_stmt_next (BhStmt *self, gboolean *row, GError **error)
{
  return spared (self->store, error) && self->store->driver->step (self->handle, row, error);
}

gboolean
bh_stmt_run (BhStmt *self, gint64 *changed, GError **error)
{
  gboolean row = TRUE;

  while (row)
    if (!bh_stmt_next (self, &row, error))
      return FALSE;
  if (changed != NULL)
    *changed = self->store->driver->changes (self->handle);
  return TRUE;
}

gboolean
bh_stmt_post (BhStmt *self, GError **error)
{
  const BhDriver *driver = self->store->driver;

  if (driver->post == NULL || !self->store->in_tx)
    return bh_stmt_run (self, NULL, error);
  return spared (self->store, error) && driver->post (self->handle, error);
}

gboolean
bh_stmt_is_null (BhStmt *self, int column)
{
  return self->store->driver->is_null (self->handle, column);
}

gint64
bh_stmt_int64 (BhStmt *self, int column)
{
  return self->store->driver->int64 (self->handle, column);
}

const char *
bh_stmt_text (BhStmt *self, int column)
{
  return self->store->driver->text (self->handle, column);
}

gboolean
bh_stmt_hides (BhStmt *self, int column)
{
  return self->store->driver->hides != NULL && self->store->driver->hides (self->handle, column);
}

GBytes *
bh_stmt_dup_blob (BhStmt *self, int column)
{
  return self->store->driver->blob (self->handle, column);
}

gboolean
bh_store_run (BhStore *self, gint64 *changed, GError **error, const char *sql, const char *format,
              ...)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  va_list values;
  gboolean ok;

  if (stmt == NULL)
    return FALSE;
  va_start (values, format);
  ok = bind_all (stmt, TRUE, error, format, &values) && bh_stmt_run (stmt, changed, error);
  va_end (values);
  return ok;
}

gboolean
bh_store_post (BhStore *self, GError **error, const char *sql, const char *format, ...)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  va_list values;
  gboolean ok;

  if (stmt == NULL)
    return FALSE;
  va_start (values, format);
  ok = bind_all (stmt, TRUE, error, format, &values) && bh_stmt_post (stmt, error);
  va_end (values);
  return ok;
}

/* ---- transactions --------------------------------------------------------------- */

static BhTx *
begin (BhStore *self, const char *how, GError **error)
{
  BhTx *tx;

  g_return_val_if_fail (!self->in_tx, NULL);
  if (!spared (self, error) || !self->driver->exec (self->db, how, error))
    return NULL;
  self->in_tx = TRUE;
  tx = g_new0 (BhTx, 1);
  tx->store = self;
  return tx;
}

BhTx *
bh_store_begin_write (BhStore *self, GError **error)
{
  return begin (self, self->driver->begin_write, error);
}

BhTx *
bh_store_begin_read (BhStore *self, GError **error)
{
  return begin (self, self->driver->begin_read, error);
}

void
bh_store_witness (BhStore *self, const char *station, gint64 seq, const char *act)
{
  g_free (self->witness_station);
  g_free (self->witness_act);
  self->witness_station = g_strdup (station);
  self->witness_act = g_strdup (act);
  self->witness_seq = seq;
}

/* The connection broke while the server was told to commit: it is asked whether it did. Who
 * holds the journal's lock has it until its end, so that nothing is looked for too early. */
static gboolean
settle (BhStore *self, gboolean *committed, GError **error)
{
  g_autofree char *key = g_strconcat ("audit:", self->witness_station, NULL);
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhStmt) stmt = NULL;

  self->in_tx = FALSE;
  if (bh_store_rejoin (self, error) && (tx = bh_store_begin_write (self, error)) != NULL &&
      bh_store_take_key (self, key, TRUE, error))
    stmt = bh_store_stmt (
        self, "SELECT count(*) FROM audit WHERE station = $1 AND seq = $2 AND act = $3", error);
  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "tit", self->witness_station, self->witness_seq,
                     self->witness_act) ||
      !bh_stmt_one_row (stmt, error))
    return FALSE;
  *committed = bh_stmt_int64 (stmt, 0) > 0;
  return TRUE;
}

/* A commit that fails is no receipt: the error is the caller's, and freeing
 * the transaction rolls back what is left of it. */
gboolean
bh_tx_commit (BhTx *self, GError **error)
{
  BhStore *store = self->store;
  g_autoptr (GError) why = NULL;
  gboolean committed = FALSE;

  if (!spared (store, error))
    return FALSE;
  if (store->driver->exec (store->db, "COMMIT", &why)) {
    self->done = TRUE;
    return TRUE;
  }
  if (g_error_matches (why, BH_ERROR, BH_ERROR_LOST) && store->witness_act != NULL) {
    /* in either case nothing of it is left to roll back */
    self->done = TRUE;
    if (settle (store, &committed, NULL) && committed)
      return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

void
bh_tx_end (BhTx *self)
{
  if (self == NULL)
    return;
  if (!self->done) {
    g_autoptr (GError) error = NULL;

    /* an engine that rolled back by itself says so here; that is no news */
    if (!self->store->driver->exec (self->store->db, "ROLLBACK", &error))
      g_debug ("rollback: %s", error->message);
  }
  self->store->in_tx = FALSE;
  self->store->hasty = FALSE;
  g_clear_pointer (&self->store->witness_station, g_free);
  g_clear_pointer (&self->store->witness_act, g_free);
  g_free (self);
}

void
bh_tx_wait_for_nobody (BhTx *self)
{
  self->store->hasty = TRUE;
}

gboolean
bh_store_is_hasty (BhStore *self)
{
  return self->hasty;
}
