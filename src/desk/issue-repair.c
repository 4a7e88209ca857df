/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* N6: whether a unit may be flagged for RA or FA when its RMA is made, or later. */

#include "issue-private.h"

gboolean
bh_desk_repair_may (BhDesk *self, const char *part, const BhRepairFacts *facts,
                    BhEligibility *eligibility, GError **error)
{
  g_auto (BhProductDates) dates = { 0 };
  BhRepairFacts dated = *facts;

  if (!bh_store_product_dates (self->store, part, &dates, error))
    return FALSE;
  dated.first_shipment = dates.first_shipment;
  dated.end_of_life = dates.end_of_life;
  dated.end_of_service = dates.end_of_service;
  bh_eligibility_judge (&dated, eligibility);
  return TRUE;
}

void
bh_advise (GPtrArray *advice, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  if (advice != NULL)
    g_ptr_array_add (advice, g_strdup_vprintf (format, values));
  va_end (values);
}

gboolean
bh_desk_may_flag (BhDesk *self, const char *serial, const char *part, const char *flag, BhDay on,
                  GPtrArray *advice, GError **error)
{
  g_auto (BhEligibility) may = { 0 };
  BhRepairFacts facts = { .on = on };

  if (flag == NULL)
    return TRUE;
  if (!bh_repair_kind_parse (flag, &facts.kind)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: no such flag (N6); say ra or fa", flag);
    return FALSE;
  }
  /* the flag that is asked for is FA's ground (RA3) */
  facts.flagged_fa = facts.kind == BH_REPAIR_FA;
  if (!bh_desk_repair_may (self, part, &facts, &may, error))
    return FALSE;
  if (may.eligible == BH_ELIGIBLE_NOT) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: no %s (%s): %s; leave out the flag, or say fa", serial,
                 facts.kind == BH_REPAIR_RA ? "RA" : "FA", may.rule, may.reason);
    return FALSE;
  }
  if (may.eligible == BH_ELIGIBLE_NEEDS_APPROVAL)
    bh_advise (advice, "%s: RA (%s): %s before it begins", serial, may.rule, may.reason);
  return TRUE;
}
