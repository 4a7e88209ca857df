/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What all lists share: cursors, and what was typed to find something. */

#include "search-private.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/table.h"

/* ---- cursors: sort, direction, id and value of a page's last row ------------------ */

char *
bh_cursor_make (int sort, gboolean descending, const char *id, const char *value)
{
  g_autofree char *text = g_strdup_printf ("%d%c%s:%s", sort, descending ? 'd' : 'a', id, value);
  char *cursor = g_base64_encode ((const guchar *) text, strlen (text));

  /* a cursor goes into command lines: no sign of base64 that means something there */
  g_strdelimit (cursor, "+", '-');
  g_strdelimit (cursor, "/", '_');
  return g_strdelimit (cursor, "=", '.');
}

gboolean
bh_cursor_fail (const char *cursor, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: not a cursor of this list; start again without it", cursor);
  return FALSE;
}

gboolean
bh_cursor_read (const char *cursor, int sort, gboolean descending, char **id, char **value,
                GError **error)
{
  g_autofree char *base64 = g_strdup (cursor);
  g_autofree guchar *bytes = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  char *colon = NULL;

  g_strdelimit (base64, "-", '+');
  g_strdelimit (base64, "_", '/');
  g_strdelimit (base64, ".", '=');
  bytes = g_base64_decode (base64, &size);
  text = g_strndup ((const char *) bytes, size);
  if (strlen (text) == size && g_utf8_validate (text, (gssize) size, NULL) && size >= 4 &&
      text[0] == '0' + sort && text[1] == (descending ? 'd' : 'a'))
    colon = strchr (text + 2, ':');
  if (colon == NULL)
    return bh_cursor_fail (cursor, error);
  *id = g_strndup (text + 2, (gsize) (colon - text - 2));
  *value = g_strdup (colon + 1);
  return TRUE;
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

void
bh_search_text_clear (BhSearchText *text)
{
  prefix_clear (&text->rma);
  prefix_clear (&text->case_no);
  prefix_clear (&text->serial);
  prefix_clear (&text->account);
  prefix_clear (&text->part);
  prefix_clear (&text->tracking);
  prefix_clear (&text->word);
  prefix_clear (&text->plain);
}

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

gboolean
bh_search_fold (const char *typed, BhSearchText *text, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *upper = NULL;
  g_auto (GStrv) words = NULL;
  guint n;

  if (!g_utf8_validate (typed, -1, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "search: it is not UTF-8 text; type it again");
    return FALSE;
  }
  trimmed = g_strstrip (g_strdup (typed));
  upper = g_ascii_strup (trimmed, -1);
  words = bh_search_words (trimmed);
  n = g_strv_length (words);
  text->rma = prefix_of (rma_beginning (trimmed));
  text->case_no = prefix_of (case_beginning (trimmed));
  text->serial = prefix_of (g_strdup (upper));
  text->part = prefix_of (g_strdup (upper));
  text->account = prefix_of (g_strdup (trimmed));
  text->tracking = prefix_of (bh_tracking_fold (trimmed, -1));
  text->plain = prefix_of (g_ascii_strdown (trimmed, -1));
  /* of several words the last is still being typed and the longest tells most */
  if (n > 0) {
    guint longest = n - 1;

    for (guint i = 0; i + 1 < n; i++)
      if (strlen (words[i]) > strlen (words[longest]))
        longest = i;
    text->word = prefix_of (g_strdup (words[longest]));
  }
  return TRUE;
}
