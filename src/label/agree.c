/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <string.h>

#include "backhaul/scan.h"
#include "template.h"

static BhReading *
reading_of (const BhLabelCheck *check)
{
  g_autoptr (BhScan) scan = bh_scan_new_text (check->text, BH_SCAN_PICTURE, 0);

  return bh_scan_classify (scan);
}

static const char *
field_of (const BhReading *reading, BhKind kind)
{
  for (guint i = 0; i < reading->fields->len; i++) {
    const BhField *field = g_ptr_array_index (reading->fields, i);

    if (field->kind == kind)
      return field->value;
  }
  return NULL;
}

static char *
without_blanks (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (out, *c);
  return g_string_free (out, FALSE);
}

/* takes @reason */
static void
object (BhLabelCheck *check, char *reason)
{
  if (check->ok) {
    check->ok = FALSE;
    check->reason = g_steal_pointer (&reason);
  }
  g_free (reason);
}

/* Beside the label's own QR another barcode has the same RMA and serial number, and what people
 * read says them too. */
static void
compare (BhLabelCheck *qr, const BhReading *payload, GPtrArray *checks, guint from,
         const char *printed)
{
  static const struct {
    BhKind kind;
    const char *name;
  } kinds[] = { { BH_KIND_RMA, "RMA number" }, { BH_KIND_SERIAL, "serial number" } };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    const char *value = field_of (payload, kinds[k].kind);

    for (guint i = from; i < checks->len && value != NULL; i++) {
      BhLabelCheck *check = g_ptr_array_index (checks, i);
      g_autoptr (BhReading) reading = reading_of (check);
      const char *other = field_of (reading, kinds[k].kind);

      if (check != qr && other != NULL && !g_str_equal (other, value))
        object (check, g_strdup_printf ("it says %s, the QR of the same label %s", other, value));
    }
    if (value != NULL && printed != NULL && strstr (printed, value) == NULL)
      object (qr, g_strdup_printf ("its %s %s is not printed in words", kinds[k].name, value));
  }
}

void
bh_label_agree (GPtrArray *checks, guint from, const char *text)
{
  g_autofree char *printed = text != NULL ? without_blanks (text) : NULL;

  for (guint i = from; i < checks->len; i++) {
    BhLabelCheck *check = g_ptr_array_index (checks, i);
    g_autoptr (BhReading) reading = NULL;

    if (!g_str_has_prefix (check->text, "BH1|"))
      continue;
    reading = reading_of (check);
    if (reading->wrapped)
      compare (check, reading, checks, from, printed);
  }
}

static gboolean
has_field (const BhLabelTemplate *self, const char *field)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (g_str_equal (((BhSlot *) g_ptr_array_index (self->slots, i))->field, field))
      return TRUE;
  return FALSE;
}

gboolean
bh_label_fields_agree (const BhLabelTemplate *self, GHashTable *fields, GError **error)
{
  static const struct {
    BhKind kind;
    const char *field;
  } kinds[] = { { BH_KIND_RMA, "rma.number" }, { BH_KIND_SERIAL, "unit.serial" } };
  const char *payload = g_hash_table_lookup (fields, "unit.payload");
  g_autoptr (BhScan) scan = NULL;
  g_autoptr (BhReading) reading = NULL;

  if (payload == NULL || !g_str_has_prefix (payload, "BH1|") || !has_field (self, "unit.payload"))
    return TRUE;
  scan = bh_scan_new_text (payload, BH_SCAN_PICTURE, 0);
  reading = bh_scan_classify (scan);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    const char *said = field_of (reading, kinds[k].kind);
    const char *value = g_hash_table_lookup (fields, kinds[k].field);
    g_autofree char *plain = NULL;

    if (said == NULL || value == NULL || *value == '\0' || !has_field (self, kinds[k].field))
      continue;
    plain = without_blanks (value);
    if (g_ascii_strcasecmp (plain, said) == 0)
      continue;
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: it says %.60s, the QR of the same label %.60s; mend one of them",
                 kinds[k].field, value, said);
    return FALSE;
  }
  return TRUE;
}
