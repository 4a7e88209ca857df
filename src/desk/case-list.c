/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Cases as they are read: F2's list, and one with all that belongs to it. */

#include "backhaul/cases.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/table.h"
#include "search-private.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT     1000

static const char *const sort_names[] = {
  [BH_CASES_BY_CASE] = "case",         [BH_CASES_BY_STATUS] = "status",
  [BH_CASES_BY_SITE] = "site",         [BH_CASES_BY_CONTACT] = "contact",
  [BH_CASES_BY_MODIFIED] = "modified", [BH_CASES_BY_PLATFORM] = "platform",
  [BH_CASES_BY_PRIORITY] = "priority", [BH_CASES_BY_ACCOUNT] = "account",
};

const char *
bh_cases_sort_name (BhCasesSort sort)
{
  g_return_val_if_fail ((guint) sort < G_N_ELEMENTS (sort_names), "case");
  return sort_names[sort];
}

gboolean
bh_cases_sort_parse (const char *text, BhCasesSort *sort)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_strcmp0 (text, sort_names[i]) == 0) {
      *sort = (BhCasesSort) i;
      return TRUE;
    }
  return FALSE;
}

const char *
bh_case_priority (const char *text)
{
  static const char *const priorities[] = { "P1", "P2", "P3", "P4" };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (priorities); i++)
    if (g_ascii_strcasecmp (text, priorities[i]) == 0)
      return priorities[i];
  return NULL;
}

static gboolean
read_query (const BhCasesQuery *query, BhCaseQuery *asks, BhSearchText *text, char **id,
            char **value, GError **error)
{
  if (query->text != NULL && *query->text != '\0') {
    if (!bh_search_fold (query->text, text, error))
      return FALSE;
    asks->text = text;
  }
  if (query->after == NULL)
    return TRUE;
  if (!bh_cursor_read (query->after, (int) query->sort, query->descending, id, value, error))
    return FALSE;
  asks->after_case = *id;
  asks->after_value = *value;
  return TRUE;
}

GPtrArray *
bh_desk_list_cases (BhDesk *self, const BhCasesQuery *query, char **next, GError **error)
{
  g_auto (BhSearchText) text = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint limit = query->limit > 0 ? MIN (query->limit, MAX_LIMIT) : DEFAULT_LIMIT;
  BhCaseQuery asks = { .status = query->status,
                       .account = query->account,
                       .priority = query->priority,
                       .sort = query->sort,
                       .descending = query->descending,
                       .limit = limit + 1 };

  if (next != NULL)
    *next = NULL;
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !read_query (query, &asks, &text, &id, &value, error))
    return NULL;
  rows = bh_store_list_cases (self->store, &asks, error);
  /* one row more than asked tells that there is a next page */
  if (rows != NULL && rows->len > limit) {
    const BhCaseRow *last = g_ptr_array_index (rows, limit - 1);
    g_autofree char *key = bh_case_row_key (last, query->sort);

    if (next != NULL)
      *next = bh_cursor_make ((int) query->sort, query->descending, last->case_no, key);
    g_ptr_array_set_size (rows, (int) limit);
  }
  return g_steal_pointer (&rows);
}

void
bh_case_page_free (BhCasePage *self)
{
  if (self == NULL)
    return;
  bh_case_row_clear (&self->row);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->clocks, g_ptr_array_unref);
  g_clear_pointer (&self->escalations, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_free (self);
}

/* All but the clocks, of one instant. */
static gboolean
read_page (BhDesk *self, const char *number, BhCasePage *page, GError **error)
{
  g_autoptr (BhTx) tx = bh_store_begin_read (self->store, error);

  if (tx == NULL || !bh_store_find_case (self->store, number, &page->row, error))
    return FALSE;
  if (page->row.case_no == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such case on record; search with `case list`", number);
    return FALSE;
  }
  return (page->lines = bh_store_lines_of_case (self->store, number, error)) != NULL &&
         (page->escalations = bh_store_escalations (self->store, number, error)) != NULL &&
         (page->history = bh_store_history_of_case (self->store, number, error)) != NULL;
}

BhCasePage *
bh_desk_case_page (BhDesk *self, const char *case_no, gint64 now_us, GError **error)
{
  g_autofree char *number = bh_case_normalise (case_no, -1);
  g_autoptr (BhCasePage) page = g_new0 (BhCasePage, 1);

  if (number == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a case number (I2); write YYYY-MMDD-NNNNNN with a date that exists",
                 case_no);
    return NULL;
  }
  if (!bh_desk_require (self, BH_MAY_READ, error) || !read_page (self, number, page, error))
    return NULL;
  page->clocks = bh_desk_clock_views (self, number, 0, now_us, error);
  return page->clocks != NULL ? g_steal_pointer (&page) : NULL;
}

/* ---- before a case is opened --------------------------------------------------------------- */

GPtrArray *
bh_desk_find_accounts (BhDesk *self, const char *typed, guint limit, GError **error)
{
  g_auto (BhSearchText) text = { 0 };
  g_auto (GStrv) words = bh_search_words (typed);

  if (!bh_desk_require (self, BH_MAY_READ, error) || !bh_search_fold (typed, &text, error))
    return NULL;
  return bh_store_find_accounts (self->store, &text.account, &text.serial, words, limit, error);
}

char *
bh_desk_next_case (BhDesk *self, BhDay day, GError **error)
{
  g_autofree char *date = bh_day_format (day);
  g_autofree char *start = g_strdup_printf ("%.4s-%.2s%.2s-", date, date + 5, date + 8);
  const BhCasesQuery query = {
    .text = start, .sort = BH_CASES_BY_CASE, .descending = TRUE, .limit = 1
  };
  g_autoptr (GPtrArray) last = bh_desk_list_cases (self, &query, NULL, error);
  guint64 number = 0;

  if (last == NULL)
    return NULL;
  if (last->len > 0) {
    const BhCaseRow *row = g_ptr_array_index (last, 0);

    if (g_str_has_prefix (row->case_no, start))
      number = g_ascii_strtoull (row->case_no + strlen (start), NULL, 10);
  }
  if (number < 999999)
    return g_strdup_printf ("%s%06" G_GUINT64_FORMAT, start, number + 1);
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: the day has no case number left (I2); take one of another day", date);
  return NULL;
}
