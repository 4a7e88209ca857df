/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/choices.h"

void
bh_choice_free (BhChoice *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->name);
  g_free (self);
}

static GPtrArray *
choices (BhStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_choice_free);
  gboolean row = TRUE;

  if (stmt == NULL || (key != NULL && !bh_stmt_bind (stmt, error, "t", key)))
    return NULL;
  while (row) {
    BhChoice *choice;

    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (!row)
      break;
    choice = g_new0 (BhChoice, 1);
    choice->code = bh_stmt_dup_text (stmt, 0);
    choice->name = bh_stmt_dup_text (stmt, 1);
    g_ptr_array_add (found, choice);
  }
  return g_steal_pointer (&found);
}

GPtrArray *
bh_store_destinations (BhStore *self, GError **error)
{
  return choices (self, "SELECT destination, name FROM destination ORDER BY destination", NULL,
                  error);
}

GPtrArray *
bh_store_sites (BhStore *self, const char *account, GError **error)
{
  return choices (self, "SELECT site, name FROM site WHERE account = $1 ORDER BY site", account,
                  error);
}
