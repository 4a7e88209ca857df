/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "backhaul/table.h"
#include "transfer-fixture.h"

#define ACCOUNTS "account,name,country,language,email\n"
#define UNITS                                                                                      \
  "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"               \
  "contract_until\n"

/* ---- JSON Lines ------------------------------------------------------------------------ */

#define REST ",\"country\":null,\"language\":null,\"email\":null}"

static const struct {
  const char *path;
  const char *line; /* between a good one before and after */
  const char *fault;
} lines[] = {
  { "/desk/import/jsonl/not-an-object", "[1]", "2:0:: it is not one JSON object" },
  { "/desk/import/jsonl/javascript", "var x={\"account\":\"B\"}",
    "2:0:: it is not one JSON object" },
  { "/desk/import/jsonl/single-quotes", "{'account':'B','name':'C'}",
    "2:0:: it is not one JSON object" },
  { "/desk/import/jsonl/comment", "{\"account\":\"B\"/* x */,\"name\":\"C\"" REST,
    "2:0:: it is not one JSON object" },
  { "/desk/import/jsonl/cut-off", "{\"account\":\"B\",\"name\":\"C}", "2:0:: it ends too early" },
  { "/desk/import/jsonl/two", "{\"account\":\"B\",\"name\":\"C\"" REST "{}",
    "2:0:: there is more than one" },
  { "/desk/import/jsonl/twice", "{\"account\":\"B\",\"account\":\"D\",\"name\":\"C\"" REST,
    "2:0:: a key is there twice" },
  { "/desk/import/jsonl/unknown", "{\"account\":\"B\",\"name\":\"C\",\"x\":1" REST,
    "2:0:: \"x\": there is no such column" },
  { "/desk/import/jsonl/missing", "{\"account\":\"B\",\"name\":\"C\",\"country\":null}",
    "2:4:language: the key is missing|2:5:email: the key is missing" },
  { "/desk/import/jsonl/list", "{\"account\":\"B\",\"name\":[\"C\"]" REST,
    "2:2:: \"name\" is not a text" },
  { "/desk/import/jsonl/fraction", "{\"account\":\"B\",\"name\":1.5" REST,
    "2:2:: \"name\" is not a text" },
  { "/desk/import/jsonl/nul", "{\"account\":\"B\",\"name\":\"C\\u0000D\"" REST,
    "2:0:: a NUL character" },
  { "/desk/import/jsonl/half-a-surrogate", "{\"account\":\"B\",\"name\":\"\\ud800\"" REST, "2:" },
  { "/desk/import/jsonl/control", "{\"account\":\"B\",\"name\":\"C\x01\"" REST,
    "2:0:: a control character" },
  { "/desk/import/jsonl/encoding", "{\"account\":\"B\",\"name\":\"caf\xe9\"" REST,
    "2:0:: it is not UTF-8" },
  { "/desk/import/jsonl/empty-key", "{\"account\":\"\",\"name\":\"C\"" REST,
    "2:1:account: it is empty" },
};

static void
test_jsonl (Fixture *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdup_printf ("{\"account\":\"A\",\"name\":\"x\"" REST "\n%s\n"
                                           "{\"account\":\"Z\",\"name\":\"y\"" REST "\r\n",
                                           lines[i].line);
  g_auto (GStrv) expected = g_strsplit (lines[i].fault, "|", -1);
  g_auto (GStrv) got = NULL;
  g_autoptr (GError) error = NULL;

  fixture_import (self, "accounts", BH_FORMAT_JSONL, text, -1, &error);
  g_assert_no_error (error);
  got = g_strsplit (g_strchomp (self->faults->str), "\n", -1);
  g_assert_cmpuint (g_strv_length (got), ==, g_strv_length (expected));
  for (guint n = 0; expected[n] != NULL; n++)
    if (!g_str_has_prefix (got[n], expected[n]))
      g_error ("expected \"%s\", got \"%s\"", expected[n], got[n]);
  g_assert_cmpint (self->result.added, ==, 2);
}

/* Deep enough to overrun a parser's stack, were it given to one. */
static void
test_deep (Fixture *self, gconstpointer data)
{
  GString *text = g_string_new ("{\"account\":");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, ']');
  g_string_append (text, "}\n");
  fixture_import (self, "accounts", BH_FORMAT_JSONL, text->str, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (self->faults->str, "1:0:: it is nested too deep"));
  g_string_free (text, TRUE);
}

/* ---- rows without an end ----------------------------------------------------------------- */

static void
test_million_columns (Fixture *self, gconstpointer data)
{
  GString *text = g_string_new (ACCOUNTS "A1,x,,,\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "a,");
  g_string_append (text, "\nA2,y,,,\n");
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, ',');
  g_string_append (text, "\nA3,z,,,\n");
  fixture_import (self, "accounts", BH_FORMAT_CSV, text->str, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (self->faults->str,
                                   "3:0:: it has 100001 columns, the header has 5\n"
                                   "5:"));
  g_assert_nonnull (strstr (self->faults->str, "the row is too long"));
  g_assert_cmpint (self->result.rejected, ==, 2);
  g_assert_cmpint (self->result.added, ==, 3);

  /* and as a header */
  g_string_assign (text, "");
  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "a,");
  g_string_append (text, "a\n");
  g_assert_false (fixture_import (self, "accounts", BH_FORMAT_CSV, text->str, -1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_string_free (text, TRUE);
}

/* A quote that opens on each line: each costs its line, and the work stays in bounds. */
static void
test_open_quotes (Fixture *self, gconstpointer data)
{
  GString *text = g_string_new (ACCOUNTS);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "B%u,\"\"\"x,,,\n", i);
  g_string_append (text, "A2,y,,,\n");
  fixture_import (self, "accounts", BH_FORMAT_CSV, text->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (self->result.rejected, ==, 2000);
  g_assert_cmpint (self->result.added, ==, 1);
  g_string_free (text, TRUE);
}

/* ---- what a spreadsheet would run ------------------------------------------------------- */

static const struct {
  const char *name; /* as it is kept */
  const char *cell; /* as CSV has it */
} guarded[] = {
  { "=1+1", "'=1+1" },  { "+1", "'+1" },       { "-1", "'-1" },
  { "@SUM", "'@SUM" },  { "\tx", "\"'\tx\"" }, { "\rx", "\"'\rx\"" },
  { "'=x", "''=x" },    { "''-x", "'''-x" },   { "'plain", "'plain" },
  { "a=b", "a=b" },     { "'", "'" },          { "=a,\"b\"", "\"'=a,\"\"b\"\"\"" },
  { " =x", "\" =x\"" },
};

static void
test_guard (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  GString *json = g_string_new (NULL);
  GString *csv = g_string_new (ACCOUNTS);

  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++) {
    g_autofree char *escaped = g_strescape (guarded[i].name, NULL);

    g_string_append_printf (json, "{\"account\":\"A%02u\",\"name\":\"%s\"" REST "\n", i, escaped);
    g_string_append_printf (csv, "A%02u,%s,,,\n", i, guarded[i].cell);
  }
  fixture_import (self, "accounts", BH_FORMAT_JSONL, json->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->faults->str, ==, "");
  out = fixture_export (self, "accounts", BH_FORMAT_CSV);
  g_assert_cmpstr (out, ==, csv->str);
  fixture_add (self, "accounts", out);
  g_assert_cmpint (self->result.unchanged, ==, G_N_ELEMENTS (guarded));
  g_string_free (json, TRUE);
  g_string_free (csv, TRUE);
}

/* ---- files larger than the memory they may take ------------------------------------------ */

static GInputStream *
write_units (Fixture *self, guint rows)
{
  g_autofree char *path = g_build_filename (test_wrap_folder (self->wrap), "units.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  FILE *out = fopen (path, "w");

  g_assert_nonnull (out);
  fputs (UNITS, out);
  for (guint i = 0; i < rows; i++)
    fprintf (out, "SN%08u,MX-100,ACME,BER,2025-01-31,,Dist %u,C-%u,Core Plus,2027-01-31\n",
             (i * 7919) % 10000019, i % 100, i);
  fclose (out);
  return G_INPUT_STREAM (g_file_read (file, NULL, NULL));
}

/* VmRSS in KiB */
static gint64
resident (void)
{
  g_autofree char *status = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  return g_ascii_strtoll (strstr (status, "VmRSS:") + strlen ("VmRSS:"), NULL, 10);
}

static void
on_progress (gint64 rows, gpointer data)
{
  gint64 *most = data;

  *most = MAX (*most, resident ());
}

static void
test_memory (Fixture *self, gconstpointer data)
{
  static const guint sizes[] = { 20000, 120000 };
  gint64 most[] = { 0, 0 };
  g_autoptr (GError) error = NULL;

  fixture_basics (self);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GInputStream) stream = write_units (self, sizes[i]);
    BhImportOptions options = { .dry_run = TRUE, .progress = on_progress, .data = &most[i] };
    BhImportResult result;

    bh_desk_import (self->desk, "units", stream, "units.csv", &options, NOW, &result, &error);
    g_assert_no_error (error);
    g_assert_cmpint (result.added, ==, sizes[i]);
  }
  /* six times the rows; the filter of keys that were seen touches more of its 16 MiB */
  g_assert_cmpint (most[1] - most[0], <, 20 * 1024);
}

/* ---- faults of the store ------------------------------------------------------------------- */

/* The disk fills at the n-th step, for every n: what is there is whole batches, what was
 * told is what is there, and a second run brings the rest. */
static void
test_full_disk (Fixture *self, gconstpointer data)
{
  static const char csv[] =
      "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"
      "confirmed\n"
      "R21056835,2026-1101-000001,P2,ACME,BER,,PO 1,SN000001,,,EIN,2026-11-10,2026-11-10\n"
      "R21056835,2026-1101-000001,P2,ACME,BER,,PO 1,SN000002,,,EIN,2026-11-10,2026-11-10\n";
  gboolean ok = FALSE;

  fixture_basics (self);
  for (int n = 1; !ok; n++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (n, <, 500);
    bh_store_fail_after (bh_desk_store (self->desk), n);
    ok = fixture_import (self, "rmas", BH_FORMAT_CSV, csv, -1, &error);
    bh_store_fail_after (bh_desk_store (self->desk), 0);
    if (!ok) {
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
      g_assert_cmpint (self->result.rows, ==, 0);
      g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM rma"), ==, 0);
      g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM audit WHERE entity = 'rmas'"),
                       ==, 0);
    }
  }
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM rma_line"), ==, 2);
}

/* A first load takes indexes away and makes them again, whatever happens between. */
static void
test_indexes (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) indexes = NULL;
  g_autoptr (BhTx) tx = NULL;

  fixture_basics (self);
  tx = bh_store_begin_write (bh_desk_store (self->desk), &error);
  indexes = bh_store_drop_indexes (bh_desk_store (self->desk), "unit", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (indexes->len, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    ADD (lines[i].path, GUINT_TO_POINTER (i), test_jsonl);
  ADD ("/desk/import/jsonl/deep", NULL, test_deep);
  ADD ("/desk/import/fault/million-columns", NULL, test_million_columns);
  ADD ("/desk/import/fault/open-quotes", NULL, test_open_quotes);
  ADD ("/desk/export/formula-cells", NULL, test_guard);
  ADD ("/desk/import/memory", NULL, test_memory);
  ADD ("/desk/import/full-disk", NULL, test_full_disk);
  ADD ("/desk/import/indexes-after-a-first-load", NULL, test_indexes);
  return g_test_run ();
}
