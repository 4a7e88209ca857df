/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/custody-store.h"

#include <string.h>

void
bh_whereabouts_clear (BhWhereabouts *self)
{
  g_free (self->serial);
  g_free (self->location);
  g_free (self->came_from);
  g_free (self->tote);
  g_free (self->operator);
  *self = (BhWhereabouts){ 0 };
}

void
bh_whereabouts_free (BhWhereabouts *self)
{
  bh_whereabouts_clear (self);
  g_free (self);
}

#define COLUMNS "SELECT serial, location, came_from, tote, since_us, operator FROM place"

static void
read_place (BhStmt *stmt, BhWhereabouts *place)
{
  place->serial = bh_stmt_dup_text (stmt, 0);
  place->location = bh_stmt_dup_text (stmt, 1);
  place->came_from = bh_stmt_dup_text (stmt, 2);
  place->tote = bh_stmt_dup_text (stmt, 3);
  place->since_us = bh_stmt_int64 (stmt, 4);
  place->operator= bh_stmt_dup_text (stmt, 5);
}

gboolean
bh_store_place_of (BhStore *self, const char *serial, BhWhereabouts *place, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, COLUMNS " WHERE serial = $1", error);
  gboolean row = FALSE;

  bh_whereabouts_clear (place);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", serial) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    read_place (stmt, place);
  return TRUE;
}

gboolean
bh_store_add_move (BhStore *self, const char *serial, const char *location, const char *operator,
                   const char * station, const char *receipt, gint64 at_us, GError **error)
{
  g_autofree char *kind = g_strndup (location, strcspn (location, ":"));

  /* a unit stays in its tote until it is moved alone: the desk says so */
  return bh_store_post (self, error,
                        "INSERT INTO move (serial, location, operator, station, receipt, at_us,"
                        " tote) VALUES ($1, $2, $3, $4, $5, $6,"
                        " (SELECT p.tote FROM place p WHERE p.serial = $1))",
                        "ttttti", serial, location, operator, station, receipt, at_us) &&
         bh_store_post (self, error,
                        "INSERT INTO place (serial, location, kind, since_us, operator)"
                        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (serial) DO UPDATE SET"
                        " came_from = place.location, location = excluded.location,"
                        " kind = excluded.kind, since_us = excluded.since_us,"
                        " operator = excluded.operator",
                        "tttit", serial, location, kind, at_us, operator);
}

gboolean
bh_store_put_in_tote (BhStore *self, const char *serial, const char *tote, GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE place SET tote = $1 WHERE serial = $2", "tt",
                       tote, serial);
}

GPtrArray *
bh_store_places (BhStore *self, const char *kind, const char *location, const char *tote,
                 guint limit, GError **error)
{
  const char *sql = kind != NULL ? COLUMNS " WHERE kind = $1 ORDER BY since_us, serial LIMIT $2"
                    : location != NULL ? COLUMNS " WHERE location = $1 ORDER BY serial LIMIT $2"
                                       : COLUMNS " WHERE tote = $1 ORDER BY serial LIMIT $2";
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  g_autoptr (GPtrArray) places =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_whereabouts_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ti",
                                     kind != NULL       ? kind
                                     : location != NULL ? location
                                                        : tote,
                                     (gint64) limit))
    return NULL;
  while (row) {
    BhWhereabouts *place;

    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (!row)
      break;
    place = g_new0 (BhWhereabouts, 1);
    read_place (stmt, place);
    g_ptr_array_add (places, place);
  }
  return g_steal_pointer (&places);
}
