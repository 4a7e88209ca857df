/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* A statement: its values, its rows. */

#include "store-parts.h"
#include "store-private.h"

#include <stdarg.h>

void
bh_stmt_free (gpointer data)
{
  BhStmt *stmt = data;

  stmt->store->driver->finalize (stmt->handle);
  g_free (stmt);
}

void
bh_stmt_done (BhStmt *self)
{
  if (self == NULL)
    return;
  self->store->out--;
  if (!self->kept) {
    bh_stmt_free (self);
    return;
  }
  self->store->driver->reset (self->handle);
  self->busy = FALSE;
}

void
bh_stmt_again (BhStmt *self)
{
  self->store->driver->reset (self->handle);
}

gboolean
bh_stmt_bind_text (BhStmt *self, int n, const char *value, GError **error)
{
  if (value == NULL)
    return bh_stmt_bind_null (self, n, error);
  if (!g_utf8_validate (value, -1, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "text: it is not valid UTF-8; save the file as UTF-8");
    return FALSE;
  }
  return self->store->driver->bind_text (self->handle, n, value, error);
}

gboolean
bh_stmt_lend_text (BhStmt *self, int n, const char *value, GError **error)
{
  if (value == NULL)
    return bh_stmt_bind_null (self, n, error);
  return self->store->driver->lend_text (self->handle, n, value, error);
}

gboolean
bh_stmt_bind_int64 (BhStmt *self, int n, gint64 value, GError **error)
{
  return self->store->driver->bind_int64 (self->handle, n, value, error);
}

gboolean
bh_stmt_bind_null (BhStmt *self, int n, GError **error)
{
  return self->store->driver->bind_null (self->handle, n, error);
}

gboolean
bh_stmt_bind_blob (BhStmt *self, int n, gconstpointer data, gsize size, GError **error)
{
  return self->store->driver->bind_blob (self->handle, n, data, size, error);
}

static gboolean
bind_all (BhStmt *self, GError **error, const char *format, va_list *values)
{
  gboolean ok = TRUE;

  for (int n = 1; ok && format[n - 1] != '\0'; n++)
    switch (format[n - 1]) {
    case 't':
      ok = bh_stmt_bind_text (self, n, va_arg (*values, const char *), error);
      break;
    case 'i':
      ok = bh_stmt_bind_int64 (self, n, va_arg (*values, gint64), error);
      break;
    case 'b': {
      GBytes *bytes = va_arg (*values, GBytes *);
      gsize size = 0;

      ok = bytes == NULL ? bh_stmt_bind_null (self, n, error)
                         : bh_stmt_bind_blob (self, n, g_bytes_get_data (bytes, &size),
                                              g_bytes_get_size (bytes), error);
      break;
    }
    default: /* 'n' takes no value */
      ok = bh_stmt_bind_null (self, n, error);
      break;
    }
  return ok;
}

gboolean
bh_stmt_bind (BhStmt *self, GError **error, const char *format, ...)
{
  va_list values;
  gboolean ok;

  va_start (values, format);
  ok = bind_all (self, error, format, &values);
  va_end (values);
  return ok;
}

gboolean
bh_stmt_next (BhStmt *self, gboolean *row, GError **error)
{
  return bh_store_spared (self->store, error) &&
         self->store->driver->step (self->handle, row, error);
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

gboolean
bh_stmt_run (BhStmt *self, gint64 *changed, GError **error)
{
  gboolean row = TRUE;

  while (row)
    if (!bh_stmt_next (self, &row, error))
      return FALSE;
  if (changed != NULL)
    *changed = self->store->driver->changes (self->handle);
  return TRUE;
}

gboolean
bh_stmt_is_null (BhStmt *self, int column)
{
  return self->store->driver->is_null (self->handle, column);
}

gint64
bh_stmt_int64 (BhStmt *self, int column)
{
  return self->store->driver->int64 (self->handle, column);
}

const char *
bh_stmt_text (BhStmt *self, int column)
{
  return self->store->driver->text (self->handle, column);
}

char *
bh_stmt_dup_text (BhStmt *self, int column)
{
  return g_strdup (bh_stmt_text (self, column));
}

GBytes *
bh_stmt_dup_blob (BhStmt *self, int column)
{
  return self->store->driver->blob (self->handle, column);
}

gboolean
bh_store_run (BhStore *self, gint64 *changed, GError **error, const char *sql, const char *format,
              ...)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  va_list values;
  gboolean ok;

  if (stmt == NULL)
    return FALSE;
  va_start (values, format);
  ok = bind_all (stmt, error, format, &values);
  va_end (values);
  return ok && bh_stmt_run (stmt, changed, error);
}
