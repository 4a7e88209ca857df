/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "backhaul/doctor.h"

#define BIT(finding) (1u << BH_FINDING_##finding)
#define L            BH_DOCTOR_LAYOUT
#define Z            BH_DOCTOR_ZEROS
#define C            BH_DOCTOR_CONTROL
#define SIGNS        "-_/.:;+=@#[]|&"

/* What a scanner that sends US keys gives at a station of another layout, typed in by the keys'
 * places (ISO/IEC 9995 drawings of the layouts). */
static const struct {
  const char *path;
  const char *scans[4];
  guint found;
} cases[] = {
  { "well", { L, Z, C }, BIT (WELL) },
  { "any-order", { C, L, Z }, BIT (WELL) },
  { "empty-lines", { "", L, Z, C }, BIT (WELL) },
  { "S7/french-garbled",
    { "BHDOCTORBAZQWY?q)°!:Mm+=23^$µ7", "àààé)à", C },
    BIT (FRENCH) | BIT (CHANGED) | BIT (MISSING) },
  { "S7/french-digits", { "BHDOCTORBAZQWY?q)°!:Mm+=23^$µ7", "àààéçà'&è\"-(", C }, BIT (FRENCH) },
  { "S7/german", { "BHDOCTORBQWAYZMaß?-.Öö`´\"§ü+'/", Z, C }, BIT (GERMAN) },
  { "S7/british", { "BHDOCTORBQWAZYMa-_/.:;+=\"£[]~&", Z, C }, BIT (EUROPEAN) },
  { "S7/caps-lock", { "bhdoctorbqwazymA" SIGNS, Z, "bhdoctord\035l\036r" }, BIT (CAPS) },
  { "S7/upper", { "BHDOCTORBQWAZYMA" SIGNS, Z, C }, BIT (CASE) },
  { "S7/lower", { "bhdoctorbqwazyma" SIGNS, Z, "bhdoctord\035l\036r" }, BIT (CASE) },
  { "S7/other", { "BHDOCTORBQWAZYNa" SIGNS, Z, C }, BIT (CHANGED) },
  { "S7/sign-lost", { "BHDOCTORBQWAZYMa-_/.:;+=@#[]&", Z, C }, BIT (CHANGED) },
  { "S7/cut", { "BHDOCTORBQWA", Z, C }, BIT (CHANGED) },
  { "S10/zeros-lost", { L, "290417365", C }, BIT (ZEROS_LOST) },
  { "S10/one-zero-lost", { L, "00290417365", C }, BIT (ZEROS_LOST) },
  { "S10/zeros-added", { L, "0000290417365", C }, BIT (ZEROS_ADDED) },
  { "S8/lost", { L, Z, BH_DOCTOR_CONTROL_LOST }, BIT (CONTROL_LOST) },
  { "S8/one-lost", { L, Z, "BHDOCTORD\035LR" }, BIT (CONTROL_LOST) },
  { "S8/caret", { L, Z, "BHDOCTORD^]L^^R" }, BIT (WELL) },
  { "S8/named", { L, Z, "BHDOCTORD<GS>L<RS>R" }, BIT (WELL) },
  { "S8/braces", { L, Z, "BHDOCTORD{GS}L{RS}R" }, BIT (WELL) },
  { "S9/twice-in-one", { L L, Z, C }, BIT (DOUBLED) },
  { "S9/twice", { L, L, Z, C }, BIT (DOUBLED) },
  { "S6/all-in-one", { L Z C }, BIT (NO_END) },
  { "S6/two-in-one", { L Z, C }, BIT (NO_END) | BIT (DOUBLED) },
  { "prefix", { "]C0" L, "]C0" Z, "]C0" C }, BIT (ADDED) },
  { "suffix", { L "#", Z "#", C "#" }, BIT (ADDED) },
  { "two-faults", { "BHDOCTORBQWAYZMaß?", "290417365", C }, BIT (GERMAN) | BIT (ZEROS_LOST) },
  { "missing-one", { L, Z }, BIT (MISSING) },
  { "missing-all", { NULL }, BIT (MISSING) },
  { "hostile/another-code", { "R0000000001", Z, C }, BIT (CHANGED) | BIT (MISSING) },
  { "hostile/mark-alone", { "BHDOCTOR", Z, C }, BIT (CHANGED) | BIT (MISSING) },
  { "hostile/control-alone", { L, Z, "BHDOCTORD" }, BIT (CHANGED) },
  { "hostile/not-utf8", { "\xff\xfe", Z, C }, BIT (CHANGED) | BIT (MISSING) },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize n = 0;

  while (n < G_N_ELEMENTS (cases[i].scans) && cases[i].scans[n] != NULL)
    n++;
  g_assert_cmphex (bh_doctor_examine (cases[i].scans, n), ==, cases[i].found);
}

static void
test_texts (void)
{
  for (guint i = 0; i < BH_FINDING_LAST; i++) {
    const char *what;
    const char *cure;

    bh_finding_text ((BhFinding) i, &what, &cure);
    g_assert_cmpint (strlen (what), >, 10);
    g_assert_cmpint (strlen (cure), >, 10);
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (bh_finding_name ((BhFinding) i), !=, bh_finding_name ((BhFinding) j));
  }
}

/* A megabyte without an end costs no more than its length. */
static void
test_long (void)
{
  g_autofree char *text = g_strnfill (1 << 20, 'B');
  const char *scans[] = { text };

  g_assert_cmphex (bh_doctor_examine (scans, 1), ==, BIT (CHANGED) | BIT (MISSING) | BIT (DOUBLED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/core/doctor/", cases[i].path, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/core/doctor/texts", test_texts);
  g_test_add_func ("/core/doctor/hostile/long", test_long);
  return g_test_run ();
}
