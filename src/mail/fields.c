/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include "template-private.h"

typedef enum { TEXT, DAY, AMOUNT } Type;

/* Every field that a template may say, with what a preview shows for it. */
static const struct {
  const char *list; /* NULL: of the whole mail */
  const char *name;
  Type type;
  const char *sample;
} known[] = {
  { NULL, "vendor.name", TEXT, "Example Vendor" },
  { NULL, "customer.name", TEXT, "Acme Networks" },
  { NULL, "customer.account", TEXT, "ACME" },
  { NULL, "rma.number", TEXT, "R0000000042" },
  { NULL, "rma.case", TEXT, "2026-1110-000042" },
  { NULL, "rma.reference", TEXT, "PO 4711" },
  { NULL, "rma.contact", TEXT, "Jo Doe" },
  { NULL, "rma.closed", TEXT, "R0000000042" },
  { NULL, "survey.link", TEXT, "https://vendor.example/survey?rma=R0000000042" },
  { NULL, "return_by", DAY, "2026-12-08" },
  { NULL, "return_days", TEXT, "10" },
  { NULL, "destination.name", TEXT, "San Jose Repair" },
  { NULL, "box.tracking", TEXT, "1Z999AA10123456784" },
  { NULL, "box.carrier", TEXT, "UPS" },
  { NULL, "received", DAY, "2026-11-24" },
  { NULL, "reason", TEXT, "The serial is on no open RMA" },
  { NULL, "rule", TEXT, "D3" },
  { NULL, "total", AMOUNT, "1234.50" },
  { NULL, "analysis.job", TEXT, "J00000042" },
  { NULL, "analysis.kind", TEXT, "RA" },
  { NULL, "analysis.version", TEXT, "1" },
  { NULL, "analysis.result", TEXT, "no-fault-found" },
  { NULL, "analysis.corrects", TEXT, "The serial of the part was wrong" },
  { NULL, "analysis.next", DAY, "2026-12-10" },
  { "units", "unit.rma", TEXT, "R0000000042" },
  { "units", "unit.line", TEXT, "1" },
  { "units", "unit.serial", TEXT, "PX10A4417230" },
  { "units", "unit.part", TEXT, "PN-100" },
  { "units", "unit.description", TEXT, "Router" },
  { "units", "unit.replacement", TEXT, "PX10A9000001" },
  { "units", "unit.case", TEXT, "2026-1110-000042" },
  { "units", "unit.reference", TEXT, "PO 4711" },
  { "units", "unit.return_by", DAY, "2026-12-08" },
  { "units", "unit.was_due", DAY, "2026-11-20" },
  { "units", "unit.received", DAY, "2026-11-24" },
  { "units", "unit.price", AMOUNT, "1234.50" },
  { "units", "unit.amount", AMOUNT, "1234.50" },
  { "units", "unit.reason", TEXT, "Not returned by its date" },
  { "address", "address.line", TEXT, "1 Harbour Road" },
};

typedef struct {
  Type type;
  char *text;
  char *currency;
} Value;

struct _BhMailFields {
  GHashTable *values; /* name → Value */
  GHashTable *lists;  /* name → GPtrArray of BhMailFields */
};

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->text);
  g_free (value->currency);
  g_free (value);
}

BhMailFields *
bh_mail_fields_new (void)
{
  BhMailFields *self = g_new0 (BhMailFields, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
  self->lists =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
bh_mail_fields_free (BhMailFields *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->lists);
  g_free (self);
}

static gboolean
known_anywhere (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      return TRUE;
  return FALSE;
}

gboolean
bh_mail_field_known (const char *name, const char *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      return known[i].list == NULL || g_strcmp0 (known[i].list, list) == 0;
  return FALSE;
}

gboolean
bh_mail_list_known (const char *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].list, list) == 0)
      return TRUE;
  return FALSE;
}

static void
set (BhMailFields *self, Type type, const char *name, const char *text, const char *currency)
{
  Value *value;

  g_return_if_fail (known_anywhere (name));
  if (text == NULL) {
    g_hash_table_remove (self->values, name);
    return;
  }
  value = g_new0 (Value, 1);
  value->type = type;
  value->text = bh_mail_one_line (text);
  value->currency = bh_mail_one_line (currency != NULL ? currency : "");
  g_hash_table_insert (self->values, g_strdup (name), value);
}

void
bh_mail_fields_set (BhMailFields *self, const char *name, const char *value)
{
  set (self, TEXT, name, value, NULL);
}

void
bh_mail_fields_set_day (BhMailFields *self, const char *name, const char *day)
{
  set (self, DAY, name, day, NULL);
}

void
bh_mail_fields_set_amount (BhMailFields *self, const char *name, const char *amount,
                           const char *currency)
{
  set (self, AMOUNT, name, amount, currency);
}

BhMailFields *
bh_mail_fields_add (BhMailFields *self, const char *list)
{
  GPtrArray *rows = g_hash_table_lookup (self->lists, list);
  BhMailFields *row = bh_mail_fields_new ();

  if (rows == NULL) {
    rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_mail_fields_free);
    g_hash_table_insert (self->lists, g_strdup (list), rows);
  }
  g_ptr_array_add (rows, row);
  return row;
}

guint
bh_mail_fields_rows (BhMailFields *self, const char *list)
{
  GPtrArray *rows = g_hash_table_lookup (self->lists, list);

  return rows != NULL ? rows->len : 0;
}

BhMailFields *
bh_mail_fields_row (BhMailFields *self, const char *list, guint n)
{
  return g_ptr_array_index ((GPtrArray *) g_hash_table_lookup (self->lists, list), n);
}

char *
bh_mail_fields_show (BhMailFields *self, const char *name, const BhMailForms *forms)
{
  const Value *value = g_hash_table_lookup (self->values, name);

  if (value == NULL)
    return g_strdup ("");
  if (value->type == DAY)
    return bh_mail_forms_date (forms, value->text);
  if (value->type == AMOUNT)
    return bh_mail_forms_amount (forms, value->text, value->currency);
  return g_strdup (value->text);
}

BhMailFields *
bh_mail_fields_sample (void)
{
  BhMailFields *self = bh_mail_fields_new ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    BhMailFields *at = self;

    if (known[i].list != NULL)
      at = bh_mail_fields_rows (self, known[i].list) > 0
               ? bh_mail_fields_row (self, known[i].list, 0)
               : bh_mail_fields_add (self, known[i].list);
    set (at, known[i].type, known[i].name, known[i].sample, known[i].type == AMOUNT ? "USD" : NULL);
  }
  return self;
}
