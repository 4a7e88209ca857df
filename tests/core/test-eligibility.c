/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may have RA and FA (RULES N6, RA3, RA5, RA6, RA8): both sides of every limit. */
#include "backhaul/eligibility.h"

#include <string.h>

#define YES BH_ELIGIBLE
#define ASK BH_ELIGIBLE_NEEDS_APPROVAL
#define NO  BH_ELIGIBLE_NOT

typedef struct {
  const char *path;
  const char *on;
  const char *first;
  const char *life;
  const char *service;
  gboolean approved;
  BhEligible eligible;
  const char *rule;
  const char *until;
  const char *reason;
} Case;

static const Case cases[] = {
  /* RA5: the fifth anniversary is the last day */
  { "/core/eligibility/RA5/first-day", "2020-03-10", "2020-03-10", NULL, NULL, FALSE, YES, "RA5",
    "2025-03-10", "five years from the product's first shipment last until 2025-03-10" },
  { "/core/eligibility/RA5/before-its-first-day", "2020-03-09", "2020-03-10", NULL, NULL, FALSE,
    YES, "RA5", "2025-03-10", NULL },
  { "/core/eligibility/RA5/anniversary", "2025-03-10", "2020-03-10", NULL, NULL, FALSE, YES, "RA5",
    "2025-03-10", NULL },
  { "/core/eligibility/RA5/day-after", "2025-03-11", "2020-03-10", NULL, NULL, FALSE, ASK, "RA5",
    "2025-03-10",
    "five years from the product's first shipment ended on 2025-03-10; a supervisor's approval "
    "is needed" },
  { "/core/eligibility/RA5/day-after-approved", "2025-03-11", "2020-03-10", NULL, NULL, TRUE, YES,
    "RA5", "2025-03-10",
    "five years from the product's first shipment ended on 2025-03-10; a supervisor approved" },
  { "/core/eligibility/RA5/approval-not-needed", "2025-03-10", "2020-03-10", NULL, NULL, TRUE, YES,
    "RA5", "2025-03-10", "five years from the product's first shipment last until 2025-03-10" },
  { "/core/eligibility/RA5/leap-the-28th", "2025-02-28", "2020-02-29", NULL, NULL, FALSE, YES,
    "RA5", "2025-02-28", NULL },
  { "/core/eligibility/RA5/leap-after-the-28th", "2025-03-01", "2020-02-29", NULL, NULL, FALSE, ASK,
    "RA5", "2025-02-28", NULL },
  { "/core/eligibility/RA5/ends-in-a-leap-year", "2024-02-28", "2019-02-28", NULL, NULL, FALSE, YES,
    "RA5", "2024-02-28", NULL },
  { "/core/eligibility/RA5/leap-day-after", "2024-02-29", "2019-02-28", NULL, NULL, FALSE, ASK,
    "RA5", "2024-02-28", NULL },
  { "/core/eligibility/RA5/first-of-march", "2024-03-01", "2019-03-01", NULL, NULL, FALSE, YES,
    "RA5", "2024-03-01", NULL },
  { "/core/eligibility/RA5/new-year", "2026-01-01", "2020-12-31", NULL, NULL, FALSE, ASK, "RA5",
    "2025-12-31", NULL },
  { "/core/eligibility/RA5/not-on-record", "2025-01-01", NULL, NULL, NULL, FALSE, ASK, "RA5", NULL,
    "the product's first shipment is not on record; a supervisor's approval is needed" },
  { "/core/eligibility/RA5/empty", "2025-01-01", "", "", "", FALSE, ASK, "RA5", NULL, NULL },
  { "/core/eligibility/RA5/no-date", "2025-01-01", "2020-02-30", NULL, NULL, FALSE, ASK, "RA5",
    NULL, NULL },
  { "/core/eligibility/RA5/no-text", "2025-01-01", "\xff\xfe", NULL, NULL, FALSE, ASK, "RA5", NULL,
    NULL },
  { "/core/eligibility/RA5/not-on-record-approved", "2025-01-01", NULL, NULL, NULL, TRUE, YES,
    "RA5", NULL, "the product's first shipment is not on record; a supervisor approved" },

  /* RA6: from the day after, and before RA5 */
  { "/core/eligibility/RA6/last-day-of-life", "2023-06-30", "2020-03-10", "2023-06-30", NULL, FALSE,
    YES, "RA5", "2023-06-30", NULL },
  { "/core/eligibility/RA6/day-after-life", "2023-07-01", "2020-03-10", "2023-06-30", NULL, FALSE,
    NO, "RA6", "2023-06-30", "the product's end of life was on 2023-06-30" },
  { "/core/eligibility/RA6/last-day-of-service", "2023-06-30", "2020-03-10", NULL, "2023-06-30",
    FALSE, YES, "RA5", "2023-06-30", NULL },
  { "/core/eligibility/RA6/day-after-service", "2023-07-01", "2020-03-10", NULL, "2023-06-30",
    FALSE, NO, "RA6", "2023-06-30", "the product's end of service was on 2023-06-30" },
  { "/core/eligibility/RA6/no-approval-helps", "2023-07-01", "2020-03-10", "2023-06-30", NULL, TRUE,
    NO, "RA6", "2023-06-30", NULL },
  { "/core/eligibility/RA6/before-RA5", "2026-01-01", "2020-03-10", "2025-12-31", NULL, FALSE, NO,
    "RA6", "2025-03-10", "the product's end of life was on 2025-12-31" },
  { "/core/eligibility/RA6/life-first", "2026-01-01", "2022-03-10", "2024-01-01", "2025-01-01",
    FALSE, NO, "RA6", "2024-01-01", "the product's end of life was on 2024-01-01" },
  { "/core/eligibility/RA6/service-first", "2026-01-01", "2022-03-10", "2025-01-01", "2024-01-01",
    FALSE, NO, "RA6", "2024-01-01", "the product's end of service was on 2024-01-01" },
  { "/core/eligibility/RA6/between-the-two", "2024-06-01", "2022-03-10", "2024-01-01", "2025-01-01",
    FALSE, NO, "RA6", "2024-01-01", "the product's end of life was on 2024-01-01" },
  { "/core/eligibility/RA6/both-on-one-day", "2024-01-02", "2022-03-10", "2024-01-01", "2024-01-01",
    FALSE, NO, "RA6", "2024-01-01", "the product's end of life was on 2024-01-01" },
  { "/core/eligibility/RA6/leap-day-itself", "2024-02-29", "2022-03-10", "2024-02-29", NULL, FALSE,
    YES, "RA5", "2024-02-29", NULL },
  { "/core/eligibility/RA6/after-leap-day", "2024-03-01", "2022-03-10", "2024-02-29", NULL, FALSE,
    NO, "RA6", "2024-02-29", NULL },
  { "/core/eligibility/RA6/without-first-shipment", "2024-03-01", NULL, "2024-02-29", NULL, TRUE,
    NO, "RA6", NULL, NULL },
  { "/core/eligibility/RA6/end-to-come-age-unknown", "2024-02-01", NULL, "2024-02-29", NULL, FALSE,
    ASK, "RA5", NULL, NULL },
  { "/core/eligibility/RA6/end-to-come-past-five", "2025-03-11", "2020-03-10", "2026-01-01", NULL,
    FALSE, ASK, "RA5", "2025-03-10", NULL },
  { "/core/eligibility/RA6/no-date", "2024-02-01", "2022-03-10", "2023-02-29", NULL, TRUE, NO,
    "RA6", NULL,
    "the product's end of life or of service on record is no date; correct the product" },
  { "/core/eligibility/RA6/one-over-one-no-date", "2024-02-01", "2022-03-10", "2023-02-29",
    "2024-01-31", FALSE, NO, "RA6", "2024-01-31",
    "the product's end of service was on 2024-01-31" },
};

static void
judge (const BhRepairFacts *facts, BhEligible eligible, const char *rule, BhEligibility *got)
{
  bh_eligibility_judge (facts, got);
  g_assert_cmpstr (bh_eligible_name (got->eligible), ==, bh_eligible_name (eligible));
  g_assert_cmpstr (got->rule, ==, rule);
  g_assert_true (g_utf8_validate (got->reason, -1, NULL));
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto (BhEligibility) got = { 0 };
  g_autofree char *until = NULL;
  const BhRepairFacts facts = { .kind = BH_REPAIR_RA,
                                .on = bh_day_parse (c->on),
                                .first_shipment = c->first,
                                .end_of_life = c->life,
                                .end_of_service = c->service,
                                .approved = c->approved };

  judge (&facts, c->eligible, c->rule, &got);
  until = bh_day_format (got.until);
  g_assert_cmpstr (until, ==, c->until);
  if (c->reason != NULL)
    g_assert_cmpstr (got.reason, ==, c->reason);
}

/* Every first shipment of a leap cycle, every day around its fifth anniversary: the
 * limit is one day wide, and it is the date that a calendar on the wall shows. */
static void
test_every_first_shipment (void)
{
  for (BhDay first = bh_day_parse ("2016-01-01"); first < bh_day_parse ("2024-01-01"); first++) {
    g_autofree char *first_text = bh_day_format (first);
    g_autofree char *wanted = g_strdup_printf (
        "%04d%s", (int) g_ascii_strtoull (first_text, NULL, 10) + 5, first_text + 4);
    BhDay last = bh_day_parse (wanted);

    if (g_str_has_suffix (first_text, "-02-29")) {
      g_free (wanted);
      wanted = g_strdup_printf ("%04d-02-28", (int) g_ascii_strtoull (first_text, NULL, 10) + 5);
      last = bh_day_parse (wanted);
    }
    for (BhDay on = last - 2; on <= last + 2; on++) {
      g_auto (BhEligibility) got = { 0 };
      const BhRepairFacts facts = { .kind = BH_REPAIR_RA, .on = on, .first_shipment = first_text };

      judge (&facts, on <= last ? YES : ASK, "RA5", &got);
      g_assert_cmpuint (got.until, ==, last);
    }
  }
}

/* RA3: FA asks for a flag or an insufficient RA, and for no date */
static void
test_fa (void)
{
  static const char *const days[] = { "2020-01-01", "2024-02-29", "2040-01-01" };

  for (guint i = 0; i < G_N_ELEMENTS (days) * 16; i++) {
    g_auto (BhEligibility) got = { 0 };
    const BhRepairFacts facts = { .kind = BH_REPAIR_FA,
                                  .on = bh_day_parse (days[i / 16]),
                                  .first_shipment = i & 1 ? "2015-01-01" : NULL,
                                  .end_of_life = i & 2 ? "2022-01-01" : NULL,
                                  .flagged_fa = (i & 4) != 0,
                                  .insufficient = (i & 8) != 0,
                                  .approved = TRUE };

    judge (&facts, i & 12 ? YES : NO, "RA3", &got);
    g_assert_cmpuint (got.until, ==, BH_DAY_NONE);
    g_assert_cmpstr (got.reason, ==,
                     i & 8   ? "RA is agreed to be insufficient"
                     : i & 4 ? "the line is flagged for FA"
                             : "FA follows a flag on the line, or an RA that is agreed to be "
                               "insufficient");
  }
}

/* RA8: who posts is asked of RA and FA alike, and no approval stands in for it */
static void
test_posting (void)
{
  for (guint i = 0; i < 8; i++) {
    g_auto (BhEligibility) got = { 0 };
    const BhRepairFacts facts = { .kind = i & 1 ? BH_REPAIR_FA : BH_REPAIR_RA,
                                  .on = bh_day_parse ("2030-01-01"),
                                  .first_shipment = "2020-01-01",
                                  .approved = (i & 2) != 0,
                                  .posting = TRUE,
                                  .authorised = (i & 4) != 0 };

    judge (&facts, i & 4 ? YES : NO, "RA8", &got);
  }
}

/* Every combination of what the dates say, kind, ground, approval and posting; what is wanted is
 * said here once more in plain words, not read from the table. */
static const char *
wanted_of (const BhRepairFacts *facts, guint life, guint service, guint age, BhEligible *eligible)
{
  gboolean ended = life == 2 || service == 2;
  gboolean doubtful = life == 3 || service == 3;

  *eligible = BH_ELIGIBLE_NOT;
  if (facts->posting) {
    *eligible = facts->authorised ? BH_ELIGIBLE : BH_ELIGIBLE_NOT;
    return "RA8";
  }
  if (facts->kind == BH_REPAIR_FA) {
    *eligible = facts->flagged_fa || facts->insufficient ? BH_ELIGIBLE : BH_ELIGIBLE_NOT;
    return "RA3";
  }
  if (ended || doubtful)
    return "RA6";
  *eligible = age == 0 || facts->approved ? BH_ELIGIBLE : BH_ELIGIBLE_NEEDS_APPROVAL;
  return "RA5";
}

static void
test_every_combination (void)
{
  /* not on record; the last day itself; the day before; no date: on a leap day */
  static const char *const ends[] = { NULL, "2024-02-29", "2024-02-28", "2023-02-29" };
  /* the last day of five years; the day after; not on record; no date */
  static const char *const firsts[] = { "2019-03-01", "2019-02-28", NULL, "2019-02-29" };
  guint seen = 0;

  for (guint i = 0; i < 4 * 4 * 4 * 64; i++) {
    guint life = i / 64 % 4;
    guint service = i / 256 % 4;
    guint age = i / 1024;
    g_auto (BhEligibility) got = { 0 };
    const BhRepairFacts facts = { .kind = i & 1 ? BH_REPAIR_FA : BH_REPAIR_RA,
                                  .on = bh_day_parse ("2024-02-29"),
                                  .first_shipment = firsts[age],
                                  .end_of_life = ends[life],
                                  .end_of_service = ends[service],
                                  .flagged_fa = (i & 2) != 0,
                                  .insufficient = (i & 4) != 0,
                                  .approved = (i & 8) != 0,
                                  .posting = (i & 16) != 0,
                                  .authorised = (i & 32) != 0 };
    BhEligible eligible;
    const char *rule = wanted_of (&facts, life, service, age, &eligible);

    judge (&facts, eligible, rule, &got);
    /* a reason names a day, or says what to do */
    g_assert_cmpuint (strlen (got.reason), >, 10);
    seen++;
  }
  g_assert_cmpuint (seen, ==, 4096);
}

static void
test_names (void)
{
  BhRepairKind kind = BH_REPAIR_RA;

  g_assert_true (bh_repair_kind_parse ("FA", &kind));
  g_assert_cmpint (kind, ==, BH_REPAIR_FA);
  g_assert_true (bh_repair_kind_parse ("ra", &kind));
  g_assert_cmpint (kind, ==, BH_REPAIR_RA);
  g_assert_false (bh_repair_kind_parse ("", &kind));
  g_assert_false (bh_repair_kind_parse (NULL, &kind));
  g_assert_false (bh_repair_kind_parse ("ra ", &kind));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_case);
  g_test_add_func ("/core/eligibility/RA5/every-first-shipment", test_every_first_shipment);
  g_test_add_func ("/core/eligibility/RA3-RA8/every-combination", test_every_combination);
  g_test_add_func ("/core/eligibility/RA3/fa", test_fa);
  g_test_add_func ("/core/eligibility/RA8/posting", test_posting);
  g_test_add_func ("/core/eligibility/N6/names", test_names);
  return g_test_run ();
}
