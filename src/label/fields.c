/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "template.h"

/* What a label may name, with a value of usual length: a template is checked with it, so that
 * a place which is too small for its code is found when the template is loaded. */
static const struct {
  const char *name;
  const char *sample;
} fields[] = {
  { "rma.number", "R0000000042" },
  { "rma.return_by", "2026-12-08" },
  { "rma.case", "2026-1124-012345" },
  { "rma.reference", "PO 4500012345" },
  { "rma.contact", "Maria Lindqvist" },
  { "rma.flag", "RA" },
  { "rma.units", "1  FOC2231N0AB  MX-100-48T" },
  { "rma.unit_count", "1" },
  { "page.number", "1" },
  { "page.count", "1" },
  { "unit.line", "1" },
  { "unit.serial", "FOC2231N0AB" },
  { "unit.part", "MX-100-48T" },
  { "unit.payload", "BH1|R=R0000000042|S=FOC2231N0AB|P=MX-100-48T|D=2026-12-08" },
  { "unit.gs1", "(240)MX-100-48T(21)FOC2231N0AB" },
  { "account.name", "Acme Networks" },
  { "account.id", "ACME" },
  { "destination.name", "San Jose Repair Center" },
  { "destination.address", "Dock 4\n2200 Mission Blvd\nSan Jose CA 95110\nUS" },
  { "sender.name", "Acme Networks" },
  { "sender.address", "1 Main St\nBoston MA" },
  { "receipt.rule", "D3" },
  { "receipt.reason", "No RMA number, and no open RMA awaits this serial." },
  { "receipt.at", "2026-11-24 08:21" },
  { "receipt.id", "641aecad-b6ec-40c9-b41c-6cc7b67eea9c" },
  { "box.tracking", "1Z999AA10123456784" },
  { "copy", "COPY" },
  { "job.number", "J0000000042" },
  { "job.kind", "RA" },
  { "job.due", "2026-12-24" },
  { "customer.address", "1 Main St\nBoston MA" },
  { "job.result", "repaired-to-stock" },
  { "job.parcel", "UPS 1Z999AA10123456784" },
  { "job.symptom", "No link on port 12" },
  { "operator.name", "Maria Lindqvist" },
  { "operator.login", "mlind" },
  { "operator.role", "receiver" },
  { "operator.badge", "BHOP!ABCDEFGHJK23456789LM" },
  { "command.next_box", "BH!NEXT-BOX" },
  { "command.undo", "BH!UNDO" },
  { "command.photo", "BH!PHOTO" },
  { "command.reprint", "BH!REPRINT" },
  { "command.hold", "BH!HOLD" },
  { "command.refuse", "BH!REFUSE" },
  { "command.manual", "BH!MANUAL" },
  { "command.unreadable", "BH!UNREADABLE" },
  { "command.no_number", "BH!NO-NUMBER" },
  { "doctor.layout", "BHDOCTORBQWAZYMa-_/.:;+=@#[]|&" },
  { "doctor.zeros", "000290417365" },
  { "doctor.control", "BHDOCTORD\035L\036R" },
};

const char *
bh_field_sample (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name))
      return fields[i].sample;
  return NULL;
}

char *
bh_field_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", fields[i].name);
  return g_string_free (names, FALSE);
}

gboolean
bh_label_is_field (const char *name)
{
  return bh_field_sample (name) != NULL;
}

GHashTable *
bh_label_samples (void)
{
  GHashTable *samples = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_hash_table_insert (samples, g_strdup (fields[i].name), g_strdup (fields[i].sample));
  return samples;
}
