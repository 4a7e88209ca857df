/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/eligibility.h"

/* RULES RA5 */
#define YEARS_WITHOUT_APPROVAL 5

/* What the dates say on the day that is asked for. */
typedef enum { LIFE_GOES_ON, LIFE_ENDED, LIFE_UNSERVED, LIFE_DOUBTFUL } Life;
typedef enum { AGE_WITHIN, AGE_PAST, AGE_UNKNOWN } Age;
typedef enum { GROUND_NONE, GROUND_FLAG, GROUND_INSUFFICIENT } Ground;
typedef enum { POST_NOT, POST_AUTHORISED, POST_UNAUTHORISED } Post;

typedef struct {
  Life life;
  Age age;
  BhDay end;   /* of LIFE_ENDED, LIFE_UNSERVED */
  BhDay years; /* fifth anniversary; BH_DAY_NONE: FRS not known */
  BhDay until; /* see BhEligibility */
  Ground ground;
  Post post;
} Read;

#define A(fact) (1u << (fact))
#define ANY     (~0u)
#define RA      A (BH_REPAIR_RA)
#define FA      A (BH_REPAIR_FA)

/* which day the sentence names, between its two parts */
typedef enum { DAY_NO, DAY_END, DAY_YEARS } Day;

/* The first row that matches decides. RA6 stands before RA5: no approval gets past it. */
static const struct {
  guint kind, post, ground, life, age;
  int approved; /* -1: either */
  BhEligible eligible;
  const char *rule;
  Day day;
  const char *before; /* of the day */
  const char *after;
} table[] = {
  { ANY, A (POST_UNAUTHORISED), ANY, ANY, ANY, -1, BH_ELIGIBLE_NOT, "RA8", DAY_NO,
    "a result is posted by an authorised technician only", NULL },
  { ANY, A (POST_AUTHORISED), ANY, ANY, ANY, -1, BH_ELIGIBLE, "RA8", DAY_NO,
    "posted by an authorised technician", NULL },
  { FA, ANY, A (GROUND_INSUFFICIENT), ANY, ANY, -1, BH_ELIGIBLE, "RA3", DAY_NO,
    "RA is agreed to be insufficient", NULL },
  { FA, ANY, A (GROUND_FLAG), ANY, ANY, -1, BH_ELIGIBLE, "RA3", DAY_NO,
    "the line is flagged for FA", NULL },
  { FA, ANY, ANY, ANY, ANY, -1, BH_ELIGIBLE_NOT, "RA3", DAY_NO,
    "FA follows a flag on the line, or an RA that is agreed to be insufficient", NULL },
  { RA, ANY, ANY, A (LIFE_DOUBTFUL), ANY, -1, BH_ELIGIBLE_NOT, "RA6", DAY_NO,
    "the product's end of life or of service on record is no date; correct the product", NULL },
  { RA, ANY, ANY, A (LIFE_ENDED), ANY, -1, BH_ELIGIBLE_NOT, "RA6", DAY_END,
    "the product's end of life was on ", "" },
  { RA, ANY, ANY, A (LIFE_UNSERVED), ANY, -1, BH_ELIGIBLE_NOT, "RA6", DAY_END,
    "the product's end of service was on ", "" },
  { RA, ANY, ANY, ANY, A (AGE_WITHIN), -1, BH_ELIGIBLE, "RA5", DAY_YEARS,
    "five years from the product's first shipment last until ", "" },
  { RA, ANY, ANY, ANY, A (AGE_PAST), TRUE, BH_ELIGIBLE, "RA5", DAY_YEARS,
    "five years from the product's first shipment ended on ", "; a supervisor approved" },
  { RA, ANY, ANY, ANY, A (AGE_PAST), FALSE, BH_ELIGIBLE_NEEDS_APPROVAL, "RA5", DAY_YEARS,
    "five years from the product's first shipment ended on ",
    "; a supervisor's approval is needed" },
  { RA, ANY, ANY, ANY, A (AGE_UNKNOWN), TRUE, BH_ELIGIBLE, "RA5", DAY_NO,
    "the product's first shipment is not on record; a supervisor approved", NULL },
  { ANY, ANY, ANY, ANY, ANY, -1, BH_ELIGIBLE_NEEDS_APPROVAL, "RA5", DAY_NO,
    "the product's first shipment is not on record; a supervisor's approval is needed", NULL },
};

const char *
bh_repair_kind_name (BhRepairKind kind)
{
  static const char *const names[] = { [BH_REPAIR_RA] = "ra", [BH_REPAIR_FA] = "fa" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), "ra");
  return names[kind];
}

gboolean
bh_repair_kind_parse (const char *text, BhRepairKind *kind)
{
  for (guint i = 0; text != NULL && i < BH_REPAIR_LAST; i++)
    if (g_ascii_strcasecmp (text, bh_repair_kind_name (i)) == 0) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

const char *
bh_eligible_name (BhEligible eligible)
{
  static const char *const names[] = {
    [BH_ELIGIBLE] = "eligible",
    [BH_ELIGIBLE_NEEDS_APPROVAL] = "needs-approval",
    [BH_ELIGIBLE_NOT] = "not-eligible",
  };

  g_return_val_if_fail ((guint) eligible < G_N_ELEMENTS (names), "not-eligible");
  return names[eligible];
}

void
bh_eligibility_clear (BhEligibility *self)
{
  g_free (self->reason);
  *self = (BhEligibility){ 0 };
}

static gboolean
stated (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Of two ends that are over, the one that came first is named. */
static void
read_life (const BhRepairFacts *facts, Read *read)
{
  BhDay life = bh_day_parse (facts->end_of_life);
  BhDay service = bh_day_parse (facts->end_of_service);
  gboolean ended = life != BH_DAY_NONE && life < facts->on;
  gboolean unserved = service != BH_DAY_NONE && service < facts->on;

  read->until = life;
  if (service != BH_DAY_NONE && (life == BH_DAY_NONE || service < life))
    read->until = service;
  read->end = read->until;
  if (ended && (!unserved || life <= service))
    read->life = LIFE_ENDED;
  else if (unserved)
    read->life = LIFE_UNSERVED;
  else if ((stated (facts->end_of_life) && life == BH_DAY_NONE) ||
           (stated (facts->end_of_service) && service == BH_DAY_NONE))
    read->life = LIFE_DOUBTFUL;
  else
    read->life = LIFE_GOES_ON;
}

static void
read_facts (const BhRepairFacts *facts, Read *read)
{
  BhDay first = bh_day_parse (facts->first_shipment);

  read_life (facts, read);
  read->years = bh_day_anniversary (first, YEARS_WITHOUT_APPROVAL);
  if (read->years == BH_DAY_NONE)
    read->age = AGE_UNKNOWN;
  else
    read->age = facts->on <= read->years ? AGE_WITHIN : AGE_PAST;
  /* where FRS is not known no day is known to be free of approval */
  if (read->years == BH_DAY_NONE || read->life == LIFE_DOUBTFUL)
    read->until = BH_DAY_NONE;
  else if (read->until == BH_DAY_NONE || read->years < read->until)
    read->until = read->years;
  read->ground = facts->insufficient ? GROUND_INSUFFICIENT
                 : facts->flagged_fa ? GROUND_FLAG
                                     : GROUND_NONE;
  read->post = !facts->posting ? POST_NOT : facts->authorised ? POST_AUTHORISED : POST_UNAUTHORISED;
}

void
bh_eligibility_judge (const BhRepairFacts *facts, BhEligibility *eligibility)
{
  Read read = { 0 };
  guint i = 0;

  read_facts (facts, &read);
  while (!(table[i].kind & A (facts->kind)) || !(table[i].post & A (read.post)) ||
         !(table[i].ground & A (read.ground)) || !(table[i].life & A (read.life)) ||
         !(table[i].age & A (read.age)) ||
         (table[i].approved >= 0 && table[i].approved != !!facts->approved))
    i++; /* the last row matches everything */
  *eligibility = (BhEligibility){ .eligible = table[i].eligible, .rule = table[i].rule };
  if (facts->kind == BH_REPAIR_RA)
    eligibility->until = read.until;
  if (table[i].day == DAY_NO) {
    eligibility->reason = g_strdup (table[i].before);
  } else {
    g_autofree char *day = bh_day_format (table[i].day == DAY_END ? read.end : read.years);

    eligibility->reason = g_strconcat (table[i].before, day, table[i].after, NULL);
  }
}
