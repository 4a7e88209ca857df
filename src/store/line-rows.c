/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "line-rows.h"

void
bh_return_row_free (BhReturnRow *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->status);
  g_free (self->state);
  g_free (self->line_state);
  g_free (self->flag);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->case_no);
  g_free (self->reference);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->destination);
  g_free (self->zone);
  g_free (self->return_by);
  g_free (self->coverage);
  g_free (self->level);
  g_free (self->cancel_reason);
  g_free (self->replacement);
  g_free (self);
}

static char *
text_or_null (BhStmt *stmt, int column)
{
  const char *text = bh_stmt_text (stmt, column);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static BhReturnRow *
read_row (BhStmt *stmt)
{
  BhReturnRow *row = g_new0 (BhReturnRow, 1);
  int column = 0;

  row->id = bh_stmt_int64 (stmt, column++);
  row->rma = bh_stmt_dup_text (stmt, column++);
  row->status = bh_stmt_dup_text (stmt, column++);
  row->state = bh_stmt_dup_text (stmt, column++);
  row->line = (int) bh_stmt_int64 (stmt, column++);
  row->line_state = bh_stmt_dup_text (stmt, column++);
  row->flag = bh_stmt_dup_text (stmt, column++);
  row->account = bh_stmt_dup_text (stmt, column++);
  row->account_name = bh_stmt_dup_text (stmt, column++);
  row->case_no = text_or_null (stmt, column++);
  row->reference = text_or_null (stmt, column++);
  row->serial = bh_stmt_dup_text (stmt, column++);
  row->part = text_or_null (stmt, column++);
  row->destination = bh_stmt_dup_text (stmt, column++);
  row->zone = bh_stmt_dup_text (stmt, column++);
  row->created_us = bh_stmt_int64 (stmt, column++);
  row->issued_us = bh_stmt_int64 (stmt, column++);
  row->received_us = bh_stmt_int64 (stmt, column++);
  row->return_by = bh_stmt_dup_text (stmt, column++);
  row->coverage = bh_stmt_dup_text (stmt, column++);
  row->level = bh_stmt_dup_text (stmt, column++);
  row->cancel_reason = bh_stmt_dup_text (stmt, column++);
  row->urgency = (int) bh_stmt_int64 (stmt, column++);
  row->replacement = text_or_null (stmt, column++);
  return row;
}

GPtrArray *
bh_line_rows (BhStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_return_row_free);
  gboolean row = TRUE;

  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (row)
      g_ptr_array_add (rows, read_row (stmt));
  }
  return g_steal_pointer (&rows);
}

char *
bh_return_row_key (const BhReturnRow *row, BhReturnsSort sort)
{
  switch (sort) {
  case BH_RETURNS_BY_RMA:
    return g_strdup (row->rma);
  case BH_RETURNS_BY_STATUS:
    return g_strdup (row->status);
  case BH_RETURNS_BY_ACCOUNT:
    return g_strdup (row->account_name);
  case BH_RETURNS_BY_CASE:
    return g_strdup (row->case_no != NULL ? row->case_no : "");
  case BH_RETURNS_BY_SERIAL:
    return g_strdup (row->serial);
  case BH_RETURNS_BY_PART:
    return g_strdup (row->part != NULL ? row->part : "");
  case BH_RETURNS_BY_URGENCY:
    return g_strdup_printf ("%d", row->urgency);
  default:
    return g_strdup_printf ("%" G_GINT64_FORMAT, row->created_us);
  }
}

static GPtrArray *
lines_by (BhStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", key) ? bh_line_rows (stmt, error) : NULL;
}

GPtrArray *
bh_store_lines_of_rma (BhStore *self, const char *rma, GError **error)
{
  return lines_by (self, "SELECT " BH_LINE_COLUMNS BH_LINE_FROM " WHERE l.rma = $1 ORDER BY l.line",
                   rma, error);
}

GPtrArray *
bh_store_lines_of_serial (BhStore *self, const char *serial, GError **error)
{
  return lines_by (self,
                   "SELECT " BH_LINE_COLUMNS BH_LINE_FROM " WHERE l.serial = $1 ORDER BY l.id DESC",
                   serial, error);
}

GPtrArray *
bh_store_lines_of_case (BhStore *self, const char *case_no, GError **error)
{
  return lines_by (self,
                   "SELECT " BH_LINE_COLUMNS BH_LINE_FROM
                   " WHERE l.case_no = $1 ORDER BY l.rma_id, l.line",
                   case_no, error);
}
