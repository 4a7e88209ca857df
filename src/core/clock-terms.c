/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/clock.h"
#include "backhaul/entitlement.h"

/* RULES §5 without C5, whose terms follow from the levels (N4). C6 is the guide's table 3. */
static const BhClockTerm fixed[] = {
  { BH_C1, NULL, NULL, BH_COUNT_BUSINESS_DAYS, 0, FALSE, FALSE },
  { BH_C2, NULL, NULL, BH_COUNT_DAYS, 0, FALSE, FALSE },
  { BH_C3, NULL, NULL, BH_COUNT_DAYS, 0, FALSE, FALSE },
  { BH_C4, NULL, NULL, BH_COUNT_BUSINESS_DAYS, 0, FALSE, FALSE },
  { BH_C6, "P1", "response", BH_COUNT_HOURS, 1, TRUE, FALSE },
  { BH_C6, "P1", "update", BH_COUNT_HOURS, 4, TRUE, FALSE },
  { BH_C6, "P2", "response", BH_COUNT_HOURS, 1, TRUE, FALSE },
  { BH_C6, "P2", "update", BH_COUNT_BUSINESS_DAYS, 1, TRUE, FALSE },
  { BH_C6, "P3", "response", BH_COUNT_HOURS, 8, TRUE, FALSE },
  { BH_C6, "P3", "update", BH_COUNT_BUSINESS_DAYS, 3, TRUE, FALSE },
  { BH_C6, "P4", "response", BH_COUNT_HOURS, 24, TRUE, FALSE },
  { BH_C6, "P4", "update", BH_COUNT_DAYS, 7, TRUE, FALSE },
};

/* C5: what is promised of an advance replacement, as a length. Core has no replacement,
 * Core Plus returns to factory (C4): nothing of them is counted here. */
static gboolean
term_of_level (const BhLevel *level, BhClockTerm *term)
{
  switch (level->promise) {
  case BH_PROMISE_HOURS:
    *term = (BhClockTerm){ BH_C5, level->name, NULL, BH_COUNT_HOURS, level->hours, TRUE, FALSE };
    return TRUE;
  case BH_PROMISE_NEXT_DAY_DELIVERY:
  case BH_PROMISE_NEXT_DAY_SHIP:
    *term = (BhClockTerm){ BH_C5, level->name, NULL, BH_COUNT_BUSINESS_DAYS, 1, TRUE, TRUE };
    return TRUE;
  case BH_PROMISE_NONE:
  default:
    return FALSE;
  }
}

const BhClockTerm *
bh_clock_terms (gsize *n)
{
  static GArray *terms;

  if (g_once_init_enter (&terms)) {
    gsize n_levels = 0;
    const BhLevel *levels = bh_levels (&n_levels);
    GArray *made = g_array_new (FALSE, FALSE, sizeof (BhClockTerm));
    BhClockTerm term;

    g_array_append_vals (made, fixed, G_N_ELEMENTS (fixed));
    for (gsize i = 0; i < n_levels; i++)
      if (term_of_level (&levels[i], &term))
        g_array_append_val (made, term);
    g_once_init_leave (&terms, made);
  }
  *n = terms->len;
  return (const BhClockTerm *) terms->data;
}

static gboolean
is_named (const char *wanted, const char *name)
{
  return wanted == NULL || (name != NULL && g_ascii_strcasecmp (wanted, name) == 0);
}

const BhClockTerm *
bh_clock_term (BhClockKind kind, const char *level, const char *stage)
{
  gsize n = 0;
  const BhClockTerm *terms = bh_clock_terms (&n);

  for (gsize i = 0; i < n; i++)
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
