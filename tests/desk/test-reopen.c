/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D6: a held unit that is taken in on a closed RMA opens it, on both engines. */
#include <string.h>

#include "backhaul/holds.h"
#include "backhaul/issue.h"
#include "wrap.h"
#include "world.h"

#define DAY     G_TIME_SPAN_DAY
#define ENTRIES "SELECT count(*) FROM audit WHERE what = 'reopen' AND entity = 'rma:R0000000003'"

static const char *engine_now;

static void
set_up (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world_set_up (world, engine_now);
  world_run (world->desk, "UPDATE rma SET closed_us = 4711 WHERE id = 3");
  world_run (world->desk,
             "INSERT INTO unit (serial, part, account, contract, contract_level, contract_until)"
             " VALUES ('SN-CLOSED', 'PN-100', 'A1', 'C-1', 'Core Plus', '2030-12-31')");
}

static void
on_fault (const char *what, gpointer data)
{
  g_error ("%s", what);
}

static void
tear_down (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bh_store_integrity (bh_desk_store (world->desk), on_fault, NULL, &error));
  world_tear_down (world, data);
}

static char *
hold (DeskWorld *world, const char *scans)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *act = g_uuid_string_random ();
  g_autoptr (GPtrArray) outcomes = world_outcomes (world->desk, act, NULL, scans, &error);
  const BhOutcome *outcome;

  g_assert_no_error (error);
  outcome = outcomes->pdata[outcomes->len - 1];
  g_assert_cmpstr (outcome->ruling->rule, ==, "D6");
  return g_strdup (outcome->receipt);
}

static BhOutcome *
resolve (DeskWorld *world, const char *act, const char *receipt, BhResolution how, int line,
         GError **error)
{
  BhResolveOptions options = { .how = how, .line = line, .reason = "by phone" };

  return bh_desk_resolve_hold (world->desk, act, receipt, &options, WORLD_NOW + 1, error);
}

/* The receipt that took it in. */
static char *
take_in (DeskWorld *world, const char *scans, BhResolution how, int line)
{
  g_autofree char *receipt = hold (world, scans);
  g_autofree char *act = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BhOutcome) outcome = resolve (world, act, receipt, how, line, &error);

  g_assert_no_error (error);
  return g_strdup (outcome->receipt);
}

static void
void_it (DeskWorld *world, const char *receipt)
{
  g_autoptr (GError) error = NULL;

  bh_desk_void (world->desk, receipt, receipt, "wrong unit", WORLD_NOW + 2, &error);
  g_assert_no_error (error);
}

/* "RMA-STATE STATUS CLOSED-US: LINE-STATE/STATUS/AWAITED …" of an RMA */
static void
expect (DeskWorld *world, int rma, const char *expected)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT r.state, r.status, coalesce(r.closed_us, 0), l.state, l.status, l.awaited FROM rma r"
      " JOIN rma_line l ON l.rma_id = r.id WHERE r.id = %d ORDER BY l.line",
      rma);
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (world->desk), sql, &error);
  g_autoptr (GString) got = g_string_new (NULL);
  gboolean row = TRUE;

  while (bh_stmt_next (stmt, &row, &error) && row) {
    if (got->len == 0)
      g_string_printf (got, "%s %s %d:", bh_stmt_text (stmt, 0), bh_stmt_text (stmt, 1),
                       (int) bh_stmt_int64 (stmt, 2));
    g_string_append_printf (got, " %s/%s/%d", bh_stmt_text (stmt, 3), bh_stmt_text (stmt, 4),
                            (int) bh_stmt_int64 (stmt, 5));
  }
  g_assert_no_error (error);
  g_assert_cmpstr (got->str, ==, expected);
}

/* The RMA follows its unit: open, and closed again by hand when all is done. */
static void
test_opens (DeskWorld *world, gconstpointer data)
{
  g_autofree char *receipt = hold (world, "R0000000003 | SN-CLOSED");
  g_autoptr (GError) error = NULL;
  g_autoptr (BhHold) shown = bh_desk_find_hold (world->desk, receipt, &error);
  g_autoptr (BhOutcome) outcome = NULL;
  g_autoptr (BhOutcome) again = NULL;
  const BhWhen when = { "act-2", WORLD_NOW + 2, FALSE };

  /* told before it is done */
  g_assert_cmpstr (shown->opens, ==, "R0000000003");
  g_assert_cmpstr (shown->opens_was, ==, "closed");
  expect (world, 3, "closed closed 4711: closed/closed/0");
  outcome = resolve (world, "act-1", receipt, BH_RESOLVE_UNDER_SERIAL, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (outcome->message, "RMA R0000000003 was closed and is open again."));
  expect (world, 3, "received open 0: received/open/0");
  g_assert_cmpint (world_count (world->desk, ENTRIES " AND before = 'closed'"), ==, 1);
  /* C4: what is in hand is to be repaired */
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM clock WHERE line_id = 4 AND"
                                             " kind = 'C4' AND state = 'open'"),
                   ==, 1);
  /* once */
  again = resolve (world, "act-1", receipt, BH_RESOLVE_UNDER_SERIAL, 0, &error);
  g_assert_cmpstr (again->receipt, ==, outcome->receipt);
  g_assert_cmpint (world_count (world->desk, ENTRIES), ==, 1);
  g_assert_true (bh_desk_close_rma (world->desk, &when, "R0000000003", "repaired", &error));
  g_assert_no_error (error);
}

static void
test_swap (DeskWorld *world, gconstpointer data)
{
  g_autofree char *receipt = take_in (world, "R0000000006 | SN-KNOWN1", BH_RESOLVE_ACCEPT_SWAP, 0);

  expect (world, 6, "received open 0: received/open/0");
  void_it (world, receipt);
  expect (world, 6, "cancelled closed 0: cancelled/closed/0");
}

static void
test_refuse (DeskWorld *world, gconstpointer data)
{
  g_autofree char *receipt = hold (world, "R0000000003 | SN-CLOSED");
  g_autoptr (GError) error = NULL;
  g_autoptr (BhOutcome) outcome = resolve (world, "act-1", receipt, BH_RESOLVE_REFUSE, 0, &error);

  g_assert_no_error (error);
  g_assert_null (strstr (outcome->message, "open again"));
  expect (world, 3, "closed closed 4711: closed/closed/0");
}

/* D16: as it was, when it was. */
static void
test_void (DeskWorld *world, gconstpointer data)
{
  g_autofree char *receipt = take_in (world, "R0000000003 | SN-CLOSED", BH_RESOLVE_UNDER_SERIAL, 0);

  void_it (world, receipt);
  expect (world, 3, "closed closed 4711: closed/closed/0");
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM audit WHERE what = 'close-again'"
                                             " AND entity = 'rma:R0000000003'"),
                   ==, 1);
  g_assert_cmpint (
      world_count (world->desk, "SELECT count(*) FROM clock WHERE line_id = 4 AND state = 'open'"),
      ==, 0);
}

static void
second_line (DeskWorld *world, const char *state)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO rma_line (id, rma_id, line, serial, part, state, awaited, rma, status, account,"
      " account_name, case_no, created_us, return_by) VALUES (99, 3, 2, 'SN-OTHER1', 'PN-100', "
      "'%s',"
      " 0, 'R0000000003', 'closed', 'A1', 'Acme Networks', '2026-1101-000001', 1, '2026-09-30')",
      state);

  world_run (world->desk, sql);
}

/* Of two that were taken in the last one closes it. */
static void
test_two (DeskWorld *world, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  second_line (world, "closed");
  one = take_in (world, "R0000000003 | SN-CLOSED", BH_RESOLVE_UNDER_SERIAL, 0);
  expect (world, 3, "received open 0: received/open/0 closed/open/0");
  /* its RMA is open by now, and does not await it */
  world_run (world->desk, "UPDATE rma_line SET awaited = 0 WHERE id = 99");
  two = NULL;
  {
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) outcomes =
        world_outcomes (world->desk, act, NULL, "R0000000003 | SN-KNOWN1", &error);
    const BhOutcome *held = outcomes->pdata[0];
    g_autoptr (BhOutcome) outcome = NULL;

    g_assert_cmpstr (held->ruling->rule, ==, "D5");
    outcome = resolve (world, "act-two", held->receipt, BH_RESOLVE_ACCEPT_SWAP, 2, &error);
    g_assert_no_error (error);
    g_assert_null (strstr (outcome->message, "open again"));
    two = g_strdup (outcome->receipt);
  }
  void_it (world, one);
  expect (world, 3, "received open 0: closed/open/0 received/open/0");
  void_it (world, two);
  expect (world, 3, "closed closed 4711: closed/closed/0 closed/closed/0");
}

/* D13: a charged unit of it comes in late, as of any open RMA. */
static void
test_charged (DeskWorld *world, gconstpointer data)
{
  g_autofree char *receipt = NULL;
  g_autofree char *late = NULL;

  second_line (world, "charged");
  world_run (world->desk, "INSERT INTO charge (line_id, amount, currency, at_us, operator, reason)"
                          " VALUES (99, 125050, 'USD', 5, 'tess', 'never came')");
  receipt = take_in (world, "R0000000003 | SN-CLOSED", BH_RESOLVE_UNDER_SERIAL, 0);
  expect (world, 3, "received open 0: received/open/0 charged/open/1");
  late = world_receive (world->desk, NULL, "R0000000003 | SN-OTHER1");
  g_assert_cmpstr (late, ==, "D1 accept");
  /* that one came too: it stays open */
  void_it (world, receipt);
  expect (world, 3, "received open 0: closed/open/0 received/open/0");
}

static void
test_charged_void (DeskWorld *world, gconstpointer data)
{
  g_autofree char *receipt = NULL;

  second_line (world, "charged");
  receipt = take_in (world, "R0000000003 | SN-CLOSED", BH_RESOLVE_UNDER_SERIAL, 0);
  void_it (world, receipt);
  expect (world, 3, "closed closed 4711: closed/closed/0 charged/closed/0");
}

/* The n-th step to the disk fails, for every n: nothing is half-written. */
static void
test_failures (DeskWorld *world, gconstpointer data)
{
  g_autofree char *receipt = hold (world, "R0000000003 | SN-CLOSED");
  g_autoptr (BhOutcome) outcome = NULL;

  for (int n = 1; outcome == NULL; n++) {
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (GError) error = NULL;

    expect (world, 3, "closed closed 4711: closed/closed/0");
    g_assert_cmpint (world_count (world->desk, ENTRIES), ==, 0);
    bh_store_fail_after (bh_desk_store (world->desk), n);
    outcome = resolve (world, act, receipt, BH_RESOLVE_UNDER_SERIAL, 0, &error);
    bh_store_fail_after (bh_desk_store (world->desk), 0);
    if (outcome == NULL)
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
  }
  expect (world, 3, "received open 0: received/open/0");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (DeskWorld *, gconstpointer);
  } tests[] = {
    { "D6/opens-its-rma", test_opens },
    { "D6/in-place-of-another", test_swap },
    { "D6/a-refusal-opens-nothing", test_refuse },
    { "D16/closed-as-it-was", test_void },
    { "D16/the-last-of-two", test_two },
    { "D13/a-charged-one-comes-too", test_charged },
    { "D16/a-charged-one-waits-no-more", test_charged_void },
    { "D15/nothing-half-written", test_failures },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/reopen/%s/%s", engine_now, tests[i].path);

    g_test_add (path, DeskWorld, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
