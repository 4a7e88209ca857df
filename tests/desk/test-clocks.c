/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clocks of RMAs and cases as people work with them: C1, C5–C11, O2, D13, D16. */
#include <string.h>

#include "backhaul/calendars.h"
#include "backhaul/clocks.h"
#include "backhaul/receipt.h"
#include "clock-world.h"

#define HOUR G_TIME_SPAN_HOUR
#define DAY  G_TIME_SPAN_DAY
/* four in the morning of Tuesday, 24 November 2026 in San Jose */
#define MORNING (WORLD_NOW + 4 * HOUR)

/* ---- C9: pause and resume ------------------------------------------------------------ */

static void
test_pause_line (ClockWorld *world, gconstpointer data)
{
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000001", 1, "C1", 0, MORNING);
  clock_world_says (world, 1, "C1", "paused - -");
  clock_world_says (world, 2, "C1", "open 2026-11-30 2026-11-30");
  clock_world_refused (world, BH_CLOCK_PAUSE, "R0000000001", 1, "C1", 0, MORNING, "paused already");
  /* the 25th and the 26th began in it */
  clock_world_do (world, BH_CLOCK_RESUME, "R0000000001", 1, "C1", 0, MORNING + 2 * DAY);
  clock_world_says (world, 1, "C1", "open 2026-12-02 2026-12-02");
  clock_world_says (world, 2, "C1", "open 2026-11-30 2026-11-30");
  clock_world_refused (world, BH_CLOCK_RESUME, "R0000000001", 1, "C1", 0, MORNING + 2 * DAY,
                       "not paused");
  clock_world_refused (world, BH_CLOCK_PAUSE, "R0000000001", 3, "C1", 0, MORNING, "no C1 runs");
  clock_world_refused (world, BH_CLOCK_PAUSE, "R0000000001", 1, "C2", 0, MORNING, "no C2 runs");
  /* a second pause adds to the first */
  clock_world_do (world, BH_CLOCK_PAUSE, "r-0000000001", 1, "C1", 0, MORNING + 3 * DAY);
  clock_world_do (world, BH_CLOCK_RESUME, "R0000000001", 1, "C1", 0, MORNING + 6 * DAY);
  clock_world_says (world, 1, "C1", "open 2026-12-03 2026-12-03");
}

static void
test_pause_all (ClockWorld *world, gconstpointer data)
{
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000001", 2, "C1", 0, MORNING);
  /* the one that runs; the paused one keeps its beginning */
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000001", 0, "C1", 0, MORNING + DAY);
  clock_world_says (world, 1, "C1", "paused - -");
  clock_world_says (world, 2, "C1", "paused - -");
  clock_world_says (world, 3, "C1", "open 2026-11-30 2026-11-30");
  clock_world_refused (world, BH_CLOCK_PAUSE, "R0000000001", 0, "C1", 0, MORNING + DAY,
                       "paused already");
  clock_world_do (world, BH_CLOCK_RESUME, "R0000000001", 0, "C1", 0, MORNING + 2 * DAY);
  clock_world_says (world, 1, "C1", "open 2026-12-01 2026-12-01");
  clock_world_says (world, 2, "C1", "open 2026-12-02 2026-12-02");
}

/* Hours of a case are moved by the pause's length (decision 10). */
static void
test_pause_case (ClockWorld *world, gconstpointer data)
{
  clock_world_start (world, "C6", 0, "2026-1101-000001", "P1", "response", WORLD_NOW);
  clock_world_do (world, BH_CLOCK_PAUSE, "20261101000001#", 0, "C6", 0, WORLD_NOW + HOUR / 2);
  clock_world_case_says (world, "paused -");
  clock_world_do (world, BH_CLOCK_RESUME, "2026-1101-000001", 0, "C6", 0, WORLD_NOW + 3 * HOUR / 4);
  clock_world_case_says (world, "open 2026-11-24T09:15:00+00:00");
  clock_world_do (world, BH_CLOCK_EXTEND, "2026-1101-000001", 0, "C6", 2, WORLD_NOW + HOUR);
  clock_world_case_says (world, "open 2026-11-26T09:15:00+00:00");
  clock_world_refused (world, BH_CLOCK_PAUSE, "2026-1101-000001", 0, "C1", 0, WORLD_NOW,
                       "no C1 runs");
}

/* ---- O2: extension ------------------------------------------------------------------- */

static void
test_extend (ClockWorld *world, gconstpointer data)
{
  clock_world_do (world, BH_CLOCK_EXTEND, "R0000000001", 1, "C1", 5, MORNING);
  clock_world_says (world, 1, "C1", "open 2026-12-07 2026-12-07");
  clock_world_says (world, 2, "C1", "open 2026-11-30 2026-11-30");
  clock_world_do (world, BH_CLOCK_EXTEND, "R0000000001", 0, "C1", 1, MORNING);
  clock_world_says (world, 1, "C1", "open 2026-12-08 2026-12-08");
  clock_world_says (world, 2, "C1", "open 2026-12-01 2026-12-01");
  /* what is extended while it is paused has its days when it is resumed */
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000002", 1, "C1", 0, MORNING);
  clock_world_do (world, BH_CLOCK_EXTEND, "R0000000002", 1, "C1", 3, MORNING + HOUR);
  clock_world_says (world, 3, "C1", "paused - -");
  clock_world_do (world, BH_CLOCK_RESUME, "R0000000002", 1, "C1", 0, MORNING + DAY);
  clock_world_says (world, 3, "C1", "open 2026-12-04 2026-12-04");
  /* what is overdue gets a new day; what is received has none to give */
  clock_world_do (world, BH_CLOCK_EXTEND, "R0000000007", 0, "C1", 20, MORNING);
  clock_world_says (world, 8, "C1", "open 2026-12-08 2026-12-08");
  clock_world_receive (world, "SN-BRAVO1", MORNING + 2 * DAY);
  clock_world_refused (world, BH_CLOCK_EXTEND, "R0000000002", 1, "C1", 1, MORNING + 3 * DAY,
                       "no C1 runs");
}

static void
test_bad_requests (ClockWorld *world, gconstpointer data)
{
  static const struct {
    BhClockRequest request;
    int code;
  } bad[] = {
    { { BH_CLOCK_EXTEND, "R0000000001", 0, "C1", 0, "r", FALSE }, BH_ERROR_INPUT },
    { { BH_CLOCK_EXTEND, "R0000000001", 0, "C1", -1, "r", FALSE }, BH_ERROR_INPUT },
    { { BH_CLOCK_EXTEND, "R0000000001", 0, "C1", 3651, "r", FALSE }, BH_ERROR_INPUT },
    { { BH_CLOCK_EXTEND, "R0000000001", 0, "C7", 1, "r", FALSE }, BH_ERROR_USAGE },
    { { BH_CLOCK_PAUSE, "R0000000001", 0, "c1", 0, "r", FALSE }, BH_ERROR_USAGE },
    { { BH_CLOCK_PAUSE, "hello", 0, "C1", 0, "r", FALSE }, BH_ERROR_INPUT },
    { { BH_CLOCK_PAUSE, "R9999999999", 0, "C1", 0, "r", FALSE }, BH_ERROR_NOT_FOUND },
    { { BH_CLOCK_PAUSE, "2019-0101-012345", 0, "C6", 0, "r", FALSE }, BH_ERROR_NOT_FOUND },
    { { BH_CLOCK_PAUSE, "R0000000004", 0, "C1", 0, "r", FALSE }, BH_ERROR_REFUSED },
    { { BH_CLOCK_EXTEND, "R0000000003", 0, "C1", 1, "r", FALSE }, BH_ERROR_REFUSED },
    { { BH_CLOCK_PAUSE, "R0000000001", -1, "C1", 0, "r", FALSE }, BH_ERROR_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (bh_desk_clock_do (world->desk, "act", &bad[i].request, MORNING, &error));
    g_assert_error (error, BH_ERROR, bad[i].code);
  }
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM audit"), ==, 0);
}

/* CLI.md: --at can't lie before what is on record of the clock */
static void
test_stated_time (ClockWorld *world, gconstpointer data)
{
  static const struct {
    BhClockDo what;
    gint64 at_us;
    gboolean may;
  } acts[] = {
    { BH_CLOCK_PAUSE, WORLD_NOW - 8 * DAY - 1, FALSE }, /* it began then */
    { BH_CLOCK_PAUSE, WORLD_NOW - 2 * DAY, TRUE },
    { BH_CLOCK_RESUME, WORLD_NOW - 2 * DAY - 1, FALSE },
    { BH_CLOCK_RESUME, WORLD_NOW - DAY, TRUE },
    { BH_CLOCK_PAUSE, WORLD_NOW - DAY - HOUR, FALSE }, /* it was resumed after that */
    { BH_CLOCK_EXTEND, WORLD_NOW - DAY - HOUR, FALSE },
    { BH_CLOCK_EXTEND, WORLD_NOW, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    BhClockRequest request = { acts[i].what, "R0000000002", 1, "C1", 1, "r", TRUE };
    g_autofree char *act = g_strdup_printf ("act-%u", i);
    g_autoptr (GError) error = NULL;

    g_assert_true (bh_desk_clock_do (world->desk, act, &request, acts[i].at_us, &error) ==
                   acts[i].may);
    if (!acts[i].may)
      g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  }
}

/* ---- what the dock does to a clock ------------------------------------------------------ */

/* D13: late is past the return-by date, where the goods go; a paused line has none */
static void
test_late (ClockWorld *world, gconstpointer data)
{
  gint64 midnight = WORLD_NOW + 7 * DAY; /* that begins 1 December in San Jose */

  g_assert_false (clock_world_receive (world, "SN-ALPHA1", midnight - 1));
  clock_world_says (world, 1, "C1", "met 2026-11-30 2026-11-30");
  g_assert_true (clock_world_receive (world, "SN-ALPHA2", midnight));
  clock_world_says (world, 2, "C1", "missed 2026-11-30 2026-11-30");
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000002", 1, "C1", 0, MORNING);
  g_assert_false (clock_world_receive (world, "SN-BRAVO1", WORLD_NOW + 60 * DAY));
  clock_world_says (world, 3, "C1", "met - -");
}

/* D16: a voided receipt puts the clock back as it was, and counts it by today's calendar */
static void
test_void (ClockWorld *world, gconstpointer data)
{
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000001", 1, "C1", 0, MORNING);
  clock_world_receive (world, "SN-ALPHA1", MORNING + DAY);
  clock_world_receive (world, "SN-ALPHA2", MORNING + DAY);
  clock_world_says (world, 1, "C4", "open 2026-12-23 -");
  clock_world_void (world, 1, MORNING + DAY + HOUR);
  clock_world_void (world, 2, MORNING + DAY + HOUR);
  clock_world_says (world, 1, "C1", "paused - -");
  clock_world_says (world, 2, "C1", "open 2026-11-30 2026-11-30");
  clock_world_says (world, 1, "C4", "void 2026-12-23 -");
  clock_world_do (world, BH_CLOCK_RESUME, "R0000000001", 1, "C1", 0, MORNING + 2 * DAY);
  clock_world_says (world, 1, "C1", "open 2026-12-02 2026-12-02");
}

static void
test_void_after_change (ClockWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  clock_world_receive (world, "SN-ALPHA1", MORNING);
  g_assert_true (bh_desk_set_policy (world->desk, "clock.c1.business-days", "12", MORNING + HOUR,
                                     NULL, &error));
  clock_world_says (world, 1, "C1", "met 2026-11-30 2026-11-30");
  clock_world_void (world, 1, MORNING + 2 * HOUR);
  clock_world_says (world, 1, "C1", "open 2026-12-02 2026-12-02");
}

/* ---- acts as transactions ------------------------------------------------------------------ */

/* After a lost connection the act is sent again: done once. */
static void
test_same_act (ClockWorld *world, gconstpointer data)
{
  BhClockRequest pause = { BH_CLOCK_PAUSE, "R0000000001", 0, "C1", 0, "customs", FALSE };
  BhClockRequest resume = { BH_CLOCK_RESUME, "R0000000001", 0, "C1", 0, "done", FALSE };
  BhClockRequest extend = { BH_CLOCK_EXTEND, "R0000000001", 0, "C1", 5, "asked", FALSE };
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    g_assert_true (bh_desk_clock_do (world->desk, "act-1", &extend, MORNING + i, &error));
  for (int i = 0; i < 2; i++)
    g_assert_true (bh_desk_clock_do (world->desk, "act-2", &pause, MORNING + i, &error));
  for (int i = 0; i < 2; i++)
    g_assert_true (bh_desk_clock_do (world->desk, "act-3", &resume, MORNING + HOUR + i, &error));
  /* and the pause's, when it was resumed since */
  g_assert_true (bh_desk_clock_do (world->desk, "act-2", &pause, MORNING + 2 * HOUR, &error));
  g_assert_no_error (error);
  clock_world_says (world, 1, "C1", "open 2026-12-07 2026-12-07");
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM audit"), ==, 3);
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM clock_pause"), ==, 2);
}

typedef gboolean (*Act) (ClockWorld *world, GError **error);

static gboolean
pause_it (ClockWorld *world, GError **error)
{
  BhClockRequest request = { BH_CLOCK_PAUSE, "R0000000001", 0, "C1", 0, "customs", FALSE };

  return bh_desk_clock_do (world->desk, "act-pause", &request, MORNING, error);
}

static gboolean
resume_it (ClockWorld *world, GError **error)
{
  BhClockRequest request = { BH_CLOCK_RESUME, "R0000000001", 0, "C1", 0, "done", FALSE };

  return bh_desk_clock_do (world->desk, "act-resume", &request, MORNING + 2 * DAY, error);
}

static gboolean
extend_it (ClockWorld *world, GError **error)
{
  BhClockRequest request = { BH_CLOCK_EXTEND, "R0000000001", 0, "C1", 5, "asked", FALSE };

  return bh_desk_clock_do (world->desk, "act-extend", &request, MORNING + 2 * DAY, error);
}

static gboolean
set_export (ClockWorld *world, GError **error)
{
  BhExportPolicy policy = { (char *) "US", 4, TRUE, NULL };

  return bh_desk_put_export_policy (world->desk, &policy, FALSE, MORNING, NULL, error);
}

static gboolean
set_length (ClockWorld *world, GError **error)
{
  return bh_desk_set_policy (world->desk, "clock.c1.business-days", "11", MORNING, NULL, error);
}

static gboolean
put_calendar (ClockWorld *world, GError **error)
{
  return bh_desk_calendar_put (world->desk, "US", clock_world_thanksgiving,
                               strlen (clock_world_thanksgiving), MORNING, NULL, error);
}

/* Fails the 1st, 2nd, 3rd … step of each act: nothing is written, in the store or in
 * what the desk remembers, until it passes whole. */
static void
test_nth_failure (ClockWorld *world, gconstpointer data)
{
  static const Act acts[] = {
    pause_it, resume_it, extend_it, set_export, set_length, put_calendar
  };
  BhStore *store = bh_desk_store (world->desk);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autofree char *before = clock_world_state (world);
    g_autofree char *after = NULL;
    gboolean passed = FALSE;
    int n = 1;

    for (; !passed && n < 500; n++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *now = NULL;

      bh_store_fail_after (store, n);
      passed = acts[i](world, &error);
      bh_store_fail_after (store, 0);
      if (passed)
        break;
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
      now = clock_world_state (world);
      g_assert_cmpstr (now, ==, before);
    }
    g_assert_true (passed);
    g_assert_cmpint (n, >, 5);
    after = clock_world_state (world);
    g_assert_cmpstr (after, !=, before);
  }
}

/* RULES §2: who may do what with clocks */
static void
test_roles (ClockWorld *world, gconstpointer data)
{
  static const struct {
    const char *role;
    const char *may; /* of "pause extend length calendar time" */
  } roles[] = { { "receiver", "" },
                { "technician", "" },
                { "csr", "pause extend" },
                { "supervisor", "pause extend length calendar time" },
                { "administrator", "calendar" } };
  static const struct {
    const char *name;
    Act act;
  } acts[] = { { "pause", pause_it },
               { "extend", extend_it },
               { "length", set_length },
               { "calendar", put_calendar },
               { "time", clock_world_stated_pause } };
  BhDesk *own = world->desk;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_auto (GStrv) may = g_strsplit (roles[i].may, " ", -1);

    for (guint a = 0; a < G_N_ELEMENTS (acts); a++) {
      g_autoptr (GError) error = NULL;
      gboolean allowed = g_strv_contains ((const char *const *) may, acts[a].name);

      world->desk = clock_world_sign_in (world, roles[i].role);
      acts[a].act (world, &error);
      if (allowed != !g_error_matches (error, BH_ERROR, BH_ERROR_FORBIDDEN))
        g_error ("%s: %s: %s", roles[i].role, acts[a].name,
                 error != NULL ? error->message : "was allowed");
      bh_desk_close (world->desk);
      world->desk = own;
    }
  }
}

int
main (int argc, char **argv)
{
  static const ClockTest tests[] = {
    { "C9/pause-and-resume-a-line", test_pause_line },
    { "C9/pause-and-resume-all-lines", test_pause_all },
    { "C6/C9/pause-of-a-case-moves-its-hours", test_pause_case },
    { "O2/extend", test_extend },
    { "C9/bad-requests", test_bad_requests },
    { "C9/stated-time-not-before-the-record", test_stated_time },
    { "D13/C9/late-by-the-return-by-date", test_late },
    { "D16/C9/a-voided-receipt-puts-back-paused", test_void },
    { "D16/C11/and-counts-by-what-holds-today", test_void_after_change },
    { "C9/same-act-is-done-once", test_same_act },
    { "C9/C11/nth-failure-writes-nothing", test_nth_failure },
    { "C9/C11/roles", test_roles },
  };

  return clock_world_main (argc, argv, "/clocks", tests, G_N_ELEMENTS (tests));
}
