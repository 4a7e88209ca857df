/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-fixture.h"

#include <string.h>

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->wrap = test_wrap_new (test_wrap_engine_from_env ());
  self->desk =
      bh_desk_open (test_wrap_uri (self->wrap), BH_STORE_MIGRATE, "anna", "D1", "test", &error);
  g_assert_no_error (error);
  self->faults = g_string_new (NULL);
  self->rows = g_ptr_array_new_with_free_func (g_free);
}

void
fixture_reopen (Fixture *self, const char *operator)
{
  g_autoptr (GError) error = NULL;

  bh_desk_close (self->desk);
  self->desk =
      bh_desk_open (test_wrap_uri (self->wrap), BH_STORE_OPEN, operator, "D1", "test", &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  bh_desk_close (self->desk);
  test_wrap_free (self->wrap);
  g_string_free (self->faults, TRUE);
  g_ptr_array_unref (self->rows);
}

static void
on_reject (const BhReject *reject, gpointer data)
{
  Fixture *self = data;

  g_assert_true (g_utf8_validate (reject->reason, -1, NULL));
  g_assert_true (g_utf8_validate (reject->row, -1, NULL));
  g_string_append_printf (self->faults, "%" G_GINT64_FORMAT ":%u:%s: %s\n", reject->line,
                          reject->column, reject->column_name != NULL ? reject->column_name : "",
                          reject->reason);
  if (!reject->again)
    g_ptr_array_add (self->rows, g_strdup (reject->row));
}

gboolean
fixture_import (Fixture *self, const char *kind, BhFormat format, const char *text, gssize size,
                GError **error)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, size >= 0 ? size : (gssize) strlen (text), NULL);
  BhImportOptions options = {
    .format = format, .dry_run = self->dry_run, .reject = on_reject, .data = self
  };
  gboolean ok;

  g_string_truncate (self->faults, 0);
  g_ptr_array_set_size (self->rows, 0);
  ok = bh_desk_import (self->desk, kind, stream, "in.csv", &options, NOW, &self->result, error);
  g_assert_cmpint (self->result.added + self->result.changed + self->result.unchanged +
                       self->result.rejected,
                   ==, self->result.rows);
  return ok;
}

void
fixture_add (Fixture *self, const char *kind, const char *csv)
{
  g_autoptr (GError) error = NULL;

  fixture_import (self, kind, BH_FORMAT_CSV, csv, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->faults->str, ==, "");
}

gint64
fixture_number (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (self->desk), sql, &error);

  g_assert_no_error (error);
  bh_stmt_one_row (stmt, &error);
  g_assert_no_error (error);
  return bh_stmt_int64 (stmt, 0);
}

char *
fixture_text (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (self->desk), sql, &error);

  g_assert_no_error (error);
  bh_stmt_one_row (stmt, &error);
  g_assert_no_error (error);
  return bh_stmt_dup_text (stmt, 0);
}

char *
fixture_export (Fixture *self, const char *kind, BhFormat format)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  bh_desk_export (self->desk, kind, format, stream, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

void
fixture_basics (Fixture *self)
{
  fixture_add (self, "accounts",
               "account,name,country,language,email\n"
               "ACME,Acme Networks GmbH,DE,de,rma@acme.example\n"
               "BETA,Beta K.K.,JP,ja,\n");
  fixture_add (self, "sites",
               "account,site,name,address,city,postal_code,country,time_zone\n"
               "ACME,BER,Berlin,Lindenstr. 1,Berlin,10969,DE,Europe/Berlin\n");
  fixture_add (self, "products",
               "part,description,platform,list_price,currency,first_shipment,end_of_life,"
               "end_of_service,third_party,components\n"
               "MX-100,Router,MX,1250.00,USD,2020-02-29,,,no,PSU;FAN\n"
               "SFP-3P,Optic,,95,JPY,,,,yes,\n");
  fixture_add (self, "destinations",
               "destination,name,address,city,postal_code,country,time_zone,calendar,"
               "contract_manufacturer\n"
               "EIN,Eindhoven,Dock 1,Eindhoven,5651,NL,Europe/Amsterdam,,CM\n");
  fixture_add (self, "units",
               "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
               "contract_until\n"
               "SN000001,MX-100,ACME,BER,2025-01-31,,,C-1,Core Plus,2027-01-31\n"
               "sn000002,MX-100,ACME,,,,,,,\n"
               "SN000003,SFP-3P,BETA,,,,,,,\n");
}
