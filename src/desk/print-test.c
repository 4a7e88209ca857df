/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* L2: a test print: whether a printer takes labels, and how they come out. */

#include "backhaul/identifier.h"
#include "print-private.h"

/* a number that no RMA has */
#define TEST_RMA "R0000000000"

static void
put (GHashTable *fields, const char *name, const char *value)
{
  g_hash_table_insert (fields, g_strdup (name), g_strdup (value));
}

/* Every place of the label is filled, and it can be taken for no other. */
static GHashTable *
test_fields (const BhPrinter *printer, gint64 now_us)
{
  GHashTable *fields = bh_label_samples ();
  g_autofree char *payload = bh_payload_format (TEST_RMA, "TESTPRINT", "TEST", NULL);
  g_autofree char *when = bh_time_format (now_us, NULL);
  g_autofree char *about = g_strdup_printf ("%s\n%s, %d dpi\n%s", printer->target,
                                            printer->language, printer->dpi, when);

  put (fields, "copy", "TEST");
  put (fields, "rma.number", TEST_RMA);
  put (fields, "unit.serial", "TESTPRINT");
  put (fields, "unit.part", "TEST");
  put (fields, "unit.payload", payload);
  put (fields, "unit.gs1", "(240)TEST(21)TESTPRINT");
  put (fields, "account.name", printer->station);
  put (fields, "destination.address", about);
  put (fields, "sender.address", about);
  return fields;
}

gboolean
bh_desk_test_printer (BhDesk *self, const char *station, const char *kind, gint64 now_us,
                      GError **error)
{
  g_autoptr (BhPrinter) printer = NULL;
  g_autoptr (BhLabelTemplate) label = NULL;
  g_autoptr (GHashTable) fields = NULL;
  g_autoptr (GBytes) bytes = NULL;
  BhPrintEnd end;

  if (!bh_desk_require (self, BH_MAY_PRINTERS, error) ||
      !bh_store_printer_for (self->store, station, kind, &printer, error))
    return FALSE;
  if (printer == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: %s has no printer for it; `printer list` names them", kind, station);
    return FALSE;
  }
  label = bh_label_template_load (g_str_equal (kind, "any") ? "box-4x6" : kind, error);
  if (label == NULL)
    return FALSE;
  fields = test_fields (printer, now_us);
  bytes = bh_desk_make_print (label, fields, printer, 1, error);
  return bytes != NULL &&
         bh_desk_hand_over_print (printer, "Backhaul: test", 1, bytes, &end, error) &&
         bh_desk_record_print (self, "test", printer->target, 1, now_us, error);
}
