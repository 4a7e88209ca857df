/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* A page of lines by any sort behind any filter (F1, F3), in a time that does not grow with
 * the store (decision 0015). */

#include <string.h>

#include "line-query.h"
#include "line-rows.h"

/* A match of so many lines is gathered and sorted. A broader one is met soon by walking the
 * sort's index, unless it stands all at the other end. */
#define NARROW 8000

static guint shrunk = 1;

void
bh_store_shrink_lists (guint times)
{
  shrunk = times;
}

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

static gboolean
by_number (const BhLineQuery *asks)
{
  return asks->sort == BH_RETURNS_BY_CREATED || asks->sort == BH_RETURNS_BY_URGENCY;
}

/* ---- parts of a query ------------------------------------------------------------ */

static guint
add_after_value (BhQuery *query, const BhLineQuery *asks)
{
  return by_number (asks) ? bh_query_number (query, g_ascii_strtoll (asks->after_value, NULL, 10))
                          : bh_query_text (query, asks->after_value);
}

/* "(column, id) > (…)" of the last row of the page before */
static void
add_cursor (BhQuery *query, const BhLineQuery *asks, const char *joint)
{
  guint value;

  if (asks->after_value == NULL)
    return;
  value = add_after_value (query, asks);
  bh_query_addf (query, "%s(%s, l.id) %s ($%u, $%u)", joint, sort_columns[asks->sort],
                 asks->descending ? "<" : ">", value, bh_query_number (query, asks->after_id));
}

static void
add_order (BhQuery *query, const BhLineQuery *asks, guint limit)
{
  const char *way = asks->descending ? " DESC" : "";

  bh_query_addf (query, " ORDER BY %s%s, l.id%s LIMIT %u", sort_columns[asks->sort], way, way,
                 limit);
}

/* " AND …" of all filters but @but. */
static void
add_conditions (BhQuery *query, const BhLineAsks *asks, BhLineFilter but, const char *joint)
{
  for (BhLineFilter filter = 0; filter < BH_LINE_N_FILTERS; filter++)
    if (filter != but && bh_line_asked (asks, filter)) {
      bh_query_add (query, joint);
      bh_line_add_condition (query, asks, filter);
      joint = " AND ";
    }
}

/* The ids of a page are chosen first, so that only a page of rows is read whole. */
static void
begin_page (BhQuery *query)
{
  bh_query_add (query, "SELECT " BH_LINE_COLUMNS " FROM (");
}

static GPtrArray *
end_page (BhQuery *query, BhStore *store, const BhLineQuery *asks, GError **error)
{
  g_autoptr (BhStmt) stmt = NULL;

  /* CROSS: SQLite keeps the order of the tables */
  bh_query_add (query, ") AS page CROSS JOIN rma_line l JOIN rma r ON r.id = l.rma_id"
                       " LEFT JOIN destination d ON d.destination = r.destination"
                       " WHERE l.id = page.id");
  add_order (query, asks, asks->limit);
  stmt = bh_query_start (query, store, error);
  return stmt != NULL ? bh_line_rows (stmt, error) : NULL;
}

/* ---- ways to a page -------------------------------------------------------------- */

/* By the index of the sort, behind a status or none: it is an index range. */
static GPtrArray *
walk (BhStore *self, const BhLineAsks *asks, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();

  begin_page (&query);
  bh_query_add (&query, "SELECT l.id FROM rma_line l WHERE 1 = 1");
  add_conditions (&query, asks, BH_LINE_N_FILTERS, " AND ");
  add_cursor (&query, asks->query, " AND ");
  add_order (&query, asks->query, asks->query->limit);
  return end_page (&query, self, asks->query, error);
}

/* A key by its own order: an index range too, which begins at its end or at the cursor,
 * whichever is further on. The engine is told one beginning: of two it may take the worse. */
static GPtrArray *
walk_key (BhStore *self, const BhLineAsks *asks, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  const BhLineQuery *list = asks->query;
  const BhPrefix *prefix = bh_line_prefix (list->text, asks->key);
  const char *column = bh_line_column (asks->key);
  gboolean inside =
      list->after_value != NULL &&
      (list->descending ? prefix->below == NULL || strcmp (list->after_value, prefix->below) < 0
                        : strcmp (list->after_value, prefix->from) >= 0);

  begin_page (&query);
  bh_query_add (&query, "SELECT l.id FROM rma_line l WHERE 1 = 1");
  if (list->status != NULL)
    bh_query_addf (&query, " AND l.status = $%u", bh_query_text (&query, list->status));
  if (list->descending || !inside)
    bh_query_addf (&query, " AND %s >= $%u", column, bh_query_text (&query, prefix->from));
  if (prefix->below != NULL && (!list->descending || !inside))
    bh_query_addf (&query, " AND %s < $%u", column, bh_query_text (&query, prefix->below));
  if (inside)
    add_cursor (&query, list, " AND ");
  add_order (&query, list, list->limit);
  return end_page (&query, self, list, error);
}

/* All that match @set are gathered and sorted; @zone: those of one zone, -1 of all. */
static GPtrArray *
gather (BhStore *self, const BhLineAsks *asks, BhLineFilter set, gint64 zone, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();

  begin_page (&query);
  bh_query_add (&query, "SELECT l.id FROM (");
  bh_line_add_ids (&query, asks, set, zone);
  bh_query_add (&query, ") AS found CROSS JOIN rma_line l WHERE l.id = found.id");
  add_conditions (&query, asks, set, " AND ");
  add_cursor (&query, asks->query, " AND ");
  add_order (&query, asks->query, asks->query->limit);
  return end_page (&query, self, asks->query, error);
}

/* Looks at the next @steps rows of the sort only: a page, or fewer rows. */
static GPtrArray *
stroll (BhStore *self, const BhLineAsks *asks, guint steps, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  const BhLineQuery *list = asks->query;

  begin_page (&query);
  bh_query_add (&query, "SELECT l.id FROM (SELECT l.id, l.rma, l.status, l.account,"
                        " l.account_name, l.case_no, l.serial, l.part, l.created_us, l.urgency"
                        " FROM rma_line l WHERE 1 = 1");
  if (list->status != NULL)
    bh_query_addf (&query, " AND l.status = $%u", bh_query_text (&query, list->status));
  add_cursor (&query, list, " AND ");
  add_order (&query, list, steps);
  bh_query_add (&query, ") AS l");
  add_conditions (&query, asks, BH_LINE_STATUS, " WHERE ");
  add_order (&query, list, list->limit);
  return end_page (&query, self, list, error);
}

/* References by the order of their RMAs: the words name them, so their index is enough. A word
 * row a reference and word: more of them than rows asked. */
static GPtrArray *
first_references (BhStore *self, const BhLineAsks *asks, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  const BhLineQuery *list = asks->query;

  begin_page (&query);
  bh_query_add (&query, "SELECT DISTINCT l.rma, l.id FROM (SELECT w.ref FROM search_word w"
                        " WHERE w.kind = 'reference' AND ");
  bh_query_range (&query, "w.word", bh_line_prefix (list->text, asks->key));
  if (list->after_value != NULL)
    bh_query_addf (&query, " AND w.ref %s $%u",
                   list->descending ? "<=" : ">=", bh_query_text (&query, list->after_value));
  bh_query_addf (&query,
                 " ORDER BY w.ref%s LIMIT %u) AS named CROSS JOIN rma_line l"
                 " WHERE l.rma = named.ref",
                 list->descending ? " DESC" : "", 8 * list->limit);
  add_cursor (&query, list, " AND ");
  add_order (&query, list, list->limit);
  return end_page (&query, self, list, error);
}

/* ---- rows of several lists as one -------------------------------------------------- */

/* As the engines do: texts byte by byte. */
static int
compare_keys (const BhLineQuery *asks, const char *one, const char *other)
{
  gint64 a;
  gint64 b;

  if (!by_number (asks))
    return strcmp (one, other);
  a = g_ascii_strtoll (one, NULL, 10);
  b = g_ascii_strtoll (other, NULL, 10);
  return (a > b) - (a < b);
}

static int
compare_rows (const BhReturnRow *a, const BhReturnRow *b, const BhLineQuery *asks)
{
  g_autofree char *one = bh_return_row_key (a, asks->sort);
  g_autofree char *other = bh_return_row_key (b, asks->sort);
  int by = compare_keys (asks, one, other);

  if (by == 0)
    by = (a->id > b->id) - (a->id < b->id);
  return asks->descending ? -by : by;
}

/* Takes the rows of @more into @rows, both in order, each row once, a page at most. */
static GPtrArray *
merge (GPtrArray *rows, GPtrArray *more, const BhLineQuery *asks)
{
  GPtrArray *both = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_return_row_free);
  guint i = 0;
  guint j = 0;

  while (both->len < asks->limit && (i < rows->len || j < more->len)) {
    int by = i == rows->len   ? 1
             : j == more->len ? -1
                              : compare_rows (rows->pdata[i], more->pdata[j], asks);

    if (by <= 0)
      g_ptr_array_add (both, g_steal_pointer (&rows->pdata[i++]));
    else
      g_ptr_array_add (both, g_steal_pointer (&more->pdata[j]));
    j += by >= 0; /* the same row of both is taken once */
  }
  g_ptr_array_unref (rows);
  g_ptr_array_unref (more);
  return both;
}

/* ---- zones --------------------------------------------------------------------------- */

/* Zones where @key matches, by what the first row of the sort in them may be. */
static BhStmt *
zones_of (BhStore *self, const BhLineAsks *asks, BhQuery *query, GError **error)
{
  const BhLineQuery *list = asks->query;
  const char *column = sort_columns[list->sort];
  gboolean received = asks->key == BH_LINE_TRACKING;

  bh_query_addf (query,
                 "WITH RECURSIVE zone (n) AS (SELECT min(id) / 4096 FROM rma_line UNION ALL"
                 " SELECT (SELECT min(id) FROM rma_line WHERE id >= (zone.n + 1) * 4096) / 4096"
                 " FROM zone WHERE zone.n IS NOT NULL)"
                 " SELECT n, edge FROM (SELECT zone.n, (SELECT %s(%s) FROM rma_line l WHERE"
                 " " BH_LINE_ZONE " = zone.n",
                 list->descending ? "max" : "min", column);
  if (list->after_value != NULL)
    bh_query_addf (query, " AND %s %s $%u", column,
                   list->descending ? "<=" : ">=", add_after_value (query, list));
  bh_query_addf (query,
                 ") AS edge FROM zone WHERE zone.n IS NOT NULL AND EXISTS (SELECT 1 FROM %s"
                 " = zone.n AND ",
                 received ? "receipt p WHERE " BH_RECEIPT_ZONE : "rma_line l WHERE " BH_LINE_ZONE);
  bh_query_range (query, received ? "p.tracking" : bh_line_column (asks->key),
                  bh_line_prefix (list->text, asks->key));
  bh_query_addf (query, ")) AS matching WHERE edge IS NOT NULL ORDER BY edge%s",
                 list->descending ? " DESC" : "");
  return bh_query_start (query, self, error);
}

/* Nothing of the zone at hand comes before the last row of a full page. */
static gboolean
beyond (const BhLineQuery *asks, const GPtrArray *rows, BhStmt *zones)
{
  g_autofree char *last = NULL;
  int by;

  if (rows->len < asks->limit)
    return FALSE;
  last = bh_return_row_key (rows->pdata[rows->len - 1], asks->sort);
  by = compare_keys (asks, bh_stmt_text (zones, 1), last);
  return asks->descending ? by < 0 : by > 0;
}

static GPtrArray *
by_zones (BhStore *self, const BhLineAsks *asks, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) zones = zones_of (self, asks, &query, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_return_row_free);
  gboolean row = FALSE;

  if (zones == NULL)
    return NULL;
  while (bh_stmt_next (zones, &row, error)) {
    GPtrArray *more;

    if (!row || beyond (asks->query, rows, zones))
      return g_steal_pointer (&rows);
    more = gather (self, asks, asks->key, bh_stmt_int64 (zones, 0), error);
    if (more == NULL)
      return NULL;
    rows = merge (g_steal_pointer (&rows), more, asks->query);
  }
  return NULL;
}

static gboolean
has_zones (const BhLineAsks *asks)
{
  BhReturnsSort sort = asks->query->sort;

  return (asks->key == BH_LINE_RMA || asks->key == BH_LINE_CASE || asks->key == BH_LINE_SERIAL ||
          asks->key == BH_LINE_TRACKING) &&
         (sort == BH_RETURNS_BY_RMA || sort == BH_RETURNS_BY_CASE || sort == BH_RETURNS_BY_CREATED);
}

/* ---- the way to take ------------------------------------------------------------------ */

static gboolean
count_up_to (BhStore *self, const BhLineAsks *asks, BhLineFilter filter, gint64 *count,
             GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;

  bh_query_add (&query, "SELECT count(*) FROM (SELECT * FROM (");
  bh_line_add_matches (&query, asks, filter);
  bh_query_addf (&query, ") AS matches LIMIT %u) AS few", NARROW / shrunk + 1);
  stmt = bh_query_start (&query, self, error);
  if (stmt == NULL || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *count = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

/* The narrowest filter, when it is narrow; BH_LINE_N_FILTERS: none is. */
static gboolean
choose (BhStore *self, const BhLineAsks *asks, BhLineFilter *narrowest, GError **error)
{
  gint64 best = NARROW / shrunk + 1;

  *narrowest = BH_LINE_N_FILTERS;
  for (BhLineFilter filter = 0; filter < BH_LINE_STATUS; filter++) {
    gint64 count = 0;

    if (!bh_line_asked (asks, filter))
      continue;
    /* a serial or a case has a handful of lines: no need to count */
    if (filter == BH_LINE_IS_SERIAL || filter == BH_LINE_IS_CASE) {
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

/* A broad match: what matches may be all around, or all at the other end. */
static GPtrArray *
broad (BhStore *self, const BhLineAsks *asks, BhLineFilter widest, gboolean alone, GError **error)
{
  static const guint steps[] = { 1000, 4000, 20000 };
  gboolean named =
      alone && asks->key == BH_LINE_REFERENCE_WORD && asks->query->sort == BH_RETURNS_BY_RMA;
  /* a look at a receipt for each line costs more than the zones */
  gboolean dear = named || (asks->key == BH_LINE_TRACKING && has_zones (asks));

  for (guint i = 0; i < G_N_ELEMENTS (steps) - (dear ? 1 : 0); i++) {
    g_autoptr (GPtrArray) rows = stroll (self, asks, steps[i] / shrunk, error);

    if (rows == NULL || rows->len == asks->query->limit)
      return g_steal_pointer (&rows);
  }
  if (has_zones (asks))
    return by_zones (self, asks, error);
  if (named) {
    g_autoptr (GPtrArray) rows = first_references (self, asks, error);

    if (rows == NULL || rows->len == asks->query->limit)
      return g_steal_pointer (&rows);
  }
  return gather (self, asks, widest, -1, error);
}

static GPtrArray *
list_one (BhStore *self, const BhLineAsks *asks, GError **error)
{
  BhLineFilter narrowest;
  BhLineFilter widest = BH_LINE_N_FILTERS;
  guint n = 0;

  for (BhLineFilter filter = 0; filter < BH_LINE_STATUS; filter++)
    if (bh_line_asked (asks, filter)) {
      widest = filter;
      n++;
    }
  if (n == 0)
    return walk (self, asks, error);
  if (n == 1 && asks->key < BH_LINE_N_KEYS &&
      g_strcmp0 (bh_line_column (asks->key), sort_columns[asks->query->sort]) == 0)
    return walk_key (self, asks, error);
  if (!choose (self, asks, &narrowest, error))
    return NULL;
  if (narrowest != BH_LINE_N_FILTERS)
    return gather (self, asks, narrowest, -1, error);
  return broad (self, asks, widest, n == 1 && asks->query->status == NULL, error);
}

GPtrArray *
bh_store_list_lines (BhStore *self, const BhLineQuery *asks, GError **error)
{
  BhLineAsks one = { asks, BH_LINE_N_KEYS };
  g_autoptr (GPtrArray) rows = NULL;

  if (asks->text == NULL)
    return list_one (self, &one, error);
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_return_row_free);
  for (one.key = 0; one.key < BH_LINE_N_KEYS; one.key++) {
    GPtrArray *more;

    if (bh_line_prefix (asks->text, one.key)->from == NULL)
      continue;
    more = list_one (self, &one, error);
    if (more == NULL)
      return NULL;
    rows = merge (g_steal_pointer (&rows), more, asks);
  }
  return g_steal_pointer (&rows);
}
