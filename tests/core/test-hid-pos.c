/* SPDX-License-Identifier: GPL-3.0-or-later */
/* USB scanners that say what they are (S3, S6, S7): descriptors and reports as the public papers
 * have them. HID 1.11: Device Class Definition for HID, section 6.2.2. POS: HID Point of Sale Usage
 * Tables 1.02, section 3. */
#include "backhaul/hid-pos.h"

#include <string.h>

/* The layout that makers print in their manuals (Access-IS LSR118, appendix B; the same 64 bytes
 * from others): number 2, count, three of the AIM identifier, 56 of data, two of the maker's, a
 * flag that the code goes on. Written from POS 3, not taken from a device. */
static const guint8 usual[] = {
  0x05, 0x8c,       /* Usage Page (Bar Code Scanner) */
  0x09, 0x02,       /* Usage (Bar Code Scanner) */
  0xa1, 0x01,       /* Collection (Application) */
  0x09, 0x12,       /*   Usage (Scanned Data Report) */
  0xa1, 0x02,       /*   Collection (Logical) */
  0x85, 0x02,       /*     Report ID (2) */
  0x15, 0x00,       /*     Logical Minimum (0) */
  0x26, 0xff, 0x00, /*     Logical Maximum (255) */
  0x75, 0x08,       /*     Report Size (8) */
  0x95, 0x01,       /*     Report Count (1) */
  0x05, 0x01,       /*     Usage Page (Generic Desktop) */
  0x09, 0x3b,       /*     Usage (Byte Count) */
  0x81, 0x02,       /*     Input (Data, Variable) */
  0x05, 0x8c,       /*     Usage Page (Bar Code Scanner) */
  0x09, 0xfb,       /*     Usage (Symbology Identifier 1) */
  0x81, 0x02,       /*     Input */
  0x09, 0xfc,       /*     Usage (Symbology Identifier 2) */
  0x81, 0x02,       /*     Input */
  0x09, 0xfd,       /*     Usage (Symbology Identifier 3) */
  0x81, 0x02,       /*     Input */
  0x95, 0x38,       /*     Report Count (56) */
  0x09, 0xfe,       /*     Usage (Decoded Data) */
  0x82, 0x02, 0x01, /*     Input (Data, Variable, Buffered Bytes) */
  0x06, 0x66, 0xff, /*     Usage Page (the maker's) */
  0x95, 0x02,       /*     Report Count (2) */
  0x09, 0x04,       /*     Usage */
  0x81, 0x02,       /*     Input */
  0x05, 0x8c,       /*     Usage Page (Bar Code Scanner) */
  0x25, 0x01,       /*     Logical Maximum (1) */
  0x75, 0x01,       /*     Report Size (1) */
  0x95, 0x01,       /*     Report Count (1) */
  0x09, 0xff,       /*     Usage (Decode Data Continued) */
  0x81, 0x02,       /*     Input */
  0x95, 0x07,       /*     Report Count (7) */
  0x81, 0x03,       /*     Input (Constant): padding */
  0xc0,             /*   End Collection */
  0x09, 0x14,       /*   Usage (Trigger Report) */
  0xa1, 0x02,       /*   Collection (Logical) */
  0x85, 0x04,       /*     Report ID (4) */
  0x09, 0x60,       /*     Usage (Initiate Barcode Read) */
  0x91, 0x02,       /*     Output */
  0xc0, 0xc0,
};

/* Legal, and otherwise in all: no number, no count, usages by range and with their own page, state
 * that is put aside and taken back (HID 1.11, 6.2.2.7 and 6.2.2.8), a flag before the data, a long
 * item that says nothing. */
static const guint8 other[] = {
  0xfe, 0x02, 0xf0, 0xaa, 0xbb,             /* long item (6.2.2.3) */
  0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01,       /* Bar Code Scanner, application */
  0x15, 0x00, 0x25, 0x01,                   /*   0 to 1 */
  0x75, 0x01, 0x95, 0x01, 0x09, 0xff,       /*   Decode Data Continued, one bit */
  0x81, 0x02,                               /*   Input */
  0xa4,                                     /*   Push */
  0x05, 0x09, 0x75, 0x07, 0x81, 0x03,       /*   Input (Constant): padding */
  0xb4,                                     /*   Pop: the page is Bar Code Scanner again */
  0x26, 0xff, 0x00, 0x75, 0x08,             /*   0 to 255, 8 bits */
  0x95, 0x03, 0x19, 0xfb, 0x29, 0xfd,       /*   Symbology Identifier 1 to 3 */
  0x81, 0x02,                               /*   Input */
  0x05, 0x01,                               /*   Usage Page (Generic Desktop) */
  0x95, 0x0c, 0x0b, 0xfe, 0x00, 0x8c, 0x00, /*   Decoded Data by its whole name, 12 bytes */
  0x81, 0x00,                               /*   Input (Data, Array) */
  0xc0,
};

/* HID 1.11, appendix B.1: a boot keyboard, as a scanner is that types */
static const guint8 keyboard[] = {
  0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25,
  0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06,
  0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
};

/* "text]C0" of each scan, "flood", "broken", divided by "|" */
static void
note (BhHidEvent event, const GString *text, const char *identifier, gpointer data)
{
  GString *told = data;

  g_string_append (told, told->len > 0 ? "|" : "");
  if (event == BH_HID_SCAN) {
    g_string_append_len (told, text->str, (gssize) text->len);
    g_string_append (told, identifier != NULL ? identifier : "");
  } else {
    g_string_append (told, event == BH_HID_FLOOD ? "flood" : "broken");
  }
}

/* As the usual device sends it. */
static void
send (BhHidPos *scanner, const char *identifier, const char *text, gsize size, gboolean more,
      GString *told)
{
  guint8 report[64] = { 2, (guint8) size };

  memcpy (report + 2, identifier, 3);
  memcpy (report + 5, text, size);
  report[61] = 's';
  report[63] = more ? 1 : 0;
  bh_hid_pos_take (scanner, report, sizeof report, note, told);
}

static void
test_usual (void)
{
  g_autoptr (BhHidPos) scanner = bh_hid_pos_new (usual, sizeof usual);
  g_autoptr (GString) told = g_string_new (NULL);

  g_assert_nonnull (scanner);
  send (scanner, "]C0", "SN-ALPHA1", 9, FALSE, told);
  /* a suffix that the scanner is set to is no part; GS is; no identifier is none */
  send (scanner, "]d1",
        "0112\x1d"
        "21A\r\n",
        10, FALSE, told);
  send (scanner, "\0\0\0", "R0000000001", 11, FALSE, told);
  send (scanner, "]Q0", "", 0, FALSE, told);
  g_assert_cmpstr (told->str, ==,
                   "SN-ALPHA1]C0|0112\x1d"
                   "21A]d1|R0000000001");
}

/* S3: the manual's own example: 60 characters in two reports. What a pause divides is one. */
static void
test_in_parts (void)
{
  static const char code[] = "M1GATHERGOOD/MICHAEL  YABCDEF LHRDURAK 3542 052Y003D23    60";
  g_autoptr (BhHidPos) scanner = bh_hid_pos_new (usual, sizeof usual);
  g_autoptr (GString) told = g_string_new (NULL);

  G_STATIC_ASSERT (sizeof code == 60 + 1);
  send (scanner, "]Q0", code, 56, TRUE, told);
  g_assert_true (bh_hid_pos_waits (scanner));
  g_assert_cmpstr (told->str, ==, "");
  send (scanner, "]Q0", code + 56, 4, FALSE, told);
  g_assert_false (bh_hid_pos_waits (scanner));
  g_assert_true (g_str_has_prefix (told->str, code));
  g_assert_cmpstr (told->str + 60, ==, "]Q0");
}

/* Never as a shorter text: the end does not come, or is lost on the way. */
static void
test_broken (void)
{
  g_autoptr (BhHidPos) scanner = bh_hid_pos_new (usual, sizeof usual);
  g_autoptr (GString) told = g_string_new (NULL);

  send (scanner, "]C0", "HALF-OF-IT", 10, TRUE, told);
  bh_hid_pos_rest (scanner, note, told);
  g_assert_false (bh_hid_pos_waits (scanner));
  bh_hid_pos_rest (scanner, note, told);
  send (scanner, "]C0", "WHOLE", 5, FALSE, told);
  g_assert_cmpstr (told->str, ==, "broken|WHOLE]C0");
}

static void
test_flood (void)
{
  g_autoptr (BhHidPos) scanner = bh_hid_pos_new (usual, sizeof usual);
  g_autoptr (GString) told = g_string_new (NULL);
  char block[56];

  memset (block, 'x', sizeof block);
  for (guint i = 0; i < 200000; i++)
    send (scanner, "]C0", block, sizeof block, TRUE, told);
  send (scanner, "]C0", block, sizeof block, FALSE, told);
  send (scanner, "]C0", "AFTER", 5, FALSE, told);
  g_assert_cmpstr (told->str, ==, "flood|AFTER]C0");
}

static void
test_other (void)
{
  g_autoptr (BhHidPos) scanner = bh_hid_pos_new (other, sizeof other);
  g_autoptr (GString) told = g_string_new (NULL);

  g_assert_nonnull (scanner);
  bh_hid_pos_take (scanner, (const guint8 *) "\0C0 SN-1\0\0\0\0\0\0\0\0", 16, note, told);
  bh_hid_pos_take (scanner, (const guint8 *) "\1]A0TWELVE-CHARS", 16, note, told);
  bh_hid_pos_take (scanner, (const guint8 *) "\376]A0-MORE\0\0\0\0\0\0\0", 16, note, told);
  g_assert_cmpstr (told->str, ==, "SN-1]C0|TWELVE-CHARS-MORE]A0");
}

static void
test_no_scanner (void)
{
  static const guint8 empty[] = { 0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0xc0 };
  g_autofree guint8 *large = g_malloc0 (5000);

  g_assert_null (bh_hid_pos_new (keyboard, sizeof keyboard));
  g_assert_null (bh_hid_pos_new (empty, sizeof empty));
  g_assert_null (bh_hid_pos_new (NULL, 0));
  memcpy (large, usual, sizeof usual);
  g_assert_null (bh_hid_pos_new (large, 5000));
}

/* Reports that are none, or end early: with fewer bytes than they count they are no shorter text.
 */
static void
test_short_reports (void)
{
  g_autoptr (BhHidPos) scanner = bh_hid_pos_new (usual, sizeof usual);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree guint8 *whole = g_memdup2 ("\2\3]C0ABC", 8);
  g_autofree guint8 *cut = g_memdup2 ("\2\70]C0ABC", 8);

  bh_hid_pos_take (scanner, (const guint8 *) "", 0, note, told);
  bh_hid_pos_take (scanner, (const guint8 *) "\2", 1, note, told);
  bh_hid_pos_take (scanner, (const guint8 *) "\7\3]C0ABC", 8, note, told);
  g_assert_cmpstr (told->str, ==, "");
  bh_hid_pos_take (scanner, whole, 8, note, told);
  bh_hid_pos_take (scanner, cut, 8, note, told);
  g_assert_cmpstr (told->str, ==, "ABC]C0|broken");
}

#define BYTES(text)                                                                                \
  {                                                                                                \
    (const guint8 *) (text), sizeof (text) - 1                                                     \
  }

static const struct {
  const guint8 *bytes;
  gsize size;
} hostile[] = {
  BYTES ("\x81\x02"),             /* input of nothing */
  BYTES ("\xc0"),                 /* an end without a begin */
  BYTES ("\xa1\x01"),             /* a begin without an end */
  BYTES ("\xb4"),                 /* taken back, and nothing put aside */
  BYTES ("\x85\x00"),             /* number 0 */
  BYTES ("\x86\x00\x01"),         /* number 256 */
  BYTES ("\x77\xff\xff\xff\xff"), /* a size of 4 thousand million bits */
  BYTES ("\x05\x8c\x09\xfe\x75\x20\x97\xff\xff\x01\x00\x81\x02"), /* too many of them */
  BYTES ("\xfe\xff\x01"),                                         /* a long item past the end */
  BYTES ("\x27\x01"),                                             /* an item past the end */
};

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    g_assert_null (bh_hid_pos_new (hostile[i].bytes, hostile[i].size));
  for (guint i = 0; i < 500; i++)
    g_string_append (deep, "\xa4");
  g_assert_null (bh_hid_pos_new ((const guint8 *) deep->str, deep->len));
  /* cut anywhere: in a buffer of its own, so that a sanitizer sees a byte too far */
  for (gsize n = 0; n < sizeof usual; n++) {
    g_autofree guint8 *cut = g_memdup2 (usual, n);

    g_assert_null (bh_hid_pos_new (cut, n));
  }
  for (guint i = 0; i < 20000; i++) {
    guint8 bytes[sizeof usual];
    g_autoptr (GString) told = g_string_new (NULL);
    g_autoptr (BhHidPos) scanner = NULL;

    memcpy (bytes, usual, sizeof bytes);
    for (guint n = 0; n < 3; n++)
      bytes[g_rand_int_range (dice, 0, sizeof bytes)] = (guint8) g_rand_int (dice);
    scanner = bh_hid_pos_new (bytes, sizeof bytes);
    if (scanner != NULL)
      send (scanner, "]C0", "SN-ALPHA1", 9, g_rand_boolean (dice), told);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hid/S7/what-the-scanner-says-it-read", test_usual);
  g_test_add_func ("/hid/S3/a-long-code-in-several-reports", test_in_parts);
  g_test_add_func ("/hid/S3/broken-off-is-no-shorter-text", test_broken);
  g_test_add_func ("/hid/S6/without-an-end", test_flood);
  g_test_add_func ("/hid/S7/another-makers-descriptor", test_other);
  g_test_add_func ("/hid/S4/others-are-left-alone", test_no_scanner);
  g_test_add_func ("/hid/S13/reports-that-end-early", test_short_reports);
  g_test_add_func ("/hid/S13/hostile-descriptors", test_hostile);
  return g_test_run ();
}
