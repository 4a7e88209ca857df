/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <string.h>

#include "template.h"

/* A label is a page: a file with more of these wants something else. */
#define MAX_ELEMENTS 20000
#define MAX_DEPTH    64
#define MAX_USES     20
#define MAX_PICTURE  (16 * 1000 * 1000) /* pixels */

typedef struct {
  BhLabelTemplate *label;
  BhCost *cost;
  guint elements;
  guint depth;
  guint uses;
} Reader;

static const struct {
  const char *prefix;
  BhSlotKind kind;
} kinds[] = {
  { "code128:", BH_SLOT_CODE128 }, { "gs1-128:", BH_SLOT_GS1_128 },
  { "code39:", BH_SLOT_CODE39 },   { "qr:", BH_SLOT_QR },
  { "text:", BH_SLOT_TEXT },       { "datamatrix:", BH_SLOT_DATAMATRIX },
};

/* What a drawing of a label does without: it runs, moves, reaches out, or costs more than a
 * page is worth. */
static const char *const refused[] = {
  "script",
  "foreignObject",
  "iframe",
  "audio",
  "video",
  "animate",
  "set",
  "animateMotion",
  "animateTransform",
  "embed",
  "object",
  "filter",
  "handler",
  "a",
  "font-face-uri",
  "link",
  "switch",
  "include",
};

gboolean
bh_template_fail (const BhLabelTemplate *self, int line, int column, GError **error,
                  const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:%d:%d: %s; mend the template", self->name, line,
               column, reason);
  return FALSE;
}

static gboolean
fail_here (GMarkupParseContext *context, Reader *reader, GError **error, const char *reason,
           const char *what)
{
  int line = 0;
  int column = 0;

  g_markup_parse_context_get_position (context, &line, &column);
  return bh_template_fail (reader->label, line, column, error, "%.60s: %s", what, reason);
}

static const char *
local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

/* A picture stands in the file itself, as PNG of a sane size. */
static gboolean
good_picture (const char *uri)
{
  static const char begin[] = "data:image/png;base64,";
  g_autofree char *head = NULL;
  g_autofree guchar *png = NULL;
  gsize size = 0;

  if (g_ascii_strncasecmp (uri, begin, strlen (begin)) != 0)
    return FALSE;
  head = g_strndup (uri + strlen (begin), 120);
  png = g_base64_decode (head, &size);
  if (size < 33 || memcmp (png, "\x89PNG\r\n\x1a\n", 8) != 0)
    return FALSE;
  return (guint64) (png[16] << 24 | png[17] << 16 | png[18] << 8 | png[19]) *
             (guint64) (png[20] << 24 | png[21] << 16 | png[22] << 8 | png[23]) <=
         MAX_PICTURE;
}

/* url(…) of a style points into the file, or nowhere */
static gboolean
reaches_out (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (strstr (lower, "@import") != NULL || strstr (lower, "expression(") != NULL ||
      strstr (lower, "javascript:") != NULL)
    return TRUE;
  for (const char *at = strstr (lower, "url("); at != NULL; at = strstr (at + 4, "url("))
    if (at[4 + strspn (at + 4, " \t\r\n'\"")] != '#')
      return TRUE;
  return FALSE;
}

static gboolean
check_attributes (GMarkupParseContext *context, Reader *reader, const char *element,
                  const char **names, const char **values, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++) {
    if (g_ascii_strncasecmp (names[i], "on", 2) == 0)
      return fail_here (context, reader, error, "a label has no programs", names[i]);
    if (g_str_equal (local_name (names[i]), "href") && values[i][0] != '#' &&
        !(g_str_equal (element, "image") && good_picture (values[i])))
      return fail_here (context, reader, error,
                        "it refers out of the file; put the picture into it as PNG", values[i]);
    if (g_str_equal (names[i], "xml:base") ||
        (!g_str_has_prefix (names[i], "xmlns") && reaches_out (values[i])))
      return fail_here (context, reader, error, "it refers out of the file", names[i]);
  }
  return TRUE;
}

/* "34", "34pt" or "3.5mm", in points; -1: neither */
static double
length_of (const char *text)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);

  if (end == text)
    return -1;
  if (g_str_equal (end, "mm"))
    return value * 72 / 25.4;
  return *end == '\0' || g_str_equal (end, "pt") ? value : -1;
}

static gboolean
take_length (GMarkupParseContext *context, Reader *reader, const BhSlot *slot, const char *key,
             const char *text, double low, double high, double *value, GError **error)
{
  int line = 0;
  int column = 0;

  *value = length_of (text);
  if (*value >= low && *value <= high)
    return TRUE;
  g_markup_parse_context_get_position (context, &line, &column);
  return bh_template_fail (reader->label, line, column, error,
                           "%s of \"%.60s\" is \"%.20s\": it must be %g to %g points, or in mm",
                           key, slot->name, text, low, high);
}

static gboolean
take_style (GMarkupParseContext *context, Reader *reader, BhSlot *slot, const char *style,
            GError **error)
{
  const struct {
    const char *word;
    gboolean *flag;
  } words[] = {
    { "bold", &slot->bold },         { "ellipsize", &slot->ellipsize },
    { "centre", &slot->centre },     { "right", &slot->right },
    { "middle", &slot->middle },     { "one-line", &slot->one_line },
    { "required", &slot->required },
  };
  g_auto (GStrv) given = g_strsplit (style, " ", 20);

  for (char **word = given; *word != NULL; word++) {
    gboolean known = **word == '\0';

    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      if (g_str_equal (*word, words[i].word))
        known = *words[i].flag = TRUE;
    if (!known)
      return fail_here (context, reader, error,
                        "no such word of data-style; there are bold, centre, right, middle, "
                        "one-line, ellipsize, required",
                        *word);
  }
  return TRUE;
}

static const char *
value_of (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

static BhSlot *
slot_named (const char *name, const char *id)
{
  for (guint i = 0; name != NULL && id != NULL && i < G_N_ELEMENTS (kinds); i++) {
    BhSlot *slot;
    gsize skip = strlen (kinds[i].prefix);

    if (!g_str_has_prefix (name, kinds[i].prefix))
      continue;
    slot = g_new0 (BhSlot, 1);
    slot->kind = kinds[i].kind;
    slot->id = g_strdup (id);
    slot->name = g_strdup (name);
    /* one field may stand in several places: "text:rma.number-2", or "#2" */
    slot->field = g_strndup (name + skip, strcspn (name + skip, "#-"));
    return slot;
  }
  return NULL;
}

/* A rectangle is known by its id; a drawing program's own label of it does as well, which
 * takes every character. */
static gboolean
take_slot (GMarkupParseContext *context, Reader *reader, const char **names, const char **values,
           GError **error)
{
  const char *id = value_of (names, values, "id");
  const char *size = value_of (names, values, "data-size");
  const char *least = value_of (names, values, "data-min-size");
  const char *bars = value_of (names, values, "data-module");
  const char *style = value_of (names, values, "data-style");
  BhSlot *slot = slot_named (value_of (names, values, "inkscape:label"), id);

  if (slot == NULL)
    slot = slot_named (id, id);
  if (slot == NULL)
    return TRUE;
  g_ptr_array_add (reader->label->slots, slot);
  g_markup_parse_context_get_position (context, &slot->line, &slot->column);
  slot->size = 10;
  if (bh_field_sample (slot->field) == NULL) {
    g_autofree char *all = bh_field_names ();

    return bh_template_fail (reader->label, slot->line, slot->column, error,
                             "\"%.60s\": labels have no field \"%.60s\"; there are %s", slot->name,
                             slot->field, all);
  }
  for (guint i = 0; i + 1 < reader->label->slots->len; i++)
    if (g_str_equal (((BhSlot *) g_ptr_array_index (reader->label->slots, i))->id, slot->id))
      return fail_here (context, reader, error, "two rectangles have this id; end one in -2", id);
  if (size != NULL &&
      !take_length (context, reader, slot, "data-size", size, 4, 200, &slot->size, error))
    return FALSE;
  slot->min = MAX (4, slot->size * 0.6);
  if (least != NULL && !take_length (context, reader, slot, "data-min-size", least, 3, slot->size,
                                     &slot->min, error))
    return FALSE;
  if (bars != NULL &&
      !take_length (context, reader, slot, "data-module", bars, 0.1, 10, &slot->bars, error))
    return FALSE;
  return style == NULL || take_style (context, reader, slot, style, error);
}

/* The place of a text is asked for by its id: "" until it has one. */
static gboolean
take_text (GMarkupParseContext *context, Reader *reader, const char *id, GError **error)
{
  GPtrArray *texts = reader->label->texts;

  if (id != NULL && *id != '\0' && g_ptr_array_find_with_equal_func (texts, id, g_str_equal, NULL))
    return fail_here (context, reader, error, "two texts have this id; end one in -2", id);
  g_ptr_array_add (texts, g_strdup (id != NULL ? id : ""));
  return TRUE;
}

static void
on_element (GMarkupParseContext *context, const char *element, const char **names,
            const char **values, gpointer data, GError **error)
{
  Reader *reader = data;

  if (++reader->elements > MAX_ELEMENTS || ++reader->depth > MAX_DEPTH) {
    fail_here (context, reader, error, "more elements or deeper than any label has", element);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_ascii_strcasecmp (local_name (element), refused[i]) == 0) {
      fail_here (context, reader, error, "no such element on a label", element);
      return;
    }
  if (g_str_equal (local_name (element), "use") && ++reader->uses > MAX_USES) {
    fail_here (context, reader, error, "it is drawn too often", element);
    return;
  }
  bh_cost_begin (reader->cost, local_name (element), names, values);
  if (g_str_equal (local_name (element), "text") &&
      !take_text (context, reader, value_of (names, values, "id"), error))
    return;
  if (check_attributes (context, reader, local_name (element), names, values, error) &&
      g_str_equal (local_name (element), "rect"))
    take_slot (context, reader, names, values, error);
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reader *reader = data;

  reader->depth--;
  bh_cost_end (reader->cost);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize size, gpointer data, GError **error)
{
  Reader *reader = data;
  const char *element = g_markup_parse_context_get_element (context);
  const char *local = element != NULL ? local_name (element) : "";

  bh_cost_text (reader->cost, text, size, g_str_equal (local, "style"));
  if (g_str_equal (local, "text") || g_str_equal (local, "tspan"))
    g_string_append_len (reader->label->words, text, (gssize) size);
  if (g_str_equal (local, "style") && reaches_out (text)) {
    fail_here (context, reader, error, "it refers out of the file", "style");
    return;
  }
  for (const char *open = strchr (text, '{'); open != NULL; open = strchr (open + 1, '{')) {
    gsize length = strcspn (open + 1, "{}");
    g_autofree char *name = g_strndup (open + 1, length);

    if (length == 0 || length > 60 || open[1 + length] != '}' || strchr (name, '.') == NULL ||
        strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_.") != length)
      continue;
    if (bh_field_sample (name) == NULL) {
      fail_here (context, reader, error, "labels have no such field", name);
      return;
    }
    reader->label->filled = TRUE;
  }
}

/* Comments and the XML line pass; a document type could hold entities. */
static void
on_other (GMarkupParseContext *context, const char *text, gsize size, gpointer data, GError **error)
{
  Reader *reader = data;
  g_autofree char *copy = g_strndup (text, size);

  if (g_str_has_prefix (copy, "<!--") || g_str_has_prefix (copy, "<?xml "))
    return;
  if (g_str_has_prefix (copy, "<![CDATA["))
    on_text (context, copy, size, data, error);
  else if (strchr (copy, '[') != NULL || strstr (copy, "ENTITY") != NULL ||
           g_str_has_prefix (copy, "<?xml-stylesheet"))
    fail_here (context, reader, error, "entities and style sheets are not for labels", copy);
}

/* Past what is no element: a comment, CDATA, an instruction, a document type; NULL: it is one. */
static const char *
skip (const char *at)
{
  static const struct {
    const char *begin;
    const char *end;
  } others[] = { { "<!--", "-->" }, { "<![CDATA[", "]]>" }, { "<?", "?>" }, { "<!", ">" } };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_has_prefix (at, others[i].begin))
      return strstr (at, others[i].end);
  return NULL;
}

/* Each <text> without an id gets one, so that its place is known. Those that have one keep it: a
 * style or a <use> may mean it. */
static gboolean
name_texts (BhLabelTemplate *self, GError **error)
{
  GString *out = g_string_new (NULL);
  const char *from = self->svg;
  guint n = 0;

  for (const char *at = strchr (from, '<'); at != NULL; at = strchr (at + 1, '<')) {
    const char *past = skip (at);
    gsize length = strcspn (at + 1, " \t\r\n/>");
    g_autofree char *element = g_strndup (at + 1, length);

    if (past != NULL)
      at = past;
    if (past != NULL || at[1] == '/' || !g_str_equal (local_name (element), "text"))
      continue;
    if (n < self->texts->len && *(char *) self->texts->pdata[n] == '\0') {
      g_free (self->texts->pdata[n]);
      self->texts->pdata[n] = g_strdup_printf ("bh-text-%u", n + 1);
      g_string_append_len (out, from, at + 1 + length - from);
      g_string_append_printf (out, " id=\"%s\"", (char *) self->texts->pdata[n]);
      from = at + 1 + length;
    }
    n++;
  }
  g_string_append (out, from);
  g_free (self->svg);
  self->svg = g_string_free (out, FALSE);
  /* "<text" in a value: XML has none there */
  return n == self->texts->len || bh_template_fail (self, 1, 1, error, "it is no XML");
}

gboolean
bh_template_read (BhLabelTemplate *self, gsize size, GError **error)
{
  const GMarkupParser parser = { on_element, on_end, on_text, on_other, NULL };
  g_autoptr (BhCost) cost = bh_cost_new ();
  Reader reader = { self, cost, 0, 0, 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  g_autoptr (GError) why = NULL;
  int line = 0;
  int column = 0;

  if (memchr (self->svg, '\0', size) != NULL)
    return bh_template_fail (self, 1, 1, error, "it is no text");
  if (g_markup_parse_context_parse (context, self->svg, (gssize) size, &why) &&
      g_markup_parse_context_end_parse (context, &why))
    return bh_cost_bearable (cost)
               ? name_texts (self, error)
               : bh_template_fail (self, 1, 1, error,
                                   "to draw it would take too long; simplify its outlines and what "
                                   "it repeats, or put it in as PNG");
  if (why->domain == BH_ERROR) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  g_markup_parse_context_get_position (context, &line, &column);
  return bh_template_fail (self, line, column, error, "%s", why->message);
}
