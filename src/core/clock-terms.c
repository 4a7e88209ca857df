/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/clock.h"

/* RULES §5. C5 is the guide's table 5, what each level has delivered or shipped and
 * when; C6 its table 3. Core has no replacement, Core Plus returns to factory (C4). */
static const BhClockTerm terms[] = {
  { BH_C1, NULL, NULL, BH_COUNT_BUSINESS_DAYS, 0, FALSE, FALSE },
  { BH_C2, NULL, NULL, BH_COUNT_DAYS, 0, FALSE, FALSE },
  { BH_C3, NULL, NULL, BH_COUNT_DAYS, 0, FALSE, FALSE },
  { BH_C4, NULL, NULL, BH_COUNT_BUSINESS_DAYS, 0, FALSE, FALSE },
  { BH_C5, "Next-Day Delivery", NULL, BH_COUNT_BUSINESS_DAYS, 1, TRUE, TRUE },
  { BH_C5, "Next-Day Ship", NULL, BH_COUNT_BUSINESS_DAYS, 1, TRUE, TRUE },
  { BH_C5, "Next-Day Onsite", NULL, BH_COUNT_BUSINESS_DAYS, 1, TRUE, TRUE },
  { BH_C5, "Same-Day", NULL, BH_COUNT_HOURS, 4, TRUE, FALSE },
  { BH_C5, "Same-Day 2-Hour", NULL, BH_COUNT_HOURS, 2, TRUE, FALSE },
  { BH_C5, "Same-Day Onsite", NULL, BH_COUNT_HOURS, 4, TRUE, FALSE },
  { BH_C6, "P1", "response", BH_COUNT_HOURS, 1, TRUE, FALSE },
  { BH_C6, "P1", "update", BH_COUNT_HOURS, 4, TRUE, FALSE },
  { BH_C6, "P2", "response", BH_COUNT_HOURS, 1, TRUE, FALSE },
  { BH_C6, "P2", "update", BH_COUNT_BUSINESS_DAYS, 1, TRUE, FALSE },
  { BH_C6, "P3", "response", BH_COUNT_HOURS, 8, TRUE, FALSE },
  { BH_C6, "P3", "update", BH_COUNT_BUSINESS_DAYS, 3, TRUE, FALSE },
  { BH_C6, "P4", "response", BH_COUNT_HOURS, 24, TRUE, FALSE },
  { BH_C6, "P4", "update", BH_COUNT_DAYS, 7, TRUE, FALSE },
};

const BhClockTerm *
bh_clock_terms (gsize *n)
{
  *n = G_N_ELEMENTS (terms);
  return terms;
}

static gboolean
is_named (const char *wanted, const char *name)
{
  return wanted == NULL || (name != NULL && g_ascii_strcasecmp (wanted, name) == 0);
}

const BhClockTerm *
bh_clock_term (BhClockKind kind, const char *level, const char *stage)
{
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    if (terms[i].kind == kind && is_named (terms[i].level, level) &&
        is_named (terms[i].stage, stage))
      return &terms[i];
  return NULL;
}

int
bh_clock_length (const BhClockTerm *term, const BhPolicy *policy)
{
  switch (term->kind) {
  case BH_C1:
    return policy->c1_business_days;
  case BH_C2:
    return policy->c2_days;
  case BH_C3:
    return policy->c3_days;
  case BH_C4:
    return policy->c4_business_days;
  case BH_C5:
  case BH_C6:
  case BH_CLOCK_LAST:
  default:
    return term->length;
  }
}
