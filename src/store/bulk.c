/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "store-private.h"

#include <string.h>

/* Text of rows that is gathered before it goes to the server. */
#define GATHERED (128 * 1024)

struct _BhBulk {
  BhStore *store;
  const BhDriver *driver;
  BhStmt *stmt;  /* a prepared INSERT, or */
  GString *text; /* lines for COPY */
  guint column;
};

static char *
column_list (const char *const *columns)
{
  return g_strjoinv (", ", (char **) columns);
}

static char *
insert_text (const char *table, const char *const *columns)
{
  g_autofree char *list = column_list (columns);
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s (%s) VALUES (", table, list);
  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sql, "%s$%u", i > 0 ? ", " : "", i + 1);
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

BhBulk *
bh_store_bulk (BhStore *self, const char *table, const char *const *columns, GError **error)
{
  BhBulk *bulk = g_new0 (BhBulk, 1);
  g_autofree char *sql = NULL;

  bulk->store = self;
  bulk->driver = bh_store_driver (self);
  if (bulk->driver->rows_begin == NULL) {
    sql = insert_text (table, columns);
    bulk->stmt = bh_store_stmt (self, sql, error);
    if (bulk->stmt != NULL)
      return bulk;
  } else {
    g_autofree char *list = column_list (columns);

    sql = g_strdup_printf ("COPY %s (%s) FROM STDIN", table, list);
    if (bulk->driver->rows_begin (bh_store_db (self), sql, error)) {
      bulk->text = g_string_sized_new (GATHERED + 4096);
      return bulk;
    }
  }
  g_free (bulk);
  return NULL;
}

/* A cell of COPY's text form. */
static void
add_escaped (GString *text, const char *value)
{
  for (; *value != '\0'; value++) {
    gsize plain = strcspn (value, "\\\t\n\r");

    g_string_append_len (text, value, (gssize) plain);
    value += plain;
    if (*value == '\0')
      return;
    g_string_append_c (text, '\\');
    g_string_append_c (text, *value == '\t'   ? 't'
                             : *value == '\n' ? 'n'
                             : *value == '\r' ? 'r'
                                              : '\\');
  }
}

gboolean
bh_bulk_text (BhBulk *self, const char *value, GError **error)
{
  self->column++;
  if (self->stmt != NULL)
    return bh_stmt_lend_text (self->stmt, (int) self->column, value, error);
  if (self->column > 1)
    g_string_append_c (self->text, '\t');
  if (value == NULL) {
    g_string_append (self->text, "\\N");
    return TRUE;
  }
  add_escaped (self->text, value);
  return TRUE;
}

gboolean
bh_bulk_int64 (BhBulk *self, gint64 value, GError **error)
{
  self->column++;
  if (self->stmt != NULL)
    return bh_stmt_bind_int64 (self->stmt, (int) self->column, value, error);
  g_string_append_printf (self->text, "%s%" G_GINT64_FORMAT, self->column > 1 ? "\t" : "", value);
  return TRUE;
}

static gboolean
put_gathered (BhBulk *self, gsize least, GError **error)
{
  if (self->text->len < least || self->text->len == 0)
    return TRUE;
  if (!self->driver->rows_put (bh_store_db (self->store), self->text->str, self->text->len, error))
    return FALSE;
  g_string_truncate (self->text, 0);
  return TRUE;
}

gboolean
bh_bulk_end_row (BhBulk *self, GError **error)
{
  self->column = 0;
  if (self->stmt != NULL) {
    gboolean ok = bh_stmt_run (self->stmt, NULL, error);

    bh_stmt_again (self->stmt);
    return ok;
  }
  g_string_append_c (self->text, '\n');
  return put_gathered (self, GATHERED, error);
}

static void
bulk_free (BhBulk *self)
{
  bh_stmt_done (self->stmt);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

gboolean
bh_bulk_finish (BhBulk *self, GError **error)
{
  gboolean ok = TRUE;

  if (self->text != NULL) {
    ok = put_gathered (self, 0, error);
    /* the first error tells; the server is told in either case */
    ok = self->driver->rows_end (bh_store_db (self->store), ok, ok ? error : NULL) && ok;
  }
  bulk_free (self);
  return ok;
}

void
bh_bulk_cancel (BhBulk *self)
{
  if (self == NULL)
    return;
  if (self->text != NULL)
    self->driver->rows_end (bh_store_db (self->store), FALSE, NULL);
  bulk_free (self);
}
