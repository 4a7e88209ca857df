/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/returns.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/lists-store.h"
#include "backhaul/table.h"
#include "search-private.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT     1000

static const char *const sort_names[] = {
  [BH_RETURNS_BY_RMA] = "rma",         [BH_RETURNS_BY_STATUS] = "status",
  [BH_RETURNS_BY_ACCOUNT] = "account", [BH_RETURNS_BY_CASE] = "case",
  [BH_RETURNS_BY_SERIAL] = "serial",   [BH_RETURNS_BY_PART] = "part",
  [BH_RETURNS_BY_CREATED] = "created", [BH_RETURNS_BY_URGENCY] = "urgency",
};

const char *
bh_returns_sort_name (BhReturnsSort sort)
{
  g_return_val_if_fail ((guint) sort < G_N_ELEMENTS (sort_names), "rma");
  return sort_names[sort];
}

gboolean
bh_returns_sort_parse (const char *text, BhReturnsSort *sort)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_strcmp0 (text, sort_names[i]) == 0) {
      *sort = (BhReturnsSort) i;
      return TRUE;
    }
  return FALSE;
}

static char *
make_cursor (const BhReturnsQuery *query, const BhReturnRow *last)
{
  g_autofree char *key = bh_return_row_key (last, query->sort);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, last->id);

  return bh_cursor_make ((int) query->sort, query->descending, id, key);
}

static gboolean
read_cursor (const BhReturnsQuery *query, char **value, gint64 *id, GError **error)
{
  g_autofree char *text = NULL;
  char *end = NULL;

  if (!bh_cursor_read (query->after, (int) query->sort, query->descending, &text, value, error))
    return FALSE;
  *id = g_ascii_strtoll (text, &end, 10);
  return (end > text && *end == '\0') || bh_cursor_fail (query->after, error);
}

/* A member that is to be equal: folded, or as it is when it cannot be one (then
 * nothing is equal to it, which is the answer). */
static char *
folded (const char *text, char *(*normalise) (const char *text, gssize length))
{
  char *normal = text != NULL ? normalise (text, -1) : NULL;

  return normal != NULL ? normal : g_strdup (text);
}

GPtrArray *
bh_desk_list_returns (BhDesk *self, const BhReturnsQuery *query, char **next, GError **error)
{
  g_auto (BhSearchText) text = { 0 };
  g_autofree char *serial = folded (query->serial, bh_serial_normalise);
  g_autofree char *case_no = folded (query->case_no, bh_case_normalise);
  g_auto (GStrv) words = query->reference != NULL ? bh_search_words (query->reference) : NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint limit = query->limit > 0 ? MIN (query->limit, MAX_LIMIT) : DEFAULT_LIMIT;
  BhLineQuery asks = { .status = query->status,
                       .account = query->account,
                       .serial = serial,
                       .case_no = case_no,
                       .words = words,
                       .sort = query->sort,
                       .descending = query->descending,
                       .limit = limit + 1 };

  if (next != NULL)
    *next = NULL;
  if (!bh_desk_require (self, BH_MAY_READ, error))
    return NULL;
  if (query->text != NULL && *query->text != '\0') {
    if (!bh_search_fold (query->text, &text, error))
      return NULL;
    asks.text = &text;
  }
  if (query->after != NULL && !read_cursor (query, &after, &asks.after_id, error))
    return NULL;
  asks.after_value = after;
  rows = bh_store_list_lines (self->store, &asks, error);
  /* one row more than asked tells that there is a next page */
  if (rows != NULL && rows->len > limit) {
    g_ptr_array_set_size (rows, (int) limit);
    if (next != NULL)
      *next = make_cursor (query, g_ptr_array_index (rows, limit - 1));
  }
  return g_steal_pointer (&rows);
}
