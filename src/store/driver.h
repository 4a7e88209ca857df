/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/link.h"
#include "schema.h"

typedef gboolean (*BhReturnFunc) (gpointer data, GError **error);

/* What an engine must do; store.c does all the rest. Each function sets @error
 * when it returns FALSE or NULL. A statement and a connection are opaque. */
typedef struct {
  const char *engine;
  const char *int_word;
  const char *text_word;
  const char *blob_word;
  const char *key_word;
  const char *table_end;

  gpointer (*open) (const char *uri, BhStoreFlags flags, GError **error);
  void (*close) (gpointer db);
  /* 0: an empty store of ours or a new one; -1 with @error */
  int (*version) (gpointer db, GError **error);
  gboolean (*stamp) (gpointer db, int version, GError **error);
  gboolean (*exec) (gpointer db, const char *sql, GError **error);
  gpointer (*prepare) (gpointer db, const char *sql, GError **error);
  void (*finalize) (gpointer stmt);
  void (*reset) (gpointer stmt);
  gboolean (*bind_text) (gpointer stmt, int n, const char *value, GError **error);
  /* without a copy: @value lives until the statement has run */
  gboolean (*lend_text) (gpointer stmt, int n, const char *value, GError **error);
  gboolean (*bind_int64) (gpointer stmt, int n, gint64 value, GError **error);
  gboolean (*bind_null) (gpointer stmt, int n, GError **error);
  /* as lend_text, without a copy: a photo is large */
  gboolean (*lend_blob) (gpointer stmt, int n, gconstpointer data, gsize size, GError **error);
  gboolean (*step) (gpointer stmt, gboolean *row, GError **error);
  /* as step, of what nobody needs the rows and the number of, inside a transaction: it may fail
   * with a later statement, at the latest with COMMIT. NULL: it is as quick to wait */
  gboolean (*post) (gpointer stmt, GError **error);
  gint64 (*changes) (gpointer stmt);
  /* 1 to BH_ROWS_AT_ONCE, of an INSERT that need not be all or none by itself */
  guint rows_at_once;
  gboolean (*is_null) (gpointer stmt, int column);
  gint64 (*int64) (gpointer stmt, int column);
  const char *(*text) (gpointer stmt, int column);
  /* a text goes on behind a NUL, where nobody reads it; NULL: none can */
  gboolean (*hides) (gpointer stmt, int column);
  GBytes *(*blob) (gpointer stmt, int column);
  const char *begin_write;
  const char *begin_read;
  /* queries that return a sentence a fault of the engine's own files; NULL-terminated */
  const char *const *integrity;
  const char *analyze;
  void (*interrupt) (gpointer db); /* from another thread */
  /* NULL: an embedded store, which is always there */
  gboolean (*rejoin) (gpointer db, GError **error);
  void (*look_after) (gpointer db);
  gboolean (*wait_for_room) (gpointer db);
  void (*on_link) (gpointer db, BhLinkFunc func, gpointer user_data);
  void (*set_patience) (gpointer db, int ms);
  /* @check: whether what answers after a loss is what was lost; NULL: nothing can be lost */
  void (*on_return) (gpointer db, BhReturnFunc check, gpointer data, GDestroyNotify free_data);
  gboolean (*server_now) (gpointer db, gint64 *now_us, GError **error);
  gint64 (*data_version) (gpointer db);
  /* until something was committed elsewhere, or @ms have passed; TRUE: @wake has something to
   * read, or is closed. NULL: nobody tells */
  gboolean (*await) (gpointer db, int wake, int ms);
  /* waits until nobody else acts on $1, until the transaction's end: $2 places from $3 on, as
   * place_of says, are shared by all keys of its kind. NULL: the one writer has all */
  const char *lock_place;
  const char *try_place; /* a row: it is ours now */
  void (*place_of) (const char *key, gint64 *width, gint64 *from);
  /* all keys of $1, a list "{KEY,KEY}", as lock_place; NULL: a key at a time is as quick */
  const char *lock_keys;
  /* until the transaction's end all is looked up by key, whatever size a table has now */
  const char *by_key;
  /* NULL: the one writer has it already */
  const char *lock_rules;        /* to change them: alone */
  const char *lock_rules_shared; /* to count by them */
  /* as begin_write, and alone with the schema; NULL: begin_write is */
  const char *begin_migrate;
  /* after rows were put in with their keys: table, column, column, table; NULL: not needed */
  const char *resequence;
  /* a consistent copy as a SQLite file at @path, which does not exist; NULL: row by row */
  gboolean (*copy_out) (gpointer db, const char *path, GError **error);
  /* all of the SQLite file @path in place of what is there; NULL: row by row */
  gboolean (*copy_in) (const char *uri, const char *path, GError **error);
  /* rows as lines of text (COPY … FROM STDIN); NULL: a prepared INSERT is as quick */
  gboolean (*rows_begin) (gpointer db, const char *sql, GError **error);
  gboolean (*rows_put) (gpointer db, const char *text, gsize size, GError **error);
  /* @keep FALSE takes all of them back */
  gboolean (*rows_end) (gpointer db, gboolean keep, GError **error);
  /* what of a step only this engine says; NULL: nothing */
  const char *(*own_step) (const BhMigration *step);
  /* around the copying of rows: what was signed once need not be signed again (RA8) */
  const char *before_copy;
  const char *after_copy;
  /* around the making of indexes; NULL: nothing to set */
  const char *before_indexes;
  const char *after_indexes;
  /* the login of who is in a group of this store and is not its owner (database-roles.c); no row:
   * somebody else. NULL: there are no logins */
  const char *own_login;
} BhDriver;

extern const BhDriver bh_sqlite_driver;
extern const BhDriver bh_postgres_driver;

/* A query that begins so may have millions of rows: no engine holds more than a
 * few hundred of them. Inside a transaction only. */
#define BH_STREAM "/*stream*/ "
