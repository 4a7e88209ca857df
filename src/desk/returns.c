/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/returns.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/lists-store.h"
#include "backhaul/table.h"
#include "desk-private.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT     1000

static const char *const sort_names[] = {
  [BH_RETURNS_BY_RMA] = "rma",         [BH_RETURNS_BY_STATUS] = "status",
  [BH_RETURNS_BY_ACCOUNT] = "account", [BH_RETURNS_BY_CASE] = "case",
  [BH_RETURNS_BY_SERIAL] = "serial",   [BH_RETURNS_BY_PART] = "part",
  [BH_RETURNS_BY_CREATED] = "created",
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

/* ---- cursors: sort, direction, id and value of a page's last row ------------------ */

static char *
make_cursor (const BhReturnsQuery *query, const BhReturnRow *last)
{
  g_autofree char *key = bh_return_row_key (last, query->sort);
  g_autofree char *text = g_strdup_printf ("%d%c%" G_GINT64_FORMAT ":%s", (int) query->sort,
                                           query->descending ? 'd' : 'a', last->id, key);
  char *cursor = g_base64_encode ((const guchar *) text, strlen (text));

  /* a cursor goes into command lines: no sign of base64 that means something there */
  g_strdelimit (cursor, "+", '-');
  g_strdelimit (cursor, "/", '_');
  return g_strdelimit (cursor, "=", '.');
}

static gboolean
read_cursor (const BhReturnsQuery *query, char **value, gint64 *id, GError **error)
{
  g_autofree char *base64 = g_strdup (query->after);
  g_autofree guchar *bytes = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  char *end = NULL;

  g_strdelimit (base64, "-", '+');
  g_strdelimit (base64, "_", '/');
  g_strdelimit (base64, ".", '=');
  bytes = g_base64_decode (base64, &size);
  text = g_strndup ((const char *) bytes, size);
  if (strlen (text) == size && g_utf8_validate (text, (gssize) size, NULL) && size > 4 &&
      text[0] == '0' + (int) query->sort && text[1] == (query->descending ? 'd' : 'a')) {
    *id = g_ascii_strtoll (text + 2, &end, 10);
    if (end > text + 2 && *end == ':') {
      *value = g_strdup (end + 1);
      return TRUE;
    }
  }
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: not a cursor of this list; start again without it", query->after);
  return FALSE;
}

/* ---- what was typed (F3) ------------------------------------------------------------ */

/* The first text above all that begin with @from, in byte order. */
static BhPrefix
prefix_of (char *from)
{
  BhPrefix prefix = { from, NULL };
  gsize length = from != NULL ? strlen (from) : 0;

  if (length == 0) {
    g_clear_pointer (&prefix.from, g_free);
    return prefix;
  }
  /* U+10FFFF ends every longer text of UTF-8 */
  prefix.below = g_strconcat (from, "\xf4\x8f\xbf\xbf", NULL);
  return prefix;
}

static void
prefix_clear (BhPrefix *prefix)
{
  g_free (prefix->from);
  g_free (prefix->below);
}

static void
search_text_clear (BhSearchText *text)
{
  prefix_clear (&text->rma);
  prefix_clear (&text->case_no);
  prefix_clear (&text->serial);
  prefix_clear (&text->account);
  prefix_clear (&text->part);
  prefix_clear (&text->tracking);
  prefix_clear (&text->word);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhSearchText, search_text_clear)

/* "r-0000 12" begins R000012…; NULL when it cannot be the beginning of a number. */
static char *
rma_beginning (const char *text)
{
  GString *number = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++) {
    gboolean first = number->len == 0;

    if (*c == ' ' || *c == '-')
      continue;
    if (first ? g_ascii_toupper (*c) != 'R' : !g_ascii_isdigit (*c)) {
      g_string_free (number, TRUE);
      return NULL;
    }
    g_string_append_c (number, g_ascii_toupper (*c));
  }
  return g_string_free (number, FALSE);
}

/* Digits with or without dashes, as far as they were typed: "20191" → "2019-1" */
static char *
case_beginning (const char *text)
{
  GString *number = g_string_new (NULL);
  guint digits = 0;

  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '-' || *c == '#' || *c == ' ')
      continue;
    if (!g_ascii_isdigit (*c) || digits == 14) {
      g_string_free (number, TRUE);
      return NULL;
    }
    if (digits == 4 || digits == 8)
      g_string_append_c (number, '-');
    g_string_append_c (number, *c);
    digits++;
  }
  return g_string_free (number, FALSE);
}

static void
fold_text (const char *typed, BhSearchText *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (typed));
  g_autofree char *upper = g_ascii_strup (trimmed, -1);
  g_auto (GStrv) words = bh_search_words (trimmed);
  guint n = g_strv_length (words);

  text->rma = prefix_of (rma_beginning (trimmed));
  text->case_no = prefix_of (case_beginning (trimmed));
  text->serial = prefix_of (g_strdup (upper));
  text->part = prefix_of (g_strdup (upper));
  text->account = prefix_of (g_strdup (trimmed));
  text->tracking = prefix_of (bh_tracking_fold (trimmed, -1));
  /* of several words the last is still being typed and the longest tells most */
  if (n > 0) {
    guint longest = n - 1;

    for (guint i = 0; i + 1 < n; i++)
      if (strlen (words[i]) > strlen (words[longest]))
        longest = i;
    text->word = prefix_of (g_strdup (words[longest]));
  }
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
    if (!g_utf8_validate (query->text, -1, NULL)) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "search: it is not UTF-8 text; type it again");
      return NULL;
    }
    fold_text (query->text, &text);
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
