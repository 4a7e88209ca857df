/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RULES §4: a path per rule, then every cell (D20). */
#include "backhaul/verdict.h"

typedef struct {
  const char *path;
  BhNumFact number;
  BhSerFact serial;
  BhPartFact part;
  BhVerdict verdict;
  const char *rule;
  gboolean by_serial;
} Case;

static const BhPolicy defaults = { .part_mismatch_holds = TRUE, .unreadable_holds = TRUE };

static const Case cases[] = {
  { "/core/verdict/D1/awaited-here", BH_NUM_OPEN, BH_SER_HERE, BH_PART_UNREAD, BH_VERDICT_ACCEPT,
    "D1", FALSE },
  { "/core/verdict/D1/part-same", BH_NUM_OPEN, BH_SER_HERE, BH_PART_SAME, BH_VERDICT_ACCEPT, "D1",
    FALSE },
  { "/core/verdict/D2/no-number", BH_NUM_NONE, BH_SER_ELSEWHERE, BH_PART_UNREAD, BH_VERDICT_ACCEPT,
    "D2", TRUE },
  { "/core/verdict/D2/serial-first", BH_NUM_NOT_YET, BH_SER_ELSEWHERE, BH_PART_UNREAD,
    BH_VERDICT_ACCEPT, "D2", TRUE },
  { "/core/verdict/D3/nowhere", BH_NUM_NONE, BH_SER_NOWHERE, BH_PART_UNREAD, BH_VERDICT_REFUSE,
    "D3", FALSE },
  { "/core/verdict/D3/unreadable", BH_NUM_NONE, BH_SER_UNREADABLE, BH_PART_UNREAD,
    BH_VERDICT_REFUSE, "D3", FALSE },
  { "/core/verdict/D11/refusal-waits-for-number", BH_NUM_NOT_YET, BH_SER_NOWHERE, BH_PART_UNREAD,
    BH_VERDICT_WAITING, "D11", FALSE },
  { "/core/verdict/D4/other-rma", BH_NUM_OPEN, BH_SER_ELSEWHERE, BH_PART_UNREAD, BH_VERDICT_HOLD,
    "D4", FALSE },
  { "/core/verdict/D4/before-D10", BH_NUM_OPEN, BH_SER_ELSEWHERE, BH_PART_DIFFERS, BH_VERDICT_HOLD,
    "D4", FALSE },
  { "/core/verdict/D5/mismatch", BH_NUM_OPEN, BH_SER_NOWHERE, BH_PART_UNREAD, BH_VERDICT_HOLD, "D5",
    FALSE },
  { "/core/verdict/D6/nowhere", BH_NUM_CLOSED, BH_SER_NOWHERE, BH_PART_UNREAD, BH_VERDICT_HOLD,
    "D6", FALSE },
  { "/core/verdict/D6/unreadable", BH_NUM_CLOSED, BH_SER_UNREADABLE, BH_PART_UNREAD,
    BH_VERDICT_HOLD, "D6", FALSE },
  { "/core/verdict/D7/closed", BH_NUM_CLOSED, BH_SER_ELSEWHERE, BH_PART_UNREAD, BH_VERDICT_ACCEPT,
    "D7", TRUE },
  { "/core/verdict/D7/draft", BH_NUM_DRAFT, BH_SER_ELSEWHERE, BH_PART_SAME, BH_VERDICT_ACCEPT, "D7",
    TRUE },
  { "/core/verdict/D8/with-number", BH_NUM_OPEN, BH_SER_RECEIVED, BH_PART_DIFFERS,
    BH_VERDICT_ALREADY_RECEIVED, "D8", FALSE },
  { "/core/verdict/D8/without", BH_NUM_NONE, BH_SER_RECEIVED, BH_PART_UNREAD,
    BH_VERDICT_ALREADY_RECEIVED, "D8", FALSE },
  { "/core/verdict/D9/its-line", BH_NUM_DRAFT, BH_SER_NOWHERE, BH_PART_UNREAD, BH_VERDICT_HOLD,
    "D9", FALSE },
  { "/core/verdict/D9/unreadable", BH_NUM_DRAFT, BH_SER_UNREADABLE, BH_PART_UNREAD, BH_VERDICT_HOLD,
    "D9", FALSE },
  { "/core/verdict/D10/here", BH_NUM_OPEN, BH_SER_HERE, BH_PART_DIFFERS, BH_VERDICT_HOLD, "D10",
    FALSE },
  { "/core/verdict/D10/by-serial", BH_NUM_NONE, BH_SER_ELSEWHERE, BH_PART_DIFFERS, BH_VERDICT_HOLD,
    "D10", FALSE },
  { "/core/verdict/D11/number-only", BH_NUM_OPEN, BH_SER_NOT_YET, BH_PART_UNREAD,
    BH_VERDICT_WAITING, "D11", FALSE },
  { "/core/verdict/D11/nothing", BH_NUM_NOT_YET, BH_SER_NOT_YET, BH_PART_UNREAD, BH_VERDICT_WAITING,
    "D11", FALSE },
  { "/core/verdict/D11/unreadable-open", BH_NUM_OPEN, BH_SER_UNREADABLE, BH_PART_UNREAD,
    BH_VERDICT_HOLD, "D11", FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  const BhRuling *ruling = bh_box_judge (c->number, c->serial, c->part, &defaults);

  g_assert_cmpstr (ruling->rule, ==, c->rule);
  g_assert_cmpint (ruling->verdict, ==, c->verdict);
  g_assert_cmpint (ruling->by_serial, ==, c->by_serial);
}

/* Only two facts that contradict each other may fall through to the last row:
 * "here" needs the number of an open RMA. */
static void
test_every_cell (void)
{
  for (guint n = 0; n < BH_NUM_LAST; n++)
    for (guint s = 0; s < BH_SER_LAST; s++)
      for (guint p = 0; p < BH_PART_LAST; p++) {
        const BhRuling *ruling = bh_box_judge (n, s, p, &defaults);
        gboolean contradiction = s == BH_SER_HERE && n != BH_NUM_OPEN;

        g_assert_nonnull (ruling->advice);
        if (!contradiction)
          g_assert_cmpstr (ruling->rule, !=, "D20");
        /* nothing is ever accepted that no open RMA awaits */
        if (ruling->verdict == BH_VERDICT_ACCEPT)
          g_assert_true (s == BH_SER_HERE || s == BH_SER_ELSEWHERE);
      }
}

static void
test_policy (void)
{
  BhPolicy lenient = { .part_mismatch_holds = FALSE, .unreadable_holds = FALSE };

  g_assert_cmpint (bh_box_judge (BH_NUM_OPEN, BH_SER_HERE, BH_PART_DIFFERS, &lenient)->verdict, ==,
                   BH_VERDICT_ACCEPT);
  g_assert_true (
      bh_box_judge (BH_NUM_NONE, BH_SER_ELSEWHERE, BH_PART_DIFFERS, &lenient)->by_serial);
  g_assert_cmpint (bh_box_judge (BH_NUM_OPEN, BH_SER_UNREADABLE, BH_PART_UNREAD, &lenient)->verdict,
                   ==, BH_VERDICT_REFUSE);
  g_assert_cmpint (bh_box_judge (BH_NUM_OPEN, BH_SER_NOT_YET, BH_PART_UNREAD, &lenient)->verdict,
                   ==, BH_VERDICT_WAITING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_case);
  g_test_add_func ("/core/verdict/D20/every-cell", test_every_cell);
  g_test_add_func ("/core/verdict/D10/policy", test_policy);
  return g_test_run ();
}
