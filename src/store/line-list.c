/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "line-rows.h"
#include "query.h"

#include <string.h>

/* A match of so many lines is gathered and sorted. A broader one is met soon by
 * walking the sort's index: so many rows are looked at, and only when they do not
 * fill the page (what matches stands all at the other end) is it gathered after all. */
#define NARROW 20000
#define STROLL 10000

/* F1's columns as they are indexed, each with the id behind it */
static const char *const sort_columns[] = {
  [BH_RETURNS_BY_RMA] = "l.rma",
  [BH_RETURNS_BY_STATUS] = "l.status",
  [BH_RETURNS_BY_ACCOUNT] = "l.account_name",
  [BH_RETURNS_BY_CASE] = "l.case_no",
  [BH_RETURNS_BY_SERIAL] = "l.serial",
  [BH_RETURNS_BY_PART] = "coalesce(l.part, '')",
  [BH_RETURNS_BY_CREATED] = "l.created_us",
  [BH_RETURNS_BY_URGENCY] = "l.urgency",
};

/* ---- what matches ------------------------------------------------------------- */

static void
add_branch (BhQuery *query, gboolean *first, const char *head)
{
  g_string_append_printf (query->sql, "%s%s", *first ? "" : " UNION ALL ", head);
  *first = FALSE;
}

/* The same as conditions on a row that a walk has met. An expression, so that no
 * engine leaves the sort's index for them. */
static void
add_text_conditions (BhQuery *query, const BhSearchText *text)
{
  const struct {
    const BhPrefix *prefix;
    const char *column;
  } plain[] = {
    { &text->rma, "l.rma || ''" },
    { &text->case_no, "l.case_no || ''" },
    { &text->serial, "l.serial || ''" },
    { &text->account, "l.account || ''" },
    { &text->part, "coalesce(l.part, '') || ''" },
  };

  g_string_append (query->sql, "(1 = 0");
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++) {
    if (plain[i].prefix->from == NULL)
      continue;
    g_string_append (query->sql, " OR (");
    bh_query_range (query, plain[i].column, plain[i].prefix);
    g_string_append_c (query->sql, ')');
  }
  if (text->word.from != NULL) {
    g_string_append (query->sql,
                     " OR EXISTS (SELECT 1 FROM search_word w WHERE w.kind || '' = 'account'"
                     " AND w.ref = l.account AND ");
    bh_query_range (query, "w.word || ''", &text->word);
    g_string_append (query->sql, ") OR EXISTS (SELECT 1 FROM search_word w"
                                 " WHERE w.kind || '' = 'reference' AND w.ref = l.rma AND ");
    bh_query_range (query, "w.word || ''", &text->word);
    g_string_append_c (query->sql, ')');
  }
  if (text->tracking.from != NULL) {
    g_string_append (query->sql, " OR EXISTS (SELECT 1 FROM receipt p JOIN box b ON b.box = p.box"
                                 " WHERE p.line_id = l.id AND p.void = 0 AND ");
    bh_query_range (query, "b.tracking || ''", &text->tracking);
    g_string_append_c (query->sql, ')');
  }
  g_string_append_c (query->sql, ')');
}

/* The ids of lines that what was typed may mean (F3), a branch a key. */
static void
add_text_branches (BhQuery *query, const BhSearchText *text)
{
  const struct {
    const BhPrefix *prefix;
    const char *column;
  } plain[] = {
    { &text->rma, "l.rma" },
    { &text->case_no, "l.case_no" },
    { &text->serial, "l.serial" },
    { &text->account, "l.account" },
    { &text->part, "coalesce(l.part, '')" },
  };
  gboolean first = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++) {
    if (plain[i].prefix->from == NULL)
      continue;
    add_branch (query, &first, "SELECT l.id FROM rma_line l WHERE ");
    bh_query_range (query, plain[i].column, plain[i].prefix);
  }
  if (text->word.from != NULL) {
    add_branch (query, &first,
                "SELECT l.id FROM search_word w JOIN rma_line l ON l.account = w.ref"
                " WHERE w.kind = 'account' AND ");
    bh_query_range (query, "w.word", &text->word);
    add_branch (query, &first,
                "SELECT l.id FROM search_word w JOIN rma_line l ON l.rma = w.ref"
                " WHERE w.kind = 'reference' AND ");
    bh_query_range (query, "w.word", &text->word);
  }
  if (text->tracking.from != NULL) {
    add_branch (query, &first,
                "SELECT p.line_id FROM box b JOIN receipt p ON p.box = b.box AND p.void = 0"
                " WHERE p.line_id IS NOT NULL AND ");
    bh_query_range (query, "b.tracking", &text->tracking);
  }
  if (first)
    g_string_append (query->sql, "SELECT id FROM rma_line WHERE id < 0");
}

/* Each filter but the sort is a set of ids; they are intersected one by one. */
typedef enum { BY_TEXT, BY_WORDS, BY_SERIAL, BY_CASE, BY_ACCOUNT, BY_STATUS, N_FILTERS } Filter;

static gboolean
asked (const BhLineQuery *asks, Filter filter)
{
  switch (filter) {
  case BY_TEXT:
    return asks->text != NULL;
  case BY_WORDS:
    return asks->words != NULL && asks->words[0] != NULL;
  case BY_SERIAL:
    return asks->serial != NULL;
  case BY_CASE:
    return asks->case_no != NULL;
  case BY_ACCOUNT:
    return asks->account != NULL;
  default:
    return asks->status != NULL;
  }
}

static void
add_ids (BhQuery *query, const BhLineQuery *asks, Filter filter)
{
  switch (filter) {
  case BY_TEXT:
    add_text_branches (query, asks->text);
    break;
  case BY_WORDS:
    for (guint i = 0; asks->words[i] != NULL; i++)
      g_string_append_printf (query->sql,
                              "%sSELECT l.id FROM search_word w JOIN rma_line l ON l.rma = w.ref"
                              " WHERE w.kind = 'reference' AND w.word = $%u",
                              i > 0 ? " INTERSECT " : "", bh_query_text (query, asks->words[i]));
    break;
  case BY_SERIAL:
    g_string_append_printf (query->sql, "SELECT l.id FROM rma_line l WHERE l.serial = $%u",
                            bh_query_text (query, asks->serial));
    break;
  case BY_CASE:
    g_string_append_printf (query->sql, "SELECT l.id FROM rma_line l WHERE l.case_no = $%u",
                            bh_query_text (query, asks->case_no));
    break;
  case BY_ACCOUNT:
    g_string_append_printf (query->sql, "SELECT l.id FROM rma_line l WHERE l.account = $%u",
                            bh_query_text (query, asks->account));
    break;
  default:
    g_string_append_printf (query->sql, "SELECT l.id FROM rma_line l WHERE l.status = $%u",
                            bh_query_text (query, asks->status));
    break;
  }
}

/* The same as a condition on a row that the walk has met: an expression, so that
 * no engine takes it for a reason to leave the sort's index. */
static void
add_condition (BhQuery *query, const BhLineQuery *asks, Filter filter)
{
  switch (filter) {
  case BY_SERIAL:
    g_string_append_printf (query->sql, "l.serial || '' = $%u",
                            bh_query_text (query, asks->serial));
    break;
  case BY_CASE:
    g_string_append_printf (query->sql, "l.case_no || '' = $%u",
                            bh_query_text (query, asks->case_no));
    break;
  case BY_ACCOUNT:
    g_string_append_printf (query->sql, "l.account || '' = $%u",
                            bh_query_text (query, asks->account));
    break;
  case BY_STATUS:
    /* every sort has an index behind each status */
    g_string_append_printf (query->sql, "l.status = $%u", bh_query_text (query, asks->status));
    break;
  case BY_TEXT:
    add_text_conditions (query, asks->text);
    break;
  default:
    for (guint i = 0; asks->words[i] != NULL; i++)
      g_string_append_printf (
          query->sql,
          "%sEXISTS (SELECT 1 FROM search_word w WHERE w.kind || '' = 'reference'"
          " AND w.ref = l.rma AND w.word || '' = $%u)",
          i > 0 ? " AND " : "", bh_query_text (query, asks->words[i]));
    break;
  }
}

static gboolean
count_up_to (BhStore *self, const BhLineQuery *asks, Filter filter, gint64 *count, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;

  g_string_append (query.sql, "SELECT count(*) FROM (SELECT * FROM (");
  add_ids (&query, asks, filter);
  g_string_append_printf (query.sql, ") AS matches LIMIT %d) AS few", NARROW + 1);
  stmt = bh_query_start (&query, self, error);
  if (stmt == NULL || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *count = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

/* The narrowest filter, when it is narrow; N_FILTERS: walk. */
static gboolean
choose (BhStore *self, const BhLineQuery *asks, Filter *narrowest, GError **error)
{
  gint64 best = NARROW + 1;

  *narrowest = N_FILTERS;
  for (Filter filter = 0; filter < BY_STATUS; filter++) {
    gint64 count = 0;

    if (!asked (asks, filter))
      continue;
    /* a serial or a case has a handful of lines: no need to count */
    if (filter == BY_SERIAL || filter == BY_CASE) {
      *narrowest = filter;
      return TRUE;
    }
    if (!count_up_to (self, asks, filter, &count, error))
      return FALSE;
    if (count < best) {
      best = count;
      *narrowest = filter;
    }
  }
  return TRUE;
}

/* "WHERE …" of all filters but @set, whose ids are a set; N_FILTERS: none is. */
static void
add_where (BhQuery *query, const BhLineQuery *asks, Filter set)
{
  const char *column = sort_columns[asks->sort];
  const char *joint = " WHERE ";

  for (Filter filter = 0; filter < N_FILTERS; filter++) {
    if (!asked (asks, filter))
      continue;
    g_string_append (query->sql, joint);
    joint = " AND ";
    if (filter == set) {
      g_string_append (query->sql, "l.id IN (");
      add_ids (query, asks, filter);
      g_string_append_c (query->sql, ')');
    } else {
      add_condition (query, asks, filter);
    }
  }
  if (asks->after_value != NULL) {
    guint value = asks->sort == BH_RETURNS_BY_CREATED || asks->sort == BH_RETURNS_BY_URGENCY
                      ? bh_query_number (query, g_ascii_strtoll (asks->after_value, NULL, 10))
                      : bh_query_text (query, asks->after_value);

    g_string_append_printf (query->sql, "%s(%s, l.id) %s ($%u, $%u)", joint, column,
                            asks->descending ? "<" : ">", value,
                            bh_query_number (query, asks->after_id));
  }
}

static void
add_order (BhQuery *query, const BhLineQuery *asks, guint limit)
{
  const char *way = asks->descending ? " DESC" : "";

  g_string_append_printf (query->sql, " ORDER BY %s%s, l.id%s LIMIT %u", sort_columns[asks->sort],
                          way, way, limit);
}

static GPtrArray *
page_of (BhStore *self, const BhLineQuery *asks, Filter set, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;

  g_string_append (query.sql, "SELECT " BH_LINE_COLUMNS BH_LINE_FROM);
  add_where (&query, asks, set);
  add_order (&query, asks, asks->limit);
  stmt = bh_query_start (&query, self, error);
  return stmt != NULL ? bh_line_rows (stmt, error) : NULL;
}

/* Looks at the next STROLL rows of the sort only: a page, or fewer rows. */
static GPtrArray *
stroll (BhStore *self, const BhLineQuery *asks, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;
  BhLineQuery near = { .status = asks->status,
                       .sort = asks->sort,
                       .descending = asks->descending,
                       .after_value = asks->after_value,
                       .after_id = asks->after_id };
  BhLineQuery rest = *asks;

  rest.status = NULL;
  rest.after_value = NULL;
  g_string_append (query.sql,
                   "SELECT " BH_LINE_COLUMNS " FROM (SELECT " BH_LINE_OWN " FROM rma_line l");
  add_where (&query, &near, N_FILTERS);
  add_order (&query, &near, STROLL);
  g_string_append (query.sql, ") AS l JOIN rma r ON r.id = l.rma_id"
                              " LEFT JOIN destination d ON d.destination = r.destination");
  add_where (&query, &rest, N_FILTERS);
  add_order (&query, asks, asks->limit);
  stmt = bh_query_start (&query, self, error);
  return stmt != NULL ? bh_line_rows (stmt, error) : NULL;
}

GPtrArray *
bh_store_list_lines (BhStore *self, const BhLineQuery *asks, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  Filter narrowest;
  Filter widest = N_FILTERS;

  if (!choose (self, asks, &narrowest, error))
    return NULL;
  for (Filter filter = 0; filter < BY_STATUS; filter++)
    if (asked (asks, filter))
      widest = filter;
  /* a status alone is an index range of every sort, and so is no filter at all */
  if (narrowest != N_FILTERS || widest == N_FILTERS)
    return page_of (self, asks, narrowest, error);
  rows = stroll (self, asks, error);
  if (rows == NULL || rows->len == asks->limit)
    return g_steal_pointer (&rows);
  return page_of (self, asks, widest, error);
}
