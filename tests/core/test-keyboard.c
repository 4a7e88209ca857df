/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "backhaul/keyboard.h"

/* What a scanner that sends US keys gives under a layout, and what it means (S7); the
 * layouts' readings as in their ISO/IEC 9995 drawings. */
static const struct {
  const char *path;
  const char *layout;
  const char *us;
  gboolean means_us;
} cases[] = {
  { "S7/french-rma", "Rààààààààà&", "R0000000001", TRUE },
  { "S7/french-serial", "SERIQLàààé", "SERIAL0002", TRUE },
  { "S7/french-command", "BH1NEXT)BOX", "BH!NEXT-BOX", TRUE },
  { "S7/german-case", "2026ß1101ß000001", "2026-1101-000001", TRUE },
  { "S7/german-command", "BH!NEXTßBOX", "BH!NEXT-BOX", TRUE },
  { "S7/french-badge", "BHOP1QÉ\"X", "BHOP!A23X", TRUE },
  { "S7/german-badge", "BHOP!A23X", "BHOP!A23X", FALSE },
  { "S7/german-slash", "AB-123-C", "AB/123/C", FALSE },
  { "S7/control-without-a-character",
    "^)>\357\277\275"
    "06\357\277\275S12345678\357\277\275\357\277\275",
    "[)>\036"
    "06\035S12345678\036\004",
    TRUE },
  /* either can be a serial: only the station's setting tells */
  { "S7/german-y-z", "PZ10Y4417230", "PY10Z4417230", FALSE },
  { "S7/both-known", "R0000000001", "R0000000001", FALSE },
  { "S7/british-email", "joe\"acme", "joe@acme", FALSE },
  { "S7/neither", "größer als", "gr;-er als", FALSE },
  { "S7/no-us-code", "Gerät!", "Ger't!", FALSE },
  { "S7/empty", "", "", FALSE },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *layout = cases[i].layout;

  g_assert_cmpint (
      bh_keyboard_means_us (layout, strlen (layout), cases[i].us, strlen (cases[i].us)), ==,
      cases[i].means_us);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/core/keyboard/", cases[i].path, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  return g_test_run ();
}
