/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The repair center: jobs in every state, of what the dock received first. */

#include "backhaul/bench.h"
#include "backhaul/custody.h"
#include "backhaul/returns.h"
#include "demo-private.h"

/* How far a unit's way goes; each step does those before it, too. */
typedef enum { SENT, ARRIVED, BEGUN, LOGGED, POSTED, CORRECTED, VOID, FA, INTERIM, FINAL } Step;

static const Step steps[] = { POSTED, VOID,  FINAL,   CORRECTED, INTERIM, LOGGED,
                              FA,     BEGUN, ARRIVED, POSTED,    SENT };

typedef struct {
  BhDemo *demo;
  guint unit;
  guint act;
  char id[40];
  BhWhen when;
} Way;

/* An hour further, under an identity made of numbers: begun twice is once. */
static const BhWhen *
next (Way *self)
{
  g_snprintf (self->id, sizeof self->id, "00000000-0000-4000-9000-%06u%06u", self->unit,
              self->act++);
  self->when.act = self->id;
  self->when.at_us += G_TIME_SPAN_HOUR;
  return &self->when;
}

static gboolean
move (Way *self, const char *serial, const char *to, GError **error)
{
  const char *serials[] = { serial, NULL };
  BhMove asked = { .serials = serials, .to = to };
  g_autoptr (GPtrArray) moved = bh_desk_move (self->demo->desk, next (self), &asked, error);

  return moved != NULL;
}

static gboolean
post (Way *self, const char *job, const char *disposition, gboolean interim, int corrects,
      GError **error)
{
  BhResult result = { job, disposition, interim, corrects, "a reading was mistyped" };
  g_auto (BhPosted) posted = { 0 };

  return bh_desk_bench_post (self->demo->desk, next (self), &result, &posted, error);
}

static gboolean
analyse (Way *self, const char *ra, Step step, GError **error)
{
  static const BhNote cause[] = {
    { .kind = BH_ENTRY_HYPOTHESIS, .value = "A solder joint cracks when warm" },
    { .kind = BH_ENTRY_EVIDENCE, .name = "for", .value = "X-ray shows a void under U12" },
    { .kind = BH_ENTRY_ROOT_CAUSE, .value = "Void in the solder under U12" },
    { .kind = BH_ENTRY_CORRECTIVE, .value = "Reflow profile changed at the maker" },
    { .kind = BH_ENTRY_DESTRUCTIVE, .value = "yes" },
  };
  BhDesk *desk = self->demo->desk;
  g_autofree char *day = bh_demo_day (self->demo, 5);
  g_autofree char *fa = NULL;

  return bh_desk_bench_insufficient (desk, next (self), ra, "Jo Doe", "Ann Support",
                                     "The failure came back after the repair", &fa, error) &&
         (step < INTERIM || (bh_desk_bench_consent (desk, next (self), fa, "Jo Doe", day, error) &&
                             post (self, fa, "returned", TRUE, 0, error))) &&
         (step < FINAL ||
          (bh_desk_bench_log (desk, next (self), fa, cause, G_N_ELEMENTS (cause), error) &&
           post (self, fa, "scrapped", FALSE, 0, error)));
}

static gboolean
work (Way *self, const char *job, Step step, GError **error)
{
  const BhNote notes[] = {
    { .kind = BH_ENTRY_SYMPTOM, .value = "Restarts under load" },
    { .kind = BH_ENTRY_REPRODUCED, .value = self->unit % 3 == 0 ? "no" : "yes" },
    { .kind = BH_ENTRY_FAULT, .value = self->unit % 2 == 0 ? "POWER" : "MEMORY" },
    { .kind = BH_ENTRY_COMPONENT, .value = "U12" },
    { .kind = BH_ENTRY_ACTION, .value = "Supply replaced, tested for 12 hours" },
    { .kind = BH_ENTRY_READING, .name = "12 V", .value = "12.04", .low = "11.4", .high = "12.6" },
    { .kind = BH_ENTRY_READING, .name = "5 V", .value = "4.98", .low = "4.75", .high = "5.25" },
  };
  BhDesk *desk = self->demo->desk;
  g_autoptr (BhJob) found = bh_desk_job (desk, job, self->when.at_us, error);
  g_auto (GStrv) pieces = found != NULL ? bh_job_components (found) : NULL;
  const char *none[] = { "cover", NULL };
  const char *const *present =
      pieces != NULL && pieces[0] != NULL ? (const char *const *) pieces : none;
  g_autofree char *voided = NULL;

  if (found == NULL)
    return FALSE;
  if (step == VOID) {
    const char *missing[] = { present[0], NULL };

    return bh_desk_bench_intake (desk, next (self), job, present == none ? NULL : present + 1,
                                 missing, &voided, error);
  }
  return bh_desk_bench_intake (desk, next (self), job, present, NULL, &voided, error) &&
         bh_desk_bench_log (desk, next (self), job, notes, G_N_ELEMENTS (notes), error) &&
         (step < POSTED ||
          post (self, job, step >= FA ? "to-fa" : "repaired-to-stock", FALSE, 0, error)) &&
         (step != CORRECTED || post (self, job, "returned", FALSE, 1, error)) &&
         (step < FA || analyse (self, job, step, error));
}

static gboolean
go (Way *self, const char *serial, Step step, GError **error)
{
  g_autofree char *job = NULL;

  if (!move (self, serial, "transit:VAN-1", error))
    return FALSE;
  if (step == SENT)
    return TRUE;
  if (!move (self, serial, "repair:RC1", error))
    return FALSE;
  if (step == ARRIVED)
    return TRUE;
  if (!bh_desk_bench_start (self->demo->desk, next (self), serial, BH_REPAIR_RA, NULL, &job, NULL,
                            error))
    return FALSE;
  return step == BEGUN || work (self, job, step, error);
}

static gboolean
may_begin (BhDemo *self, const char *serial, gint64 at_us, gboolean *may, GError **error)
{
  g_auto (BhBenchEligible) told = { 0 };
  g_autoptr (BhUnitLife) life = bh_desk_unit_life (self->desk, serial, error);

  *may = FALSE;
  if (life == NULL ||
      !bh_desk_bench_eligible (self->desk, serial, BH_REPAIR_RA, BH_DAY_NONE, at_us, &told, error))
    return FALSE;
  *may = told.may.eligible == BH_ELIGIBLE && life->location != NULL;
  return TRUE;
}

gboolean
bh_demo_bench (BhDemo *self, GError **error)
{
  static const char faults[] = "fault,parent,description\nPOWER,,Power supply\n"
                               "POWER-FUSE,POWER,Fuse blown\nMEMORY,,Memory\n"
                               "OPTICS,,Optical interface\n";
  gint64 from_us = bh_day_start_us ((BhDay) ((int) self->today - 5), NULL);
  guint done = 0;

  if (!bh_demo_add (self, "faults", faults, error))
    return FALSE;
  /* the dock received the first of them on its first days */
  for (guint i = 0; i < self->awaited->len && i < 30 && done < G_N_ELEMENTS (steps); i++) {
    const BhDemoLine *line = g_ptr_array_index (self->awaited, i);
    Way way = { .demo = self, .unit = i, .when = { .at_us = from_us } };
    gboolean may = FALSE;

    if (!may_begin (self, line->serial, from_us, &may, error) ||
        (may && !go (&way, line->serial, steps[done], error)))
      return FALSE;
    done += may;
  }
  return TRUE;
}
