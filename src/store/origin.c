/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* Which store it is: another database may answer at the address of one that was lost. */

#include "backhaul/link.h"

#include <string.h>

#include "store-private.h"

gboolean
bh_store_origin (BhStore *self, char **origin, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT seq, hash, station FROM audit ORDER BY at_us, station, seq LIMIT 1", error);
  gboolean row = FALSE;

  *origin = NULL;
  if (stmt == NULL || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *origin = g_strdup_printf ("%" G_GINT64_FORMAT ":%s:%s", bh_stmt_int64 (stmt, 0),
                               bh_stmt_text (stmt, 1), bh_stmt_text (stmt, 2));
  return TRUE;
}

gboolean
bh_store_is_of (BhStore *self, const char *origin, gboolean *known, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (origin, ":", 3);
  g_autoptr (BhStmt) stmt = NULL;

  *known = FALSE;
  if (g_strv_length (parts) < 3)
    return TRUE;
  stmt = bh_store_stmt (
      self, "SELECT count(*) FROM audit WHERE station = $1 AND seq = $2 AND hash = $3", error);
  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "tit", parts[2], g_ascii_strtoll (parts[0], NULL, 10),
                     parts[1]) ||
      !bh_stmt_one_row (stmt, error))
    return FALSE;
  *known = bh_stmt_int64 (stmt, 0) > 0;
  return TRUE;
}

/* ---- what comes back ------------------------------------------------------------------ */

typedef struct {
  BhStore *store;
  char *origin;
} Held;

static void
held_free (gpointer data)
{
  g_free (((Held *) data)->origin);
  g_free (data);
}

static gboolean
is_what_was_lost (gpointer data, GError **error)
{
  const Held *held = data;
  BhStore *store = held->store;
  gboolean known = TRUE;
  int version = 0;

  if (!bh_schema_bring_up (bh_store_driver (store), bh_store_db (store), bh_store_uri (store),
                           BH_STORE_OPEN, &version, error) ||
      (held->origin != NULL && !bh_store_is_of (store, held->origin, &known, error)))
    return FALSE;
  if (!known)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_OURS,
                 "%s: another store answers there than this station's; nothing was sent to it, ask "
                 "who looks after the server",
                 bh_store_uri (store));
  return known;
}

void
bh_store_hold_to (BhStore *self, const char *origin)
{
  Held *held;

  if (bh_store_driver (self)->on_return == NULL)
    return;
  held = g_new0 (Held, 1);
  *held = (Held){ self, g_strdup (origin) };
  bh_store_driver (self)->on_return (bh_store_db (self), is_what_was_lost, held, held_free);
}
