/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RULES I1-I6, ASKS S8: identifiers and the classifier as tables. */
#include <string.h>

#include "backhaul/box.h"
#include "backhaul/identifier.h"

typedef struct {
  const char *input;
  const char *expected;
} Pair;

static const Pair rmas[] = {
  { "R0000000042", "R0000000042" },
  { "r21056835", "R21056835" },
  { " R 2105-6835 ", "R21056835" },
  { "R–21056835", "R21056835" },
  { "R1234567", NULL },
  { "R12345678", "R12345678" },
  { "R1234567890", "R1234567890" },
  { "R12345678901", NULL },
  { "R1234567A", NULL },
  { "R12345678\xff", NULL },
  { "", NULL },
};

static const Pair cases_[] = {
  { "2019-0101-012345", "2019-0101-012345" },
  { "20190101012345", "2019-0101-012345" },
  { "20190101012345#", "2019-0101-012345" },
  { "2019-0229-012345", NULL },
  { "2020-0229-012345", "2020-0229-012345" },
  { "2019-1301-012345", NULL },
  { "2019-0101-01234", NULL },
  { "2019_0101_012345", NULL },
};

static const Pair serials[] = {
  { "jn1234", "JN1234" },
  { "JN123", NULL },
  { "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345" },
  { "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", NULL },
  { "A.B/C-D", "A.B/C-D" },
  { "AB CDEF", NULL },
  { "ABCDÉF", NULL },
};

static const Pair carriers[] = {
  { "1Z999AA10123456784", "UPS" },
  { "1Z999AA10123456785", NULL },
  { "1z 999 aa1 01 2345 6784", "UPS" },
  { "986578788855", "FedEx" },
  { "986578788856", NULL },
  { "RB123456785GB", "post" },
  { "RB123456784GB", NULL },
  { "3318810025", "DHL" },
  { "3318810026", NULL },
};

static void
check_pairs (const Pair *pairs, gsize n, char *(*normalise) (const char *, gssize))
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *got = normalise (pairs[i].input, -1);

    g_assert_cmpstr (got, ==, pairs[i].expected);
  }
}

static void
test_rma (void)
{
  check_pairs (rmas, G_N_ELEMENTS (rmas), bh_rma_normalise);
}

static void
test_case (void)
{
  check_pairs (cases_, G_N_ELEMENTS (cases_), bh_case_normalise);
}

static void
test_serial (void)
{
  check_pairs (serials, G_N_ELEMENTS (serials), bh_serial_normalise);
}

static void
test_carrier (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (carriers); i++) {
    const char *carrier = NULL;
    g_autofree char *got = bh_tracking_normalise (carriers[i].input, -1, &carrier);

    g_assert_cmpstr (carrier, ==, carriers[i].expected);
    g_assert_true ((got != NULL) == (carriers[i].expected != NULL));
  }
}

typedef struct {
  const char *path;
  const char *text;
  const char *kind;
  const char *value; /* of the first field of that kind; NULL: no field */
  const char *possible;
} Reading;

static const Reading readings[] = {
  { "/core/classify/I1/number", "R0000000042", "rma", "R0000000042", NULL },
  { "/core/classify/I2/case", "2019-0101-012345", "case", "2019-0101-012345", NULL },
  { "/core/classify/I5/aim-prefix", "]C0JN12345678", "unknown", NULL, "JN12345678" },
  { "/core/classify/I5/gs1",
    "]C1010950110153000321ABC123\x1d"
    "240PN-7",
    "serial", "ABC123", NULL },
  { "/core/classify/I5/gs1-part", "]C1240PN-7", "part", "PN-7", NULL },
  { "/core/classify/I5/gs1-bracketed", "(01)09501101530003(21)ABC123", "serial", "ABC123", NULL },
  { "/core/classify/I5/iso15434",
    "[)>\x1e"
    "06\x1d"
    "1PPN-7\x1dSABC123\x1e\x04",
    "serial", "ABC123", NULL },
  { "/core/classify/S8/stand-ins", "[)><RS>06<GS>1PPN-7<GS>SABC123<RS><EOT>", "serial", "ABC123",
    NULL },
  { "/core/classify/S8/pictures", "[)>␞06␝SABC123␞␄", "serial", "ABC123", NULL },
  { "/core/classify/S8/lost-separators", "[)>061PPN-7SABC123", "unknown", NULL, NULL },
  { "/core/classify/I5/payload", "BH1|R=R0000000042|S=ABC123|P=A%7CB", "rma", "R0000000042", NULL },
  { "/core/classify/I5/tracking", "1Z999AA10123456784", "tracking", "1Z999AA10123456784", NULL },
  { "/core/classify/I6/possible", "SABC123", "unknown", NULL, "SABC123" },
  { "/core/classify/I6/too-short", "ABC", "unknown", NULL, NULL },
  { "/core/classify/S11/command", "BH!next-box", "command", NULL, NULL },
};

static void
test_reading (gconstpointer data)
{
  const Reading *c = data;
  g_autoptr (BhScan) scan = bh_scan_new_text (c->text, BH_SCAN_SCANNED, 0);
  g_autoptr (BhReading) reading = bh_scan_classify (scan);
  const char *value = NULL;

  g_assert_cmpstr (bh_kind_name (reading->kind), ==, c->kind);
  g_assert_cmpstr (reading->possible_serial, ==, c->possible);
  for (guint i = 0; i < reading->fields->len && value == NULL; i++) {
    BhField *field = g_ptr_array_index (reading->fields, i);

    if (field->kind == reading->kind)
      value = field->value;
  }
  g_assert_cmpstr (value, ==, c->value);
}

/* Each stand-in of a control character, in capitals and in small letters, each at each place. */
static void
test_stand_ins (void)
{
  static const char *const separators[] = { "<GS>",    "{GS}",   "[GS]", "^]",     "␝",     "\\x1D",
                                            "\\u001D", "<0x1D>", "~029", "<FNC1>", "{FNC1}" };
  static const char *const records[] = { "<RS>",  "{RS}",    "[RS]",   "^^",  "␞",
                                         "\\x1E", "\\u001E", "<0x1E>", "~030" };
  static const char *const ends[] = { "<EOT>", "{EOT}",   "[EOT]",  "^D",  "␄",
                                      "\\x04", "\\u0004", "<0x04>", "~004" };
  const guint n = G_N_ELEMENTS (separators);

  for (guint i = 0; i < 2 * n; i++) {
    const char *record = records[i % G_N_ELEMENTS (records)];
    const char *fields = separators[i % n];
    g_autofree char *whole = g_strconcat ("[)>", record, "06", fields, "1PPN-7", fields, "SABC123",
                                          record, ends[i % G_N_ELEMENTS (ends)], NULL);
    g_autofree char *text = i < n ? g_strdup (whole) : g_ascii_strdown (whole, -1);
    g_autoptr (BhScan) scan = bh_scan_new_text (text, BH_SCAN_SCANNED, 0);
    g_autoptr (BhReading) reading = bh_scan_classify (scan);

    g_test_message ("%s", text);
    g_assert_cmpint (reading->kind, ==, BH_KIND_SERIAL);
    g_assert_cmpuint (reading->fields->len, ==, 2);
  }
}

/* Whatever a scanner sends is kept and shown as valid UTF-8, never obeyed. */
static void
test_hostile (void)
{
  g_autofree char *megabyte = g_strnfill (1 << 20, 'A');
  const struct {
    const char *bytes;
    gsize size;
  } inputs[] = {
    { megabyte, 1 << 20 },
    { "\0\0\0", 3 },
    { "\xff\xfe", 2 },
    { "]C1", 3 },
    { "[)>\x1e", 4 },
    { "[)>\x1e"
      "05\x1d",
      7 },
    { "BH1|R=%", 7 },
    { "'; DROP TABLE rma; --", 21 },
    { "%s%n%s%n", 8 },
    { "\xe2\x80\xae"
      "abcdef",
      9 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++) {
    g_autoptr (BhScan) scan = bh_scan_new (inputs[i].bytes, inputs[i].size, BH_SCAN_SCANNED, 0);
    g_autoptr (BhReading) reading = bh_scan_classify (scan);

    g_assert_true (g_utf8_validate (reading->display, -1, NULL));
    g_assert_cmpint (reading->kind, ==, BH_KIND_UNKNOWN);
    g_assert_cmpuint (g_bytes_get_size (scan->bytes), ==, inputs[i].size);
  }
}

static void
test_payload_round_trip (void)
{
  g_autofree char *payload = bh_payload_format ("R0000000042", "ABC123", "A|B%", "2026-12-08");
  g_autoptr (BhScan) scan = bh_scan_new_text (payload, BH_SCAN_SCANNED, 0);
  g_autoptr (BhReading) reading = bh_scan_classify (scan);

  g_assert_true (reading->wrapped);
  g_assert_cmpuint (reading->fields->len, ==, 3);
  g_assert_cmpstr (((BhField *) g_ptr_array_index (reading->fields, 2))->value, ==, "A|B%");
}

/* I6: a store with one awaited serial, one part and one RMA. */
static gboolean
on_record (BhRecord record, const char *value, gboolean *found, gpointer data, GError **error)
{
  *found = (record == BH_RECORD_AWAITED && g_str_equal (value, "ABC123")) ||
           (record == BH_RECORD_PART && g_str_equal (value, "PN-7")) ||
           (record == BH_RECORD_RMA && g_str_equal (value, "R0000000042"));
  return TRUE;
}

static void
test_box (void)
{
  static const struct {
    const char *scans[4];
    const char *serial; /* of the only unit while the box is open */
    const char *ended;  /* and once it has ended */
  } boxes[] = {
    { { "ABC123" }, "ABC123", "ABC123" },
    { { "SABC123" }, "ABC123", "ABC123" },          /* stripped of its data identifier */
    { { "XYZ999" }, NULL, "XYZ999" },               /* possible: judged when the box ends */
    { { "XYZ999", "ABC123" }, "ABC123", "ABC123" }, /* with a certain one it stays unknown */
    { { "1PPN-7", "R0000000042" }, NULL, NULL },    /* part and number are no serials */
    { { "]C121XYZ999" }, "XYZ999", "XYZ999" },      /* a wrapper is certain */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autoptr (BhBox) box = bh_box_new ();
    g_autoptr (GPtrArray) open = NULL;
    g_autoptr (GPtrArray) ended = NULL;

    for (guint n = 0; n < 4 && boxes[i].scans[n] != NULL; n++)
      bh_box_add (box, bh_scan_new_text (boxes[i].scans[n], BH_SCAN_SCANNED, 0));
    g_assert_true (bh_box_type (box, on_record, NULL, NULL));
    open = bh_box_units (box);
    bh_box_say (box, BH_COMMAND_NEXT_BOX);
    ended = bh_box_units (box);
    g_assert_cmpuint (open->len, ==, 1);
    g_assert_cmpuint (ended->len, ==, 1);
    g_assert_cmpstr (((BhBoxUnit *) g_ptr_array_index (open, 0))->serial, ==, boxes[i].serial);
    g_assert_cmpstr (((BhBoxUnit *) g_ptr_array_index (ended, 0))->serial, ==, boxes[i].ended);
  }
}

static void
test_uuid (void)
{
  const gint64 now_us = G_GINT64_CONSTANT (1795507200123456);
  g_autofree char *before = g_strdup ("");

  for (guint i = 0; i < 5000; i++) {
    g_autofree char *uuid = bh_uuid (now_us + i);
    g_autofree char *twin = bh_uuid (now_us + i);

    g_assert_true (g_uuid_string_is_valid (uuid));
    g_assert_cmpint (uuid[14], ==, '7');
    g_assert_nonnull (strchr ("89ab", uuid[19]));
    g_assert_cmpstr (uuid, !=, twin);
    /* a microsecond is four steps of the twelve bits: later is greater */
    g_assert_cmpstr (uuid, >, before);
    g_free (before);
    before = g_steal_pointer (&uuid);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/identifier/I1/rma", test_rma);
  g_test_add_func ("/core/identifier/I2/case", test_case);
  g_test_add_func ("/core/identifier/I4/serial", test_serial);
  g_test_add_func ("/core/identifier/I5/carriers", test_carrier);
  g_test_add_func ("/core/identifier/uuid/sorts-by-time", test_uuid);
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    g_test_add_data_func (readings[i].path, &readings[i], test_reading);
  g_test_add_func ("/core/classify/S8/every-stand-in", test_stand_ins);
  g_test_add_func ("/core/classify/I5/hostile", test_hostile);
  g_test_add_func ("/core/classify/I5/payload-round-trip", test_payload_round_trip);
  g_test_add_func ("/core/box/I6/order", test_box);
  return g_test_run ();
}
