/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/entitlement.h"

/* The guide's 8.1: a distributor's resale starts the warranty at most so much later. */
#define RESALE_DAYS    90
#define WARRANTY_YEARS 1

/* The guide's table 5, a column a row. The clocks that follow are C4 and C5. */
static const BhLevel levels[] = {
  { "Core", BH_REPLACE_NONE, BH_PROMISE_NONE, 0, FALSE, "support without hardware replacement" },
  { "Core Plus", BH_REPLACE_RETURN_TO_FACTORY, BH_PROMISE_NONE, 0, FALSE, "return to factory" },
  { "Next-Day Delivery", BH_REPLACE_ADVANCE, BH_PROMISE_NEXT_DAY_DELIVERY, 0, FALSE,
    "advance replacement, delivered on the next business day" },
  { "Next-Day Ship", BH_REPLACE_ADVANCE, BH_PROMISE_NEXT_DAY_SHIP, 0, FALSE,
    "advance replacement, shipped on the next business day" },
  { "Next-Day Onsite", BH_REPLACE_ADVANCE, BH_PROMISE_NEXT_DAY_DELIVERY, 0, TRUE,
    "advance replacement, delivered on the next business day, with a technician" },
  { "Same-Day", BH_REPLACE_ADVANCE, BH_PROMISE_HOURS, 4, FALSE,
    "advance replacement, delivered within 4 hours" },
  { "Same-Day 2-Hour", BH_REPLACE_ADVANCE, BH_PROMISE_HOURS, 2, FALSE,
    "advance replacement, delivered within 2 hours" },
  { "Same-Day Onsite", BH_REPLACE_ADVANCE, BH_PROMISE_HOURS, 4, TRUE,
    "advance replacement, delivered within 4 hours, with a technician" },
};

static const BhLevel warranty_level = { "Warranty",      BH_REPLACE_RETURN_TO_FACTORY,
                                        BH_PROMISE_NONE, 0,
                                        FALSE,           "return to factory" };

const BhLevel *
bh_levels (gsize *n)
{
  *n = G_N_ELEMENTS (levels);
  return levels;
}

const char *const *
bh_level_names (void)
{
  static const char *names[G_N_ELEMENTS (levels) + 1];

  if (g_once_init_enter (&names[0])) {
    for (gsize i = 1; i < G_N_ELEMENTS (levels); i++)
      names[i] = levels[i].name;
    g_once_init_leave (&names[0], levels[0].name);
  }
  return names;
}

const BhLevel *
bh_warranty_level (void)
{
  return &warranty_level;
}

/* Letters and digits, lower-case: what tells two names apart. */
static char *
fold (const char *name)
{
  GString *folded = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    if (*c != ' ' && *c != '-')
      g_string_append_c (folded, g_ascii_tolower (*c));
  return g_string_free (folded, FALSE);
}

const BhLevel *
bh_level_find (const char *name)
{
  g_autofree char *wanted = name != NULL ? fold (name) : NULL;

  for (gsize i = 0; wanted != NULL && i < G_N_ELEMENTS (levels); i++) {
    g_autofree char *known = fold (levels[i].name);

    if (g_str_equal (known, wanted))
      return &levels[i];
  }
  return NULL;
}

const char *
bh_replacement_name (BhReplacement replacement)
{
  static const char *const names[] = {
    [BH_REPLACE_NONE] = "none",
    [BH_REPLACE_RETURN_TO_FACTORY] = "return-to-factory",
    [BH_REPLACE_ADVANCE] = "advance",
  };

  g_return_val_if_fail ((guint) replacement < G_N_ELEMENTS (names), "none");
  return names[replacement];
}

const char *
bh_promise_name (BhPromise promise)
{
  static const char *const names[] = {
    [BH_PROMISE_NONE] = NULL,
    [BH_PROMISE_HOURS] = "hours",
    [BH_PROMISE_NEXT_DAY_DELIVERY] = "next-day-delivery",
    [BH_PROMISE_NEXT_DAY_SHIP] = "next-day-ship",
  };

  g_return_val_if_fail ((guint) promise < G_N_ELEMENTS (names), NULL);
  return names[promise];
}

const char *
bh_cover_kind_name (BhCoverKind kind)
{
  static const char *const names[] = {
    [BH_COVER_NONE] = "none",
    [BH_COVER_CONTRACT] = "contract",
    [BH_COVER_WARRANTY] = "warranty",
    [BH_COVER_THIRD_PARTY] = "third-party",
  };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), "none");
  return names[kind];
}

void
bh_coverage_clear (BhCoverage *self)
{
  g_free (self->reason);
  g_free (self->doubt);
  *self = (BhCoverage){ 0 };
}

gboolean
bh_coverage_entitles (const BhCoverage *self)
{
  return self->kind == BH_COVER_CONTRACT || self->kind == BH_COVER_WARRANTY;
}

/* ---- the judgement ------------------------------------------------------------------- */

/* One of the two grounds: covered or not, why, and what stands in the way. */
typedef struct {
  gboolean covers;
  const BhLevel *level;
  BhDay from;
  BhDay until;
  char *why;
  char *doubt;
} Ground;

static void
ground_clear (Ground *self)
{
  g_free (self->why);
  g_free (self->doubt);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ground, ground_clear)

static gboolean
stated (const char *text)
{
  return text != NULL && *text != '\0';
}

static char *
name_of_contract (const BhCoverFacts *facts)
{
  return stated (facts->contract) ? g_strdup_printf ("contract %s", facts->contract)
                                  : g_strdup ("the contract");
}

/* What of the contract's record cannot be: it then counts for nothing. */
static char *
contract_fault (const BhCoverFacts *facts, BhDay until)
{
  BhDay shipped = bh_day_parse (facts->shipped);

  if (!stated (facts->contract_until))
    return g_strdup ("has no end date");
  if (until == BH_DAY_NONE)
    return g_strdup_printf ("has an end that is no date, \"%s\"", facts->contract_until);
  if (!stated (facts->contract_level))
    return g_strdup ("has no level");
  if (bh_level_find (facts->contract_level) == NULL)
    return g_strdup_printf ("has a level that does not exist, \"%s\"", facts->contract_level);
  if (shipped != BH_DAY_NONE && until < shipped)
    return g_strdup_printf ("ends on %s, before the unit was shipped on %s", facts->contract_until,
                            facts->shipped);
  return NULL;
}

static void
judge_contract (const BhCoverFacts *facts, BhDay on, Ground *ground)
{
  g_autofree char *name = name_of_contract (facts);
  g_autofree char *fault = NULL;
  BhDay until = bh_day_parse (facts->contract_until);

  if (!stated (facts->contract) && !stated (facts->contract_level) &&
      !stated (facts->contract_until)) {
    ground->why = g_strdup ("no contract is on record");
    return;
  }
  /* what is over needs no level to be over */
  if (until != BH_DAY_NONE && until < on) {
    ground->until = until;
    ground->why = g_strdup_printf ("%s ended on %s", name, facts->contract_until);
    return;
  }
  fault = contract_fault (facts, until);
  if (fault != NULL) {
    ground->why = g_strdup_printf ("%s is not counted", name);
    ground->doubt = g_strdup_printf ("%s %s", name, fault);
    return;
  }
  ground->level = bh_level_find (facts->contract_level);
  ground->until = until;
  /* N4: Core is support only. It takes nothing away, so the warranty is asked next. */
  ground->covers = ground->level->replacement != BH_REPLACE_NONE;
  ground->why =
      ground->covers
          ? g_strdup_printf ("%s, %s, until %s", name, ground->level->name, facts->contract_until)
          : g_strdup_printf ("%s, %s, replaces no hardware", name, ground->level->name);
}

/* A date that must be there: FALSE with why it is not, or what is wrong with it. */
static gboolean
need_day (const char *text, const char *missing, const char *what, BhDay *day, Ground *ground)
{
  *day = bh_day_parse (text);
  if (*day != BH_DAY_NONE)
    return TRUE;
  ground->why = g_strdup (missing);
  if (stated (text))
    ground->doubt = g_strdup_printf ("the %s is no date, \"%s\"", what, text);
  return FALSE;
}

/* N2: twelve months from the ship date; of a distributor's resale from the
 * registration, which is never before the shipping nor 90 days after it. */
static void
judge_warranty (const BhCoverFacts *facts, BhDay on, Ground *ground)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  BhDay shipped;
  BhDay registered;

  if (!need_day (facts->registered, "the product is not registered, so it has no warranty",
                 "day of registration", &registered, ground) ||
      !need_day (facts->shipped, "its ship date is not on record, so no warranty can be counted",
                 "ship date", &shipped, ground))
    return;
  if (shipped > on || registered > on) {
    ground->why = g_strdup_printf ("its warranty is not active before %s",
                                   shipped > registered ? facts->shipped : facts->registered);
    return;
  }
  /* whichever date is wrong, the warranty did not start before the shipping: what is
   * counted from there holds in every case */
  if (registered < shipped)
    ground->doubt = g_strdup_printf ("the unit was registered on %s, before it was shipped on %s",
                                     facts->registered, facts->shipped);
  ground->from = shipped;
  if (stated (facts->distributor))
    ground->from = CLAMP (registered, shipped, shipped + RESALE_DAYS);
  ground->until = bh_day_anniversary (ground->from, WARRANTY_YEARS) - 1;
  ground->covers = on <= ground->until;
  ground->level = &warranty_level;
  first = bh_day_format (ground->from);
  last = bh_day_format (ground->until);
  ground->why = ground->covers ? g_strdup_printf ("product warranty from %s until %s", first, last)
                               : g_strdup_printf ("the product warranty ended on %s", last);
}

static void
answer (BhCoverage *coverage, BhCoverKind kind, const char *rule, char *reason)
{
  coverage->kind = kind;
  coverage->rule = rule;
  coverage->reason = reason;
}

static char *
both (const char *one, const char *other)
{
  if (one == NULL || other == NULL)
    return g_strdup (one != NULL ? one : other);
  return g_strdup_printf ("%s, and %s", one, other);
}

/* N3, and what cannot be told apart from it. TRUE: judged. */
static gboolean
judge_product (const BhCoverFacts *facts, BhCoverage *coverage)
{
  if (!facts->known) {
    answer (coverage, BH_COVER_NONE, "N2", g_strdup ("no unit of this serial is on record"));
    return TRUE;
  }
  if (facts->third_party) {
    answer (coverage, BH_COVER_THIRD_PARTY, "N3",
            g_strdup_printf ("part %s is a third party's, which is never covered", facts->part));
    return TRUE;
  }
  if (facts->product_known)
    return FALSE;
  answer (coverage, BH_COVER_NONE, "N2",
          g_strdup ("its part is no product on record, so that nothing covers it"));
  coverage->doubt =
      g_strdup_printf ("part %s is not on record: whether it is the vendor's own cannot be told",
                       stated (facts->part) ? facts->part : "(none)");
  return TRUE;
}

void
bh_coverage_judge (const BhCoverFacts *facts, BhDay on, BhCoverage *coverage)
{
  g_auto (Ground) contract = { 0 };
  g_auto (Ground) warranty = { 0 };
  const Ground *ground = &contract;

  *coverage = (BhCoverage){ 0 };
  if (judge_product (facts, coverage))
    return;
  judge_contract (facts, on, &contract);
  if (contract.covers) {
    answer (coverage, BH_COVER_CONTRACT, "N2", g_steal_pointer (&contract.why));
  } else {
    judge_warranty (facts, on, &warranty);
    coverage->doubt = both (contract.doubt, warranty.doubt);
    ground = &warranty;
    if (!warranty.covers) {
      answer (coverage, BH_COVER_NONE, "N2", both (contract.why, warranty.why));
      /* a contract without hardware still runs: nothing of it has ended */
      coverage->until = MAX (contract.until < on ? contract.until : BH_DAY_NONE, warranty.until);
      return;
    }
    answer (coverage, BH_COVER_WARRANTY, "N2",
            stated (facts->contract_level) || stated (facts->contract)
                ? g_strdup_printf ("%s; %s", warranty.why, contract.why)
                : g_steal_pointer (&warranty.why));
  }
  coverage->level = ground->level;
  coverage->from = ground->from;
  coverage->until = ground->until;
}
