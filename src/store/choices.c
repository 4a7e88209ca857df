/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/choices.h"

#include "query.h"

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
read_choices (BhStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_choice_free);
  gboolean row = TRUE;

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

static GPtrArray *
choices (BhStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);

  if (stmt == NULL || (key != NULL && !bh_stmt_bind (stmt, error, "t", key)))
    return NULL;
  return read_choices (stmt, error);
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

GPtrArray *
bh_store_find_accounts (BhStore *self, const BhPrefix *code, const BhPrefix *upper, char **words,
                        guint limit, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (g_free);

  bh_query_add (&query, "SELECT account, name FROM account WHERE ");
  if (code->from == NULL)
    bh_query_add (&query, "1 = 0");
  else
    bh_query_range (&query, "account", code);
  if (upper->from != NULL && g_strcmp0 (upper->from, code->from) != 0) {
    bh_query_add (&query, " UNION SELECT account, name FROM account WHERE ");
    bh_query_range (&query, "account", upper);
  }
  for (char **word = words; *word != NULL; word++) {
    const BhPrefix prefix = { *word, g_strconcat (*word, "\xf4\x8f\xbf\xbf", NULL) };

    g_ptr_array_add (ends, prefix.below);
    bh_query_add (&query,
                  word == words ? " UNION SELECT account, name FROM account WHERE " : " AND ");
    bh_query_add (&query,
                  "account IN (SELECT w.ref FROM search_word w WHERE w.kind = 'account' AND ");
    bh_query_range (&query, "w.word", &prefix);
    bh_query_add (&query, ")");
  }
  bh_query_addf (&query, " ORDER BY 1 LIMIT $%u", bh_query_number (&query, limit));
  stmt = bh_query_start (&query, self, error);
  return stmt != NULL ? read_choices (stmt, error) : NULL;
}
