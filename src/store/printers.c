/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/print-store.h"

#define COLUMNS "SELECT station, kind, target, language, dpi, darkness, speed FROM printer"

void
bh_printer_free (BhPrinter *self)
{
  if (self == NULL)
    return;
  g_free (self->station);
  g_free (self->kind);
  g_free (self->target);
  g_free (self->language);
  g_free (self);
}

gboolean
bh_printer_is_same (const BhPrinter *one, const BhPrinter *two)
{
  if (one == NULL || two == NULL)
    return one == two;
  return g_strcmp0 (one->station, two->station) == 0 && g_strcmp0 (one->kind, two->kind) == 0 &&
         g_strcmp0 (one->target, two->target) == 0 &&
         g_strcmp0 (one->language, two->language) == 0 && one->dpi == two->dpi &&
         one->darkness == two->darkness && one->speed == two->speed;
}

static BhPrinter *
read_printer (BhStmt *stmt)
{
  BhPrinter *printer = g_new0 (BhPrinter, 1);
  int column = 0;

  printer->station = bh_stmt_dup_text (stmt, column++);
  printer->kind = bh_stmt_dup_text (stmt, column++);
  printer->target = bh_stmt_dup_text (stmt, column++);
  printer->language = bh_stmt_dup_text (stmt, column++);
  printer->dpi = (int) bh_stmt_int64 (stmt, column++);
  printer->darkness = (int) bh_stmt_int64 (stmt, column++);
  printer->speed = (int) bh_stmt_int64 (stmt, column++);
  return printer;
}

gboolean
bh_store_unset_printer (BhStore *self, const char *station, const char *kind, gboolean *was_there,
                        GError **error)
{
  gint64 changed = 0;

  if (!bh_store_run (self, &changed, error, "DELETE FROM printer WHERE station = $1 AND kind = $2",
                     "tt", station, kind))
    return FALSE;
  *was_there = changed > 0;
  return TRUE;
}

gboolean
bh_store_set_printer (BhStore *self, const BhPrinter *printer, GError **error)
{
  gboolean was_there;

  return bh_store_unset_printer (self, printer->station, printer->kind, &was_there, error) &&
         bh_store_run (self, NULL, error,
                       "INSERT INTO printer (station, kind, target, language, dpi, darkness, speed)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       "ttttiii", printer->station, printer->kind, printer->target,
                       printer->language, (gint64) printer->dpi, (gint64) printer->darkness,
                       (gint64) printer->speed);
}

GPtrArray *
bh_store_printers (BhStore *self, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, COLUMNS " ORDER BY station, kind", error);
  g_autoptr (GPtrArray) printers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_printer_free);
  gboolean row = FALSE;

  if (stmt == NULL)
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&printers);
    g_ptr_array_add (printers, read_printer (stmt));
  }
  return NULL;
}

gboolean
bh_store_printer_for (BhStore *self, const char *station, const char *kind, BhPrinter **found,
                      GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     COLUMNS " WHERE station = $1 AND (kind = $2 OR kind = 'any')"
                             " ORDER BY CASE WHEN kind = 'any' THEN 1 ELSE 0 END LIMIT 1",
                     error);
  gboolean row = FALSE;

  *found = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", station, kind) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = read_printer (stmt);
  return TRUE;
}
