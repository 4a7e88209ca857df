/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "store-private.h"

#include <string.h>

/* Row by row between two engines. One side is always SQLite, which is asked for
 * tables and columns, so that a new table needs no word here. */

typedef struct {
  char *name;
  GPtrArray *columns; /* names */
  GString *types;     /* a letter a column, as bh_stmt_bind() has them */
  char *key;          /* made by the engine; NULL: none */
} Table;

static void
table_free (gpointer data)
{
  Table *table = data;

  g_free (table->name);
  g_free (table->key);
  g_ptr_array_unref (table->columns);
  g_string_free (table->types, TRUE);
  g_free (table);
}

static gboolean
read_columns (BhStore *sqlite, Table *table, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      sqlite, "SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid", error);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", table->name))
    return FALSE;
  while (bh_stmt_next (stmt, &row, error)) {
    const char *type;

    if (!row)
      return TRUE;
    type = bh_stmt_text (stmt, 1);
    g_ptr_array_add (table->columns, bh_stmt_dup_text (stmt, 0));
    g_string_append_c (table->types, g_str_equal (type, "INTEGER") ? 'i'
                                     : g_str_equal (type, "BLOB")  ? 'b'
                                                                   : 't');
    if (bh_stmt_int64 (stmt, 2) == 1 && g_str_equal (type, "INTEGER") &&
        g_str_equal (bh_stmt_text (stmt, 0), "id"))
      table->key = bh_stmt_dup_text (stmt, 0);
  }
  return FALSE;
}

/* In the order in which they were made: what is referred to comes first. */
static GPtrArray *
tables_of (BhStore *sqlite, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (table_free);
  g_autoptr (BhStmt) stmt = bh_store_stmt (sqlite,
                                           "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                           " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
                                           " ORDER BY rowid",
                                           error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    Table *table;

    if (!row)
      return g_steal_pointer (&tables);
    table = g_new0 (Table, 1);
    table->name = bh_stmt_dup_text (stmt, 0);
    table->columns = g_ptr_array_new_with_free_func (g_free);
    table->types = g_string_new (NULL);
    g_ptr_array_add (tables, table);
    if (!read_columns (sqlite, table, error))
      return NULL;
  }
  return NULL;
}

static gboolean
copy_row (BhStmt *from, BhStmt *to, const Table *table, GError **error)
{
  g_autoptr (GPtrArray) lent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < table->columns->len; i++) {
    gboolean ok;

    if (bh_stmt_is_null (from, (int) i)) {
      ok = bh_stmt_bind_null (to, (int) i + 1, error);
    } else if (table->types->str[i] == 'i') {
      ok = bh_stmt_bind_int64 (to, (int) i + 1, bh_stmt_int64 (from, (int) i), error);
    } else if (table->types->str[i] == 'b') {
      GBytes *bytes = bh_stmt_dup_blob (from, (int) i);

      g_ptr_array_add (lent, bytes);
      ok = bh_stmt_lend_blob (to, (int) i + 1, g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes), error);
    } else {
      ok = bh_stmt_bind_text (to, (int) i + 1, bh_stmt_text (from, (int) i), error);
    }
    if (!ok)
      return FALSE;
  }
  return bh_stmt_run (to, NULL, error);
}

static gboolean
copy_table (BhStore *from, BhStore *to, const Table *table, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autofree char *select = NULL;
  g_autofree char *insert = NULL;
  g_autoptr (BhStmt) reader = NULL;
  gboolean row = TRUE;

  for (guint i = 0; i < table->columns->len; i++) {
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            (char *) g_ptr_array_index (table->columns, i));
    g_string_append_printf (marks, "%s$%u", i > 0 ? ", " : "", i + 1);
  }
  select = g_strdup_printf (BH_STREAM "SELECT %s FROM %s", names->str, table->name);
  insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table->name, names->str, marks->str);
  reader = bh_store_stmt (from, select, error);
  if (reader == NULL)
    return FALSE;
  while (row) {
    g_autoptr (BhStmt) writer = NULL;

    if (!bh_stmt_next (reader, &row, error))
      return FALSE;
    if (row && ((writer = bh_store_stmt (to, insert, error)) == NULL ||
                !copy_row (reader, writer, table, error)))
      return FALSE;
  }
  if (table->key != NULL && bh_store_driver (to)->resequence != NULL) {
    g_autofree char *format = g_strdup (bh_store_driver (to)->resequence);
    g_auto (GStrv) parts = g_strsplit (format, "%s", 5);
    g_autofree char *sql = g_strconcat (parts[0], table->name, parts[1], table->key, parts[2],
                                        table->key, parts[3], table->name, parts[4], NULL);

    return bh_store_driver (to)->exec (bh_store_db (to), sql, error);
  }
  return TRUE;
}

static gboolean
refuse_filled (BhStore *to, const Table *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s LIMIT 1", table->name);
  g_autoptr (BhStmt) stmt = bh_store_stmt (to, sql, error);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: there is data in it (%s); restore into an empty database", bh_store_uri (to),
                 table->name);
  return !row;
}

gboolean
bh_store_copy_rows (BhStore *from, BhStore *to, GError **error)
{
  BhStore *sqlite = g_str_equal (bh_store_engine (from), "sqlite") ? from : to;
  g_autoptr (GPtrArray) tables = tables_of (sqlite, error);
  g_autoptr (BhTx) read = NULL;
  g_autoptr (BhTx) write = NULL;

  if (tables == NULL || (read = bh_store_begin_read (from, error)) == NULL ||
      (write = bh_store_begin_write (to, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    if (!refuse_filled (to, g_ptr_array_index (tables, i), error))
      return FALSE;
  if (!bh_store_driver (to)->exec (bh_store_db (to), bh_store_driver (to)->before_copy, error))
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    if (!copy_table (from, to, g_ptr_array_index (tables, i), error))
      return FALSE;
  return bh_store_driver (to)->exec (bh_store_db (to), bh_store_driver (to)->after_copy, error) &&
         bh_tx_commit (write, error);
}
