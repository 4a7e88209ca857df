/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "query.h"

#include <stdarg.h>

BhQuery
bh_query_new (void)
{
  BhQuery query = { g_string_new (NULL), g_ptr_array_new (), g_array_new (FALSE, FALSE, 8) };

  return query;
}

void
bh_query_clear (BhQuery *query)
{
  g_string_free (query->sql, TRUE);
  g_ptr_array_unref (query->values);
  g_array_unref (query->numbers);
}

void
bh_query_add (BhQuery *query, const char *sql)
{
  g_string_append (query->sql, sql);
}

void
bh_query_addf (BhQuery *query, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_string_append_vprintf (query->sql, format, values);
  va_end (values);
}

guint
bh_query_text (BhQuery *query, const char *value)
{
  gint64 none = 0;

  g_ptr_array_add (query->values, (gpointer) value);
  g_array_append_val (query->numbers, none);
  return query->values->len;
}

guint
bh_query_number (BhQuery *query, gint64 value)
{
  g_ptr_array_add (query->values, NULL);
  g_array_append_val (query->numbers, value);
  return query->values->len;
}

BhStmt *
bh_query_start (BhQuery *query, BhStore *store, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (store, query->sql->str, error);

  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < query->values->len; i++) {
    const char *text = g_ptr_array_index (query->values, i);

    if (text != NULL ? !bh_stmt_bind_text (stmt, (int) i + 1, text, error)
                     : !bh_stmt_bind_int64 (stmt, (int) i + 1,
                                            g_array_index (query->numbers, gint64, i), error))
      return NULL;
  }
  return g_steal_pointer (&stmt);
}

/* "column >= $n AND column < $m" */
void
bh_query_range (BhQuery *query, const char *column, const BhPrefix *prefix)
{
  g_string_append_printf (query->sql, "%s >= $%u", column, bh_query_text (query, prefix->from));
  if (prefix->below != NULL)
    g_string_append_printf (query->sql, " AND %s < $%u", column,
                            bh_query_text (query, prefix->below));
}

gboolean
bh_stmt_one_row (BhStmt *self, GError **error)
{
  gboolean row = FALSE;

  if (!bh_stmt_next (self, &row, error))
    return FALSE;
  if (!row)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "store: no such row; look at the number");
  return row;
}
