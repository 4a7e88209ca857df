/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "case-rows.h"

void
bh_case_row_clear (BhCaseRow *self)
{
  g_free (self->case_no);
  g_free (self->status);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->site);
  g_free (self->site_name);
  g_free (self->contact);
  g_free (self->platform);
  g_free (self->priority);
  g_free (self->zone);
  *self = (BhCaseRow){ 0 };
}

void
bh_case_row_free (BhCaseRow *self)
{
  if (self == NULL)
    return;
  bh_case_row_clear (self);
  g_free (self);
}

void
bh_escalation_free (BhEscalation *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->owner);
  g_free (self->reason);
  g_free (self->operator);
  g_free (self);
}

/* Imports write "" where nothing was given. */
static char *
text_or_null (BhStmt *stmt, int column)
{
  const char *text = bh_stmt_text (stmt, column);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

void
bh_case_read (BhStmt *stmt, BhCaseRow *row)
{
  int column = 0;

  row->case_no = bh_stmt_dup_text (stmt, column++);
  row->status = bh_stmt_dup_text (stmt, column++);
  row->account = bh_stmt_dup_text (stmt, column++);
  row->account_name = bh_stmt_dup_text (stmt, column++);
  row->site = text_or_null (stmt, column++);
  row->site_name = text_or_null (stmt, column++);
  row->contact = text_or_null (stmt, column++);
  row->platform = text_or_null (stmt, column++);
  row->priority = text_or_null (stmt, column++);
  row->opened_us = bh_stmt_int64 (stmt, column++);
  row->modified_us = bh_stmt_int64 (stmt, column++);
  row->closed_us = bh_stmt_int64 (stmt, column++);
  row->urgency = (int) bh_stmt_int64 (stmt, column++);
  row->zone = bh_stmt_dup_text (stmt, column++);
}

gboolean
bh_store_find_case (BhStore *self, const char *case_no, BhCaseRow *row, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, BH_CASE_COLUMNS " WHERE c.case_no = $1", error);
  gboolean found = FALSE;

  bh_case_row_clear (row);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", case_no) ||
      !bh_stmt_next (stmt, &found, error))
    return FALSE;
  if (found)
    bh_case_read (stmt, row);
  return TRUE;
}

gboolean
bh_store_open_case (BhStore *self, const BhCaseRow *row, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO support_case (case_no, account, site, priority, contact,"
                       " platform, status, opened_us, modified_us)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       "tttttttii", row->case_no, row->account, row->site, row->priority,
                       row->contact, row->platform, row->status, row->opened_us, row->modified_us);
}

gboolean
bh_store_set_case (BhStore *self, const BhCaseRow *row, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "UPDATE support_case SET site = $1, priority = $2, contact = $3, platform = $4, status = $5,"
      " modified_us = $6, closed_us = $7, urgency = $8 WHERE case_no = $9",
      error);

  return stmt != NULL &&
         bh_stmt_bind (stmt, error, "tttttiiit", row->site, row->priority, row->contact,
                       row->platform, row->status, row->modified_us, row->closed_us,
                       (gint64) row->urgency, row->case_no) &&
         (row->closed_us != 0 || bh_stmt_bind_null (stmt, 7, error)) &&
         bh_stmt_run (stmt, NULL, error);
}

gboolean
bh_store_add_escalation (BhStore *self, const char *case_no, const BhEscalation *escalation,
                         GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO escalation (case_no, kind, owner, reason, at_us, operator)"
                       " VALUES ($1, $2, $3, $4, $5, $6)",
                       "ttttit", case_no, escalation->name, escalation->owner, escalation->reason,
                       escalation->at_us, escalation->operator);
}

GPtrArray *
bh_store_escalations (BhStore *self, const char *case_no, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT kind, owner, reason, at_us, operator FROM escalation"
                     " WHERE case_no = $1 ORDER BY id",
                     error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_escalation_free);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", case_no))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    BhEscalation *one;

    if (!row)
      return g_steal_pointer (&all);
    one = g_new0 (BhEscalation, 1);
    one->name = bh_stmt_dup_text (stmt, 0);
    one->kind = bh_escalation_kind (one->name);
    one->owner = bh_stmt_dup_text (stmt, 1);
    one->reason = text_or_null (stmt, 2);
    one->at_us = bh_stmt_int64 (stmt, 3);
    one->operator= bh_stmt_dup_text (stmt, 4);
    g_ptr_array_add (all, one);
  }
  return NULL;
}

#define FROM_CASE                                                                                  \
  " SET urgency = (SELECT c.urgency FROM support_case c WHERE c.case_no = $1)"                     \
  " WHERE case_no = $1 AND status = 'open'"                                                        \
  " AND urgency <> (SELECT c.urgency FROM support_case c WHERE c.case_no = $1)"

gboolean
bh_store_pass_urgency (BhStore *self, const char *case_no, GError **error)
{
  return bh_store_run (self, NULL, error, "UPDATE rma" FROM_CASE, "t", case_no) &&
         bh_store_run (self, NULL, error, "UPDATE rma_line" FROM_CASE, "t", case_no);
}
