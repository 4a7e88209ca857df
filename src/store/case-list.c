/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "case-rows.h"
#include "query.h"

/* What matches so many cases is gathered and sorted; a broader match is met soon by a walk
 * through the sort's index. */
#define NARROW 20000

/* F2's columns as they are indexed, each with the number behind it */
static const char *const sort_columns[] = {
  [BH_CASES_BY_CASE] = "c.case_no",
  [BH_CASES_BY_STATUS] = "c.status",
  [BH_CASES_BY_SITE] = "lower(coalesce(c.site, ''))",
  [BH_CASES_BY_CONTACT] = "lower(coalesce(c.contact, ''))",
  [BH_CASES_BY_MODIFIED] = "c.modified_us",
  [BH_CASES_BY_PLATFORM] = "lower(coalesce(c.platform, ''))",
  [BH_CASES_BY_PRIORITY] = "coalesce(c.priority, '')",
  [BH_CASES_BY_ACCOUNT] = "c.account",
};

char *
bh_case_row_key (const BhCaseRow *row, BhCasesSort sort)
{
  switch (sort) {
  case BH_CASES_BY_STATUS:
    return g_strdup (row->status);
  case BH_CASES_BY_SITE:
    return g_ascii_strdown (row->site != NULL ? row->site : "", -1);
  case BH_CASES_BY_CONTACT:
    return g_ascii_strdown (row->contact != NULL ? row->contact : "", -1);
  case BH_CASES_BY_MODIFIED:
    return g_strdup_printf ("%" G_GINT64_FORMAT, row->modified_us);
  case BH_CASES_BY_PLATFORM:
    return g_ascii_strdown (row->platform != NULL ? row->platform : "", -1);
  case BH_CASES_BY_PRIORITY:
    return g_strdup (row->priority != NULL ? row->priority : "");
  case BH_CASES_BY_ACCOUNT:
    return g_strdup (row->account);
  case BH_CASES_BY_CASE:
  case BH_CASES_SORT_LAST:
  default:
    return g_strdup (row->case_no);
  }
}

/* ---- what was typed (F3) ------------------------------------------------------------ */

/* What a text may mean: how the cases are found that bear it, and how one that a walk has
 * met is asked for it. NULL @of_one: the column itself. */
static const struct {
  gsize prefix;
  const char *all;
  const char *column;
  const char *of_one;
} meanings[] = {
  { G_STRUCT_OFFSET (BhSearchText, case_no), "SELECT c.case_no FROM support_case c WHERE ",
    "c.case_no", NULL },
  { G_STRUCT_OFFSET (BhSearchText, account), "SELECT c.case_no FROM support_case c WHERE ",
    "c.account", NULL },
  { G_STRUCT_OFFSET (BhSearchText, plain), "SELECT c.case_no FROM support_case c WHERE ",
    "lower(coalesce(c.site, ''))", NULL },
  { G_STRUCT_OFFSET (BhSearchText, plain), "SELECT c.case_no FROM support_case c WHERE ",
    "lower(coalesce(c.contact, ''))", NULL },
  { G_STRUCT_OFFSET (BhSearchText, plain), "SELECT c.case_no FROM support_case c WHERE ",
    "lower(coalesce(c.platform, ''))", NULL },
  { G_STRUCT_OFFSET (BhSearchText, plain),
    "SELECT c.case_no FROM site s JOIN support_case c ON c.account = s.account"
    " AND c.site = s.site WHERE ",
    "lower(s.name)", "SELECT 1 FROM site s WHERE s.account = c.account AND s.site = c.site AND " },
  { G_STRUCT_OFFSET (BhSearchText, rma), "SELECT r.case_no FROM rma r WHERE ", "r.rma",
    "SELECT 1 FROM rma r WHERE r.case_no = c.case_no AND " },
  { G_STRUCT_OFFSET (BhSearchText, serial), "SELECT l.case_no FROM rma_line l WHERE ", "l.serial",
    "SELECT 1 FROM rma_line l WHERE l.case_no = c.case_no AND " },
  { G_STRUCT_OFFSET (BhSearchText, word),
    "SELECT c.case_no FROM search_word w JOIN support_case c ON c.account = w.ref"
    " WHERE w.kind = 'account' AND ",
    "w.word", "SELECT 1 FROM search_word w WHERE w.kind = 'account' AND w.ref = c.account AND " },
  { G_STRUCT_OFFSET (BhSearchText, word),
    "SELECT r.case_no FROM search_word w JOIN rma r ON r.rma = w.ref"
    " WHERE w.kind = 'reference' AND ",
    "w.word",
    "SELECT 1 FROM rma r JOIN search_word w ON w.kind = 'reference' AND w.ref = r.rma"
    " WHERE r.case_no = c.case_no AND " },
  { G_STRUCT_OFFSET (BhSearchText, tracking),
    "SELECT l.case_no FROM box b JOIN receipt p ON p.box = b.box AND p.void = 0"
    " JOIN rma_line l ON l.id = p.line_id WHERE ",
    "b.tracking",
    "SELECT 1 FROM rma_line l JOIN receipt p ON p.line_id = l.id AND p.void = 0"
    " JOIN box b ON b.box = p.box WHERE l.case_no = c.case_no AND " },
};

static const BhPrefix *
prefix_of (const BhSearchText *text, guint meaning)
{
  const BhPrefix *prefix = G_STRUCT_MEMBER_P (text, meanings[meaning].prefix);

  return prefix->from != NULL ? prefix : NULL;
}

/* The numbers of all cases that it may mean, a branch a meaning. */
static void
add_numbers (BhQuery *query, const BhSearchText *text)
{
  const char *joint = "";

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++) {
    const BhPrefix *prefix = prefix_of (text, i);

    if (prefix == NULL)
      continue;
    g_string_append_printf (query->sql, "%s%s", joint, meanings[i].all);
    bh_query_range (query, meanings[i].column, prefix);
    joint = " UNION ALL ";
  }
  if (*joint == '\0')
    g_string_append (query->sql, "SELECT case_no FROM support_case WHERE 1 = 0");
}

/* The same as a condition on a row: expressions, so that no engine leaves the sort's index. */
static void
add_condition (BhQuery *query, const BhSearchText *text)
{
  g_string_append (query->sql, "(1 = 0");
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++) {
    const BhPrefix *prefix = prefix_of (text, i);
    g_autofree char *column = g_strconcat (meanings[i].column, " || ''", NULL);

    if (prefix == NULL)
      continue;
    g_string_append_printf (query->sql, " OR %s(%s", meanings[i].of_one != NULL ? "EXISTS " : "",
                            meanings[i].of_one != NULL ? meanings[i].of_one : "");
    bh_query_range (query, column, prefix);
    g_string_append_c (query->sql, ')');
  }
  g_string_append_c (query->sql, ')');
}

static gboolean
is_narrow (BhStore *self, const BhSearchText *text, gboolean *narrow, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;

  g_string_append (query.sql, "SELECT count(*) FROM (SELECT * FROM (");
  add_numbers (&query, text);
  g_string_append_printf (query.sql, ") AS matches LIMIT %d) AS few", NARROW + 1);
  stmt = bh_query_start (&query, self, error);
  if (stmt == NULL || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *narrow = bh_stmt_int64 (stmt, 0) <= NARROW;
  return TRUE;
}

/* ---- the page -------------------------------------------------------------------------- */

/* The members that are to be equal. An index of them is right for few cases, and where the
 * sort stands behind it; many are met soon by a walk through the sort's own. */
static const struct {
  gsize value;
  const char *column;
  const char *few;
  guint behind; /* bits 1 << BhCasesSort: sorts that an index of it has */
} members[] = {
  { G_STRUCT_OFFSET (BhCaseQuery, status), "c.status",
    "SELECT count(*) FROM (SELECT 1 FROM support_case WHERE status = $1 LIMIT " G_STRINGIFY (
        NARROW) ") AS few",
    1u << BH_CASES_BY_CASE | 1u << BH_CASES_BY_STATUS | 1u << BH_CASES_BY_MODIFIED },
  { G_STRUCT_OFFSET (BhCaseQuery, account), "c.account",
    "SELECT count(*) FROM (SELECT 1 FROM support_case WHERE account = $1 LIMIT " G_STRINGIFY (
        NARROW) ") AS few",
    1u << BH_CASES_BY_CASE | 1u << BH_CASES_BY_ACCOUNT },
  { G_STRUCT_OFFSET (BhCaseQuery, priority), "coalesce(c.priority, '')",
    "SELECT count(*) FROM (SELECT 1 FROM support_case WHERE coalesce(priority, '') = $1"
    " LIMIT " G_STRINGIFY (NARROW) ") AS few",
    1u << BH_CASES_BY_CASE | 1u << BH_CASES_BY_PRIORITY },
};

static gboolean
add_equals (BhStore *self, BhQuery *query, const char **joint, const BhCaseQuery *asks,
            GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *value = G_STRUCT_MEMBER (const char *, asks, members[i].value);
    gboolean by_index = (members[i].behind & 1u << asks->sort) != 0;
    g_autoptr (BhStmt) stmt = NULL;

    if (value == NULL)
      continue;
    if (!by_index) {
      stmt = bh_store_stmt (self, members[i].few, error);
      if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", value) || !bh_stmt_one_row (stmt, error))
        return FALSE;
      by_index = bh_stmt_int64 (stmt, 0) < NARROW;
    }
    g_string_append_printf (query->sql, "%s%s%s = $%u", *joint, members[i].column,
                            by_index ? "" : " || ''", bh_query_text (query, value));
    *joint = " AND ";
  }
  return TRUE;
}

static void
add_after (BhQuery *query, const char **joint, const BhCaseQuery *asks)
{
  const char *way = asks->descending ? "<" : ">";
  guint value;

  if (asks->after_case == NULL)
    return;
  value = asks->sort == BH_CASES_BY_MODIFIED
              ? bh_query_number (query, g_ascii_strtoll (asks->after_value, NULL, 10))
              : bh_query_text (query, asks->after_value);
  g_string_append_printf (query->sql, "%s(%s, c.case_no) %s ($%u, $%u)", *joint,
                          sort_columns[asks->sort], way, value,
                          bh_query_text (query, asks->after_case));
  *joint = " AND ";
}

GPtrArray *
bh_store_list_cases (BhStore *self, const BhCaseQuery *asks, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_case_row_free);
  const char *way = asks->descending ? " DESC" : "";
  const char *joint = " WHERE ";
  gboolean narrow = FALSE;
  gboolean row = TRUE;

  if (asks->text != NULL && !is_narrow (self, asks->text, &narrow, error))
    return NULL;
  g_string_append (query.sql, BH_CASE_COLUMNS);
  if (!add_equals (self, &query, &joint, asks, error))
    return NULL;
  if (asks->text != NULL) {
    g_string_append (query.sql, joint);
    joint = " AND ";
    if (narrow)
      g_string_append (query.sql, "c.case_no IN (");
    if (narrow)
      add_numbers (&query, asks->text);
    else
      add_condition (&query, asks->text);
    if (narrow)
      g_string_append_c (query.sql, ')');
  }
  add_after (&query, &joint, asks);
  g_string_append_printf (query.sql, " ORDER BY %s%s, c.case_no%s LIMIT %u",
                          sort_columns[asks->sort], way, way, asks->limit);
  stmt = bh_query_start (&query, self, error);
  while (stmt != NULL && row) {
    BhCaseRow *one;

    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&rows);
    one = g_new0 (BhCaseRow, 1);
    bh_case_read (stmt, one);
    g_ptr_array_add (rows, one);
  }
  return NULL;
}
