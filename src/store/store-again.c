/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* A connection that broke: opened again, and what became of a commit that was under way. */

#include "store-again.h"

#include "store-private.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define SHORTEST_US (50 * 1000)
#define LONGEST_US  (500 * 1000)

void
bh_mark_clear (BhMark *self)
{
  g_clear_pointer (&self->station, g_free);
  g_clear_pointer (&self->hash, g_free);
}

static gpointer
try_once (const BhAgain *self, gpointer lost, GError **error)
{
  const char *rest = NULL;
  gpointer db;
  int version = 0;

  if (bh_store_driver_for (self->uri, &rest, error) == NULL ||
      (db = self->driver->open (rest, self->flags, error)) == NULL)
    return NULL;
  if (self->driver->succeed (db, lost, error) &&
      bh_schema_bring_up (self->driver, db, self->uri, BH_STORE_OPEN, &version, error))
    return db;
  self->driver->close (db);
  return NULL;
}

/* Waiting does not help: it is another store now. */
static gboolean
is_final (const GError *why)
{
  return g_error_matches (why, BH_ERROR, BH_ERROR_NOT_OURS) ||
         g_error_matches (why, BH_ERROR, BH_ERROR_NEWER) ||
         g_error_matches (why, BH_ERROR, BH_ERROR_NOT_FOUND);
}

gpointer
bh_again_open (const BhAgain *self, gpointer lost, GError **error)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;
  gint64 pause = SHORTEST_US;
  gpointer db;

  if (self->told != NULL)
    self->told (TRUE, self->data);
  for (;;) {
    g_autoptr (GError) why = NULL;

    db = try_once (self, lost, &why);
    if (db != NULL)
      break;
    if (is_final (why)) {
      g_propagate_error (error, g_steal_pointer (&why));
      break;
    }
    if (g_get_monotonic_time () >= end) {
      g_set_error (error, BH_ERROR, BH_ERROR_LOST, "%s", why->message);
      break;
    }
    g_debug ("not yet: %s", why->message);
    g_usleep ((gulong) pause);
    pause = MIN (pause * 2, LONGEST_US);
  }
  if (db != NULL && self->told != NULL)
    self->told (FALSE, self->data);
  return db;
}

gboolean
bh_again_find (const BhAgain *self, gpointer db, const BhMark *mark, gboolean *found,
               GError **error)
{
  const BhDriver *driver = self->driver;
  gboolean row = FALSE;
  gboolean ok;
  gpointer stmt = driver->prepare (
      db, "SELECT 1 FROM audit WHERE station = $1 AND seq = $2 AND hash = $3", error);

  *found = FALSE;
  if (stmt == NULL)
    return FALSE;
  ok = driver->bind_text (stmt, 1, mark->station, error) &&
       driver->bind_int64 (stmt, 2, mark->seq, error) &&
       driver->bind_text (stmt, 3, mark->hash, error) && driver->step (stmt, &row, error);
  driver->finalize (stmt);
  *found = ok && row;
  return ok;
}
