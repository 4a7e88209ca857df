/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/operator.h"

#define COLUMNS "login, name, role, authorised_technician, email, pin_hash, disabled"
#define SELECT                                                                                     \
  "SELECT o.login, o.name, o.role, o.authorised_technician, o.email, o.pin_hash, o.disabled,"      \
  " coalesce(b.made_us, 0), coalesce(s.at_us, 0), s.station FROM operator o"                       \
  " LEFT JOIN operator_badge b ON b.login = o.login"                                               \
  " LEFT JOIN operator_seen s ON s.login = o.login"
enum { LOGIN, NAME, ROLE, AUTHORISED, EMAIL, PIN_HASH, DISABLED, BADGE, SEEN, SEEN_AT };

void
bh_operator_row_free (BhOperatorRow *self)
{
  if (self == NULL)
    return;
  g_free (self->login);
  g_free (self->name);
  g_free (self->role);
  g_free (self->email);
  g_free (self->pin_hash);
  g_free (self->seen_at);
  g_free (self);
}

static BhOperatorRow *
read_row (BhStmt *stmt)
{
  BhOperatorRow *row = g_new0 (BhOperatorRow, 1);

  row->login = bh_stmt_dup_text (stmt, LOGIN);
  row->name = bh_stmt_dup_text (stmt, NAME);
  row->role = bh_stmt_dup_text (stmt, ROLE);
  row->authorised = bh_stmt_int64 (stmt, AUTHORISED) != 0;
  row->email = bh_stmt_dup_text (stmt, EMAIL);
  row->pin_hash = bh_stmt_dup_text (stmt, PIN_HASH);
  row->disabled = bh_stmt_int64 (stmt, DISABLED) != 0;
  row->badge_us = bh_stmt_int64 (stmt, BADGE);
  row->seen_us = bh_stmt_int64 (stmt, SEEN);
  row->seen_at = bh_stmt_dup_text (stmt, SEEN_AT);
  return row;
}

gboolean
bh_store_any_operator (BhStore *self, gboolean *any, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT 1 FROM operator LIMIT 1", error);

  return stmt != NULL && bh_stmt_next (stmt, any, error);
}

gboolean
bh_store_any_pin (BhStore *self, gboolean *any, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT 1 FROM operator WHERE pin_hash IS NOT NULL AND disabled = 0 LIMIT 1", error);

  return stmt != NULL && bh_stmt_next (stmt, any, error);
}

static gboolean
find_one (BhStore *self, const char *sql, const char *key, BhOperatorRow **row, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean found = FALSE;

  *row = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", key) || !bh_stmt_next (stmt, &found, error))
    return FALSE;
  if (found)
    *row = read_row (stmt);
  return TRUE;
}

gboolean
bh_store_find_operator (BhStore *self, const char *login, BhOperatorRow **row, GError **error)
{
  return find_one (self, SELECT " WHERE o.login = $1", login, row, error);
}

gboolean
bh_store_find_badge (BhStore *self, const char *hash, BhOperatorRow **row, GError **error)
{
  return find_one (self, SELECT " WHERE b.hash = $1", hash, row, error);
}

GPtrArray *
bh_store_operators (BhStore *self, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, SELECT " ORDER BY o.login", error);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_operator_row_free);
  gboolean row = TRUE;

  while (stmt != NULL && bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, read_row (stmt));
  }
  return NULL;
}

gboolean
bh_store_put_operator (BhStore *self, const BhOperatorRow *row, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO operator (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7)"
                       " ON CONFLICT (login) DO UPDATE SET name = excluded.name,"
                       " role = excluded.role,"
                       " authorised_technician = excluded.authorised_technician,"
                       " email = excluded.email, pin_hash = excluded.pin_hash,"
                       " disabled = excluded.disabled",
                       "tttitti", row->login, row->name, row->role,
                       (gint64) (row->authorised ? 1 : 0), row->email, row->pin_hash,
                       (gint64) (row->disabled ? 1 : 0));
}

/* The hash alone: everybody sets their own, and by a login of one's own nothing else (0049). */
gboolean
bh_store_set_pin (BhStore *self, const char *login, const char *hash, GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE operator SET pin_hash = $1 WHERE login = $2",
                       "tt", hash, login);
}

gboolean
bh_store_set_badge (BhStore *self, const char *login, const char *hash, gint64 made_us,
                    GError **error)
{
  if (hash == NULL)
    return bh_store_run (self, NULL, error, "DELETE FROM operator_badge WHERE login = $1", "t",
                         login);
  return bh_store_run (self, NULL, error,
                       "INSERT INTO operator_badge (login, hash, made_us) VALUES ($1, $2, $3)"
                       " ON CONFLICT (login) DO UPDATE SET hash = excluded.hash,"
                       " made_us = excluded.made_us",
                       "tti", login, hash, made_us);
}

gboolean
bh_store_set_seen (BhStore *self, const char *login, const char *station, gint64 at_us,
                   GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO operator_seen (login, at_us, station) VALUES ($1, $2, $3)"
                       " ON CONFLICT (login) DO UPDATE SET at_us = excluded.at_us,"
                       " station = excluded.station",
                       "tit", login, at_us, station);
}

gboolean
bh_store_sign_in_tries (BhStore *self, const char *station, const char *login, gint64 *wrong,
                        gint64 *last_us, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT wrong, last_us FROM sign_in_try WHERE station = $1 AND login = $2", error);
  gboolean row = FALSE;

  *wrong = 0;
  *last_us = 0;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", station, login) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row) {
    *wrong = bh_stmt_int64 (stmt, 0);
    *last_us = bh_stmt_int64 (stmt, 1);
  }
  return TRUE;
}

gboolean
bh_store_count_sign_in_try (BhStore *self, const char *station, const char *login, gint64 since_us,
                            gint64 now_us, gint64 *wrong, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "INSERT INTO sign_in_try (station, login, wrong, last_us) VALUES ($1, $2, 1, $3)"
      " ON CONFLICT (station, login) DO UPDATE SET wrong = CASE WHEN sign_in_try.last_us < $4"
      " THEN 1 ELSE sign_in_try.wrong + 1 END, last_us = excluded.last_us RETURNING wrong",
      error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ttii", station, login, now_us, since_us) ||
      !bh_stmt_one_row (stmt, error))
    return FALSE;
  *wrong = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

gboolean
bh_store_set_sign_in_tries (BhStore *self, const char *station, const char *login, gint64 wrong,
                            gint64 last_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO sign_in_try (station, login, wrong, last_us)"
                       " VALUES ($1, $2, $3, $4) ON CONFLICT (station, login) DO UPDATE"
                       " SET wrong = excluded.wrong, last_us = excluded.last_us",
                       "ttii", station, login, wrong, last_us);
}

gboolean
bh_store_clear_sign_in_tries (BhStore *self, const char *station, const char *login, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "DELETE FROM sign_in_try WHERE station = $1 AND login = $2", "tt", station,
                       login);
}
