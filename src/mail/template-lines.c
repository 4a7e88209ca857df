/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <string.h>

#include "template-private.h"

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

static void
piece_free (gpointer data)
{
  BhMailPiece *piece = data;

  g_free (piece->text);
  g_free (piece);
}

static void
line_free (gpointer data)
{
  BhMailLine *line = data;

  g_ptr_array_unref (line->pieces);
  g_free (line);
}

static void
add_piece (BhMailLine *line, gboolean field, const char *text, gsize size)
{
  BhMailPiece *piece;

  if (size == 0)
    return;
  piece = g_new0 (BhMailPiece, 1);
  piece->field = field;
  piece->text = g_strndup (text, size);
  g_ptr_array_add (line->pieces, piece);
}

typedef struct {
  const char *path;
  guint number;
  gboolean markup;
  char *list; /* of the {#each} that is open */
  guint opened;
} Parser;

static gboolean
    G_GNUC_PRINTF (3, 4) fault (const Parser *parser, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:%u: %s", parser->path, parser->number, text);
  return FALSE;
}

/* "{#each units}" and "{/each}" on lines of their own. */
static gboolean
control (Parser *parser, const char *text, BhMailLine *line, GError **error)
{
  g_autofree char *list = NULL;

  if (strcmp (text, "{/each}") == 0) {
    line->kind = BH_MAIL_END;
    if (parser->list == NULL)
      return fault (parser, error, "{/each} without {#each}; take it out");
    g_clear_pointer (&parser->list, g_free);
    return TRUE;
  }
  if (!g_str_has_prefix (text, "{#each ") || !g_str_has_suffix (text, "}"))
    return fault (parser, error, "%s; write {#each LIST} or {/each}, alone on its line", text);
  list = g_strndup (text + strlen ("{#each "), strlen (text) - strlen ("{#each ") - 1);
  if (!bh_mail_list_known (list))
    return fault (parser, error, "{#each %s}: no such list; say units or address", list);
  if (parser->list != NULL)
    return fault (parser, error, "{#each} within the {#each} of line %u; end that one first",
                  parser->opened);
  line->kind = BH_MAIL_EACH;
  add_piece (line, TRUE, list, strlen (list));
  parser->list = g_steal_pointer (&list);
  parser->opened = parser->number;
  return TRUE;
}

/* What begins with the brace at @at; *next is where it ends. */
static gboolean
brace (Parser *parser, const char *at, BhMailLine *line, const char **next, GError **error)
{
  gsize size = strspn (at + 1, NAME_LETTERS);
  g_autofree char *name = g_strndup (at + 1, size);

  if (at[1] == '{') {
    add_piece (line, FALSE, "{", 1);
    *next = at + 2;
    return TRUE;
  }
  if (size == 0 || at[size + 1] != '}') {
    if (parser->markup && at[1] != '#' && at[1] != '/') {
      add_piece (line, FALSE, "{", 1);
      *next = at + 1;
      return TRUE;
    }
    return fault (parser, error, "{%s: no field; write {name}, or {{ for a brace", name);
  }
  if (!bh_mail_field_known (name, parser->list))
    return fault (parser, error, "{%s}: no such field%s; the guide lists them", name,
                  bh_mail_list_known (parser->list) ? "" : " outside of {#each}");
  add_piece (line, TRUE, name, size);
  *next = at + size + 2;
  return TRUE;
}

static gboolean
parse_line (Parser *parser, const char *text, BhMailLine *line, GError **error)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  const char *at = text;

  if (g_str_has_prefix (bare, "{#") || g_str_has_prefix (bare, "{/"))
    return control (parser, bare, line, error);
  while (*at != '\0') {
    gsize size = strcspn (at, "{");

    add_piece (line, FALSE, at, size);
    at += size;
    if (*at == '{' && !brace (parser, at, line, &at, error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
bh_mail_lines_parse (const char *path, const char *text, guint first, gboolean markup,
                     GError **error)
{
  g_auto (GStrv) texts = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  Parser parser = { .path = path, .number = first, .markup = markup };
  gboolean good = TRUE;

  for (char **at = texts; good && *at != NULL; at++, parser.number++) {
    BhMailLine *line = g_new0 (BhMailLine, 1);

    line->pieces = g_ptr_array_new_with_free_func (piece_free);
    g_ptr_array_add (lines, line);
    good = parse_line (&parser, *at, line, error);
  }
  if (good && parser.list != NULL) {
    parser.number = parser.opened;
    good = fault (&parser, error, "{#each %s} is not ended; write {/each} after its lines",
                  parser.list);
  }
  g_free (parser.list);
  return good ? g_steal_pointer (&lines) : NULL;
}

/* ---- filling ---------------------------------------------------------------------- */

static void
fill_line (const BhMailLine *line, const BhMailForms *forms, BhMailFields *fields,
           BhMailFields *row, gboolean escape, GString *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean asked = FALSE;
  gboolean any = FALSE;

  for (guint i = 0; i < line->pieces->len; i++) {
    const BhMailPiece *piece = g_ptr_array_index (line->pieces, i);
    g_autofree char *value = NULL;

    if (!piece->field) {
      g_string_append (text, piece->text);
      continue;
    }
    value = row != NULL ? bh_mail_fields_show (row, piece->text, forms) : NULL;
    if (value == NULL || *value == '\0') {
      g_free (value);
      value = bh_mail_fields_show (fields, piece->text, forms);
    }
    asked = TRUE;
    any = any || *value != '\0';
    if (escape) {
      g_autofree char *markup = g_markup_escape_text (value, -1);

      g_string_append (text, markup);
    } else {
      g_string_append (text, value);
    }
  }
  if (asked && !any && !line->keep)
    return;
  g_string_append (out, text->str);
  g_string_append_c (out, '\n');
}

/* Lines after @from up to the end of its {#each}; how many there are. */
static guint
length_of_each (GPtrArray *lines, guint from)
{
  guint n = 0;

  while (((BhMailLine *) g_ptr_array_index (lines, from + 1 + n))->kind != BH_MAIL_END)
    n++;
  return n;
}

char *
bh_mail_lines_fill (GPtrArray *lines, const BhMailForms *forms, BhMailFields *fields,
                    gboolean escape)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++) {
    const BhMailLine *line = g_ptr_array_index (lines, i);
    const BhMailPiece *list;
    guint size;

    if (line->kind != BH_MAIL_EACH) {
      fill_line (line, forms, fields, NULL, escape, out);
      continue;
    }
    list = g_ptr_array_index (line->pieces, 0);
    size = length_of_each (lines, i);
    for (guint n = 0; n < bh_mail_fields_rows (fields, list->text); n++)
      for (guint k = 1; k <= size; k++)
        fill_line (g_ptr_array_index (lines, i + k), forms, fields,
                   bh_mail_fields_row (fields, list->text, n), escape, out);
    i += size + 1;
  }
  return g_string_free (out, FALSE);
}
