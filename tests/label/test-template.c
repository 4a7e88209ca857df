/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A site's own templates, and batches. */
#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/batch.h"
#include "backhaul/doctor.h"
#include "place.h"

/* Every symbology, from a rectangle's id or the label a drawing program gives it. */
static void
test_symbologies (Place *place, gconstpointer data)
{
  static const struct {
    const char *rect;
    const char *field;
    const char *value;
    const char *symbology;
    const char *reads;
  } rows[] = {
    { "id='code128:unit.serial'", "unit.serial", "FOC2231N0AB", "CODE-128", "FOC2231N0AB" },
    { "id='code39:unit.serial'", "unit.serial", "FOC2231N0AB", "CODE-39", "FOC2231N0AB" },
    { "id='qr:unit.payload'", "unit.payload", "BH1|R=R0000000042", "QR-Code", "BH1|R=R0000000042" },
    { "id='qr:account.name'", "account.name", "日本ネットワーク", "QR-Code", "日本ネットワーク" },
    { "id='datamatrix:unit.serial'", "unit.serial", "FOC2231N0AB", "Data-Matrix", "FOC2231N0AB" },
    { "id='gs1-128:unit.gs1'", "unit.gs1", "(240)MX-100(21)FOC2231", "CODE-128",
      "240MX-100\03521FOC2231" },
    { "id='rect7' inkscape:label='code128:unit.serial'", "unit.serial", "A-1/2.3", "CODE-128",
      "A-1/2.3" },
    { "id='code128:doctor.control'", "doctor.control", BH_DOCTOR_CONTROL, "CODE-128",
      BH_DOCTOR_CONTROL },
    { "id='code128:doctor.layout'", "doctor.layout", BH_DOCTOR_LAYOUT, "CODE-128",
      BH_DOCTOR_LAYOUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint dpi = 203; dpi <= 600; dpi = dpi == 203 ? 300 : dpi * 2) {
      g_autofree char *body = g_strdup_printf (
          "<rect %s x='0' y='5' width='100' height='50' fill='none'/>", rows[i].rect);
      g_autoptr (GError) error = NULL;
      g_autoptr (BhLabelTemplate) label = load_body (place, body, &error);
      g_autoptr (GHashTable) fields = fields_with (rows[i].field, rows[i].value);
      g_autoptr (GBytes) png = NULL;
      g_autoptr (GPtrArray) checks = NULL;
      const BhLabelCheck *check;

      g_assert_no_error (error);
      png = bh_label_png (label, fields, dpi, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_set_contents (place->pdf, g_bytes_get_data (png, NULL),
                                          (gssize) g_bytes_get_size (png), NULL));
      checks = bh_label_verify (place->pdf, dpi, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (checks->len, ==, 1);
      check = g_ptr_array_index (checks, 0);
      g_assert_cmpstr (check->reason, ==, NULL);
      g_assert_cmpstr (check->symbology, ==, rows[i].symbology);
      g_assert_cmpstr (check->text, ==, rows[i].reads);
    }
}

/* Too long for the symbol, or for its place: said with the field. */
static void
test_too_long (Place *place, gconstpointer data)
{
  static const char *const kinds[] = { "code128", "code39", "qr", "datamatrix" };
  g_autofree char *huge = g_strnfill (5000, 'A');

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gsize size = 200; size <= 5000; size *= 25) {
      g_autofree char *body = g_strdup_printf (
          "<rect id='%s:unit.serial' x='2' y='5' width='60' height='30'/>", kinds[i]);
      g_autofree char *value = g_strndup (huge, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (BhLabelTemplate) label = load_body (place, body, &error);
      g_autoptr (GHashTable) fields = fields_with ("unit.serial", value);

      g_assert_no_error (error);
      if (size == 200 && i >= 2) /* these hold it */
        continue;
      g_assert_null (bh_label_png (label, fields, 203, &error));
      g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, "unit.serial"));
    }
}

static void
test_required (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelTemplate) label = bh_label_template_load ("box-4x6", &error);
  g_autoptr (GHashTable) fields = fields_with ("unit.serial", "FOC2231N0AB");

  g_assert_null (bh_label_png (label, fields, 203, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "rma.number"));
}

/* A text with a field in the drawing's own words is filled; one that has no room is said. */
static void
test_filled_text (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelTemplate) label =
      load_body (place,
                 CODE "<text id='t1' x='5' y='50' font-size='5'>For {account.name}, {not one}"
                      "</text>",
                 &error);
  g_autoptr (GHashTable) fields = fields_with ("account.name", "Acme <&> \"x\"");
  g_autoptr (GBytes) png = NULL;

  g_assert_no_error (error);
  png = bh_label_png (label, fields, 203, &error);
  g_assert_no_error (error);
  g_assert_nonnull (png);
  g_hash_table_insert (fields, (char *) "account.name",
                       (char *) "A name that is much longer than the label is wide, by far");
  g_assert_null (bh_label_png (label, fields, 203, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "over the edge"));
}

/* What the drawing has in a quiet zone, or over a bar, is seen on the dots, of a label alone and of
 * a page of a document, of which only the codes are made into dots. */
static void
test_ink_on_a_code (Place *place, gconstpointer data)
{
  static const char *const inks[] = {
    "<rect x='12' y='5' width='1' height='3'/>",                 /* quiet zone */
    "<path d='M40 6H60' stroke='#000' stroke-width='0.4'/>",     /* a stroke over the bars */
    "<path d='M2 15H98' stroke='#fff' stroke-width='0.4'/>" CODE /* nothing: it lies below */
  };

  for (guint i = 0; i < G_N_ELEMENTS (inks); i++) {
    g_autofree char *body = g_strconcat (inks[i], i < 2 ? CODE : "", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (BhLabelTemplate) label = load_body (place, body, &error);
    g_autoptr (GHashTable) fields = fields_with ("rma.number", "R0000000042");
    g_autoptr (BhLabelDocument) document = bh_label_document_new (place->pdf, 203, &error);
    g_autoptr (GError) of_page = NULL;
    g_autoptr (GBytes) png = NULL;
    gboolean page;

    g_assert_no_error (error);
    png = bh_label_png (label, fields, 203, &error);
    page = bh_label_document_add (document, label, fields, &of_page);
    if (i == 2) {
      g_assert_no_error (error);
      g_assert_no_error (of_page);
      continue;
    }
    g_assert_null (png);
    g_assert_false (page);
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_error (of_page, BH_ERROR, BH_ERROR_INPUT);
    g_assert_nonnull (strstr (error->message, i == 0 ? "quiet zone" : "bar"));
    g_assert_cmpstr (of_page->message, ==, error->message);
  }
}

typedef struct {
  guint good;
  guint failed;
  guint stop_at;
} Taken;

static gboolean
took (const BhLabelChecked *checked, const GError *why, gpointer data, GError **error)
{
  Taken *taken = data;
  const char *number = g_hash_table_lookup (checked->fields, "rma.number");

  /* in the order in which they were added */
  g_assert_cmpuint (g_ascii_strtoull (number + 1, NULL, 10), ==, taken->good + taken->failed);
  if (why != NULL) {
    g_assert_error (why, BH_ERROR, BH_ERROR_INPUT);
    taken->failed++;
  } else {
    taken->good++;
  }
  if (taken->stop_at == 0 || taken->good < taken->stop_at)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_BUSY, "stopped");
  return FALSE;
}

static void
add_many (BhLabelBatch *batch, BhLabelTemplate *label, Taken *taken, gboolean *ok)
{
  for (guint i = 0; i < 100 && *ok; i++) {
    g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr (GError) error = NULL;

    g_hash_table_insert (fields, (char *) "rma.number", g_strdup_printf ("R%010u", i));
    g_hash_table_insert (fields, (char *) "unit.serial",
                         i % 10 == 3 ? g_strdup ("") : g_strdup ("FOC2231N0AB"));
    *ok = bh_label_batch_add (batch, label, fields, took, taken, &error);
  }
}

static void
test_batch (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelTemplate) label = bh_label_template_load ("box-4x6", &error);
  gboolean ok = TRUE;

  for (guint stop_at = 0; stop_at <= 50; stop_at += 50) {
    g_autoptr (BhLabelBatch) batch = bh_label_batch_new (203);
    Taken taken = { 0, 0, stop_at };

    add_many (batch, label, &taken, &ok);
    if (stop_at == 0)
      g_assert_true (ok && bh_label_batch_finish (batch, took, &taken, &error));
    else
      g_assert_false (ok);
    g_assert_cmpuint (taken.good, ==, stop_at == 0 ? 90 : 50);
    g_assert_cmpuint (taken.failed, >=, stop_at == 0 ? 10 : 5);
  }
}

/* The same code in several places of a page: each is measured by itself. */
static void
test_twice (Place *place, gconstpointer data)
{
  static const struct {
    const char *body;
    guint dots[4]; /* of a module in each, from above and from the left */
  } pages[] = {
    { "<rect id='code128:rma.number' x='2' y='2' width='96' height='12'/>"
      "<rect id='code128:rma.number-2' x='10' y='20' width='60' height='12'/>"
      "<text x='20' y='18' font-size='4'>R0000000042 and words between</text>",
      { 5, 3 } },
    { "<rect id='code128:rma.number' x='0' y='4' width='36' height='20'/>"
      "<rect id='code128:rma.number-2' x='40' y='4' width='54' height='20'/>",
      { 2, 3 } },
    { "<rect id='code128:rma.number' x='0' y='4' width='36' height='10'/>"
      "<rect id='code128:rma.number-2' x='40' y='4' width='36' height='10'/>"
      "<rect id='code128:rma.number-3' x='0' y='16' width='52' height='10'/>"
      "<rect id='code128:rma.number-4' x='54' y='16' width='36' height='10'/>",
      { 2, 2, 3, 2 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhLabelTemplate) label = load_body (place, pages[i].body, &error);
    g_autoptr (GHashTable) fields = fields_with ("rma.number", "R0000000042");
    g_autoptr (GBytes) png = label != NULL ? bh_label_png (label, fields, 203, &error) : NULL;
    g_autoptr (GPtrArray) checks = NULL;

    g_assert_no_error (error);
    g_assert_true (g_file_set_contents (place->pdf, g_bytes_get_data (png, NULL),
                                        (gssize) g_bytes_get_size (png), NULL));
    checks = bh_label_verify (place->pdf, 203, &error);
    g_assert_no_error (error);
    for (guint j = 0; j < checks->len; j++) {
      const BhLabelCheck *check = g_ptr_array_index (checks, j);

      g_test_message ("page %u: %g dots, quiet %g", i, check->module_dots, check->quiet_modules);
      g_assert_cmpstr (check->reason, ==, NULL);
      g_assert_cmpstr (check->text, ==, "R0000000042");
      g_assert_cmpfloat (check->module_dots, ==, pages[i].dots[j]);
      g_assert_true (check->quiet_modules >= 10);
    }
    g_assert_cmpuint (checks->len, ==, i == 2 ? 4 : 2);
  }
}

/* A label whose codes and words do not say the same is not made, and a given one is not good: here
 * one whose template has the number in a field of any text. */
static void
test_disagree (Place *place, gconstpointer data)
{
  static const char body[] = "<rect id='code128:rma.reference' x='2' y='2' width='96' height='15'/>"
                             "<rect id='qr:unit.payload' x='2' y='20' width='35' height='35'/>"
                             "<rect id='text:rma.reference' x='40' y='20' width='55' height='9'/>"
                             "<rect id='text:unit.serial' x='40' y='40' width='55' height='9'/>";
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelTemplate) box = bh_label_template_load ("box-4x6", &error);
  g_autoptr (BhLabelTemplate) label = load_body (place, body, &error);
  g_autoptr (GHashTable) fields = fields_with ("rma.number", "R0000000042");
  g_autoptr (BhLabelDocument) document = bh_label_document_new (place->pdf, 203, &error);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  guint wrong = 0;

  g_assert_no_error (error);
  g_hash_table_insert (fields, (char *) "rma.reference", (char *) "R0000000042");
  g_hash_table_insert (fields, (char *) "unit.serial", (char *) "FOC2231N0AB");
  g_hash_table_insert (fields, (char *) "unit.payload", (char *) "BH1|R=R0000000043|S=FOC2231N0AB");
  g_assert_false (bh_label_document_add (document, box, fields, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "rma.number: "));
  g_clear_error (&error);
  png = bh_label_png (box, fields, 203, &error);
  g_assert_null (png);
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (bh_label_document_add (document, label, fields, &error));
  g_assert_true (bh_label_document_finish (document, &error));
  checks = bh_label_verify (place->pdf, 203, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < checks->len; i++)
    wrong += !((BhLabelCheck *) g_ptr_array_index (checks, i))->ok;
  g_assert_cmpuint (wrong, ==, 2);
}

int
main (int argc, char **argv)
{
  static const PlaceTest tests[] = {
    { "/label/template/every-symbology", test_symbologies },
    { "/label/template/data-too-long", test_too_long },
    { "/label/template/required", test_required },
    { "/label/template/fields-in-text", test_filled_text },
    { "/label/template/ink-on-a-code", test_ink_on_a_code },
    { "/label/L6/order-and-failures-of-a-batch", test_batch },
    { "/label/D2/codes-that-disagree", test_disagree },
    { "/label/D2/a-code-in-several-places", test_twice },
  };

  g_test_init (&argc, &argv, NULL);
  return place_run (tests, G_N_ELEMENTS (tests));
}
