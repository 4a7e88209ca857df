/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2 by the database, too, for sites where people have logins of their own (decision 0049).
 */

#include "backhaul/operators.h"
#include "desk-private.h"
#include "permission-tables.h"

char *
bh_desk_database_sql (BhDesk *self, GError **error)
{
  g_autofree char *sql = bh_desk_may_enrol (self, error) ? bh_permissions_sql (TRUE) : NULL;

  return sql != NULL ? g_strconcat ("BEGIN;\n", sql, "COMMIT;\n", NULL) : NULL;
}

gboolean
bh_desk_set_database (BhDesk *self, const BhWhen *when, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (BhTx) tx = NULL;

  if (!bh_desk_may_enrol (self, error) || (tx = bh_desk_begin (self, error)) == NULL)
    return FALSE;
  sql = bh_permissions_sql (TRUE);
  return bh_store_set_roles (self->store, sql, error) &&
         bh_desk_audit (self, when->act, "database-roles", "store:roles", NULL, NULL, when->at_us,
                        error) &&
         bh_tx_commit (tx, error);
}

gboolean
bh_desk_renew_database (BhDesk *self, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (BhTx) tx = NULL;
  gboolean has = FALSE;

  if (self->own_login || !bh_store_has_roles (self->store, &has, error))
    return self->own_login;
  if (!has)
    return TRUE;
  sql = bh_permissions_sql (FALSE);
  return (tx = bh_desk_begin (self, error)) != NULL &&
         bh_store_set_roles (self->store, sql, error) && bh_tx_commit (tx, error);
}

gboolean
bh_desk_take_own_login (BhDesk *self, const char *asked, GError **error)
{
  g_autofree char *login = NULL;

  if (!bh_store_own_login (self->store, &login, error))
    return FALSE;
  self->own_login = login != NULL;
  if (login == NULL || g_strcmp0 (asked, login) == 0)
    return TRUE;
  if (asked != NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
                 "%s: the database knows this session as %s; connect with a login of your own",
                 asked, login);
    return FALSE;
  }
  g_free (self->operator);
  self->operator= g_steal_pointer (&login);
  return TRUE;
}

gboolean
bh_desk_may_be (BhDesk *self, const char *login, GError **error)
{
  if (!self->own_login || g_str_equal (login, self->operator))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
               "%s: the database knows this session as %s; connect with a login of your own", login,
               self->operator);
  return FALSE;
}
