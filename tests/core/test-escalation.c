/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guide's table 2 (RULES F5). */
#include "backhaul/escalation.h"

static const struct {
  const char *path;
  const char *text;
  const char *name;
} cases[] = {
  { "/core/escalation/F5/name", "faster-rma-progress", "faster-rma-progress" },
  { "/core/escalation/F5/title", "Faster RMA progress", "faster-rma-progress" },
  { "/core/escalation/F5/blanks", "  Support Engineer now ", "support-engineer-now" },
  { "/core/escalation/F5/underscores", "faster_technical_progress", "faster-technical-progress" },
  { "/core/escalation/F5/part", "reassignment", "service-request-reassignment" },
  { "/core/escalation/F5/part-of-two", "faster", NULL },
  { "/core/escalation/F5/no-such", "hat", NULL },
  { "/core/escalation/F5/nothing", "", NULL },
  { "/core/escalation/F5/null", NULL, NULL },
  { "/core/escalation/F5/not-utf8", "\xff\xfe", NULL },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const BhEscalationKind *kind = bh_escalation_kind (cases[i].text);

  g_assert_cmpstr (kind != NULL ? kind->name : NULL, ==, cases[i].name);
}

static void
test_table (void)
{
  gsize n = 0;
  const BhEscalationKind *kinds = bh_escalation_kinds (&n);

  g_assert_cmpuint (n, ==, 4);
  for (gsize i = 0; i < n; i++) {
    g_assert_true (bh_escalation_kind (kinds[i].title) == &kinds[i]);
    g_assert_true (bh_escalation_kind (kinds[i].name) == &kinds[i]);
    /* each moves the RMA up, and its own one furthest */
    g_assert_cmpint (kinds[i].urgency, >, 0);
    if (&kinds[i] != bh_escalation_kind ("faster-rma-progress"))
      g_assert_cmpint (kinds[i].urgency, <, bh_escalation_kind ("rma")->urgency);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, GUINT_TO_POINTER (i), test_case);
  g_test_add_func ("/core/escalation/F5/table-2", test_table);
  return g_test_run ();
}
