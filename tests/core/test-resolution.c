/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a hold may end, by its rule (RULES D4–D6, D9–D11, D20). */
#include "backhaul/resolution.h"

static const struct {
  const char *path;
  const char *rule;
  const char *allowed;
} cases[] = {
  { "/core/resolution/D4", "D4", "under-serial refuse" },
  { "/core/resolution/D5", "D5", "accept-swap under-serial refuse" },
  { "/core/resolution/D6", "D6", "accept-swap under-serial refuse" },
  { "/core/resolution/D9", "D9", "accept-swap under-serial refuse" },
  { "/core/resolution/D10", "D10", "accept-swap under-serial refuse" },
  { "/core/resolution/D11", "D11", "accept-swap under-serial refuse" },
  { "/core/resolution/D20", "D20", "under-serial refuse" },
  { "/core/resolution/D1-is-no-hold", "D1", "" },
  { "/core/resolution/D-is-no-rule", "", "" },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GString) got = g_string_new (NULL);
  BhPolicy policy;

  bh_policy_init (&policy);
  for (BhResolution how = 0; how < BH_RESOLVE_LAST; how++) {
    const BhRuling *ruling = bh_resolution_ruling (cases[i].rule, how, &policy);

    if (ruling == NULL)
      continue;
    g_string_append_printf (got, "%s%s", got->len > 0 ? " " : "", bh_resolution_name (how));
    g_assert_cmpstr (ruling->rule, ==, cases[i].rule);
    g_assert_cmpint (ruling->verdict, ==,
                     how == BH_RESOLVE_REFUSE ? BH_VERDICT_REFUSE : BH_VERDICT_ACCEPT);
    g_assert_cmpint (ruling->by_serial, ==, how != BH_RESOLVE_REFUSE);
    g_assert_nonnull (ruling->discrepancy);
  }
  g_assert_cmpstr (got->str, ==, cases[i].allowed);
}

/* Whatever the dock can hold, somebody can refuse (D20) */
static void
test_every_hold_ends (void)
{
  BhPolicy policy;

  bh_policy_init (&policy);
  for (guint n = 0; n < BH_NUM_LAST; n++)
    for (guint s = 0; s < BH_SER_LAST; s++)
      for (guint p = 0; p < BH_PART_LAST; p++) {
        const BhRuling *hold = bh_box_judge (n, s, p, &policy);

        if (hold->verdict == BH_VERDICT_HOLD)
          g_assert_nonnull (bh_resolution_ruling (hold->rule, BH_RESOLVE_REFUSE, &policy));
      }
}

static void
test_a_site_keeps_it (void)
{
  BhPolicy policy;

  bh_policy_init (&policy);
  policy.offer_under_serial = FALSE;
  g_assert_null (bh_resolution_ruling ("D4", BH_RESOLVE_UNDER_SERIAL, &policy));
  g_assert_nonnull (bh_resolution_ruling ("D5", BH_RESOLVE_UNDER_SERIAL, &policy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, GUINT_TO_POINTER (i), test_case);
  g_test_add_func ("/core/resolution/D20/every-hold-ends", test_every_hold_ends);
  g_test_add_func ("/core/resolution/D4/a-site-keeps-it", test_a_site_keeps_it);
  return g_test_run ();
}
