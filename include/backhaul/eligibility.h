/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

/* What the repair center can be asked for (RULES RA1, RA2). */
typedef enum { BH_REPAIR_RA, BH_REPAIR_FA, BH_REPAIR_LAST } BhRepairKind;

const char *bh_repair_kind_name (BhRepairKind kind); /* "ra", "fa" */
/* @text: "ra" or "fa", in any case; %NULL is neither */
gboolean bh_repair_kind_parse (const char *text, BhRepairKind *kind);

/**
 * BhRepairFacts:
 * @on: the day that is asked for, in the destination's zone
 * @first_shipment: (nullable): FRS of the product (RA5), ISO 8601 as stored
 * @end_of_life: (nullable): its last day (RA6); %NULL or "": none is announced
 * @end_of_service: (nullable): likewise
 * @flagged_fa: the line is flagged for FA (RA3, N6)
 * @insufficient: RA is agreed to be insufficient by customer and engineer (RA3)
 * @approved: a supervisor approves an RA past five years (RA5)
 * @posting: a result is to be posted; else work is asked for or begins
 * @authorised: of @posting: the operator is an authorised technician (RA8)
 *
 * What the store knows, dates as stored. Nothing is checked yet: this is what is judged.
 */
typedef struct {
  BhRepairKind kind;
  BhDay on;
  const char *first_shipment;
  const char *end_of_life;
  const char *end_of_service;
  gboolean flagged_fa;
  gboolean insufficient;
  gboolean approved;
  gboolean posting;
  gboolean authorised;
} BhRepairFacts;

typedef enum {
  BH_ELIGIBLE,
  BH_ELIGIBLE_NEEDS_APPROVAL, /* by a supervisor, with a reason (RA5) */
  BH_ELIGIBLE_NOT,            /* and nobody can approve it */
} BhEligible;

const char *
bh_eligible_name (BhEligible eligible); /* "eligible", "needs-approval", "not-eligible" */

/**
 * BhEligibility:
 * @rule: (transfer none): "RA3", "RA5", "RA6" or "RA8"
 * @reason: a clause for people, why it is so, with the dates
 * @until: the last day on which this RA needs no approval and is not barred, of a
 *   product whose dates are known; else %BH_DAY_NONE
 */
typedef struct {
  BhEligible eligible;
  const char *rule;
  char *reason;
  BhDay until;
} BhEligibility;

void bh_eligibility_clear (BhEligibility *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhEligibility, bh_eligibility_clear)

/**
 * bh_eligibility_judge:
 * @eligibility: (out): cleared with bh_eligibility_clear()
 *
 * RULES RA3, RA5, RA6, RA8 as a table, first match wins: who posts (RA8); FA by its
 * flag or by insufficient RA (RA3); no RA from the day after end of life or end of
 * service (RA6), and no approval helps; RA without approval until the fifth
 * anniversary of the first shipment, that day included, of 29 February the 28th
 * (RA5). A first shipment that is not on record is not guessed: a supervisor decides.
 * An end that is no date bars, until it is corrected.
 */
void bh_eligibility_judge (const BhRepairFacts *facts, BhEligibility *eligibility);

G_END_DECLS
