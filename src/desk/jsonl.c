/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* One JSON object a line, by json-glib. It is lax (single quotes, comments, an
 * empty text) and recurses without a limit, so what it may see is checked first. */

#include "transfer-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_DEPTH 4

struct _BhJsonl {
  BhLines *lines;
  const BhTransfer *transfer;
  JsonParser *parser;
  GString *raw;
  GString *texts;
  gsize starts[BH_TABLE_MAX];
  gsize sizes[BH_TABLE_MAX];
  const char *cells[BH_TABLE_MAX];
  char fault[160];
};

BhJsonl *
bh_jsonl_new (BhLines *lines, const BhTransfer *transfer)
{
  BhJsonl *self = g_new0 (BhJsonl, 1);

  self->lines = lines;
  self->transfer = transfer;
  self->parser = json_parser_new ();
  self->raw = g_string_new (NULL);
  self->texts = g_string_new (NULL);
  return self;
}

void
bh_jsonl_free (BhJsonl *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->parser);
  g_string_free (self->raw, TRUE);
  g_string_free (self->texts, TRUE);
  g_free (self);
}

/* NULL: it may be parsed; *members: how many the outer object has. */
static const char *
why_not (const char *text, gsize size, guint *members)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  *members = 0;
  if (!g_utf8_validate_len (text, size, NULL))
    return "it is not UTF-8, or a NUL byte is in it; save the file as UTF-8";
  if (size == 0 || text[0] != '{' || text[size - 1] != '}')
    return "it is not one JSON object; write {\"column\":\"value\",...} on one line";
  for (gsize i = 0; i < size; i++) {
    char c = text[i];

    if (in_string) {
      if (c == '\\' && strncmp (text + i + 1, "u0000", 5) == 0)
        return "a NUL character is in it; take it out";
      if (c == '\\')
        i++;
      else if (c == '"')
        in_string = FALSE;
      else if ((guchar) c < 0x20)
        return "a control character is in a text; write it as \\u and four digits";
      continue;
    }
    if (c == '"')
      in_string = TRUE;
    else if ((c == '{' || c == '[') && ++depth > MAX_DEPTH)
      return "it is nested too deep; columns are texts, numbers, true, false or null";
    else if ((c == '}' || c == ']') && --depth == 0 && i + 1 < size)
      return "there is more than one JSON object on the line; write one a line";
    else if (c == ':' && depth == 1)
      (*members)++;
    if (c != '"' && strchr ("{}[],: \t+-.", c) == NULL && !g_ascii_isalnum (c))
      return "it is not one JSON object; write {\"column\":\"value\",...} on one line";
  }
  return in_string || depth != 0 ? "it ends too early; write one JSON object a line" : NULL;
}

/* A value as its cell; FALSE: an object or a list, which no column is. */
static gboolean
add_value (BhJsonl *self, guint column, JsonNode *node)
{
  gsize start = self->texts->len;

  if (JSON_NODE_HOLDS_VALUE (node)) {
    GType type = json_node_get_value_type (node);

    if (type == G_TYPE_STRING)
      g_string_append (self->texts, json_node_get_string (node));
    else if (type == G_TYPE_BOOLEAN)
      g_string_append (self->texts, json_node_get_boolean (node) ? "yes" : "no");
    else if (type == G_TYPE_INT64)
      g_string_append_printf (self->texts, "%" G_GINT64_FORMAT, json_node_get_int (node));
    else
      return FALSE; /* a fraction: binary, so not exactly what was written */
  } else if (!JSON_NODE_HOLDS_NULL (node)) {
    return FALSE;
  }
  self->starts[column] = start;
  self->sizes[column] = self->texts->len - start;
  g_string_append_c (self->texts, '\0');
  return TRUE;
}

static const char *
read_object (BhJsonl *self, JsonObject *object, guint *fault_column)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  guint at = 0;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node)) {
    int column = bh_transfer_column (self->transfer, name);
    g_autofree char *shown = bh_text_for_display (name, strlen (name), 40);

    at++;
    if (column >= 0 && add_value (self, (guint) column, node))
      continue;
    *fault_column = column >= 0 ? (guint) column + 1 : 0;
    g_snprintf (self->fault, sizeof self->fault,
                column < 0 ? "\"%s\": there is no such column; take it out or mend its name"
                           : "\"%s\" is not a text, whole number, true, false or null; quote it",
                shown);
    return self->fault;
  }
  return NULL;
}

static const char *
parse (BhJsonl *self, const char *text, gsize size, guint *fault_column)
{
  guint members = 0;
  const char *fault = why_not (text, size, &members);
  JsonNode *root;
  JsonObject *object;

  if (fault != NULL)
    return fault;
  if (!json_parser_load_from_data (self->parser, text, (gssize) size, NULL) ||
      (root = json_parser_get_root (self->parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return "it is not one JSON object; write {\"column\":\"value\",...} on one line";
  object = json_node_get_object (root);
  if (json_object_get_size (object) != members)
    return "a key is there twice; take one out";
  return read_object (self, object, fault_column);
}

gboolean
bh_jsonl_next (BhJsonl *self, BhRawRow *row, gboolean *more, GError **error)
{
  const char *line;
  gsize size;
  gboolean cut = FALSE;
  gsize trimmed = 0;

  *more = TRUE;
  while (trimmed == 0 && !cut) {
    *row = (BhRawRow){ .line = self->lines->number + 1 };
    if (!bh_lines_next (self->lines, self->transfer->max_row, &line, &size, &cut, error))
      return FALSE;
    if (size == 0) {
      *more = FALSE;
      return TRUE;
    }
    for (trimmed = size;
         trimmed > 0 && strchr (" \t\r\n", line[trimmed - 1]) != NULL && line[trimmed - 1] != '\0';)
      trimmed--;
  }
  g_string_truncate (self->raw, 0);
  g_string_append_len (self->raw, line, (gssize) trimmed);
  g_string_truncate (self->texts, 0);
  memset (self->cells, 0, sizeof self->cells);
  memset (self->sizes, 0, sizeof self->sizes);
  for (guint i = 0; i < BH_TABLE_MAX; i++)
    self->starts[i] = G_MAXSIZE;
  row->raw = self->raw->str;
  row->raw_size = self->raw->len;
  row->fault = cut ? "the line is too long; write one JSON object a line"
                   : parse (self, self->raw->str, self->raw->len, &row->fault_column);
  row->n_cells = self->transfer->n_columns;
  /* pointers only now: the texts have moved while they grew */
  for (guint i = 0; row->fault == NULL && i < row->n_cells; i++)
    if (self->starts[i] != G_MAXSIZE)
      self->cells[i] = self->texts->str + self->starts[i];
  row->cells = self->cells;
  row->sizes = self->sizes;
  return TRUE;
}

void
bh_jsonl_add (GString *line, const BhTransfer *transfer, const char *const *cells)
{
  g_string_append_c (line, '{');
  for (guint i = 0; i < transfer->n_columns; i++) {
    g_string_append_printf (line, "%s\"%s\":", i > 0 ? "," : "", transfer->columns[i].name);
    if (cells[i] == NULL) {
      g_string_append (line, "null");
      continue;
    }
    if (transfer->columns[i].cell == BH_CELL_YES_NO) {
      g_string_append (line, g_str_equal (cells[i], "yes") ? "true" : "false");
      continue;
    }
    g_string_append_c (line, '"');
    for (const char *c = cells[i]; *c != '\0'; c++)
      if (*c == '"' || *c == '\\')
        g_string_append_printf (line, "\\%c", *c);
      else if ((guchar) *c < 0x20)
        g_string_append_printf (line, "\\u%04x", (guint) *c);
      else
        g_string_append_c (line, *c);
    g_string_append_c (line, '"');
  }
  g_string_append (line, "}\n");
}
