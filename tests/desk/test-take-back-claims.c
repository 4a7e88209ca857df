/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pause, a resumption, a claim and its decision, taken back (C9, O5). */
#include <string.h>

#include "backhaul/clocks.h"
#include "chase-world.h"

#define NOON(day)         "2026-10-" day "T12:00:00-07:00"
#define PLAY(self, steps) chase_world_play (self, steps, G_N_ELEMENTS (steps))
#define ADD(self, rows)   chase_world_add (self, rows, G_N_ELEMENTS (rows))
#define DUES              "SELECT state, due FROM clock ORDER BY id"

static const char *const one[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };

static void
expect_rows (Fixture *self, const char *sql, int columns, const char *expected)
{
  g_autofree char *rows = chase_world_rows (self, sql, columns);

  g_assert_cmpstr (rows, ==, expected);
}

/* ---- a pause, a resumption ------------------------------------------------------------------- */

/* The days that it stood count, and the journal says so. */
static void
test_pause (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep pause[] = { { "unpause", 1, 0, NOON ("06"), "(C9)" },
                                     { "pause", 1, 0, NOON ("06"), "" } };
  static const ChaseStep back[] = { { "unpause", 1, 2, NOON ("08"), "" },
                                    { "unpause", 1, 2, NOON ("09"), "(C9)" } };
  static const ChaseStep anew[] = { { "pause", 1, 2, NOON ("09"), "" },
                                    { "resume", 1, 2, NOON ("13"), "" },
                                    { "unpause", 1, 2, NOON ("14"), "(C9)" } };

  ADD (self, rows);
  PLAY (self, pause);
  expect_rows (self, DUES, 2, "paused -; paused -");
  PLAY (self, back);
  expect_rows (self, DUES, 2, "paused -; open 2026-10-19");
  expect_rows (self, "SELECT return_by FROM rma_line ORDER BY line", 1, "-; 2026-10-19");
  expect_rows (self, "SELECT before, after FROM audit WHERE what = 'take-back-pause'", 2,
               "line 2 due when it is resumed C1 pause taken back, line 2 due 2026-10-19:"
               " asked for it");
  /* nothing is deleted; what is made after it counts for itself */
  expect_rows (self, "SELECT count(*) FROM clock_pause", 1, "2");
  PLAY (self, anew);
  expect_rows (self, DUES, 2, "paused -; open 2026-10-21");
}

/* It stands on, as if nobody had let it run. */
static void
test_resume (Fixture *self, gconstpointer data)
{
  static const ChaseStep stood[] = { { "unresume", 1, 0, NOON ("06"), "(C9)" },
                                     { "pause", 1, 0, NOON ("06"), "" },
                                     { "resume", 1, 0, NOON ("08"), "" } };
  static const ChaseStep back[] = { { "unresume", 1, 0, NOON ("09"), "" },
                                    { "unresume", 1, 0, NOON ("09"), "(C9)" } };
  static const ChaseStep on[] = { { "resume", 1, 0, NOON ("13"), "" } };
  static const ChaseStep first[] = { { "unresume", 1, 0, NOON ("13"), "" },
                                     { "unpause", 1, 0, NOON ("13"), "" } };

  ADD (self, one);
  PLAY (self, stood);
  expect_rows (self, DUES, 2, "open 2026-10-21");
  PLAY (self, back);
  expect_rows (self, DUES, 2, "paused -");
  expect_rows (self, "SELECT before, after FROM audit WHERE what = 'take-back-resume'", 2,
               "line 1 due 2026-10-21 C1 stands again, line 1 due when it is resumed:"
               " asked for it");
  PLAY (self, on);
  expect_rows (self, DUES, 2, "open 2026-10-26");
  PLAY (self, first);
  expect_rows (self, DUES, 2, "open 2026-10-19");
}

/* Of one act: not what another did since; once. */
static void
test_of_act (Fixture *self, gconstpointer data)
{
  BhClockRequest request = {
    .what = BH_CLOCK_PAUSE, .number = "R0000000001", .kind = "C1", .reason = "customs"
  };
  gint64 now_us = chase_world_us (NOON ("06"));
  g_autoptr (GError) error = NULL;

  ADD (self, one);
  g_assert_true (bh_desk_clock_do (self->desk, "mine", &request, now_us, &error));
  request.what = BH_CLOCK_RESUME;
  g_assert_true (bh_desk_clock_do (self->desk, "hers", &request, now_us + 1, &error));
  request.what = BH_CLOCK_PAUSE;
  g_assert_true (bh_desk_clock_do (self->desk, "theirs", &request, now_us + 2, &error));
  request.what = BH_CLOCK_UNPAUSE;
  request.undoes = "mine";
  g_assert_false (bh_desk_clock_do (self->desk, "u1", &request, now_us + 3, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  request.undoes = "theirs";
  g_assert_true (bh_desk_clock_do (self->desk, "u2", &request, now_us + 3, &error));
  g_assert_true (bh_desk_clock_do (self->desk, "u2", &request, now_us + 3, &error));
  expect_rows (self, DUES, 2, "open 2026-10-19");
  expect_rows (self, "SELECT count(*) FROM audit WHERE what = 'take-back-pause'", 1, "1");
}

/* ---- a claim --------------------------------------------------------------------------------- */

/* As if it had not been recorded; it stays on record, and the next one is another. */
static void
test_claim (Fixture *self, gconstpointer data)
{
  static const ChaseStep claim[] = { { "claim", 1, 0, NOON ("13"), "" },
                                     { "unaccept", 1, 0, NOON ("14"), "it is pending (O5)" },
                                     /* its pause is not a person's */
                                     { "unpause", 1, 0, NOON ("14"), "claim withdraw" } };
  static const ChaseStep back[] = { { "unclaim", 1, 0, NOON ("14"), "" },
                                    { "unclaim", 1, 0, NOON ("14"), "it is withdrawn (O5)" },
                                    { "accept", 1, 0, NOON ("14"), "withdrawn already (O5)" },
                                    { "chase", 0, 0, "2026-10-14", "remind 1/1 a" } };
  static const ChaseStep again[] = { { "claim", 1, 0, NOON ("15"), "" },
                                     { "unclaim", 1, 0, NOON ("16"), "" },
                                     { "charge", 1, 0, NOON ("21"), "" } };
  g_autoptr (GPtrArray) claims = NULL;
  g_autoptr (GPtrArray) rejected = NULL;
  g_autoptr (GError) error = NULL;

  ADD (self, one);
  PLAY (self, claim);
  expect_rows (self, DUES, 2, "paused -");
  PLAY (self, back);
  expect_rows (self, DUES, 2, "open 2026-10-19");
  expect_rows (self, "SELECT before FROM audit WHERE what = 'take-back-claim'", 1, "pending");
  PLAY (self, again);
  claims = bh_desk_claims (self->desk, "withdrawn", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (claims->len, ==, 2);
  g_assert_cmpstr (((BhClaim *) g_ptr_array_index (claims, 0))->reason, ==, "a slip");
  rejected = bh_desk_claims (self->desk, "rejected", NULL, &error);
  g_assert_cmpuint (rejected->len, ==, 0);
}

/* The decision is open again, and can be the other one. */
static void
test_decision (Fixture *self, gconstpointer data)
{
  static const ChaseStep accepted[] = { { "claim", 1, 0, NOON ("13"), "" },
                                        { "accept", 1, 0, NOON ("14"), "" },
                                        { "unclaim", 1, 0, NOON ("15"), "it is accepted (O5)" } };
  static const ChaseStep open[] = { { "unaccept", 1, 0, NOON ("15"), "" },
                                    { "unaccept", 1, 0, NOON ("15"), "it is pending (O5)" },
                                    { "chase", 0, 0, "2026-10-21", "" },
                                    { "charge", 1, 0, NOON ("21"), "(O5)" } };
  static const ChaseStep rejected[] = { { "reject", 1, 0, NOON ("15"), "" } };
  static const ChaseStep undecided[] = { { "unresume", 1, 0, NOON ("16"), "claim decide --undo" },
                                         { "unreject", 1, 0, NOON ("16"), "" } };
  static const ChaseStep never[] = { { "unclaim", 1, 0, NOON ("16"), "" } };

  ADD (self, one);
  PLAY (self, accepted);
  expect_rows (self, DUES, 2, "void -");
  PLAY (self, open);
  expect_rows (self, DUES, 2, "paused -");
  expect_rows (self, "SELECT state, decided_us, decided_by, reason FROM claim", 4, "pending - - -");
  PLAY (self, rejected);
  expect_rows (self, DUES, 2, "open 2026-10-21");
  PLAY (self, undecided);
  expect_rows (self, DUES, 2, "paused -");
  PLAY (self, never);
  expect_rows (self, DUES, 2, "open 2026-10-19");
}

/* A pause that a person made before the claim is theirs, whatever becomes of the claim. */
static void
test_persons_pause (Fixture *self, gconstpointer data)
{
  static const ChaseStep steps[] = { { "pause", 1, 0, NOON ("06"), "" },
                                     { "claim", 1, 0, NOON ("13"), "" },
                                     { "reject", 1, 0, NOON ("14"), "" },
                                     { "unreject", 1, 0, NOON ("15"), "" },
                                     { "unclaim", 1, 0, NOON ("15"), "" } };
  static const ChaseStep back[] = { { "unpause", 1, 0, NOON ("15"), "" } };

  ADD (self, one);
  PLAY (self, steps);
  expect_rows (self, DUES, 2, "paused -");
  PLAY (self, back);
  expect_rows (self, DUES, 2, "open 2026-10-19");
}

/* Claimed when it was charged already: no clock runs, and none begins. */
static void
test_charged (Fixture *self, gconstpointer data)
{
  static const ChaseStep steps[] = {
    { "charge", 1, 0, NOON ("21"), "" },      { "claim", 1, 0, NOON ("22"), "" },
    { "accept", 1, 0, NOON ("22"), "" },      { "to-credit", 0, 0, NULL, "SN-A00001" },
    { "unaccept", 1, 0, NOON ("23"), "" },    { "to-credit", 0, 0, NULL, "" },
    { "accept", 1, 0, NOON ("23"), "" },      { "credit", 1, 0, NOON ("24"), "" },
    { "unaccept", 1, 0, NOON ("25"), "(O3)" }
  };

  ADD (self, one);
  PLAY (self, steps);
  expect_rows (self, DUES, 2, "missed 2026-10-19");
}

/* What came after is not undone by it. */
static void
test_after (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = {
    "1 ACME SN-A00001 PN-1 SJC " NOON ("05"), "2 ACME SN-A00002 PN-1 SJC " NOON ("05"),
    "3 ACME SN-A00003 PN-1 SJC " NOON ("05"), "4 ACME SN-A00004 PN-1 SJC " NOON ("05"),
    "5 ACME SN-A00005 PN-1 SJC " NOON ("05"), "6 ACME SN-A00006 PN-1 SJC " NOON ("05")
  };
  static const ChaseStep steps[] = {
    /* it came in */
    { "claim", 1, 0, NOON ("13"), "" },
    { "receive", 1, 0, NOON ("14"), "" },
    { "unclaim", 1, 0, NOON ("15"), "(D13)" },
    { "accept", 1, 0, NOON ("15"), "" },
    { "unaccept", 1, 0, NOON ("15"), "(D13)" },
    /* it was charged, which is taken back first */
    { "claim", 2, 0, NOON ("13"), "" },
    { "reject", 2, 0, NOON ("14"), "" },
    { "charge", 2, 0, NOON ("23"), "" },
    { "unreject", 2, 0, NOON ("23"), "(O2)" },
    { "uncharge", 2, 0, NOON ("23"), "" },
    { "unreject", 2, 0, NOON ("23"), "" },
    /* waived, which is taken back first */
    { "claim", 3, 0, NOON ("13"), "" },
    { "waive", 3, 0, NOON ("14"), "" },
    { "unclaim", 3, 0, NOON ("15"), "(O2, O4)" },
    { "unwaive", 3, 0, NOON ("15"), "" },
    { "unclaim", 3, 0, NOON ("15"), "" },
    /* paused by a person since */
    { "claim", 4, 0, NOON ("13"), "" },
    { "reject", 4, 0, NOON ("14"), "" },
    { "pause", 4, 0, NOON ("15"), "" },
    { "unreject", 4, 0, NOON ("16"), "(C9)" },
    { "unpause", 4, 0, NOON ("16"), "" },
    { "unreject", 4, 0, NOON ("16"), "" },
    /* a clock that has ended */
    { "pause", 5, 0, NOON ("06"), "" },
    { "receive", 5, 0, NOON ("14"), "" },
    { "unpause", 5, 0, NOON ("15"), "no C1 runs" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* A line has claims one after the other: only the last is mended. */
static void
test_later (Fixture *self, gconstpointer data)
{
  static const ChaseStep first[] = { { "claim", 1, 0, NOON ("12"), "" },
                                     { "reject", 1, 0, NOON ("13"), "" } };
  static const ChaseStep second[] = { { "claim", 1, 0, NOON ("14"), "" } };
  static const ChaseStep gone[] = { { "unclaim", 1, 0, NOON ("15"), "" } };
  const BhWhen when = { "act-u", chase_world_us (NOON ("16")), FALSE };
  g_autofree char *claim = NULL;
  g_autoptr (GError) error = NULL;

  ADD (self, one);
  PLAY (self, first);
  claim = chase_world_rows (self, "SELECT claim FROM claim", 1);
  PLAY (self, second);
  g_assert_false (bh_desk_take_back_claim (self->desk, &when, claim, NULL, "x", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "another claim"));
  g_clear_error (&error);
  PLAY (self, gone);
  /* the second never was, and its pause neither */
  g_assert_true (bh_desk_take_back_claim (self->desk, &when, claim, NULL, "x", &error));
  g_assert_true (bh_desk_take_back_claim (self->desk, &when, claim, NULL, "x", &error));
  expect_rows (self, DUES, 2, "paused -");
  g_assert_false (bh_desk_take_back_claim (self->desk, &(BhWhen){ "act-v", NOW, FALSE }, "nothing",
                                           NULL, "x", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
}

/* C8: meanwhile no return is possible from there: it is not expected again. */
static void
test_no_return (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 SAND SN-S00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep accepted[] = { { "claim", 1, 0, NOON ("13"), "" },
                                        { "accept", 1, 0, NOON ("14"), "" } };
  static const ChaseStep back[] = { { "unaccept", 1, 0, NOON ("16"), "" } };
  const BhExportPolicy policy = { .country = (char *) "SA", .possible = FALSE };
  g_autoptr (GError) error = NULL;

  ADD (self, rows);
  PLAY (self, accepted);
  g_assert_true (bh_desk_put_export_policy (self->desk, &policy, FALSE,
                                            chase_world_us (NOON ("15")), NULL, &error));
  g_assert_no_error (error);
  PLAY (self, back);
  expect_rows (self, DUES, 2, "void -");
  expect_rows (self, "SELECT state FROM claim", 1, "pending");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "C9/pause/never-was", test_pause },
    { "C9/resume/stands-on", test_resume },
    { "C9/pause/of-one-act", test_of_act },
    { "O5/claim/is-withdrawn", test_claim },
    { "O5/decision/is-open-again", test_decision },
    { "O5/claim/of-a-paused-clock", test_persons_pause },
    { "O5/claim/of-what-is-charged", test_charged },
    { "O5/claim/not-after-it", test_after },
    { "O5/claim/the-last-one", test_later },
    { "C8/claim/no-return-meanwhile", test_no_return },
  };
  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/take-back-claims/%s/%s", engine, tests[i].path);

    g_test_add (path, Fixture, NULL, chase_world_set_up, tests[i].run, chase_world_tear_down);
  }
  return g_test_run ();
}
