/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scanner told from a person by the time between keys (ASKS S1–S6, S9). */
#include <string.h>

#include "wedge.h"

/* Feeds @text with @gap ms between keys and Return at the end; returns the scans
 * and what was released as "scan:X" and "typed:X", joined by spaces. */
static char *
feed (const char *text, guint gap, gboolean end)
{
  g_autoptr (BhWedge) wedge = bh_wedge_new ();
  g_autoptr (GString) held = g_string_new (NULL);
  GString *out = g_string_new (NULL);
  guint32 now = 1000;
  gsize n = strlen (text);

  for (gsize i = 0; i <= n; i++, now += gap) {
    gboolean is_end = i == n;
    BhWedgeStep step;

    if (is_end && !end)
      break;
    step = bh_wedge_key (wedge, is_end ? '\r' : (gunichar) text[i], is_end, now);
    if (step == BH_WEDGE_RELEASE) {
      g_string_append_printf (out, "typed:%s ", held->str);
      g_string_truncate (held, 0);
      step = bh_wedge_key (wedge, is_end ? '\r' : (gunichar) text[i], is_end, now);
    }
    if (step == BH_WEDGE_HOLD)
      g_string_append_c (held, text[i]);
    else if (step == BH_WEDGE_SCAN) {
      gboolean unended;
      gboolean typed;
      g_autofree char *scan = bh_wedge_take (wedge, now, &unended, &typed);

      g_string_append_printf (out, "scan:%s ", scan != NULL ? scan : "(again)");
      g_string_truncate (held, 0);
    } else if (step == BH_WEDGE_PASS) {
      g_string_append (out, "pass ");
    }
  }
  if (held->len > 0) {
    BhWedgeStep step = bh_wedge_silence (wedge);
    gboolean unended = FALSE;
    gboolean typed;
    g_autofree char *scan =
        step == BH_WEDGE_SCAN ? bh_wedge_take (wedge, now + 500, &unended, &typed) : NULL;

    g_string_append_printf (out, "%s:%s ", step == BH_WEDGE_SCAN ? "unended" : "typed",
                            scan != NULL ? scan : held->str);
  }
  return g_strchomp (g_string_free (out, FALSE));
}

static const struct {
  const char *path;
  const char *text;
  guint gap;
  gboolean end;
  const char *expected;
} cases[] = {
  { "S1/fast", "R0000000001", 2, TRUE, "scan:R0000000001" },
  { "S1/slow-scanner", "R0000000001", 40, TRUE, "scan:R0000000001" },
  { "S4/typed", "abcd", 120, TRUE, "typed:a typed:b typed:c typed:d pass" },
  { "S4/typed-fast", "abcd", 60, TRUE, "typed:a typed:b typed:c typed:d pass" },
  { "S4/too-short", "ab", 5, TRUE, "typed:ab pass" },
  { "S6/no-terminator", "FOC2231N0AB", 5, FALSE, "unended:FOC2231N0AB" },
  { "S9/both-channels-in-one", "43542104354210", 5, TRUE, "scan:4354210" },
  { "S9/short-repetition-is-no-double", "ABABAB", 5, TRUE, "scan:ABABAB" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *got = feed (cases[i].text, cases[i].gap, cases[i].end);

  g_assert_cmpstr (got, ==, cases[i].expected);
}

/* S3: a hiccup within a scan does not cut it in two */
static void
test_hiccup (void)
{
  g_autoptr (BhWedge) wedge = bh_wedge_new ();
  const char *text = "FOC2231N0AB";
  guint32 now = 0;
  gboolean unended;
  gboolean typed;
  g_autofree char *scan = NULL;

  for (gsize i = 0; i < strlen (text); i++) {
    now += i == 7 ? 200 : 3;
    g_assert_cmpint (bh_wedge_key (wedge, (gunichar) text[i], FALSE, now), ==, BH_WEDGE_HOLD);
  }
  g_assert_cmpint (bh_wedge_key (wedge, '\r', TRUE, now + 3), ==, BH_WEDGE_SCAN);
  scan = bh_wedge_take (wedge, now + 3, &unended, &typed);
  g_assert_cmpstr (scan, ==, text);
  g_assert_false (typed);
  g_assert_false (unended);
}

/* S9: the same text on a second channel within a moment is one scan; later it is two */
static void
test_twice (void)
{
  g_autoptr (BhWedge) wedge = bh_wedge_new ();
  static const guint32 starts[] = { 1000, 1060, 3000 };
  static const gboolean counts[] = { TRUE, FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    gboolean unended;
    gboolean typed;
    g_autofree char *scan = NULL;

    for (guint k = 0; k < 8; k++)
      bh_wedge_key (wedge, (gunichar) ("SERIAL01"[k]), FALSE, starts[i] + k);
    g_assert_cmpint (bh_wedge_key (wedge, '\r', TRUE, starts[i] + 9), ==, BH_WEDGE_SCAN);
    scan = bh_wedge_take (wedge, starts[i] + 9, &unended, &typed);
    g_assert_cmpint (scan != NULL, ==, counts[i]);
  }
}

/* While no text field has the focus a halting scanner is waited for, and a person
 * who types straight at the dock is known by the pace (D19). */
static void
test_patient (gconstpointer data)
{
  g_autoptr (BhWedge) wedge = bh_wedge_new ();
  guint gap = GPOINTER_TO_UINT (data);
  const char *text = "FOC2231N0AB";
  guint32 now = 1000;
  gboolean unended;
  gboolean typed;
  g_autofree char *scan = NULL;

  bh_wedge_set_patient (wedge, TRUE);
  for (gsize i = 0; i < strlen (text); i++) {
    now += i == 2 ? 200 : gap;
    g_assert_cmpint (bh_wedge_key (wedge, (gunichar) text[i], FALSE, now), ==, BH_WEDGE_HOLD);
  }
  g_assert_cmpint (bh_wedge_key (wedge, '\r', TRUE, now + gap), ==, BH_WEDGE_SCAN);
  scan = bh_wedge_take (wedge, now + gap, &unended, &typed);
  g_assert_cmpstr (scan, ==, text);
  g_assert_cmpint (typed, ==, gap > 50);
}

/* S1: in a train of scans a hiccup at the beginning of one loses nothing, and a
 * person who types into a field right after a scan is released at the third key */
static void
test_train (void)
{
  g_autoptr (BhWedge) wedge = bh_wedge_new ();
  const char *text = "SERIAL01SERIAL02";
  guint32 now = 1000;
  guint scans = 0;

  for (guint i = 0; i < 16; i++) {
    now += i == 9 ? 150 : 4;
    g_assert_cmpint (bh_wedge_key (wedge, (gunichar) text[i], FALSE, now), ==, BH_WEDGE_HOLD);
    if (i % 8 == 7) {
      gboolean unended;
      gboolean typed;
      g_autofree char *scan = NULL;

      g_assert_cmpint (bh_wedge_key (wedge, '\r', TRUE, now += 4), ==, BH_WEDGE_SCAN);
      scan = bh_wedge_take (wedge, now, &unended, &typed);
      g_assert_cmpstr (scan, ==, i == 7 ? "SERIAL01" : "SERIAL02");
      scans++;
    }
  }
  g_assert_cmpuint (scans, ==, 2);
  g_assert_cmpint (bh_wedge_key (wedge, 'a', FALSE, now + 500), ==, BH_WEDGE_HOLD);
  g_assert_cmpint (bh_wedge_key (wedge, 'b', FALSE, now + 600), ==, BH_WEDGE_HOLD);
  g_assert_cmpint (bh_wedge_key (wedge, 'c', FALSE, now + 700), ==, BH_WEDGE_RELEASE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/gui/wedge/%s", cases[i].path);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/gui/wedge/S3/hiccup", test_hiccup);
  g_test_add_func ("/gui/wedge/S9/twice", test_twice);
  g_test_add_func ("/gui/wedge/S1/train", test_train);
  g_test_add_data_func ("/gui/wedge/S3/patient-scanner", GUINT_TO_POINTER (3), test_patient);
  g_test_add_data_func ("/gui/wedge/D19/patient-person", GUINT_TO_POINTER (120), test_patient);
  return g_test_run ();
}
