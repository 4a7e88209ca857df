/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A badge's code: what is one, and that a box never keeps it (RULES §2). */
#include "backhaul/badge.h"

#include <string.h>

#include "backhaul/box.h"

static const struct {
  const char *path;
  const char *text;
  const char *parsed; /* NULL: none that was ever made */
  gboolean is;
} cases[] = {
  { "as-printed", "BHOP!ABCDEFGHJK23456789LM", "BHOP!ABCDEFGHJK23456789LM", TRUE },
  { "caps-lock", "bhop!abcdefghjk23456789lm", "BHOP!ABCDEFGHJK23456789LM", TRUE },
  { "aim", "]C0BHOP!ABCDEFGHJK23456789LM", "BHOP!ABCDEFGHJK23456789LM", TRUE },
  { "blanks", " BHOP!ABCDEFGHJK23456789LM\r\n", "BHOP!ABCDEFGHJK23456789LM", TRUE },
  { "short", "BHOP!ABCDEFGHJK23456789L", NULL, TRUE },
  { "long", "BHOP!ABCDEFGHJK23456789LMN", NULL, TRUE },
  { "other-letters", "BHOP!ABCDEFGHJK23456789LZ", NULL, TRUE },
  { "digit-zero", "BHOP!ABCDEFGHJK2345678900", NULL, TRUE },
  { "bytes", "BHOP!ABCDEFGHJK23456789L\xff", NULL, TRUE },
  { "prefix-alone", "BHOP!", NULL, TRUE },
  { "command", "BH!NEXT-BOX", NULL, FALSE },
  { "serial", "BHOP1ABCDEF", NULL, FALSE },
  { "inside", "XBHOP!ABCDEFGHJK23456789LM", NULL, FALSE },
  { "empty", "", NULL, FALSE },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *parsed = bh_badge_parse (cases[i].text, strlen (cases[i].text));
  g_autoptr (BhBox) box = bh_box_new ();

  g_assert_cmpint (bh_badge_is (cases[i].text, strlen (cases[i].text)), ==, cases[i].is);
  g_assert_cmpstr (parsed, ==, cases[i].parsed);
  bh_box_add (box, bh_scan_new_text ("SERIAL0001", BH_SCAN_SCANNED, 0));
  bh_box_add (box, bh_scan_new_text (cases[i].text, BH_SCAN_CAMERA, 0));
  g_assert_cmpuint (bh_box_n_scans (box), ==, cases[i].is ? 1 : 2);
}

static void
test_nul (void)
{
  static const char text[] = "BHOP!ABCDEFGHJK2345678\0LM";

  g_assert_true (bh_badge_is (text, sizeof text - 1));
  g_assert_null (bh_badge_parse (text, sizeof text - 1));
}

/* Each five bits are a sign of their own, and what is made is read again. */
static void
test_text (void)
{
  const guchar none[13] = { 0 };
  guchar all[13];
  guchar count[13] = {
    0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf, 0x84, 0x65, 0x30
  };
  g_autofree char *zeros = bh_badge_text (none, sizeof none);
  g_autofree char *counted = bh_badge_text (count, sizeof count);
  g_autofree char *again = bh_badge_parse (counted, strlen (counted));
  g_autofree char *ones = NULL;

  memset (all, 0xff, sizeof all);
  ones = bh_badge_text (all, sizeof all);
  g_assert_cmpstr (zeros, ==, "BHOP!AAAAAAAAAAAAAAAAAAAA");
  g_assert_cmpstr (ones, ==, "BHOP!99999999999999999999");
  g_assert_cmpstr (counted, ==, "BHOP!ABCDEFGHIJKLMNOPQRST");
  g_assert_cmpstr (again, ==, counted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/core/badge/", cases[i].path, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/core/badge/nul", test_nul);
  g_test_add_func ("/core/badge/text", test_text);
  return g_test_run ();
}
