/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels that always read: drawn, rasterised as a printer has it, read again. */
#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/label.h"
#include "backhaul/scene.h"

static const char *const templates[] = { "box-4x6", "return-to-sender-4x6", "hold-slip-4x6" };
static const guint dpis[] = { 203, 300, 600 };

static GHashTable *
fields_new (void)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (fields, (char *) "rma.number", g_strdup ("R0000000042"));
  g_hash_table_insert (fields, (char *) "rma.return_by", g_strdup ("2026-12-08"));
  g_hash_table_insert (fields, (char *) "unit.serial", g_strdup ("FOC2231N0AB"));
  g_hash_table_insert (fields, (char *) "unit.part", g_strdup ("MX-100-48T"));
  g_hash_table_insert (
      fields, (char *) "unit.payload",
      bh_payload_format ("R0000000042", "FOC2231N0AB", "MX-100-48T", "2026-12-08"));
  g_hash_table_insert (fields, (char *) "account.name", g_strdup ("Acme Networks"));
  g_hash_table_insert (fields, (char *) "destination.name", g_strdup ("San Jose Repair Center"));
  g_hash_table_insert (fields, (char *) "destination.address",
                       g_strdup ("Dock 4\n2200 Mission Blvd\nSan Jose CA 95110\nUS"));
  g_hash_table_insert (fields, (char *) "sender.name", g_strdup ("Acme Networks"));
  g_hash_table_insert (fields, (char *) "sender.address", g_strdup ("1 Main St\nBoston MA"));
  g_hash_table_insert (fields, (char *) "receipt.rule", g_strdup ("D3"));
  g_hash_table_insert (fields, (char *) "receipt.reason",
                       g_strdup ("No RMA number, and no open RMA awaits this serial."));
  g_hash_table_insert (fields, (char *) "receipt.at", g_strdup ("2026-11-24 08:21"));
  g_hash_table_insert (fields, (char *) "receipt.id",
                       g_strdup ("641aecad-b6ec-40c9-b41c-6cc7b67eea9c"));
  g_hash_table_insert (fields, (char *) "box.tracking", g_strdup ("1Z999AA10123456784"));
  return fields;
}

typedef struct {
  char *folder;
  char *pdf;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("bh-label-XXXXXX", NULL);
  place->pdf = g_build_filename (place->folder, "label.pdf", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_remove (place->pdf);
  /* nothing else is left behind: the folder is empty */
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->pdf);
}

static gboolean
print (Place *place, const char *name, guint dpi, GHashTable *fields, guint pages, GError **error)
{
  g_autoptr (BhLabelTemplate) label = bh_label_template_load (name, error);
  g_autoptr (BhLabelDocument) document = NULL;

  if (label == NULL || (document = bh_label_document_new (place->pdf, dpi, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < pages; i++)
    if (!bh_label_document_add (document, label, fields, error))
      return FALSE;
  return bh_label_document_finish (document, error);
}

/* Each barcode of each label is there, whole dots wide, with its quiet zone. */
static void
test_reads (Place *place, gconstpointer data)
{
  for (guint t = 0; t < G_N_ELEMENTS (templates); t++)
    for (guint d = 0; d < G_N_ELEMENTS (dpis); d++) {
      g_autoptr (GHashTable) fields = fields_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) checks = NULL;

      print (place, templates[t], dpis[d], fields, 1, &error);
      g_assert_no_error (error);
      checks = bh_label_verify (place->pdf, dpis[d], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (checks->len, ==, t == 1 ? 1 : 2);
      for (guint i = 0; i < checks->len; i++) {
        const BhLabelCheck *check = g_ptr_array_index (checks, i);

        g_assert_cmpstr (check->reason, ==, NULL);
        g_assert_true (check->ok);
        g_assert_cmpfloat (check->module_dots, >=, 2);
      }
    }
}

/* A foreign reader on a foreign rasteriser (never trust our own). */
static void
test_foreign (Place *place, gconstpointer data)
{
  g_autoptr (GHashTable) fields = fields_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *command = NULL;

  g_assert_true (print (place, "box-4x6", 203, fields, 1, &error));
  command = g_strdup_printf ("sh -c 'pdftoppm -r 203 -png %s %s/p && zbarimg --nodbus -q --raw"
                             " %s/p-1.png; rm %s/p-1.png'",
                             place->pdf, place->folder, place->folder, place->folder);
  g_assert_true (g_spawn_command_line_sync (command, &out, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (out, "R0000000042\n"));
  g_assert_nonnull (strstr (out, "BH1|R=R0000000042|S=FOC2231N0AB|P=MX-100-48T|D=2026-12-08"));
}

static void
test_hostile (Place *place, gconstpointer data)
{
  static const char *const names[] = {
    "<b>&\"'</b>",
    "%s%n",
    "{rma.number}",
    "\xff\xfe",
    "\x1b[2J\x01",
    "日本ネットワーク株式会社 東京都千代田区丸の内一丁目",
    "شركة الشبكات العالمية",
    "e\u0301\u0301\u0301\u0301",
    "Donaudampfschifffahrtsgesellschaft",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GHashTable) fields = fields_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) checks = NULL;

    g_hash_table_insert (fields, (char *) "account.name", g_strdup (names[i]));
    g_hash_table_insert (fields, (char *) "destination.name",
                         g_strnfill (300, (char) ('a' + (int) i)));
    print (place, "box-4x6", 203, fields, 1, &error);
    g_assert_no_error (error);
    checks = bh_label_verify (place->pdf, 203, &error);
    g_assert_cmpuint (checks->len, ==, 2);
  }
}

/* What does not fit is said with its field; nothing is left behind. */
static void
test_does_not_fit (Place *place, gconstpointer data)
{
  g_autoptr (GHashTable) fields = fields_new ();
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (fields, (char *) "rma.number", g_strnfill (60, 'W'));
  g_assert_false (print (place, "box-4x6", 203, fields, 1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "rma.number"));
  g_assert_false (g_file_test (place->pdf, G_FILE_TEST_EXISTS));
}

static void
test_templates (Place *place, gconstpointer data)
{
  static const struct {
    const char *svg;
    const char *says;
  } bad[] = {
    { "<svg", "1:" },
    { "", "1:" },
    { "<svg xmlns='http://www.w3.org/2000/svg' width='9in' height='900in'/>", "width and height" },
    { "<svg xmlns='http://www.w3.org/2000/svg' width='4in' height='6in'>\n"
      "<rect id='text:a' data-size='1e9'/></svg>",
      ":2:" },
  };
  g_autofree char *path = g_build_filename (place->folder, "bad.svg", NULL);
  g_autoptr (GError) missing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (path, bad[i].svg, -1, NULL));
    g_assert_null (bh_label_template_load (path, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_nonnull (strstr (error->message, bad[i].says));
  }
  g_remove (path);
  g_assert_null (bh_label_template_load ("../../etc/passwd", &missing));
  g_assert_error (missing, BH_ERROR, BH_ERROR_NOT_FOUND);
}

static void
test_damaged (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const texts[] = { "", "%PDF-1.5 but no more", "\x89PNG\r\n\x1a\n", "GIF89a" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (g_file_set_contents (place->pdf, texts[i], -1, NULL));
    g_assert_null (bh_label_verify (place->pdf, 203, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_clear_error (&error);
  }
}

/* What has no end, or more than labels have, is not read until memory is full. */
static void
test_no_file (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bh_label_verify ("/dev/null", 203, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "it is no file"));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (place->pdf, "%PDF-1.5", -1, NULL));
  g_assert_cmpint (truncate (place->pdf, 257 * 1024 * 1024), ==, 0);
  g_assert_null (bh_label_verify (place->pdf, 203, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "larger than 256 MiB"));
}

static void
test_png (Place *place, gconstpointer data)
{
  g_autoptr (GHashTable) fields = fields_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelTemplate) label = bh_label_template_load ("box-4x6", &error);
  g_autoptr (GBytes) png = bh_label_png (label, fields, 203, &error);
  g_autoptr (GPtrArray) checks = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (place->pdf, g_bytes_get_data (png, NULL),
                                      (gssize) g_bytes_get_size (png), NULL));
  checks = bh_label_verify (place->pdf, 203, &error);
  g_assert_no_error (error);
  /* 0.0126 inch bars at a metre: five dots of 203 */
  g_assert_cmpfloat (((BhLabelCheck *) checks->pdata[0])->module_dots, >=, 5);
}

/* A picture as a telephone takes it is still read, by a foreign reader too. */
static void
test_scene (Place *place, gconstpointer data)
{
  char *codes[] = { (char *) "R0000000042", (char *) "FOC2231N0AB", NULL };

  for (guint seed = 1; seed <= 12; seed++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) png = bh_scene_png ("RETURN", codes, seed, 1280, 960, &error);
    g_autofree char *command = g_strdup_printf ("zbarimg --nodbus -q --raw %s", place->pdf);
    g_autofree char *out = NULL;

    g_assert_no_error (error);
    g_assert_true (g_file_set_contents (place->pdf, g_bytes_get_data (png, NULL),
                                        (gssize) g_bytes_get_size (png), NULL));
    g_assert_true (g_spawn_command_line_sync (command, &out, NULL, NULL, NULL));
    g_assert_nonnull (strstr (out, codes[0]));
    g_assert_nonnull (strstr (out, codes[1]));
  }
}

static void
test_batch (Place *place, gconstpointer data)
{
  g_autoptr (GHashTable) fields = fields_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  g_assert_true (print (place, "box-4x6", 203, fields, 20, &error));
  checks = bh_label_verify (place->pdf, 203, &error);
  g_assert_cmpuint (checks->len, ==, 40);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Place *, gconstpointer);
  } tests[] = {
    { "/label/D2/every-barcode-reads", test_reads },
    { "/label/D2/a-foreign-reader-reads", test_foreign },
    { "/label/L4/hostile-and-long-names", test_hostile },
    { "/label/L4/what-does-not-fit-is-said", test_does_not_fit },
    { "/label/templates-are-checked", test_templates },
    { "/label/damaged-files", test_damaged },
    { "/label/verify/no-file", test_no_file },
    { "/label/png", test_png },
    { "/label/L6/batch", test_batch },
    { "/label/scene-is-read", test_scene },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
