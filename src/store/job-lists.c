/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* What acts at the bench ask, and the lists that a site extends (R4, R5). */

#include "backhaul/job-store.h"

static gboolean
one_int (BhStmt *stmt, gint64 *value, GError **error)
{
  if (!bh_stmt_one_row (stmt, error))
    return FALSE;
  *value = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

gboolean
bh_store_is_insufficient (BhStore *self, gint64 line_id, gboolean *insufficient, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT 1 FROM job WHERE line_id = $1 AND follows IS NOT NULL LIMIT 1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "i", line_id) &&
         bh_stmt_next (stmt, insufficient, error);
}

gboolean
bh_store_was_at_repair (BhStore *self, gint64 line_id, gboolean *was, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT 1 FROM clock WHERE line_id = $1 AND kind IN ('C2', 'C3') AND state <> 'void' LIMIT 1",
      error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "i", line_id) &&
         bh_stmt_next (stmt, was, error);
}

gboolean
bh_store_is_authorised (BhStore *self, const char *login, gboolean *authorised, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self,
                                           "SELECT 1 FROM operator WHERE login = $1"
                                           " AND authorised_technician = 1 AND disabled = 0",
                                           error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", login) &&
         bh_stmt_next (stmt, authorised, error);
}

gboolean
bh_store_count_faults (BhStore *self, const char *part, const char *fault, gint64 since_us,
                       gint64 *count, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT count(*) FROM job WHERE part = $1 AND fault = $2 AND started_us >= $3"
                     " AND state <> 'void'",
                     error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "tti", part, fault, since_us) &&
         one_int (stmt, count, error);
}

gboolean
bh_store_settle_analysis (BhStore *self, gint64 rma_id, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE rma SET state = CASE WHEN EXISTS (SELECT 1 FROM rma_line l"
                       " JOIN job j ON j.line_id = l.id AND j.state = 'open'"
                       " WHERE l.rma_id = rma.id) THEN 'in-analysis'"
                       " ELSE 'received' END"
                       " WHERE id = $1 AND state IN ('received', 'in-analysis')",
                       "i", rma_id);
}

gboolean
bh_store_case_owner (BhStore *self, const char *case_no, char **email, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT o.email FROM escalation e JOIN operator o ON o.login = e.owner AND o.disabled = 0"
      " WHERE e.case_no = $1 ORDER BY e.id DESC LIMIT 1",
      error);
  gboolean row = FALSE;

  *email = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", case_no) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *email = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

static const struct {
  const char *known;
  const char *any;
  const char *all;
} lists[] = {
  [BH_LIST_FAULT] = { "SELECT 1 FROM fault WHERE fault = $1", "SELECT 1 FROM fault LIMIT 1",
                      "SELECT fault, parent, description FROM fault ORDER BY fault" },
  [BH_LIST_DISPOSITION] = { "SELECT 1 FROM disposition WHERE disposition = $1",
                            "SELECT 1 FROM disposition LIMIT 1",
                            "SELECT disposition, NULL, description FROM disposition"
                            " ORDER BY disposition" },
  [BH_LIST_ACTION] = { "SELECT 1 FROM repair_action WHERE action = $1",
                       "SELECT 1 FROM repair_action LIMIT 1",
                       "SELECT action, NULL, description FROM repair_action ORDER BY action" },
};

gboolean
bh_store_in_list (BhStore *self, BhCodeList list, const char *code, gboolean *known, gboolean *any,
                  GError **error)
{
  g_autoptr (BhStmt) one = bh_store_stmt (self, lists[list].known, error);
  g_autoptr (BhStmt) all = bh_store_stmt (self, lists[list].any, error);

  return one != NULL && all != NULL && bh_stmt_bind (one, error, "t", code) &&
         bh_stmt_next (one, known, error) && bh_stmt_next (all, any, error);
}

void
bh_code_free (BhCode *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->parent);
  g_free (self->description);
  g_free (self);
}

GPtrArray *
bh_store_list (BhStore *self, BhCodeList list, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, lists[list].all, error);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_code_free);
  gboolean row = TRUE;

  while (stmt != NULL && bh_stmt_next (stmt, &row, error)) {
    BhCode *code;

    if (!row)
      return g_steal_pointer (&codes);
    code = g_new0 (BhCode, 1);
    code->code = bh_stmt_dup_text (stmt, 0);
    code->parent = bh_stmt_dup_text (stmt, 1);
    code->description = bh_stmt_dup_text (stmt, 2);
    g_ptr_array_add (codes, code);
  }
  return NULL;
}

gboolean
bh_store_test_limits (BhStore *self, const char *part, const char *test, char **low, char **high,
                      GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT low, high FROM test_limit WHERE part = $1 AND test = $2", error);
  gboolean row = FALSE;

  *low = NULL;
  *high = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", part, test) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row) {
    *low = bh_stmt_dup_text (stmt, 0);
    *high = bh_stmt_dup_text (stmt, 1);
  }
  return TRUE;
}
