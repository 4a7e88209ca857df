/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/table.h"

#include "store-private.h"
#include "text-words.h"

#include <string.h>

/* Keys asked for in one statement: a round trip to a server costs more than a row. */
#define CHUNK 50

static gboolean
is_number (const BhTable *table, guint column)
{
  return (table->numbers & (1u << column)) != 0;
}

static void
add_columns (GString *sql, const BhTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", table->columns[i]);
}

/* SELECT … WHERE (a = $1 AND b = $2) OR (a = $3 AND b = $4) … */
static char *
select_some (const BhTable *table)
{
  GString *sql = g_string_new ("SELECT ");
  guint n = 1;

  add_columns (sql, table);
  g_string_append_printf (sql, " FROM %s WHERE ", table->name);
  if (table->n_keys == 1)
    g_string_append_printf (sql, "%s IN (", table->columns[0]);
  for (guint i = 0; i < CHUNK; i++) {
    if (table->n_keys == 1) {
      g_string_append_printf (sql, "%s$%u", i > 0 ? ", " : "", n++);
      continue;
    }
    g_string_append (sql, i > 0 ? " OR (" : "(");
    for (guint key = 0; key < table->n_keys; key++)
      g_string_append_printf (sql, "%s%s = $%u", key > 0 ? " AND " : "", table->columns[key], n++);
    g_string_append_c (sql, ')');
  }
  if (table->n_keys == 1)
    g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static char *
update_one (const BhTable *table)
{
  GString *sql = g_string_new ("UPDATE ");

  g_string_append_printf (sql, "%s SET ", table->name);
  for (guint i = table->n_keys; i < table->n_columns; i++)
    g_string_append_printf (sql, "%s%s = $%u", i > table->n_keys ? ", " : "", table->columns[i],
                            i + 1);
  for (guint i = 0; i < table->n_keys; i++)
    g_string_append_printf (sql, "%s%s = $%u", i > 0 ? " AND " : " WHERE ", table->columns[i],
                            i + 1);
  return g_string_free (sql, FALSE);
}

static gboolean
same_key (const BhTable *table, const BhTableRow *row, BhStmt *stmt)
{
  for (guint i = 0; i < table->n_keys; i++)
    if (g_strcmp0 (row->values[i].text, bh_stmt_text (stmt, (int) i)) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
same_values (const BhTable *table, const BhTableRow *row, BhStmt *stmt)
{
  for (guint i = table->n_keys; i < table->n_compared; i++) {
    const BhTableValue *value = &row->values[i];

    if (is_number (table, i) ? value->null != bh_stmt_is_null (stmt, (int) i) ||
                                   (!value->null && value->number != bh_stmt_int64 (stmt, (int) i))
                             : g_strcmp0 (value->text, bh_stmt_text (stmt, (int) i)) != 0)
      return FALSE;
  }
  return TRUE;
}

/* What there is of rows [from, to) */
static gboolean
look_up (BhStore *self, const BhTable *table, const char *sql, BhTableRow *rows, guint from,
         guint to, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = TRUE;
  int n = 1;

  if (stmt == NULL)
    return FALSE;
  for (guint i = from; i < from + CHUNK; i++)
    for (guint key = 0; key < table->n_keys; key++)
      if (!bh_stmt_bind_text (stmt, n++, i < to ? rows[i].values[key].text : NULL, error))
        return FALSE;
  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    for (guint i = from; row && i < to; i++)
      if (rows[i].put == BH_PUT_ADDED && same_key (table, &rows[i], stmt)) {
        rows[i].put = same_values (table, &rows[i], stmt) ? BH_PUT_UNCHANGED : BH_PUT_CHANGED;
        break;
      }
  }
  return TRUE;
}

static gboolean
run_one (BhStmt *stmt, const BhTable *table, const BhTableRow *row, GError **error)
{
  for (guint i = 0; i < table->n_columns; i++) {
    const BhTableValue *value = &row->values[i];
    gboolean ok = !is_number (table, i) ? bh_stmt_bind_text (stmt, (int) i + 1, value->text, error)
                  : value->null         ? bh_stmt_bind_null (stmt, (int) i + 1, error)
                                : bh_stmt_bind_int64 (stmt, (int) i + 1, value->number, error);

    if (!ok)
      return FALSE;
  }
  return bh_stmt_run (stmt, NULL, error);
}

static gboolean
add_new (BhStore *self, const BhTable *table, const BhTableRow *rows, guint n, GError **error)
{
  const char *columns[BH_TABLE_MAX + 1] = { NULL };
  BhBulk *bulk = NULL;

  memcpy (columns, table->columns, table->n_columns * sizeof columns[0]);
  for (guint i = 0; i < n; i++) {
    gboolean ok = TRUE;

    if (rows[i].put != BH_PUT_ADDED)
      continue;
    if (bulk == NULL && (bulk = bh_store_bulk (self, table->name, columns, error)) == NULL)
      return FALSE;
    for (guint column = 0; ok && column < table->n_columns; column++) {
      const BhTableValue *value = &rows[i].values[column];

      ok = is_number (table, column) && !value->null ? bh_bulk_int64 (bulk, value->number, error)
                                                     : bh_bulk_text (bulk, value->text, error);
    }
    if (!ok || !bh_bulk_end_row (bulk, error)) {
      bh_bulk_cancel (bulk);
      return FALSE;
    }
  }
  return bulk == NULL || bh_bulk_finish (bulk, error);
}

static gboolean
change_some (BhStore *self, const BhTable *table, const BhTableRow *rows, guint n, GError **error)
{
  g_autofree char *sql = update_one (table);

  for (guint i = 0; i < n; i++) {
    g_autoptr (BhStmt) stmt = NULL;

    if (rows[i].put != BH_PUT_CHANGED)
      continue;
    stmt = bh_store_stmt (self, sql, error);
    if (stmt == NULL || !run_one (stmt, table, &rows[i], error))
      return FALSE;
  }
  return TRUE;
}

gboolean
bh_store_put_rows (BhStore *self, const BhTable *table, BhTableRow *rows, guint n, gboolean empty,
                   gboolean write, GError **error)
{
  g_autofree char *select = select_some (table);

  for (guint i = 0; i < n; i++)
    rows[i].put = BH_PUT_ADDED;
  for (guint i = 0; !empty && i < n; i += CHUNK)
    if (!look_up (self, table, select, rows, i, MIN (i + CHUNK, n), error))
      return FALSE;
  return !write ||
         (add_new (self, table, rows, n, error) && change_some (self, table, rows, n, error));
}

gboolean
bh_store_table_is_empty (BhStore *self, const char *table, gboolean *empty, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s LIMIT 1", table);
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  *empty = !row;
  return TRUE;
}

/* ---- indexes of a first load ------------------------------------------------------ */

#define SQLITE_INDEXES                                                                             \
  "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1"                     \
  " AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%'"
#define POSTGRES_INDEXES                                                                           \
  "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = $1"                                \
  " AND schemaname = current_schema() AND indexdef NOT LIKE 'CREATE UNIQUE%'" /* by a login of     \
                                                                                 one's own none is \
                                                                                 dropped: they are \
                                                                                 the owner's */    \
  " AND EXISTS (SELECT 1 FROM pg_tables t WHERE t.tablename = $1"                                  \
  " AND t.schemaname = current_schema() AND pg_has_role(t.tableowner, 'MEMBER'))"

GPtrArray *
bh_store_drop_indexes (BhStore *self, const char *table, GError **error)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) drops = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, g_str_equal (bh_store_engine (self), "sqlite") ? SQLITE_INDEXES : POSTGRES_INDEXES,
      error);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", table))
    return NULL;
  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (row) {
      g_ptr_array_add (drops, g_strdup_printf ("DROP INDEX %s", bh_stmt_text (stmt, 0)));
      g_ptr_array_add (made, bh_stmt_dup_text (stmt, 1));
    }
  }
  bh_stmt_done (g_steal_pointer (&stmt));
  for (guint i = 0; i < drops->len; i++)
    if (!bh_store_run (self, NULL, error, g_ptr_array_index (drops, i), ""))
      return NULL;
  return g_steal_pointer (&made);
}

gboolean
bh_store_make_indexes (BhStore *self, GPtrArray *indexes, GError **error)
{
  const BhDriver *driver = bh_store_driver (self);
  gboolean ok = TRUE;

  if (driver->before_indexes != NULL &&
      !driver->exec (bh_store_db (self), driver->before_indexes, error))
    return FALSE;
  for (guint i = 0; ok && i < indexes->len; i++)
    ok = bh_store_run (self, NULL, error, g_ptr_array_index (indexes, i), "");
  if (driver->after_indexes != NULL)
    ok = driver->exec (bh_store_db (self), driver->after_indexes, ok ? error : NULL) && ok;
  return ok;
}

/* ---- reading a whole table ---------------------------------------------------------- */

struct _BhTableReader {
  const BhTable *table;
  BhStmt *stmt;
};

BhTableReader *
bh_table_read (BhStore *self, const BhTable *table, GError **error)
{
  g_autoptr (GString) sql = g_string_new (BH_STREAM "SELECT ");
  BhTableReader *reader;
  BhStmt *stmt;

  add_columns (sql, table);
  g_string_append_printf (sql, " FROM %s ORDER BY ", table->name);
  for (guint i = 0; i < table->n_keys; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", table->columns[i]);
  stmt = bh_store_stmt (self, sql->str, error);
  if (stmt == NULL)
    return NULL;
  reader = g_new0 (BhTableReader, 1);
  reader->table = table;
  reader->stmt = stmt;
  return reader;
}

gboolean
bh_table_reader_next (BhTableReader *self, BhTableRow *to, gboolean *row, GError **error)
{
  if (!bh_stmt_next (self->stmt, row, error))
    return FALSE;
  for (guint i = 0; *row && i < self->table->n_columns; i++) {
    BhTableValue *value = &to->values[i];

    *value = (BhTableValue){ 0 };
    if (!is_number (self->table, i)) {
      value->text = bh_stmt_text (self->stmt, (int) i);
      continue;
    }
    value->null = bh_stmt_is_null (self->stmt, (int) i);
    value->number = value->null ? 0 : bh_stmt_int64 (self->stmt, (int) i);
  }
  return TRUE;
}

void
bh_table_reader_free (BhTableReader *self)
{
  if (self == NULL)
    return;
  bh_stmt_done (self->stmt);
  g_free (self);
}

/* ---- what rows refer to --------------------------------------------------------------- */

static const char *const refers[] = {
  [BH_REF_ACCOUNT] = "SELECT 1 FROM account WHERE account = $1",
  [BH_REF_SITE] = "SELECT 1 FROM site WHERE account = $1 AND site = $2",
  [BH_REF_PART] = "SELECT 1 FROM product WHERE part = $1",
  [BH_REF_CALENDAR] = "SELECT 1 FROM calendar WHERE name = $1",
  [BH_REF_DESTINATION] = "SELECT 1 FROM destination WHERE destination = $1",
};

gboolean
bh_store_refers (BhStore *self, BhRef ref, const char *first, const char *second, gboolean *found,
                 GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, refers[ref], error);

  return stmt != NULL &&
         bh_stmt_bind (stmt, error, ref == BH_REF_SITE ? "tt" : "t", first, second) &&
         bh_stmt_next (stmt, found, error);
}

gboolean
bh_store_any_administrator (BhStore *self, gboolean *any, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT 1 FROM operator WHERE role = 'administrator' AND disabled = 0 LIMIT 1", error);

  return stmt != NULL && bh_stmt_next (stmt, any, error);
}

gboolean
bh_store_rename_account (BhStore *self, const char *account, const char *name, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET account_name = $1 WHERE account = $2", "tt", name,
                       account);
}

/* ---- words for search (F3) --------------------------------------------------------------- */

#define MAX_WORDS 32

char **
bh_search_words (const char *text)
{
  g_auto (GStrv) tokens = NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  if (text != NULL)
    tokens = bh_text_words (text);
  for (char **token = tokens; token != NULL && *token != NULL && n < MAX_WORDS; token++)
    if (strlen (*token) <= 100 && g_hash_table_add (seen, *token)) {
      g_strv_builder_add (words, *token);
      n++;
    }
  return g_strv_builder_end (words);
}

gboolean
bh_store_put_words (BhStore *self, const char *kind, const char *ref, const char *text,
                    gboolean is_new, GError **error)
{
  g_auto (GStrv) words = bh_search_words (text);

  if (!is_new &&
      !bh_store_run (self, NULL, error, "DELETE FROM search_word WHERE kind = $1 AND ref = $2",
                     "tt", kind, ref))
    return FALSE;
  for (char **word = words; *word != NULL; word++)
    if (!bh_store_run (self, NULL, error,
                       "INSERT INTO search_word (word, kind, ref) VALUES ($1, $2, $3)"
                       " ON CONFLICT (word, kind, ref) DO NOTHING",
                       "ttt", *word, kind, ref))
      return FALSE;
  return TRUE;
}
