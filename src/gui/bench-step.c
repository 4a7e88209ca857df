/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-step.h"

#include <glib/gi18n.h>

void
bh_next_step_clear (BhNextStep *self)
{
  g_free (self->title);
  g_free (self->about);
}

const char *
bh_entry_kind_words (BhEntryKind kind)
{
  static const char *const words[] = {
    [BH_ENTRY_SYMPTOM] = N_ ("Symptom reported"),
    [BH_ENTRY_REPRODUCED] = N_ ("Reproduced"),
    [BH_ENTRY_FAULT] = N_ ("Fault code"),
    [BH_ENTRY_COMPONENT] = N_ ("Component"),
    [BH_ENTRY_ACTION] = N_ ("Action"),
    [BH_ENTRY_PART] = N_ ("Part used"),
    [BH_ENTRY_READING] = N_ ("Test"),
    [BH_ENTRY_FIRMWARE_BEFORE] = N_ ("Firmware as it came"),
    [BH_ENTRY_FIRMWARE_AFTER] = N_ ("Firmware as it goes"),
    [BH_ENTRY_PHOTO] = N_ ("Photo"),
    [BH_ENTRY_ENVIRONMENT] = N_ ("Environment"),
    [BH_ENTRY_HYPOTHESIS] = N_ ("Hypothesis"),
    [BH_ENTRY_EVIDENCE] = N_ ("Evidence"),
    [BH_ENTRY_ROOT_CAUSE] = N_ ("Root cause"),
    [BH_ENTRY_CORRECTIVE] = N_ ("Corrective action"),
    [BH_ENTRY_CONTAINMENT] = N_ ("Containment"),
    [BH_ENTRY_HEADING] = N_ ("8D"),
    [BH_ENTRY_DESTRUCTIVE] = N_ ("Destructive work"),
    [BH_ENTRY_CONSENT] = N_ ("Consent to destruction"),
    [BH_ENTRY_PRESENT] = N_ ("Came back"),
    [BH_ENTRY_MISSING] = N_ ("Missing"),
    [BH_ENTRY_TAKEN] = N_ ("Taken over"),
    [BH_ENTRY_STRIKE] = N_ ("Struck"),
  };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (words), "");
  return _ (words[kind]);
}

/* ---- what is there, and what is not ------------------------------------------------ */

static gboolean
is_fa (const BhJob *job)
{
  return g_str_equal (job->kind, "fa");
}

static gboolean
has_components (const BhJob *job)
{
  g_auto (GStrv) names = bh_job_components (job);

  return names[0] != NULL;
}

static gboolean
is_checked (const BhJob *job)
{
  return !has_components (job) || bh_job_entry_of (job, BH_ENTRY_PRESENT) != NULL;
}

/* The first thing that RA10 wants and is not told. Of what shows no fault nothing more than
 * its result is waited for: what it lacks is said when it is posted. */
static gboolean
find_unwritten (const BhJob *job, BhEntryKind *kind)
{
  static const BhEntryKind order[] = {
    BH_ENTRY_SYMPTOM,  BH_ENTRY_ENVIRONMENT, BH_ENTRY_REPRODUCED,
    BH_ENTRY_FAULT,    BH_ENTRY_ACTION,      BH_ENTRY_READING,
    BH_ENTRY_EVIDENCE, BH_ENTRY_ROOT_CAUSE,  BH_ENTRY_CORRECTIVE
  };
  const BhJobEntry *reproduced = bh_job_entry_of (job, BH_ENTRY_REPRODUCED);
  gboolean sound = reproduced != NULL && g_strcmp0 (reproduced->value, "no") == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (bh_entry_kind_missing (order[i], is_fa (job)) != NULL &&
        bh_job_entry_of (job, order[i]) == NULL &&
        !(sound && order[i] > BH_ENTRY_REPRODUCED && order[i] != BH_ENTRY_ENVIRONMENT)) {
      *kind = order[i];
      return TRUE;
    }
  return FALSE;
}

gboolean
bh_step_may_write (const BhBenchSight *sight, gboolean correcting)
{
  if (sight->job == NULL || !bh_role_may (sight->role, BH_MAY_BENCH))
    return FALSE;
  if (bh_bench_sight_is_others (sight) && sight->role != BH_ROLE_SUPERVISOR)
    return FALSE;
  return g_str_equal (sight->job->state, "open") ||
         (correcting && g_str_equal (sight->job->state, "posted"));
}

/* ---- words ----------------------------------------------------------------------- */

static const struct {
  BhEntryKind kind;
  const char *title;
  const char *about;
} writes[] = {
  { BH_ENTRY_SYMPTOM, N_ ("Write down the symptom reported"),
    N_ ("As the customer told it; Enter goes on.") },
  { BH_ENTRY_ENVIRONMENT, N_ ("Write down the environment"),
    N_ ("As it was reported, and as it is simulated here.") },
  { BH_ENTRY_REPRODUCED, N_ ("Reproduce the symptom"),
    N_ ("Say whether it shows here, or no fault is found.") },
  { BH_ENTRY_FAULT, N_ ("Name the fault code"), N_ ("From the site's list; Enter goes on.") },
  { BH_ENTRY_ACTION, N_ ("Write down what was done"), N_ ("One action a line; Enter keeps it.") },
  { BH_ENTRY_READING, N_ ("Test it"),
    N_ ("The repair is verified by at least one test with its reading (RA1).") },
  { BH_ENTRY_EVIDENCE, N_ ("Write down the evidence"),
    N_ ("What speaks for a hypothesis, and what against it.") },
  { BH_ENTRY_ROOT_CAUSE, N_ ("Write down the root cause"), N_ ("What the failure comes from.") },
  { BH_ENTRY_CORRECTIVE, N_ ("Write down the corrective action"),
    N_ ("What keeps it from coming again.") },
};

static void
say_write (BhNextStep *step, BhEntryKind kind)
{
  step->kind = BH_STEP_WRITE;
  step->entry = kind;
  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    if (writes[i].kind == kind) {
      step->title = g_strdup (_ (writes[i].title));
      step->about = g_strdup (_ (writes[i].about));
    }
}

static void
say (BhNextStep *step, BhStepKind kind, const char *title, const char *go, char *about)
{
  *step = (BhNextStep){ .kind = kind, .title = g_strdup (title), .about = about, .go = go };
}

/* ---- before a job ------------------------------------------------------------------ */

static void
find_begin (const BhBenchSight *sight, BhNextStep *step)
{
  gboolean fa = sight->kind == BH_REPAIR_FA;
  const BhBenchEligible *may = fa ? &sight->fa : &sight->ra;
  const char *kind = fa ? _ ("FA") : _ ("RA");
  g_autofree char *title = NULL;
  char *reason = g_strdup_printf ("%s (%s)", may->may.reason, may->may.rule);

  if (may->may.eligible == BH_ELIGIBLE) {
    title = g_strdup_printf (_ ("Begin the %s"), kind);
    say (step, BH_STEP_BEGIN, title, fa ? _ ("_Begin FA") : _ ("_Begin RA"), reason);
  } else if (may->may.eligible == BH_ELIGIBLE_NEEDS_APPROVAL &&
             bh_role_may (sight->role, BH_MAY_APPROVE)) {
    say (step, BH_STEP_APPROVE, _ ("Approve the RA"), _ ("_Approve…"), reason);
  } else if (may->may.eligible == BH_ELIGIBLE_NEEDS_APPROVAL) {
    say (step, BH_STEP_BARRED, _ ("A supervisor has to approve the RA"), NULL,
         g_strdup_printf (_ ("%s. Ask a supervisor, who finds the unit in this queue."), reason));
    g_free (reason);
  } else {
    title = g_strdup_printf (_ ("No %s of this unit"), kind);
    say (step, BH_STEP_BARRED, title, NULL, g_strdup_printf (_ ("%s. Move the unit on."), reason));
    g_free (reason);
  }
}

static void
find_without_job (const BhBenchSight *sight, BhNextStep *step)
{
  if (sight->rma == NULL || sight->ra.serial == NULL)
    say (step, BH_STEP_NOT_RECEIVED, _ ("Not received"), NULL,
         g_strdup (_ ("No RMA has taken this unit in (RA4). Receive it at the dock first.")));
  else if (!bh_bench_sight_is_in (sight))
    say (step, BH_STEP_SCAN_IN, _ ("Scan the unit in"), _ ("_Scan in"),
         g_strdup_printf (_ ("On record it is at %s. Its clock runs from the scan-in here (RA4)."),
                          sight->place != NULL ? sight->place : _ ("no place")));
  else
    find_begin (sight, step);
}

/* ---- with one ---------------------------------------------------------------------- */

static void
find_post (const BhBenchSight *sight, gboolean correcting, BhNextStep *step)
{
  g_autofree char *title =
      correcting ? g_strdup_printf (_ ("Post it in place of version %d"), sight->job->versions)
                 : g_strdup (_ ("Post the result"));

  if (sight->authorised)
    say (step, BH_STEP_POST, title, NULL,
         g_strdup (_ ("A posted result stays as it is; only another version corrects it (RA9).")));
  else
    say (step, BH_STEP_POST, _ ("Ready to be posted"), NULL,
         g_strdup (_ ("You are not marked to post results (RA8). Ask an authorised technician.")));
}

static void
find_ended (const BhBenchSight *sight, BhNextStep *step)
{
  const BhJob *job = sight->job;
  gboolean begin =
      !is_fa (job) && sight->fa.serial != NULL && sight->fa.may.eligible == BH_ELIGIBLE;

  if (g_str_equal (job->state, "posted"))
    say (step, BH_STEP_POSTED, _ ("The result is posted"), begin ? _ ("_Begin FA") : NULL,
         g_strdup_printf (_ ("Version %d, %s. Open its report, correct it, or move the unit on."),
                          job->versions, job->disposition));
  else
    say (step, BH_STEP_VOID, _ ("This request is void"), begin ? _ ("_Begin FA") : NULL,
         g_strdup_printf (_ ("%s. The unit stays received; move it on."),
                          job->void_reason != NULL ? job->void_reason : "–"));
}

static void
find_with_job (const BhBenchSight *sight, gboolean correcting, BhNextStep *step)
{
  const BhJob *job = sight->job;
  BhEntryKind kind;

  if (!g_str_equal (job->state, "open") && !correcting) {
    find_ended (sight, step);
  } else if (bh_bench_sight_is_others (sight) && sight->role != BH_ROLE_SUPERVISOR) {
    g_autofree char *title = g_strdup_printf (_ ("%s has it in hand"), job->technician);

    say (step, BH_STEP_TAKE, title, _ ("_Take over…"),
         g_strdup (_ ("Nothing that was written down is lost when you take it over.")));
  } else if (!bh_bench_sight_is_in (sight) && !correcting) {
    say (step, BH_STEP_SCAN_IN, _ ("Scan the unit in"), _ ("_Scan in"),
         g_strdup_printf (_ ("On record it is at %s."),
                          sight->place != NULL ? sight->place : _ ("no place")));
  } else if (!is_checked (job)) {
    say (step, BH_STEP_INTAKE, _ ("Check what came back with it"), NULL,
         g_strdup (_ ("Piece by piece: scan its serial, or Enter for here, Delete for missing. "
                      "A missing piece voids the request (RA7).")));
  } else if (find_unwritten (job, &kind)) {
    say_write (step, kind);
  } else {
    find_post (sight, correcting, step);
  }
}

void
bh_next_step_find (const BhBenchSight *sight, gboolean correcting, BhNextStep *step)
{
  *step = (BhNextStep){ 0 };
  if (sight->job == NULL)
    find_without_job (sight, step);
  else
    find_with_job (sight, correcting, step);
}

/* ---- all of them in a line ---------------------------------------------------------- */

static void
add_word (GString *line, gboolean done, gboolean now, const char *word)
{
  g_string_append_printf (line, "%s%s %s", line->len > 0 ? "    " : "",
                          now    ? "▸"
                          : done ? "✓"
                                 : "○",
                          word);
}

char *
bh_steps_words (const BhBenchSight *sight, const BhNextStep *now)
{
  const BhJob *job = sight->job;
  GString *line = g_string_new (NULL);
  gboolean open = job != NULL;
  gboolean symptom = now->kind == BH_STEP_WRITE &&
                     (now->entry == BH_ENTRY_SYMPTOM || now->entry == BH_ENTRY_ENVIRONMENT);
  gboolean finding = now->kind == BH_STEP_WRITE && !symptom && now->entry != BH_ENTRY_REPRODUCED;

  add_word (line, bh_bench_sight_is_in (sight), now->kind == BH_STEP_SCAN_IN, _ ("Scanned in"));
  add_word (line, open,
            now->kind == BH_STEP_BEGIN || now->kind == BH_STEP_APPROVE ||
                now->kind == BH_STEP_BARRED,
            _ ("Begun"));
  if (!open || has_components (job))
    add_word (line, open && is_checked (job), now->kind == BH_STEP_INTAKE, _ ("Intake checked"));
  add_word (line, open && bh_job_entry_of (job, BH_ENTRY_SYMPTOM) != NULL, symptom, _ ("Symptom"));
  add_word (line, open && bh_job_entry_of (job, BH_ENTRY_REPRODUCED) != NULL,
            now->kind == BH_STEP_WRITE && now->entry == BH_ENTRY_REPRODUCED,
            _ ("Reproduced or not"));
  add_word (line, now->kind == BH_STEP_POST || now->kind == BH_STEP_POSTED, finding,
            _ ("Findings"));
  add_word (line, now->kind == BH_STEP_POSTED, now->kind == BH_STEP_POST, _ ("Posted"));
  return g_string_free (line, FALSE);
}
