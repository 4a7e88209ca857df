/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* How a job begins: eligibility, start, takeover. */

#include "bench-private.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "clocks-private.h"
#include "backhaul/location.h"
#include "custody-private.h"
#include "receive-private.h"

void
bh_bench_eligible_clear (BhBenchEligible *self)
{
  g_free (self->serial);
  g_free (self->rma);
  bh_eligibility_clear (&self->may);
}

/* ---- eligibility ------------------------------------------------------------------------ */

static char *
serial_of (const char *text, GError **error)
{
  char *serial = bh_serial_normalise (text, -1);

  if (serial == NULL) {
    g_autofree char *shown = g_utf8_make_valid (text, -1);

    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%.60s: not a serial (I4); 6 to 32 of A-Z 0-9 . / -", shown);
  }
  return serial;
}

static gboolean
judge (BhDesk *self, const BhAwaitedLine *line, const char *part, gboolean approved,
       BhBenchEligible *answer, GError **error)
{
  BhRepairFacts facts = { .kind = answer->kind, .on = answer->on, .approved = approved };
  g_autofree char *flag = NULL;

  if (line->id != 0 &&
      (!bh_store_flag_of_line (self->store, line->id, &flag, error) ||
       !bh_store_is_insufficient (self->store, line->id, &facts.insufficient, error)))
    return FALSE;
  facts.flagged_fa = g_strcmp0 (flag, "fa") == 0;
  return bh_desk_repair_may (self, part, &facts, &answer->may, error);
}

/* The line that came in, else the one that is awaited. */
static gboolean
find_line (BhDesk *self, const char *serial, BhAwaitedLine *line, GError **error)
{
  g_auto (BhAwaitedLine) awaited = { 0 };

  if (!bh_store_line_awaited (self->store, serial, &awaited, error))
    return FALSE;
  if (awaited.id != 0) {
    *line = awaited;
    awaited = (BhAwaitedLine){ 0 };
    return TRUE;
  }
  return bh_desk_received_line (self, serial, line, error);
}

gboolean
bh_desk_bench_eligible (BhDesk *self, const char *serial, BhRepairKind kind, BhDay on,
                        gint64 now_us, BhBenchEligible *answer, GError **error)
{
  g_auto (BhAwaitedLine) line = { 0 };
  g_auto (BhUnitRecord) unit = { 0 };
  g_autoptr (GTimeZone) zone = NULL;
  const char *part;

  *answer = (BhBenchEligible){ .kind = kind, .on = on };
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (answer->serial = serial_of (serial, error)) == NULL ||
      !find_line (self, answer->serial, &line, error) ||
      !bh_store_unit_alone (self->store, answer->serial, &unit, error))
    return FALSE;
  if (line.id == 0 && !unit.known) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: nothing is on record of this serial; look at the spelling", answer->serial);
    return FALSE;
  }
  zone = bh_zone (line.zone != NULL ? line.zone : "UTC");
  if (on == BH_DAY_NONE)
    answer->on = bh_day_of (now_us, zone);
  answer->rma = g_strdup (line.rma);
  part = unit.part != NULL ? unit.part : line.part;
  return judge (self, &line, part != NULL ? part : "", FALSE, answer, error);
}

/* ---- start ------------------------------------------------------------------------------- */

static gboolean
refuse (const char *serial, const char *rule, const char *reason, const char *cure, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: %s (%s); %s", serial, reason, rule, cure);
  return FALSE;
}

/* One job is open a line; one that has ended is not begun again. */
static gboolean
is_free (BhDesk *self, const BhAwaitedLine *line, const char *serial, BhRepairKind kind,
         char **mine, GError **error)
{
  g_autofree char *number = NULL;
  g_autoptr (BhJob) job = NULL;
  gboolean same;

  if (!bh_store_job_of_line (self->store, line->id, FALSE, &number, error))
    return FALSE;
  if (number == NULL)
    return TRUE;
  if (!bh_store_job (self->store, number, &job, error) || job == NULL)
    return FALSE;
  same = g_str_equal (job->kind, bh_repair_kind_name (kind));
  if (g_str_equal (job->state, "open")) {
    if (!same) {
      g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                   "%s: its %s, %s, is open (RA3); say `bench insufficient %s`, or post it", serial,
                   g_str_equal (job->kind, "ra") ? "RA" : "FA", job->job, job->job);
      return FALSE;
    }
    if (!bh_desk_bench_mine (self, job, error))
      return FALSE;
    *mine = g_strdup (job->job);
    return TRUE;
  }
  if (!same)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: its %s, %s, is %s (%s); %s", serial,
               g_str_equal (job->kind, "ra") ? "RA" : "FA", job->job, job->state,
               g_str_equal (job->state, "void") ? "RA7" : "RA9",
               g_str_equal (job->state, "void")
                   ? "the request ended with it"
                   : "correct its result with `bench post --corrects`");
  return FALSE;
}

/* A flag that came after the scan-in: the FA's clock counts from the same instant. */
static gboolean
turn_clock (BhDesk *self, const BhWhen *when, const BhAwaitedLine *line, BhRepairKind kind,
            GError **error)
{
  g_autoptr (BhClockRecord) ra = NULL;
  g_autoptr (BhClockRecord) fa = NULL;
  BhClockStart start = {
    .kind = BH_C3, .line_id = line->id, .zone = line->zone, .calendar = line->calendar
  };

  if (kind != BH_REPAIR_FA)
    return TRUE;
  if (!bh_store_running_clock (self->store, "C2", line->id, NULL, &ra, error) ||
      !bh_store_running_clock (self->store, "C3", line->id, NULL, &fa, error))
    return FALSE;
  if (ra == NULL)
    return TRUE;
  return bh_desk_clock_void (self, BH_C2, line->id, NULL, when->at_us, error) &&
         (fa != NULL || bh_desk_clock_start (self, &start, ra->started_us, error));
}

static gboolean
add_job (BhDesk *self, const BhWhen *when, const BhAwaitedLine *line, const char *serial,
         const char *part, BhRepairKind kind, const char *approve_reason, char **job,
         GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *entity = g_strconcat ("rma:", line->rma, NULL);
  g_autofree char *of_job = NULL;
  const char *login = NULL;
  BhJob row = { .line_id = line->id,
                .serial = (char *) serial,
                .part = (char *) part,
                .kind = (char *) bh_repair_kind_name (kind),
                .state = (char *) "open",
                .started_us = when->at_us,
                .approved_by = approve_reason != NULL ? self->operator: NULL,
                .approve_reason = (char *) approve_reason };

  if (!bh_desk_bench_holder (self, &login, error) ||
      !bh_store_take_job_number (self->store, job, error))
    return FALSE;
  row.job = *job;
  row.technician = (char *) login;
  text = g_strdup_printf ("%s of %s begun as %s%s%s", kind == BH_REPAIR_RA ? "RA" : "FA", serial,
                          *job, approve_reason != NULL ? ", approved (RA5): " : "",
                          approve_reason != NULL ? approve_reason : "");
  of_job = g_strconcat ("job:", *job, NULL);
  return bh_store_add_job (self->store, &row, error) &&
         bh_store_settle_analysis (self->store, line->rma_id, error) &&
         bh_desk_audit (self, when->act, "bench-start", of_job, NULL, text, when->at_us, error) &&
         bh_desk_audit (self, when->act, "bench-start", entity, NULL, text, when->at_us, error);
}

static gboolean
may_start (BhDesk *self, const BhWhen *when, const BhAwaitedLine *line, const char *serial,
           const char *part, BhRepairKind kind, gboolean approved, GError **error)
{
  g_auto (BhBenchEligible) answer = { .kind = kind };
  g_autoptr (GTimeZone) zone = bh_zone (line->zone != NULL ? line->zone : "UTC");

  answer.on = bh_day_of (when->at_us, zone);
  if (!judge (self, line, part, approved, &answer, error))
    return FALSE;
  if (answer.may.eligible == BH_ELIGIBLE)
    return TRUE;
  return refuse (serial, answer.may.rule, answer.may.reason,
                 answer.may.eligible == BH_ELIGIBLE_NEEDS_APPROVAL
                     ? "a supervisor says `bench start --approve --reason TEXT`"
                 : kind == BH_REPAIR_FA ? "flag the line with `rma flag`, or say `bench "
                                          "insufficient` of its RA"
                                        : "no RA is possible",
                 error);
}

static gboolean
advise_place (BhDesk *self, const char *serial, GPtrArray *advice, GError **error)
{
  g_auto (BhWhereabouts) place = { 0 };
  BhPlaceKind kind = BH_PLACE_DOCK;

  if (!bh_store_place_of (self->store, serial, &place, error))
    return FALSE;
  if (!bh_place_kind_of (place.location, &kind) ||
      (kind != BH_PLACE_REPAIR && kind != BH_PLACE_BENCH))
    bh_advise (advice,
               "%s: it was not scanned in at the repair center (RA4), on record it is at %s; say "
               "`move %s --to repair:CODE`",
               serial, place.location != NULL ? place.location : "no place", serial);
  return TRUE;
}

gboolean
bh_desk_bench_start (BhDesk *self, const BhWhen *when, const char *serial, BhRepairKind kind,
                     const char *approve_reason, char **job, GPtrArray **advice, GError **error)
{
  g_autofree char *normal = serial_of (serial, error);
  g_auto (BhAwaitedLine) line = { 0 };
  g_auto (BhUnitRecord) unit = { 0 };
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BhTx) tx = NULL;
  g_autofree char *entity = NULL;
  const char *part;

  *job = NULL;
  if (normal == NULL || !bh_desk_may_act (self, BH_MAY_BENCH, when, error) ||
      (approve_reason != NULL && (!bh_desk_require (self, BH_MAY_APPROVE, error) ||
                                  !bh_desk_is_text ("reason", approve_reason, error))) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_lock_key (self->store, normal, error) ||
      !bh_store_find_act (self->store, when->act, "bench-start", &entity, error))
    return FALSE;
  if (entity != NULL && g_str_has_prefix (entity, "job:")) {
    *job = g_strdup (entity + 4);
    return TRUE;
  }
  if (!bh_desk_may_be_then (self, normal, when->time_stated, when->at_us, error) ||
      !bh_desk_received_line (self, normal, &line, error) ||
      !bh_store_unit_alone (self->store, normal, &unit, error))
    return FALSE;
  if (line.id == 0)
    return refuse (normal, "RA4", "no RMA has received it", "receive it at the dock first", error);
  if (!is_free (self, &line, normal, kind, job, error))
    return FALSE;
  part = unit.part != NULL ? unit.part : line.part;
  if (*job == NULL &&
      (!may_start (self, when, &line, normal, part != NULL ? part : "", kind,
                   approve_reason != NULL, error) ||
       !advise_place (self, normal, remarks, error) ||
       !turn_clock (self, when, &line, kind, error) ||
       !add_job (self, when, &line, normal, part, kind, approve_reason, job, error)))
    return FALSE;
  if (!bh_tx_commit (tx, error))
    return FALSE;
  if (advice != NULL)
    *advice = g_steal_pointer (&remarks);
  return TRUE;
}

/* ---- takeover ---------------------------------------------------------------------------- */

gboolean
bh_desk_bench_take (BhDesk *self, const BhWhen *when, const char *name, const char *reason,
                    GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhJob) job = NULL;
  g_autofree char *text = NULL;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_BENCH, when, error) ||
      !bh_desk_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      (job = bh_desk_bench_begin (self, when, name, "bench-take", &done, error)) == NULL)
    return FALSE;
  if (done)
    return TRUE;
  if (g_strcmp0 (job->technician, self->operator) == 0)
    return refuse (job->job, "RA8", "you have it in hand already", "there is nothing to do", error);
  text = g_strdup_printf ("%s took over from %s: %s", self->operator,
                          job->technician != NULL ? job->technician : "nobody", reason);
  g_free (job->technician);
  job->technician = g_strdup (self->operator);
  return bh_store_set_job (self->store, job, error) &&
         bh_desk_bench_write (self, when, job->job, BH_ENTRY_TAKEN, self->operator, reason,
                              error) &&
         bh_desk_bench_tell (self, when, job, "bench-take", text, FALSE, error) &&
         bh_tx_commit (tx, error);
}
