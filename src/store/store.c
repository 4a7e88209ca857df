/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "store-parts.h"
#include "store-private.h"
#include "text-hash.h"

#include <string.h>

struct _BhTx {
  BhStore *store;
  gboolean done;
};

/* ---- faults on purpose (tests/faults) ---------------------------------------- */

void
bh_store_fail_after (BhStore *self, int n)
{
  self->fail_after = n;
}

gboolean
bh_store_spared (BhStore *self, GError **error)
{
  if (self->fail_after == 0 || --self->fail_after > 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_FULL,
               "%s: the disk is full; make room, nothing was written", self->uri);
  return FALSE;
}

/* ---- opening ---------------------------------------------------------------- */

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

  g_mutex_init (&self->guard);
  self->uri = g_strdup (uri);
  self->statements = g_hash_table_new_full (bh_text_hash, g_str_equal, g_free, bh_stmt_free);
  self->driver = bh_store_driver_for (uri, &rest, error);
  if (self->driver == NULL)
    return NULL;
  self->db = self->driver->open (rest, flags, error);
  if (self->db == NULL ||
      !bh_schema_bring_up (self->driver, self->db, uri, flags, &self->version, error))
    return NULL;
  self->again = (BhAgain){ self->driver, self->uri, flags, self->version, NULL, NULL };
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
  if (self->fresh != NULL)
    self->driver->close (self->fresh);
  bh_mark_clear (&self->mark);
  g_mutex_clear (&self->guard);
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
  g_mutex_lock (&self->guard);
  self->driver->interrupt (self->db);
  g_mutex_unlock (&self->guard);
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

/* ---- a connection that broke ---------------------------------------------------- */

void
bh_store_tell_lost (BhStore *self, BhStoreLost told, gpointer data)
{
  self->again.told = told;
  self->again.data = data;
}

static gboolean
is_lost (BhStore *self)
{
  return self->driver->lost != NULL && self->driver->lost (self->db);
}

/* Nothing of the old connection is in anybody's hand. */
static gboolean
reconnect (BhStore *self, GError **error)
{
  gpointer old = self->db;

  if (self->fresh == NULL && (self->fresh = bh_again_open (&self->again, old, error)) == NULL)
    return FALSE;
  g_hash_table_remove_all (self->statements);
  g_mutex_lock (&self->guard);
  self->db = g_steal_pointer (&self->fresh);
  g_mutex_unlock (&self->guard);
  self->driver->close (old);
  return TRUE;
}

void
bh_store_mark (BhStore *self, const char *station, gint64 seq, const char *hash)
{
  if (self->driver->lost == NULL)
    return;
  bh_mark_clear (&self->mark);
  self->mark = (BhMark){ g_strdup (station), seq, g_strdup (hash) };
}

/* The connection broke in a commit: the journal tells whether it was one. @why: how it broke */
static gboolean
settle (BhStore *self, const GError *why, GError **error)
{
  gboolean found = FALSE;

  g_autoptr (GError) still = NULL;

  if (self->fresh == NULL)
    self->fresh = bh_again_open (&self->again, self->db, &still);
  if (self->fresh == NULL ||
      !bh_again_find (&self->again, self->fresh, &self->mark, &found, &still)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: the connection broke in a commit: %s; whether it was written is not known "
                 "yet, look it up when the store is back",
                 self->uri, still->message);
    return FALSE;
  }
  if (!found)
    g_set_error (error, BH_ERROR, BH_ERROR_LOST, "%s", why->message);
  return found;
}

/* ---- statements --------------------------------------------------------------- */

BhStmt *
bh_store_stmt (BhStore *self, const char *sql, GError **error)
{
  BhStmt *stmt;
  gpointer handle;

  if (!self->in_tx && self->out == 0 && is_lost (self) && !reconnect (self, error))
    return NULL;
  stmt = g_hash_table_lookup (self->statements, sql);
  if (stmt != NULL && !stmt->busy) {
    stmt->busy = TRUE;
    self->out++;
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
  self->out++;
  stmt->kept = keep;
  if (keep)
    g_hash_table_insert (self->statements, g_strdup (sql), stmt);
  return stmt;
}

/* ---- transactions --------------------------------------------------------------- */

/* Nothing has been done yet: on a connection that broke meanwhile it is begun again. */
static gboolean
start (BhStore *self, const char *how, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (!is_lost (self) && self->driver->exec (self->db, how, &why))
    return TRUE;
  if (!is_lost (self) || self->out > 0) {
    if (why == NULL)
      g_set_error (&why, BH_ERROR, BH_ERROR_LOST, "%s: the connection is gone; try again",
                   self->uri);
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  return reconnect (self, error) && self->driver->exec (self->db, how, error);
}

static BhTx *
begin (BhStore *self, const char *how, GError **error)
{
  BhTx *tx;

  g_return_val_if_fail (!self->in_tx, NULL);
  if (!bh_store_spared (self, error) || !start (self, how, error))
    return NULL;
  bh_mark_clear (&self->mark);
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

/* A commit that fails is no receipt: the error is the caller's, and freeing
 * the transaction rolls back what is left of it. */
gboolean
bh_tx_commit (BhTx *self, GError **error)
{
  BhStore *store = self->store;
  g_autoptr (GError) why = NULL;

  if (!bh_store_spared (store, error))
    return FALSE;
  if (!store->driver->exec (store->db, "COMMIT", &why)) {
    if (store->mark.hash == NULL || !is_lost (store)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    if (!settle (store, why, error))
      return FALSE;
  }
  self->done = TRUE;
  return TRUE;
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
  g_free (self);
}

void
bh_tx_wait_for_nobody (BhTx *self)
{
  self->store->hasty = TRUE;
}

gboolean
bh_store_lock_key (BhStore *self, const char *key, GError **error)
{
  g_return_val_if_fail (self->in_tx, TRUE);
  return self->driver->lock_key (self->db, key, !self->hasty, error);
}

gboolean
bh_store_lock_rules (BhStore *self, gboolean alone, GError **error)
{
  const char *sql = alone ? self->driver->lock_rules : self->driver->lock_rules_shared;
  g_autoptr (BhStmt) stmt = sql != NULL ? bh_store_stmt (self, sql, error) : NULL;

  g_return_val_if_fail (self->in_tx, TRUE);
  return sql == NULL || (stmt != NULL && bh_stmt_one_row (stmt, error));
}
