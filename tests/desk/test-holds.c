/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds and how they end (RULES D4–D6, D9–D11), on both engines. */
#include "backhaul/audit.h"
#include "backhaul/holds.h"
#include "backhaul/identifier.h"
#include "backhaul/returns.h"
#include "wrap.h"
#include "world.h"

#include <string.h>

#define DAY G_TIME_SPAN_DAY

typedef struct {
  const char *path;
  const char *scans;
  BhResolution how;
  int line;
  const char *expected; /* "VERDICT RMA LINE serial for EXPECTED", or the error's "CODE RULE" */
} Case;

#define SWAP   BH_RESOLVE_ACCEPT_SWAP
#define UNDER  BH_RESOLVE_UNDER_SERIAL
#define REFUSE BH_RESOLVE_REFUSE

static const Case cases[] = {
  { "D4/under-serial", "R0000000002 | SN-ALPHA1", UNDER, 0, "accept R0000000001 1 SN-ALPHA1" },
  { "D4/refuse", "R0000000002 | SN-ALPHA1", REFUSE, 0, "refuse R0000000001 0 SN-ALPHA1" },
  { "D4/no-swap", "R0000000002 | SN-ALPHA1", SWAP, 0, "refused D4" },
  { "D5/swap", "R0000000002 | SN-KNOWN1", SWAP, 0, "accept R0000000002 1 SN-KNOWN1 for SN-BRAVO1" },
  { "D5/swap-needs-the-line", "R0000000001 | SN-KNOWN1", SWAP, 0, "usage D5" },
  { "D5/swap-on-a-line", "R0000000001 | SN-KNOWN1", SWAP, 2,
    "accept R0000000001 2 SN-KNOWN1 for SN-ALPHA2" },
  { "D5/swap-on-no-such-line", "R0000000001 | SN-KNOWN1", SWAP, 9, "usage D5" },
  { "D5/refuse", "R0000000002 | SN-KNOWN1", REFUSE, 0, "refuse R0000000002 0 SN-KNOWN1" },
  { "D5/nothing-awaits-it", "R0000000002 | SN-KNOWN1", UNDER, 0, "refused D5" },
  { "D6/its-own-line", "R0000000003 | SN-CLOSED", UNDER, 0, "accept R0000000003 1 SN-CLOSED" },
  { "D6/its-own-line-by-number", "R0000000003 | SN-CLOSED", SWAP, 0,
    "accept R0000000003 1 SN-CLOSED" },
  { "D6/swap", "R0000000003 | SN-KNOWN1", SWAP, 0, "accept R0000000003 1 SN-KNOWN1 for SN-CLOSED" },
  { "D6/cancelled", "R0000000006 | SN-CANCEL", UNDER, 0, "accept R0000000006 1 SN-CANCEL" },
  { "D6/unreadable", "R0000000003 | BH!UNREADABLE", SWAP, 0, "accept R0000000003 1 SN-CLOSED" },
  { "D6/all-came-back", "R0000000005 | SN-KNOWN1", SWAP, 0, "refused D6" },
  { "D6/no-rma-of-the-serial", "R0000000003 | SN-KNOWN1", UNDER, 0, "refused D6" },
  { "D6/refuse", "R0000000003 | SN-CLOSED", REFUSE, 0, "refuse R0000000003 0 SN-CLOSED" },
  { "D9/swap-of-a-draft", "R0000000004 | SN-KNOWN1", SWAP, 0, "refused D9" },
  { "D9/under-serial-of-a-draft", "R0000000004 | SN-DRAFT1", UNDER, 0, "refused D9" },
  { "D9/refuse", "R0000000004 | SN-DRAFT1", REFUSE, 0, "refuse R0000000004 0 SN-DRAFT1" },
  { "D10/under-serial", "R0000000001 | PN-900 | SN-ALPHA1", UNDER, 0,
    "accept R0000000001 1 SN-ALPHA1" },
  { "D10/swap", "PN-900 | SN-ALPHA1", SWAP, 0, "accept R0000000001 1 SN-ALPHA1" },
  { "D10/not-another-line", "PN-900 | SN-ALPHA1", SWAP, 2, "refused D4" },
  { "D10/refuse", "R0000000001 | PN-900 | SN-ALPHA1", REFUSE, 0, "refuse R0000000001 0 SN-ALPHA1" },
  { "D11/the-only-line", "R0000000002 | BH!UNREADABLE", SWAP, 0, "accept R0000000002 1 SN-BRAVO1" },
  { "D11/which-line", "R0000000001 | BH!UNREADABLE", SWAP, 0, "usage D11" },
  { "D11/this-line", "R0000000001 | BH!UNREADABLE", SWAP, 2, "accept R0000000001 2 SN-ALPHA2" },
  { "D11/no-serial-to-go-by", "R0000000001 | BH!UNREADABLE", UNDER, 0, "refused D11" },
  { "D11/put-aside", "R0000000002 | BH!HOLD", SWAP, 0, "accept R0000000002 1 SN-BRAVO1" },
  { "D11/put-aside-without-a-number", "BH!HOLD", SWAP, 0, "refused D11" },
  { "D11/refuse", "R0000000001 | BH!UNREADABLE", REFUSE, 0, "refuse R0000000001 0 (null)" },
};

static const char *engine_now;

#define count(world, sql) world_count ((world)->desk, sql)

/* Receives @scans on a box of that name; the hold's receipt. */
static char *
hold (DeskWorld *world, const char *box, const char *scans)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *act = g_uuid_string_random ();
  g_autoptr (GPtrArray) outcomes = world_outcomes (world->desk, act, box, scans, &error);
  const BhOutcome *outcome;

  g_assert_no_error (error);
  outcome = outcomes->pdata[outcomes->len - 1];
  g_assert_cmpstr (bh_verdict_name (outcome->ruling->verdict), ==, "hold");
  return g_strdup (outcome->receipt);
}

static BhOutcome *
resolve (DeskWorld *world, const char *act, const char *receipt, BhResolution how, int line,
         gint64 at_us, GError **error)
{
  BhResolveOptions options = { .how = how, .line = line, .reason = "by phone" };
  g_autofree char *fresh = g_uuid_string_random ();

  return bh_desk_resolve_hold (world->desk, act != NULL ? act : fresh, receipt, &options, at_us,
                               error);
}

static char *
told (const BhOutcome *outcome, const GError *error)
{
  g_autofree char *rule = error != NULL ? bh_error_rule (error) : NULL;

  if (error != NULL)
    return g_strdup_printf ("%s %s", bh_error_code_name (error), rule);
  return g_strdup_printf (
      "%s %s %d %s%s%s", bh_verdict_name (outcome->ruling->verdict), outcome->rma, outcome->line,
      outcome->serial != NULL ? outcome->serial : "(null)",
      outcome->expected != NULL ? " for " : "", outcome->expected != NULL ? outcome->expected : "");
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autofree char *got = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhOutcome) outcome = NULL;
  g_autoptr (BhHold) shown = NULL;
  gboolean offered;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, c->scans);
  shown = bh_desk_find_hold (world.desk, receipt, NULL);
  offered = g_strv_contains ((const char *const *) shown->offered, bh_resolution_name (c->how));
  outcome = resolve (&world, NULL, receipt, c->how, c->line, WORLD_NOW + 1, &error);
  got = told (outcome, error);
  g_assert_cmpstr (got, ==, c->expected);
  /* what is offered is what is allowed, but for a line that has to be named */
  if (c->line == 0)
    g_assert_cmpint (offered, ==,
                     outcome != NULL || g_error_matches (error, BH_ERROR, BH_ERROR_USAGE));
  /* decided: out of the list, replaced by its decision; else all is as before */
  after = g_strdup_printf ("SELECT count(*) FROM receipt WHERE receipt = '%s' AND void = %d",
                           receipt, outcome != NULL);
  g_assert_cmpint (world_count (world.desk, after), ==, 1);
  if (outcome != NULL) {
    g_autofree char *chain = g_strdup_printf (
        "SELECT count(*) FROM receipt h JOIN receipt n ON n.receipt = h.replaced_by"
        " WHERE h.receipt = '%s' AND h.resolved = '%s' AND n.resolves = h.receipt"
        " AND n.box = h.box AND n.unit = h.unit AND n.rule = h.rule AND n.void = 0",
        receipt, bh_resolution_name (c->how));

    g_assert_cmpint (world_count (world.desk, chain), ==, 1);
  }
  world_tear_down (&world, NULL);
}

/* One transaction does what an accept does (D15) */
static void
test_accept_effects (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autoptr (BhOutcome) outcome = NULL;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-ALPHA1 | BH!NEXT-BOX");
  outcome = resolve (&world, NULL, receipt, UNDER, 0, WORLD_NOW + 1, NULL);
  g_assert_cmpstr (outcome->labels[0], ==, "box-4x6");
  g_assert_cmpstr (outcome->ruling->discrepancy, ==, "other RMA");
  g_assert_nonnull (strstr (outcome->message, "Decided by tess: by phone"));
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma_line WHERE id = 1 AND state ="
                                  " 'received' AND awaited = 0"),
                   ==, 1);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM clock WHERE line_id = 1 AND ((kind = 'C1'"
                                  " AND state = 'met') OR (kind = 'C4' AND state = 'open'))"),
                   ==, 2);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM label_job WHERE state = 'queued'"), ==, 1);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM label_job WHERE template = 'hold-slip-4x6'"
                                  " AND state = 'cancelled'"),
                   ==, 1);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM mail WHERE kind = 'receipt'"
                                  " AND rmas = 'R0000000001'"),
                   ==, 1);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM move WHERE serial = 'SN-ALPHA1'"
                                  " AND location = 'dock:north'"),
                   ==, 1);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM audit WHERE what = 'resolve'"), ==, 1);
  world_tear_down (&world, NULL);
}

static void
test_refuse_effects (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autoptr (BhOutcome) outcome = NULL;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-KNOWN1 | BH!NEXT-BOX");
  outcome = resolve (&world, NULL, receipt, REFUSE, 0, WORLD_NOW + 1, NULL);
  g_assert_cmpstr (outcome->labels[0], ==, "return-to-sender-4x6");
  g_assert_cmpint (count (&world, "SELECT count(*) FROM mail WHERE kind = 'refusal'"), ==, 1);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma_line WHERE awaited = 1"), ==, 4);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM move"), ==, 0);
  world_tear_down (&world, NULL);
}

/* D9: accepted once the draft is confirmed; it came with the confirmation, not before */
static void
test_draft_confirmed (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autofree char *got = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhOutcome) outcome = NULL;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000004 | SN-DRAFT1");
  sql = g_strdup_printf ("UPDATE rma SET state = 'open', confirmed_us = %" G_GINT64_FORMAT
                         " WHERE id = 4",
                         WORLD_NOW + 2 * DAY);
  world_run (world.desk, sql);
  world_run (world.desk, "UPDATE rma_line SET state = 'awaited', awaited = 1 WHERE id = 5");
  outcome = resolve (&world, NULL, receipt, UNDER, 0, WORLD_NOW + 3 * DAY, &error);
  got = told (outcome, error);
  g_assert_cmpstr (got, ==, "accept R0000000004 1 SN-DRAFT1");
  g_assert_cmpint (count (&world, "SELECT received_us FROM rma_line WHERE id = 5"), ==,
                   WORLD_NOW + 2 * DAY);
  world_tear_down (&world, NULL);
}

/* D13: late is by when it came, not by when somebody decided */
static void
test_late (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *in_time = NULL;
  g_autofree char *late = NULL;
  g_autoptr (BhOutcome) one = NULL;
  g_autoptr (BhOutcome) two = NULL;

  world_set_up (&world, engine_now);
  in_time = hold (&world, NULL, "R0000000002 | SN-ALPHA1");
  late = hold (&world, NULL, "R0000000002 | SN-LATE01");
  one = resolve (&world, NULL, in_time, UNDER, 0, WORLD_NOW + 30 * DAY, NULL);
  two = resolve (&world, NULL, late, UNDER, 0, WORLD_NOW + 1, NULL);
  g_assert_cmpstr (one->return_by, ==, "2026-11-30");
  g_assert_false (one->late);
  g_assert_true (two->late);
  g_assert_cmpint (count (&world, "SELECT received_us FROM rma_line WHERE id = 1"), ==, WORLD_NOW);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM clock WHERE kind = 'C1' AND"
                                  " ((line_id = 1 AND state = 'met')"
                                  " OR (line_id = 8 AND state = 'missed'))"),
                   ==, 2);
  world_tear_down (&world, NULL);
}

#define CHARGE(line)                                                                               \
  "INSERT INTO charge (line_id, amount, currency, at_us, operator, reason)"                        \
  " VALUES (" line ", 125050, 'USD', 5, 'tess', 'never came')"

/* D6, O3: the charge is shown on the hold, and for crediting on the accept */
static void
test_charge (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autofree char *other = NULL;
  g_autoptr (BhHold) shown = NULL;
  g_autoptr (BhHold) swap = NULL;
  g_autoptr (BhOutcome) outcome = NULL;

  world_set_up (&world, engine_now);
  world_run (world.desk, CHARGE ("4"));
  world_run (world.desk, "UPDATE rma_line SET state = 'charged' WHERE id = 4");
  receipt = hold (&world, NULL, "R0000000003 | SN-CLOSED");
  other = hold (&world, NULL, "R0000000003 | SN-KNOWN1");
  shown = bh_desk_find_hold (world.desk, receipt, NULL);
  g_assert_cmpstr (shown->charge, ==, "1250.50");
  g_assert_cmpstr (shown->currency, ==, "USD");
  g_assert_cmpint (shown->charged_us, ==, 5);
  g_assert_nonnull (strstr (shown->receipt.message, "charged 1250.50 USD"));
  g_assert_null (strstr (shown->receipt.message, "credited"));
  swap = bh_desk_find_hold (world.desk, other, NULL);
  g_assert_cmpstr (swap->charge, ==, "1250.50");
  outcome = resolve (&world, NULL, receipt, UNDER, 0, WORLD_NOW + 1, NULL);
  g_assert_cmpstr (outcome->charge, ==, "1250.50");
  g_assert_nonnull (strstr (outcome->message, "to be credited"));
  world_tear_down (&world, NULL);
}

/* D13, O3: charged and still open: received late, with the charge to credit; a credited one
 * is over */
static void
test_charge_of_an_accept (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;
  const BhOutcome *outcome;

  world_set_up (&world, engine_now);
  world_run (world.desk, CHARGE ("8"));
  world_run (world.desk, CHARGE ("1"));
  world_run (world.desk, "UPDATE charge SET credited_us = 9 WHERE line_id = 1");
  one = world_outcomes (world.desk, "a", NULL, "R0000000007 | SN-LATE01", NULL);
  outcome = one->pdata[0];
  g_assert_true (outcome->late);
  g_assert_cmpstr (outcome->charge, ==, "1250.50");
  g_assert_nonnull (strstr (outcome->message, "to be credited"));
  two = world_outcomes (world.desk, "b", NULL, "SN-ALPHA1", NULL);
  outcome = two->pdata[0];
  g_assert_null (outcome->charge);
  world_tear_down (&world, NULL);
}

static void
test_twice (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhOutcome) one = NULL;
  g_autoptr (BhOutcome) again = NULL;
  g_autoptr (GPtrArray) left = NULL;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-KNOWN1");
  one = resolve (&world, "act-1", receipt, SWAP, 0, WORLD_NOW + 1, &error);
  g_assert_no_error (error);
  /* the same act is the same decision */
  again = resolve (&world, "act-1", receipt, SWAP, 0, WORLD_NOW + 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->receipt, ==, one->receipt);
  g_assert_cmpstr (again->message, ==, one->message);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM receipt"), ==, 2);
  /* another one comes too late, and is told what was decided */
  g_assert_null (resolve (&world, "act-2", receipt, REFUSE, 0, WORLD_NOW + 2, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "decided already, --accept-swap by tess"));
  g_assert_nonnull (strstr (error->message, one->receipt));
  g_clear_error (&error);
  g_assert_null (resolve (&world, NULL, one->receipt, REFUSE, 0, WORLD_NOW + 2, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (resolve (&world, NULL, "no-such", REFUSE, 0, WORLD_NOW + 2, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
  left = bh_desk_list_holds (world.desk, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  world_tear_down (&world, NULL);
}

/* What was decided stands when the box is scanned once more, and the unit is known in any box */
static void
test_scanned_again (gconstpointer data)
{
  static const struct {
    const char *scans;
    BhResolution how;
    int line;
    const char *again;
    const char *elsewhere;
  } boxes[] = {
    { "R0000000002 | SN-KNOWN1", SWAP, 0, "D8 already-received", "D8 already-received" },
    { "R0000000001 | BH!UNREADABLE", SWAP, 1, "D8 already-received", "D11 hold" },
    { "R0000000002 | SN-KNOWN1", REFUSE, 0, "D5 refuse", "D5 hold" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    DeskWorld world = { 0 };
    g_autofree char *receipt = NULL;
    g_autofree char *again = NULL;
    g_autofree char *elsewhere = NULL;
    g_autoptr (BhOutcome) outcome = NULL;

    world_set_up (&world, engine_now);
    receipt = hold (&world, "box-1", boxes[i].scans);
    outcome = resolve (&world, NULL, receipt, boxes[i].how, boxes[i].line, WORLD_NOW + 1, NULL);
    g_assert_nonnull (outcome);
    again = world_receive (world.desk, "box-1", boxes[i].scans);
    g_assert_cmpstr (again, ==, boxes[i].again);
    g_assert_cmpint (count (&world, "SELECT count(*) FROM receipt"), ==, 2);
    elsewhere = world_receive (world.desk, "box-2", boxes[i].scans);
    g_assert_cmpstr (elsewhere, ==, boxes[i].elsewhere);
    world_tear_down (&world, NULL);
  }
}

/* D8: the unit that was awaited comes after another was taken in its place */
static void
test_expected_comes_after_all (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autoptr (BhOutcome) swap = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  const BhOutcome *outcome;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-KNOWN1");
  swap = resolve (&world, NULL, receipt, SWAP, 0, WORLD_NOW + 1, NULL);
  outcomes = world_outcomes (world.desk, "after", NULL, "R0000000002 | SN-BRAVO1", NULL);
  outcome = outcomes->pdata[0];
  g_assert_cmpstr (outcome->ruling->rule, ==, "D8");
  g_assert_nonnull (strstr (outcome->message, "SN-BRAVO1, by SN-KNOWN1"));
  world_tear_down (&world, NULL);
}

/* The serial of an unreadable plate is read later: the box's own hold gives way (D11) */
static void
test_read_after_all (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;

  world_set_up (&world, engine_now);
  receipt = hold (&world, "box-1", "R0000000002 | BH!UNREADABLE");
  got = world_receive (world.desk, "box-1", "R0000000002 | BH!UNREADABLE | SN-BRAVO1");
  g_assert_cmpstr (got, ==, "D1 accept");
  g_assert_null (resolve (&world, NULL, receipt, SWAP, 0, WORLD_NOW + 1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "more was scanned"));
  world_tear_down (&world, NULL);
}

/* D8: a hold whose unit came in by another box is only to be voided */
static void
test_received_since (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhHold) shown = NULL;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-ALPHA1");
  got = world_receive (world.desk, NULL, "SN-ALPHA1");
  g_assert_cmpstr (got, ==, "D2 accept");
  for (BhResolution how = 0; how < BH_RESOLVE_LAST; how++) {
    g_autofree char *rule = NULL;

    g_assert_null (resolve (&world, NULL, receipt, how, 0, WORLD_NOW + 1, &error));
    rule = bh_error_rule (error);
    g_assert_cmpstr (rule, ==, "D8");
    g_clear_error (&error);
  }
  shown = bh_desk_find_hold (world.desk, receipt, NULL);
  g_assert_cmpuint (g_strv_length (shown->offered), ==, 0);
  g_assert_true (bh_desk_void (world.desk, "v", receipt, "twice", WORLD_NOW + 2, NULL));
  world_tear_down (&world, NULL);
}

/* D16: an accepted swap is taken back; a line of a closed RMA is what it was */
static void
test_void (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *swapped = NULL;
  g_autofree char *closed = NULL;
  g_autoptr (BhOutcome) one = NULL;
  g_autoptr (BhOutcome) two = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;

  world_set_up (&world, engine_now);
  swapped = hold (&world, NULL, "R0000000002 | SN-KNOWN1");
  closed = hold (&world, NULL, "R0000000006 | SN-CANCEL");
  one = resolve (&world, NULL, swapped, SWAP, 0, WORLD_NOW + 1, NULL);
  two = resolve (&world, NULL, closed, UNDER, 0, WORLD_NOW + 1, NULL);
  g_assert_true (bh_desk_void (world.desk, "v1", one->receipt, "wrong", WORLD_NOW + 2, &error));
  g_assert_no_error (error);
  g_assert_true (bh_desk_void (world.desk, "v2", two->receipt, "wrong", WORLD_NOW + 2, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma_line WHERE (id = 3 AND state ="
                                  " 'awaited' AND awaited = 1) OR (id = 7 AND state = 'cancelled'"
                                  " AND awaited = 0 AND received_us IS NULL)"),
                   ==, 2);
  again = world_receive (world.desk, NULL, "R0000000002 | SN-BRAVO1");
  g_assert_cmpstr (again, ==, "D1 accept");
  world_tear_down (&world, NULL);
}

/* A verdict that was given twice on one box still knows how its line was (D16) */
static void
test_void_of_a_grown_box (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *one = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;

  world_set_up (&world, engine_now);
  one = world_receive (world.desk, "box-1", "SN-ALPHA1");
  outcomes = world_outcomes (world.desk, "a", "box-1", "SN-ALPHA1 | R0000000001", NULL);
  g_assert_true (bh_desk_void (world.desk, "v", ((BhOutcome *) outcomes->pdata[0])->receipt, "x",
                               WORLD_NOW + 1, NULL));
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma_line WHERE id = 1 AND awaited = 1 AND"
                                  " state = 'awaited'"),
                   ==, 1);
  world_tear_down (&world, NULL);
}

/* A CSR's queue begins with what is escalated (F5) */
static void
test_urgent_first (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *urgent = NULL;
  g_autoptr (GPtrArray) holds = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;

  world_set_up (&world, engine_now);
  first = hold (&world, NULL, "R0000000001 | SN-KNOWN1");
  urgent = hold (&world, NULL, "R0000000002 | BH!UNREADABLE");
  world_run (world.desk, "UPDATE receipt SET at_us = at_us + 1 WHERE rma = 'R0000000002'");
  world_run (world.desk, "UPDATE rma SET urgency = 2 WHERE id = 2");
  holds = bh_desk_list_holds (world.desk, NULL);
  g_assert_cmpuint (holds->len, ==, 2);
  g_assert_cmpstr (((BhHold *) holds->pdata[0])->receipt.receipt, ==, urgent);
  g_assert_cmpstr (((BhHold *) holds->pdata[1])->receipt.receipt, ==, first);
  world_tear_down (&world, NULL);
}

/* What was held stays counted as held when it is decided */
static void
test_figures (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autoptr (BhOutcome) outcome = NULL;
  g_autoptr (GPtrArray) figures = NULL;
  gint64 held = 0;
  gint64 accepted = 0;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-ALPHA1");
  outcome = resolve (&world, NULL, receipt, UNDER, 0, WORLD_NOW + 1, NULL);
  figures = bh_desk_stats (world.desk, 0, WORLD_NOW + DAY, WORLD_NOW, NULL);
  for (guint i = 0; i < figures->len; i++) {
    const BhFigure *figure = figures->pdata[i];

    if (g_strcmp0 (figure->rule, "D4") == 0 && g_str_equal (figure->name, "held"))
      held = figure->value;
    if (g_strcmp0 (figure->rule, "D4") == 0 && g_str_equal (figure->name, "accepted"))
      accepted = figure->value;
  }
  g_assert_cmpint (held, ==, 1);
  g_assert_cmpint (accepted, ==, 1);
  world_tear_down (&world, NULL);
}

static void
test_list (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (GBytes) plate = g_bytes_new_static ("abc", 3);
  g_autoptr (GPtrArray) holds = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GError) error = NULL;
  const BhHold *one;

  world_set_up (&world, engine_now);
  first = hold (&world, "box-1", "R0000000001 | SN-BRAV01 | BH!NEXT-BOX");
  second = hold (&world, "box-2", "R0000000002 | SN-ALPHA1");
  third = hold (&world, "box-3", "R0000000003 | SN-CLOSED");
  g_assert_true (bh_store_add_photo (bh_desk_store (world.desk), "p1", "box-1", "plate.png",
                                     "image/png", "x", plate, 1, NULL));
  g_assert_true (bh_desk_void (world.desk, "v", third, "mistake", WORLD_NOW + 1, NULL));
  holds = bh_desk_list_holds (world.desk, &error);
  g_assert_no_error (error);
  /* of one instant: in the order of their receipts */
  g_assert_cmpuint (holds->len, ==, 2);
  one = holds->pdata[0];
  if (!g_str_equal (one->receipt.receipt, first))
    one = holds->pdata[1];
  g_assert_cmpstr (one->receipt.receipt, ==, first);
  g_assert_cmpstr (one->receipt.discrepancy, ==, "serial mismatch");
  g_assert_cmpuint (one->scans->len, ==, 3);
  g_assert_cmpstr (((BhHoldScan *) one->scans->pdata[1])->text, ==, "SN-BRAV01");
  g_assert_cmpstr (one->near[0], ==, "SN-BRAVO1 on R0000000002");
  g_assert_cmpstr (one->offered[0], ==, "accept-swap");
  g_assert_cmpstr (one->offered[1], ==, "refuse");
  g_assert_cmpuint (one->lines->len, ==, 2);
  g_assert_cmpstr (((BhHoldLine *) one->lines->pdata[1])->serial, ==, "SN-ALPHA2");
  g_assert_cmpuint (one->photos->len, ==, 1);
  g_assert_cmpint (((BhHoldPhoto *) one->photos->pdata[0])->size, ==, 3);
  photo = bh_desk_hold_photo (world.desk, first, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (photo, NULL), g_bytes_get_size (photo), "abc", 3);
  g_assert_null (bh_desk_hold_photo (world.desk, first, 2, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
  world_tear_down (&world, NULL);
}

/* D4 (site): a site keeps the RMA of the serial to itself */
static void
test_policy (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) other = NULL;
  BhResolveOptions options = { .how = UNDER, .reason = "x" };

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-ALPHA1");
  g_assert_true (
      bh_store_set_setting (bh_desk_store (world.desk), "dock.other-rma", "hold", &error));
  other = bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_OPEN, "tess", NULL, "csr", &error);
  g_assert_no_error (error);
  g_assert_null (bh_desk_resolve_hold (other, "a", receipt, &options, WORLD_NOW + 1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "choose --refuse"));
  world_tear_down (&world, NULL);
}

static void
test_stated_time (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  g_autoptr (GError) error = NULL;
  BhResolveOptions options = { .how = SWAP, .reason = "x", .time_stated = TRUE };

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | BH!UNREADABLE");
  g_assert_null (bh_desk_resolve_hold (world.desk, "a", receipt, &options, WORLD_NOW - 1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  world_tear_down (&world, NULL);
}

static void
test_roles (gconstpointer data)
{
  static const char *const logins[] = { "rita", "carl" };
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-KNOWN1");
  world_run (world.desk,
             "INSERT INTO operator (login, name, role) VALUES ('rita', 'Rita', 'receiver'),"
             " ('carl', 'Carl', 'csr')");
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhDesk) desk =
        bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_OPEN, logins[i], NULL, "x", NULL);
    BhResolveOptions stated = { .how = SWAP, .reason = "x", .time_stated = TRUE };
    BhResolveOptions options = { .how = SWAP, .reason = "x" };
    g_autoptr (BhOutcome) outcome = NULL;

    /* only a supervisor says when */
    g_assert_null (bh_desk_resolve_hold (desk, "a", receipt, &stated, WORLD_NOW + 1, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
    g_clear_error (&error);
    outcome = bh_desk_resolve_hold (desk, "b", receipt, &options, WORLD_NOW + 1, &error);
    if (i == 0)
      g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
    else
      g_assert_nonnull (outcome);
  }
  world_tear_down (&world, NULL);
}

/* Fail the 1st, 2nd, 3rd … step until it passes untouched (D15) */
static void
test_nth_failure (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autofree char *receipt = NULL;
  gboolean passed = FALSE;
  int n;

  world_set_up (&world, engine_now);
  receipt = hold (&world, NULL, "R0000000002 | SN-KNOWN1");
  for (n = 1; !passed && n < 500; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhOutcome) outcome = NULL;

    bh_store_fail_after (bh_desk_store (world.desk), n);
    outcome = resolve (&world, "act-1", receipt, SWAP, 0, WORLD_NOW + 1, &error);
    bh_store_fail_after (bh_desk_store (world.desk), 0);
    passed = outcome != NULL;
    if (passed)
      break;
    g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
    g_assert_cmpint (count (&world, "SELECT (SELECT count(*) FROM receipt WHERE void = 0)"
                                    " + (SELECT count(*) FROM receipt)"
                                    " + (SELECT count(*) FROM mail)"
                                    " + (SELECT count(*) FROM move)"
                                    " + (SELECT count(*) FROM label_job)"
                                    " + (SELECT count(*) FROM audit WHERE what = 'resolve')"),
                     ==, 3);
    g_assert_cmpint (count (&world, "SELECT count(*) FROM rma_line WHERE awaited = 1"), ==, 4);
  }
  g_assert_true (passed);
  g_assert_cmpint (n, >, 20);
  world_tear_down (&world, NULL);
}

#define RACED 12

typedef struct {
  const char *uri;
  const char *login;
  GPtrArray *receipts;
  BhResolution how;
  guint decided;
  guint told;
} Racer;

static gpointer
race (gpointer data)
{
  Racer *racer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk =
      bh_desk_open (racer->uri, BH_STORE_OPEN, racer->login, NULL, racer->login, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < racer->receipts->len; i++) {
    BhResolveOptions options = { .how = racer->how, .reason = "mine" };
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (BhOutcome) outcome = NULL;

    do {
      g_clear_error (&error);
      outcome = bh_desk_resolve_hold (desk, act, racer->receipts->pdata[i], &options, WORLD_NOW + 1,
                                      &error);
    } while (g_error_matches (error, BH_ERROR, BH_ERROR_BUSY));
    if (outcome != NULL) {
      racer->decided++;
      continue;
    }
    g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
    g_assert_nonnull (strstr (error->message, "decided already"));
    racer->told++;
  }
  return NULL;
}

/* Two CSRs at the same holds: each is decided once, and the other is told */
static void
test_race (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func (g_free);
  Racer anna = { .login = "anna", .how = REFUSE };
  Racer bert = { .login = "bert", .how = UNDER };
  GThread *thread;

  world_set_up (&world, engine_now);
  for (int i = 0; i < RACED; i++) {
    g_autofree char *serial = g_strdup_printf ("SN-RACE%02d", i);
    g_autofree char *scans = g_strdup_printf ("R0000000002 | %s", serial);
    g_autofree char *line = g_strdup_printf (
        "INSERT INTO rma_line (id, rma_id, line, serial, part, state, awaited, rma, status, "
        "account,"
        " account_name, case_no, created_us) VALUES (%d, 1, %d, '%s', 'PN-100', 'awaited', 1,"
        " 'R0000000001', 'open', 'A1', 'Acme Networks', '2026-1101-000001', 1)",
        100 + i, 10 + i, serial);

    world_run (world.desk, line);
    g_ptr_array_add (receipts, hold (&world, NULL, scans));
  }
  anna.uri = bert.uri = test_wrap_uri (world.wrap);
  anna.receipts = bert.receipts = receipts;
  thread = g_thread_new ("anna", race, &anna);
  race (&bert);
  g_thread_join (thread);
  g_assert_cmpuint (anna.decided + bert.decided, ==, RACED);
  g_assert_cmpuint (anna.told + bert.told, ==, RACED);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM receipt WHERE void = 0"), ==, RACED);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma_line WHERE state = 'received'"
                                  " AND id >= 100"),
                   ==, bert.decided);
  world_tear_down (&world, NULL);
}

static gpointer
race_for_lines (gpointer data)
{
  Racer *racer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk =
      bh_desk_open (racer->uri, BH_STORE_OPEN, racer->login, NULL, racer->login, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < racer->receipts->len; i++) {
    BhResolveOptions options = { .how = SWAP, .line = 10 + (int) i, .reason = "mine" };
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (BhOutcome) outcome = NULL;

    do {
      g_clear_error (&error);
      outcome = bh_desk_resolve_hold (desk, act, racer->receipts->pdata[i], &options, WORLD_NOW + 1,
                                      &error);
    } while (g_error_matches (error, BH_ERROR, BH_ERROR_BUSY));
    racer->decided += outcome != NULL;
    /* told plainly, never by the database's refusal of a row */
    racer->told += g_error_matches (error, BH_ERROR, BH_ERROR_REFUSED) ||
                   g_error_matches (error, BH_ERROR, BH_ERROR_USAGE);
  }
  return NULL;
}

/* Two units at one instant in place of the same awaited one: it takes one of them */
static void
test_race_for_lines (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GPtrArray) ones = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  Racer anna = { .login = "anna" };
  Racer bert = { .login = "bert" };
  GThread *thread;

  world_set_up (&world, engine_now);
  for (int i = 0; i < RACED; i++) {
    g_autofree char *one = g_strdup_printf ("R0000000002 | SN-ONE%03d | BH!NEXT-BOX", i);
    g_autofree char *other = g_strdup_printf ("R0000000002 | SN-OTHER%03d | BH!NEXT-BOX", i);
    g_autofree char *line = g_strdup_printf (
        "INSERT INTO rma_line (id, rma_id, line, serial, part, state, awaited, rma, status, "
        "account,"
        " account_name, case_no, created_us) VALUES (%d, 2, %d, 'SN-WAITED%d', 'PN-100', 'awaited',"
        " 1, 'R0000000002', 'open', 'A1', 'Acme Networks', '2026-1101-000001', 1)",
        100 + i, 10 + i, i);

    world_run (world.desk, line);
    g_ptr_array_add (ones, hold (&world, NULL, one));
    g_ptr_array_add (others, hold (&world, NULL, other));
  }
  anna.uri = bert.uri = test_wrap_uri (world.wrap);
  anna.receipts = ones;
  bert.receipts = others;
  thread = g_thread_new ("anna", race_for_lines, &anna);
  race_for_lines (&bert);
  g_thread_join (thread);
  g_assert_cmpuint (anna.decided + bert.decided, ==, RACED);
  g_assert_cmpuint (anna.told + bert.told, ==, RACED);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM receipt WHERE void = 0 AND"
                                  " verdict = 'accept'"),
                   ==, RACED);
  world_tear_down (&world, NULL);
}

static const struct {
  const char *path;
  GTestDataFunc run;
} stories[] = {
  { "D15/an-accept-does-all", test_accept_effects },
  { "D15/a-refusal-does-all", test_refuse_effects },
  { "D9/once-confirmed", test_draft_confirmed },
  { "D13/late-by-arrival", test_late },
  { "D6/shows-the-charge", test_charge },
  { "O3/charge-of-an-accept", test_charge_of_an_accept },
  { "D15/twice-is-told", test_twice },
  { "D8/a-decided-box-again", test_scanned_again },
  { "D8/the-expected-unit-comes-after-all", test_expected_comes_after_all },
  { "D11/read-after-all", test_read_after_all },
  { "D8/received-since", test_received_since },
  { "D16/a-decision-is-voided", test_void },
  { "D16/a-grown-box-is-voided", test_void_of_a_grown_box },
  { "D18/the-list", test_list },
  { "F5/urgent-first", test_urgent_first },
  { "D4/held-and-accepted-are-counted", test_figures },
  { "D4/a-site-keeps-it", test_policy },
  { "D16/stated-time", test_stated_time },
  { "V9/roles", test_roles },
  { "D15/nth-failure-writes-nothing", test_nth_failure },
  { "D15/two-at-one-hold", test_race },
  { "D5/two-in-place-of-one", test_race_for_lines },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/holds/%s/%s", engine_now, cases[i].path);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/holds/%s/%s", engine_now, stories[i].path);

    g_test_add_data_func (path, NULL, stories[i].run);
  }
  return g_test_run ();
}
