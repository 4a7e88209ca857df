/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* N2–N5: entitlement line by line, then clocks, awaited lines and the message, once. */

#include "clocks-private.h"
#include "issue-private.h"

/* What a line was found to be; parallel to the facts' lines. */
typedef struct {
  BhUnitRecord unit;
  BhCoverage coverage;
} Verdict;

static void
verdict_free (gpointer data)
{
  Verdict *verdict = data;

  bh_unit_record_clear (&verdict->unit);
  bh_coverage_clear (&verdict->coverage);
  g_free (verdict);
}

static gboolean
is_draft_line (const BhIssueLine *line)
{
  return g_str_equal (line->state, "draft");
}

/* ---- may it be? ---------------------------------------------------------------------- */

static gboolean
is_draft (const BhIssueFacts *facts, GError **error)
{
  g_autofree char *when = NULL;

  if (g_str_equal (facts->head.state, "draft"))
    return TRUE;
  when =
      facts->head.confirmed_us != 0 ? bh_time_format (facts->head.confirmed_us, facts->zone) : NULL;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: it is %s already (N1)%s%s; there is nothing to confirm", facts->head.rma,
               facts->head.state, when != NULL ? ", confirmed on " : "", when != NULL ? when : "");
  return FALSE;
}

/* Read after the serials are locked: another station may be confirming one of them. */
static GPtrArray *
judge_lines (BhDesk *self, const BhIssueFacts *facts, BhDay on, GError **error)
{
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func (verdict_free);

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *line = g_ptr_array_index (facts->lines, i);

    if (is_draft_line (line))
      g_ptr_array_add (serials, line->serial);
  }
  if (!bh_desk_lock_serials (self, serials, error))
    return NULL;
  for (guint i = 0; i < facts->lines->len; i++) {
    const BhIssueLine *line = g_ptr_array_index (facts->lines, i);
    Verdict *verdict = g_new0 (Verdict, 1);

    g_ptr_array_add (verdicts, verdict);
    if (!bh_store_unit_record (self->store, line->serial, &verdict->unit, error))
      return NULL;
    bh_unit_judge (&verdict->unit, on, &verdict->coverage);
  }
  return g_steal_pointer (&verdicts);
}

/* The first fault decides what kind of no it is; what else is wrong is told with it. */
typedef struct {
  BhError code;
  const char *what;
  const char *cure;
} Fault;

static const Fault faults[] = {
  { BH_ERROR_THIRD_PARTY, "third-party part (N3)",
    "take it off the draft and send the customer to its vendor" },
  { BH_ERROR_ALREADY_AWAITED, "already awaited (I4)", "close that RMA or take it off this draft" },
  { BH_ERROR_NO_COVERAGE, "no coverage (N2)",
    "a supervisor may confirm it with --override and a reason" },
};

static char *
fault_of (const Verdict *verdict, const Fault *fault, gboolean override)
{
  const BhCoverage *coverage = &verdict->coverage;

  switch (fault->code) {
  case BH_ERROR_THIRD_PARTY:
    return coverage->kind == BH_COVER_THIRD_PARTY ? g_strdup (coverage->reason) : NULL;
  case BH_ERROR_ALREADY_AWAITED:
    return verdict->unit.awaited_under != NULL
               ? g_strdup_printf ("under RMA %s", verdict->unit.awaited_under)
               : NULL;
  default:
    if (override || bh_coverage_entitles (coverage))
      return NULL;
    return coverage->doubt != NULL
               ? g_strdup_printf ("%s, for %s", coverage->reason, coverage->doubt)
               : g_strdup (coverage->reason);
  }
}

static gboolean
check_lines (const BhIssueFacts *facts, GPtrArray *verdicts, gboolean override, GError **error)
{
  for (guint f = 0; f < G_N_ELEMENTS (faults); f++) {
    g_autoptr (GString) told = g_string_new (NULL);

    for (guint i = 0; i < facts->lines->len; i++) {
      const BhIssueLine *line = g_ptr_array_index (facts->lines, i);
      g_autofree char *why = is_draft_line (line)
                                 ? fault_of (g_ptr_array_index (verdicts, i), &faults[f], override)
                                 : NULL;

      if (why != NULL)
        g_string_append_printf (told, "%s%s: %s", told->len > 0 ? "; " : "", line->serial, why);
    }
    if (told->len > 0) {
      g_set_error (error, BH_ERROR, (int) faults[f].code, "%s: %s: %s; %s", facts->head.rma,
                   faults[f].what, told->str, faults[f].cure);
      return FALSE;
    }
  }
  return TRUE;
}

/* ---- what it sets going ---------------------------------------------------------------- */

static gboolean
open_line (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, const BhIssueLine *line,
           const BhCoverage *coverage, GError **error)
{
  const char *level = coverage->kind == BH_COVER_CONTRACT ? coverage->level->name : NULL;
  gboolean advance = level != NULL && coverage->level->replacement == BH_REPLACE_ADVANCE;
  BhRmaLine row = {
    .id = line->id, .part = line->part, .state = (char *) "awaited", .flag = line->flag
  };
  BhClockStart start = {
    .kind = BH_C1, .line_id = line->id, .zone = facts->zone_name, .calendar = facts->calendar
  };

  if (!bh_store_set_line (self->store, &row, error) ||
      !bh_store_set_coverage (self->store, line->id,
                              bh_coverage_entitles (coverage) ? bh_cover_kind_name (coverage->kind)
                                                              : "override",
                              level, error) ||
      /* by the site's policy the return is due from the replacement's delivery on */
      (!(advance && self->policy.c1_on_delivery) &&
       !bh_desk_clock_start (self, &start, when->at_us, error)))
    return FALSE;
  if (!advance)
    return TRUE;
  start.kind = BH_C5;
  start.level = level;
  return bh_desk_clock_start (self, &start, when->at_us, error);
}

/* N5: what the message says is read from the RMA when it is made; the label goes with it. */
static gboolean
queue_message (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, GError **error)
{
  g_autofree char *mail = g_uuid_string_random ();

  return bh_store_queue_mail (self->store, mail, "confirmation", facts->party.email,
                              facts->head.account, facts->head.rma, NULL, when->at_us, error) &&
         bh_store_set_mail_details (self->store, mail, facts->party.language,
                                    "{\"label\":\"box-4x6\"}", error);
}

static char *
confirm_text (const BhIssueFacts *facts, GPtrArray *verdicts, const char *reason)
{
  GString *text = g_string_new ("Confirmed:");

  for (guint i = 0, n = 0; i < facts->lines->len; i++) {
    const BhIssueLine *line = g_ptr_array_index (facts->lines, i);
    const Verdict *verdict = g_ptr_array_index (verdicts, i);

    if (is_draft_line (line))
      g_string_append_printf (text, "%s %s, %s", n++ > 0 ? ";" : "", line->serial,
                              verdict->coverage.reason);
  }
  if (reason != NULL)
    g_string_append_printf (text, ". Without coverage, for: %s", reason);
  return g_string_free (text, FALSE);
}

static gboolean
is_overridden (const BhIssueFacts *facts, GPtrArray *verdicts)
{
  for (guint i = 0; i < facts->lines->len; i++)
    if (is_draft_line (g_ptr_array_index (facts->lines, i)) &&
        !bh_coverage_entitles (&((Verdict *) g_ptr_array_index (verdicts, i))->coverage))
      return TRUE;
  return FALSE;
}

static gboolean
write_confirmation (BhDesk *self, const BhWhen *when, BhIssueFacts *facts, GPtrArray *verdicts,
                    const char *reason, GError **error)
{
  g_autofree char *text = NULL;

  /* a reason that nothing needed is no override */
  if (reason != NULL && !is_overridden (facts, verdicts))
    reason = NULL;
  text = confirm_text (facts, verdicts, reason);
  g_free (facts->head.state);
  facts->head.state = g_strdup ("open");
  facts->head.confirmed_us = when->at_us;
  if (!bh_store_set_rma (self->store, &facts->head, error) ||
      (reason != NULL &&
       !bh_store_set_override (self->store, facts->head.id, reason, self->operator, error)))
    return FALSE;
  for (guint i = 0; i < facts->lines->len; i++) {
    const BhIssueLine *line = g_ptr_array_index (facts->lines, i);
    const Verdict *verdict = g_ptr_array_index (verdicts, i);

    if (is_draft_line (line) && !open_line (self, when, facts, line, &verdict->coverage, error))
      return FALSE;
  }
  return queue_message (self, when, facts, error) &&
         bh_desk_tell (self, when, "confirm", facts, "draft", text, error);
}

gboolean
bh_desk_confirm (BhDesk *self, const BhWhen *when, const char *rma, const char *override_reason,
                 GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  g_autoptr (GPtrArray) verdicts = NULL;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      (override_reason != NULL && !bh_desk_require (self, BH_MAY_OVERRIDE, error)) ||
      !bh_desk_is_text ("reason", override_reason, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "confirm", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  if (!is_draft (&facts, error) || !bh_desk_not_before_rma (self, &facts, when, error))
    return FALSE;
  verdicts = judge_lines (self, &facts, bh_day_of (when->at_us, facts.zone), error);
  return verdicts != NULL && check_lines (&facts, verdicts, override_reason != NULL, error) &&
         write_confirmation (self, when, &facts, verdicts, override_reason, error) &&
         bh_tx_commit (tx, error);
}
