/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes next for a unit at the bench, by all that there is to know of it (R1). */

#include "bench-step.h"

static void
add (BhJob *job, BhEntryKind kind, const char *value)
{
  BhJobEntry *entry = g_new0 (BhJobEntry, 1);

  *entry = (BhJobEntry){ .id = job->entries->len + 1, .kind = kind, .value = g_strdup (value) };
  g_ptr_array_add (job->entries, entry);
}

static BhJob *
job_new (const char *kind, const char *state, const char *technician, const char *components)
{
  BhJob *job = g_new0 (BhJob, 1);

  *job = (BhJob){ .job = g_strdup ("J00000001"),
                  .kind = g_strdup (kind),
                  .state = g_strdup (state),
                  .serial = g_strdup ("SERIAL0001"),
                  .rma = g_strdup ("R0000000001"),
                  .technician = g_strdup (technician),
                  .disposition = g_strdup ("returned"),
                  .void_reason = g_strdup ("psu is missing"),
                  .components = g_strdup (components),
                  .versions = 1 };
  job->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_job_entry_free);
  job->posts = g_ptr_array_new ();
  return job;
}

static BhBenchSight *
sight_new (BhJob *job, const char *rma, const char *place, BhRole role)
{
  BhBenchSight *sight = g_new0 (BhBenchSight, 1);

  *sight = (BhBenchSight){ .job = job,
                           .serial = g_strdup ("SERIAL0001"),
                           .rma = g_strdup (rma),
                           .place = g_strdup (place),
                           .me = g_strdup ("tina"),
                           .role = role,
                           .authorised = TRUE };
  sight->ra = (BhBenchEligible){ .serial = g_strdup ("SERIAL0001"),
                                 .may = { BH_ELIGIBLE, "RA5", g_strdup ("five years"), 0 } };
  sight->fa = (BhBenchEligible){ .serial = g_strdup ("SERIAL0001"),
                                 .may = { BH_ELIGIBLE_NOT, "RA3", g_strdup ("no flag"), 0 } };
  return sight;
}

static void
expect (BhBenchSight *sight, gboolean correcting, BhStepKind kind, BhEntryKind entry)
{
  g_auto (BhNextStep) step = { 0 };
  g_autofree char *all = NULL;

  bh_next_step_find (sight, correcting, &step);
  g_assert_cmpint (step.kind, ==, kind);
  if (kind == BH_STEP_WRITE)
    g_assert_cmpint (step.entry, ==, entry);
  /* each says what, and why */
  g_assert_nonnull (step.title);
  g_assert_nonnull (step.about);
  g_assert_cmpstr (step.title, !=, "");
  g_assert_cmpstr (step.about, !=, "");
  all = bh_steps_words (sight, &step);
  g_assert_cmpstr (all, !=, "");
}

static void
test_before (void)
{
  static const struct {
    const char *rma;
    const char *place;
    BhRole role;
    BhEligible ra;
    BhStepKind step;
  } rows[] = {
    { NULL, NULL, BH_ROLE_TECHNICIAN, BH_ELIGIBLE, BH_STEP_NOT_RECEIVED },
    { "R0000000001", NULL, BH_ROLE_TECHNICIAN, BH_ELIGIBLE, BH_STEP_SCAN_IN },
    { "R0000000001", "dock:north", BH_ROLE_TECHNICIAN, BH_ELIGIBLE, BH_STEP_SCAN_IN },
    { "R0000000001", "transit:VAN", BH_ROLE_TECHNICIAN, BH_ELIGIBLE, BH_STEP_SCAN_IN },
    { "R0000000001", "repair:RC1", BH_ROLE_TECHNICIAN, BH_ELIGIBLE, BH_STEP_BEGIN },
    { "R0000000001", "bench:4", BH_ROLE_TECHNICIAN, BH_ELIGIBLE, BH_STEP_BEGIN },
    { "R0000000001", "repair:RC1", BH_ROLE_TECHNICIAN, BH_ELIGIBLE_NEEDS_APPROVAL, BH_STEP_BARRED },
    { "R0000000001", "repair:RC1", BH_ROLE_SUPERVISOR, BH_ELIGIBLE_NEEDS_APPROVAL,
      BH_STEP_APPROVE },
    { "R0000000001", "repair:RC1", BH_ROLE_SUPERVISOR, BH_ELIGIBLE_NOT, BH_STEP_BARRED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (BhBenchSight) sight = sight_new (NULL, rows[i].rma, rows[i].place, rows[i].role);

    sight->ra.may.eligible = rows[i].ra;
    expect (sight, FALSE, rows[i].step, BH_ENTRY_LAST);
  }
}

static void
test_flagged (void)
{
  g_autoptr (BhBenchSight) sight =
      sight_new (NULL, "R0000000001", "repair:RC1", BH_ROLE_TECHNICIAN);
  g_auto (BhNextStep) step = { 0 };

  sight->kind = BH_REPAIR_FA;
  sight->fa.may.eligible = BH_ELIGIBLE;
  bh_next_step_find (sight, FALSE, &step);
  g_assert_cmpint (step.kind, ==, BH_STEP_BEGIN);
  g_assert_nonnull (g_strstr_len (step.title, -1, "FA"));
}

/* What RA10 wants, one after the other, as it is told. */
static void
walk (const char *kind, const BhEntryKind *order, gsize n)
{
  BhJob *job = job_new (kind, "open", "tina", "fan;psu");
  g_autoptr (BhBenchSight) sight = sight_new (job, "R0000000001", "repair:RC1", BH_ROLE_TECHNICIAN);

  expect (sight, FALSE, BH_STEP_INTAKE, BH_ENTRY_LAST);
  add (job, BH_ENTRY_PRESENT, "");
  for (gsize i = 0; i < n; i++) {
    expect (sight, FALSE, BH_STEP_WRITE, order[i]);
    add (job, order[i], order[i] == BH_ENTRY_REPRODUCED ? "yes" : "x");
  }
  expect (sight, FALSE, BH_STEP_POST, BH_ENTRY_LAST);
}

static void
test_ra (void)
{
  static const BhEntryKind order[] = { BH_ENTRY_SYMPTOM, BH_ENTRY_REPRODUCED, BH_ENTRY_FAULT,
                                       BH_ENTRY_ACTION, BH_ENTRY_READING };

  walk ("ra", order, G_N_ELEMENTS (order));
}

static void
test_fa (void)
{
  static const BhEntryKind order[] = { BH_ENTRY_SYMPTOM,    BH_ENTRY_ENVIRONMENT,
                                       BH_ENTRY_REPRODUCED, BH_ENTRY_FAULT,
                                       BH_ENTRY_EVIDENCE,   BH_ENTRY_ROOT_CAUSE,
                                       BH_ENTRY_CORRECTIVE };

  walk ("fa", order, G_N_ELEMENTS (order));
}

static void
test_sound (void)
{
  BhJob *job = job_new ("ra", "open", "tina", "");
  g_autoptr (BhBenchSight) sight = sight_new (job, "R0000000001", "repair:RC1", BH_ROLE_TECHNICIAN);

  add (job, BH_ENTRY_SYMPTOM, "x");
  add (job, BH_ENTRY_REPRODUCED, "no");
  expect (sight, FALSE, BH_STEP_POST, BH_ENTRY_LAST);
  /* what was struck is not told */
  ((BhJobEntry *) g_ptr_array_index (job->entries, 0))->struck = TRUE;
  expect (sight, FALSE, BH_STEP_WRITE, BH_ENTRY_SYMPTOM);
}

static void
test_hands (void)
{
  static const struct {
    const char *technician;
    BhRole role;
    gboolean may;
    BhStepKind step;
  } rows[] = {
    { "tina", BH_ROLE_TECHNICIAN, TRUE, BH_STEP_WRITE },
    { NULL, BH_ROLE_TECHNICIAN, TRUE, BH_STEP_WRITE },
    { "tom", BH_ROLE_TECHNICIAN, FALSE, BH_STEP_TAKE },
    { "tom", BH_ROLE_SUPERVISOR, TRUE, BH_STEP_WRITE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    BhJob *job = job_new ("ra", "open", rows[i].technician, "");
    g_autoptr (BhBenchSight) sight = sight_new (job, "R0000000001", "repair:RC1", rows[i].role);

    expect (sight, FALSE, rows[i].step, BH_ENTRY_SYMPTOM);
    g_assert_cmpint (bh_step_may_write (sight, FALSE), ==, rows[i].may);
  }
}

static void
test_ended (void)
{
  BhJob *job = job_new ("ra", "posted", "tina", "");
  g_autoptr (BhBenchSight) sight = sight_new (job, "R0000000001", "stock", BH_ROLE_TECHNICIAN);
  BhJob *gone = job_new ("ra", "void", "tina", "psu");
  g_autoptr (BhBenchSight) empty = sight_new (gone, "R0000000001", "stock", BH_ROLE_TECHNICIAN);

  expect (sight, FALSE, BH_STEP_POSTED, BH_ENTRY_LAST);
  g_assert_false (bh_step_may_write (sight, FALSE));
  /* a correction asks for what is missing, wherever the unit is by now */
  expect (sight, TRUE, BH_STEP_WRITE, BH_ENTRY_SYMPTOM);
  g_assert_true (bh_step_may_write (sight, TRUE));
  expect (empty, FALSE, BH_STEP_VOID, BH_ENTRY_LAST);
  g_assert_false (bh_step_may_write (empty, TRUE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gui/step/RA4/before-a-job", test_before);
  g_test_add_func ("/gui/step/RA3/flagged-for-fa", test_flagged);
  g_test_add_func ("/gui/step/RA10/each-thing-of-an-ra", test_ra);
  g_test_add_func ("/gui/step/RA10/each-thing-of-an-fa", test_fa);
  g_test_add_func ("/gui/step/RA10/no-fault-found", test_sound);
  g_test_add_func ("/gui/step/RA8/in-whose-hands", test_hands);
  g_test_add_func ("/gui/step/RA9/when-it-has-ended", test_ended);
  return g_test_run ();
}
