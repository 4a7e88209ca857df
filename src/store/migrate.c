/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* The schema, step by step, up to this program's version. */

#include "store-private.h"

static char *
in_words_of (const BhDriver *driver, const char *sql)
{
  GString *text = g_string_new (sql);

  g_string_replace (text, "@INT@", driver->int_word, 0);
  g_string_replace (text, "@TEXT@", driver->text_word, 0);
  g_string_replace (text, "@BLOB@", driver->blob_word, 0);
  g_string_replace (text, "@KEY@", driver->key_word, 0);
  g_string_replace (text, "@STRICT@", driver->table_end, 0);
  return g_string_free (text, FALSE);
}

/* Each step and its stamp in one transaction; the version is read again inside,
 * as two stations may start at once. */
static gboolean
migrate_step (const BhDriver *driver, gpointer db, const BhMigration *step, GError **error)
{
  g_autofree char *sql = in_words_of (driver, step->sql);
  const char *own = driver->own_step (step);
  int version;

  if (!driver->exec (
          db, driver->begin_migrate != NULL ? driver->begin_migrate : driver->begin_write, error))
    return FALSE;
  version = driver->version (db, error);
  if (version >= step->version)
    return driver->exec (db, "ROLLBACK", error);
  if (version >= 0 && driver->exec (db, sql, error) &&
      (own == NULL || driver->exec (db, own, error)) && driver->stamp (db, step->version, error) &&
      driver->exec (db, "COMMIT", error))
    return TRUE;
  driver->exec (db, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
bh_schema_bring_up (const BhDriver *driver, gpointer db, const char *uri, BhStoreFlags flags,
                    int *version, GError **error)
{
  int newest = 0;

  for (const BhMigration *step = bh_migrations; step->sql != NULL; step++)
    newest = step->version;
  *version = newest;
  /* it is looked at when it is there */
  if ((flags & BH_STORE_UNSEEN) != 0)
    return TRUE;
  *version = driver->version (db, error);
  if (*version < 0)
    return FALSE;
  if (*version > newest) {
    g_set_error (error, BH_ERROR, BH_ERROR_NEWER,
                 "%s: the store has version %d, this program knows up to %d; install the newer "
                 "Backhaul",
                 uri, *version, newest);
    return FALSE;
  }
  if (*version == 0 && !(flags & BH_STORE_MIGRATE)) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: there is no store here, the database is empty; make one with "
                 "`backhaulctl init`",
                 uri);
    return FALSE;
  }
  if (*version < newest && !(flags & BH_STORE_MIGRATE)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: the store has version %d, this program needs %d; run `backhaulctl init`", uri,
                 *version, newest);
    return FALSE;
  }
  for (const BhMigration *step = bh_migrations; step->sql != NULL; step++)
    if (step->version > *version && !migrate_step (driver, db, step, error))
      return FALSE;
  *version = newest;
  return TRUE;
}
