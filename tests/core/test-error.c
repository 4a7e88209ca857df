/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CLI.md, Errors: an error carries `rule` where one applies. */
#include "backhaul/error.h"

static void
test_rule (void)
{
  static const struct {
    const char *message;
    const char *rule;
  } cases[] = {
    { "SN-1: RMA R0000000001 awaits it already (I4); close that first", "I4" },
    { "R1: the fault is older than five years (RA5); ask (N2) a supervisor", "RA5" },
    { "x: a list (of things) (D), (D1x), D1; nothing", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (BH_ERROR, BH_ERROR_REFUSED, cases[i].message);
    g_autofree char *rule = bh_error_rule (error);

    g_assert_cmpstr (rule, ==, cases[i].rule);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/error/names-its-rule", test_rule);
  return g_test_run ();
}
