/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/scan.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "wrapper.h"

/* No wrapper of the standards is longer; a longer text is kept, not parsed. */
#define MAX_WRAPPED 4096
#define MAX_BARE    256

static void
field_free (gpointer data)
{
  BhField *field = data;

  g_free (field->value);
  g_free (field);
}

void
bh_reading_free (BhReading *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->fields);
  g_free (self->bare);
  g_free (self->stripped);
  g_free (self->possible_serial);
  g_free (self->display);
  g_free (self);
}

/* AIM (ISO/IEC 15424): "]", a letter of the symbology, a modifier */
static gboolean
is_aim (const char *text, gsize size)
{
  return size >= 3 && text[0] == ']' && g_ascii_isalpha (text[1]) && g_ascii_isalnum (text[2]);
}

static gboolean
says_gs1 (const char *aim)
{
  static const char *const gs1[] = { "]C1", "]e0", "]d2", "]Q3", "]J1", NULL };

  for (guint i = 0; gs1[i] != NULL; i++)
    if (strncmp (aim, gs1[i], 3) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
unwrap (const char *text, gsize size, gboolean gs1, GPtrArray *fields)
{
  g_autoptr (GString) plain = NULL;

  if (size > MAX_WRAPPED)
    return FALSE;
  if (bh_payload_parse (text, size, fields))
    return TRUE;
  plain = bh_wrapper_unescape (text, size);
  return bh_iso15434_parse (plain->str, plain->len, fields) ||
         ((gs1 || plain->str[0] == BH_FNC1) && bh_gs1_parse (plain->str, plain->len, fields)) ||
         (plain->str[0] == '(' && bh_gs1_parse_bracketed (plain->str, plain->len, fields));
}

/* The kind that a whole is shown as: the identifier that says most. */
static BhKind
main_kind (GPtrArray *fields)
{
  static const BhKind order[] = { BH_KIND_RMA,      BH_KIND_SERIAL, BH_KIND_PART, BH_KIND_CASE,
                                  BH_KIND_TRACKING, BH_KIND_ORDER,  BH_KIND_GTIN };

  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    for (guint i = 0; i < fields->len; i++)
      if (((BhField *) g_ptr_array_index (fields, i))->kind == order[k])
        return order[k];
  return BH_KIND_UNKNOWN;
}

static void
add_pattern (BhReading *self, BhKind kind, char *value, const char *carrier)
{
  BhField *field = g_new0 (BhField, 1);

  field->kind = kind;
  field->value = value;
  field->via = "pattern";
  field->carrier = carrier;
  g_ptr_array_add (self->fields, field);
  self->kind = kind;
}

static void
classify_bare (BhReading *self, const char *text, gsize size)
{
  const char *carrier = NULL;
  char *value;
  gsize skip;

  while (size > 0 && g_ascii_isspace (*text)) {
    text++;
    size--;
  }
  while (size > 0 && g_ascii_isspace (text[size - 1]))
    size--;
  if (size == 0 || size > MAX_BARE || memchr (text, '\0', size) != NULL ||
      !g_utf8_validate (text, (gssize) size, NULL))
    return;
  for (gsize i = 0; i < size; i++)
    if (g_ascii_iscntrl (text[i]))
      return;
  self->bare = g_ascii_strup (text, (gssize) size);
  skip = bh_di_split (self->bare, &self->stripped_kind, &self->stripped_di);
  if (skip > 0 && self->stripped_kind != BH_KIND_UNKNOWN)
    self->stripped = g_strdup (self->bare + skip);
  if ((value = bh_rma_normalise (text, (gssize) size)) != NULL)
    add_pattern (self, BH_KIND_RMA, value, NULL);
  else if ((value = bh_case_normalise (text, (gssize) size)) != NULL)
    add_pattern (self, BH_KIND_CASE, value, NULL);
  else if ((value = bh_tracking_normalise (text, (gssize) size, &carrier)) != NULL)
    add_pattern (self, BH_KIND_TRACKING, value, carrier);
  else
    self->possible_serial = bh_serial_normalise (text, (gssize) size);
}

BhReading *
bh_scan_classify (const BhScan *scan)
{
  BhReading *self = g_new0 (BhReading, 1);
  gsize size = 0;
  const char *text = g_bytes_get_data (scan->bytes, &size);
  gboolean gs1 = scan->identifier != NULL && says_gs1 (scan->identifier);

  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->display = bh_text_for_display (text != NULL ? text : "", size, 200);
  if (size == 0)
    return self;
  if (is_aim (text, size)) {
    gs1 = says_gs1 (text);
    text += 3;
    size -= 3;
  }
  self->command = bh_command_parse (text, size);
  if (self->command != BH_COMMAND_NONE) {
    self->kind = BH_KIND_COMMAND;
    return self;
  }
  self->wrapped = unwrap (text, size, gs1, self->fields);
  if (self->wrapped)
    self->kind = main_kind (self->fields);
  else
    classify_bare (self, text, size);
  return self;
}
