/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes that are received by one commit (D15; decision 0011). */
#include <string.h>

#include "backhaul/audit.h"
#include "world.h"
#include "wrap.h"

typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
  BhDesk *other;
} World;

static const char *engine_now;

static void
set_up (World *world)
{
  g_autoptr (GError) error = NULL;

  world->wrap = test_wrap_new (engine_now);
  world->desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", "north",
                              "dock-1", &error);
  g_assert_no_error (error);
  world_fill (world->desk);
  world->other =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_OPEN, "sam", "south", "dock-2", &error);
  g_assert_no_error (error);
}

static void
tear_down (World *world)
{
  world_check_journal (world->desk);
  bh_desk_close (world->other);
  bh_desk_close (world->desk);
  test_wrap_free (world->wrap);
}

/* A box a word; each ends with its NEXT-BOX. */
static GPtrArray *
arrivals_of (const char *serials)
{
  g_auto (GStrv) words = g_strsplit (serials, " ", -1);
  GPtrArray *arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_arrival_free);

  for (guint i = 0; words[i] != NULL; i++) {
    BhArrival *arrival = g_new0 (BhArrival, 1);

    arrival->act = g_strdup_printf ("act-%u", i);
    arrival->box = bh_box_new ();
    arrival->now_us = WORLD_NOW + i;
    bh_box_add (arrival->box, bh_scan_new_text (words[i], BH_SCAN_SCANNED, WORLD_NOW));
    bh_box_say (arrival->box, BH_COMMAND_NEXT_BOX);
    g_ptr_array_add (arrivals, arrival);
  }
  return arrivals;
}

/* "D2 D3 -": the rule of each, "-" for none */
static char *
rules_of (GPtrArray *arrivals)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < arrivals->len; i++) {
    const BhArrival *arrival = g_ptr_array_index (arrivals, i);
    const BhOutcome *outcome = arrival->outcomes != NULL ? arrival->outcomes->pdata[0] : NULL;

    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            outcome != NULL ? outcome->ruling->rule : "-");
  }
  return g_string_free (text, FALSE);
}

#define MIXED       "SN-ALPHA1 SN-NOWHERE SN-LATE01 SN-ALPHA1 SN-BRAVO1"
#define MIXED_RULES "D2 D3 D2 D8 D2"

static void
test_same_verdicts (void)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arrivals = arrivals_of (MIXED);
  g_autoptr (GPtrArray) again = arrivals_of (MIXED);
  g_autofree char *rules = NULL;
  g_autofree char *rules_again = NULL;

  set_up (&world);
  g_assert_true (bh_desk_receive_all (world.desk, arrivals, NULL, &error));
  g_assert_no_error (error);
  rules = rules_of (arrivals);
  g_assert_cmpstr (rules, ==, MIXED_RULES);
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM receipt"), ==, 4);
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM box"), ==, 5);
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM audit"), ==, 4);
  /* the same acts after a lost connection are the same receipts */
  g_assert_true (bh_desk_receive_all (world.desk, again, NULL, &error));
  rules_again = rules_of (again);
  g_assert_cmpstr (rules_again, ==, MIXED_RULES);
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM receipt"), ==, 4);
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpstr (
        ((BhOutcome *) ((BhArrival *) arrivals->pdata[i])->outcomes->pdata[0])->receipt, ==,
        ((BhOutcome *) ((BhArrival *) again->pdata[i])->outcomes->pdata[0])->receipt);
  tear_down (&world);
}

/* More than one commit may hold on to the store for: another one goes on where it ended. The unit
 * that came first comes once more at the end. */
static void
test_many (void)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) serials = g_string_new ("SN-ALPHA1");
  g_autoptr (GString) wanted = g_string_new ("D2");
  g_autoptr (GPtrArray) arrivals = NULL;
  g_autofree char *rules = NULL;

  for (guint i = 0; i < 300; i++) {
    g_string_append_printf (serials, " SN-NOWHERE%u", i);
    g_string_append (wanted, " D3");
  }
  g_string_append (serials, " SN-ALPHA1");
  g_string_append (wanted, " D8");
  arrivals = arrivals_of (serials->str);
  set_up (&world);
  g_assert_true (bh_desk_receive_all (world.desk, arrivals, NULL, &error));
  g_assert_no_error (error);
  rules = rules_of (arrivals);
  g_assert_cmpstr (rules, ==, wanted->str);
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM receipt"), ==, 301);
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM box"), ==, 302);
  tear_down (&world);
}

/* The disk is full at the n-th step: whatever that breaks, each box is there once */
static void
test_nth_failure (void)
{
  int n;

  for (n = 1; n < 400; n += 9) {
    World world = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) arrivals = arrivals_of (MIXED);
    g_autofree char *rules = NULL;

    set_up (&world);
    bh_store_fail_after (bh_desk_store (world.desk), n);
    g_assert_true (bh_desk_receive_all (world.desk, arrivals, NULL, &error));
    g_assert_no_error (error);
    bh_store_fail_after (bh_desk_store (world.desk), 0);
    rules = rules_of (arrivals);
    g_assert_cmpstr (rules, ==, MIXED_RULES);
    g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM receipt"), ==, 4);
    g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM mail"), ==, 3);
    tear_down (&world);
  }
}

/* A box that may not be (its time is before the record): those before it are durable */
static void
test_one_fails (void)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arrivals = arrivals_of ("SN-ALPHA1 SN-ALPHA2 SN-BRAVO1 SN-LATE01");
  g_autofree char *rules = NULL;
  const BhReceiveOptions stated = { .time_stated = TRUE };

  set_up (&world);
  ((BhArrival *) arrivals->pdata[2])->now_us = WORLD_NOW - 300 * G_TIME_SPAN_DAY;
  g_assert_false (bh_desk_receive_all (world.desk, arrivals, &stated, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "SN-BRAVO1"));
  rules = rules_of (arrivals);
  g_assert_cmpstr (rules, ==, "D2 D2 - -");
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM receipt"), ==, 2);
  g_assert_cmpint (world_count (world.other, "SELECT count(*) FROM box"), ==, 2);
  tear_down (&world);
}

/* They go with the next statement that is waited for. */
static void
wait_for_locks (BhDesk *desk)
{
  g_assert_cmpint (world_count (desk, "SELECT count(*) FROM rma WHERE id = 1"), ==, 1);
}

/* Another station has a unit of them in hand: nobody waits with other units locked */
static void
test_no_waiting (void)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) theirs = NULL;
  g_autoptr (BhTx) ours = NULL;

  if (g_str_equal (engine_now, "sqlite")) {
    g_test_skip ("SQLite has one writer");
    return;
  }
  set_up (&world);
  theirs = bh_store_begin_write (bh_desk_store (world.other), &error);
  g_assert_true (bh_store_lock_key (bh_desk_store (world.other), "SN-ALPHA1", &error));
  wait_for_locks (world.other);
  ours = bh_store_begin_write (bh_desk_store (world.desk), &error);
  bh_tx_wait_for_nobody (ours);
  g_assert_true (bh_store_lock_key (bh_desk_store (world.desk), "SN-ALPHA2", &error));
  g_assert_false (bh_store_lock_key (bh_desk_store (world.desk), "SN-ALPHA1", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_pointer (&theirs, bh_tx_end);
  g_assert_true (bh_store_lock_key (bh_desk_store (world.desk), "SN-ALPHA1", &error));
  g_clear_pointer (&ours, bh_tx_end);
  tear_down (&world);
}

/* As a window's thread does it: receiving repeats by itself, and so does whoever called it. */
static GPtrArray *
receive_as_a_worker (BhDesk *desk, guint *calls, GError **error)
{
  guint losses = 0;

  while (TRUE) {
    g_autoptr (GError) why = NULL;
    g_autoptr (GPtrArray) arrivals = arrivals_of ("SN-ALPHA1");
    BhArrival *arrival = arrivals->pdata[0];
    GPtrArray *outcomes =
        bh_desk_receive (desk, arrival->act, arrival->box, NULL, arrival->now_us, &why);

    (*calls)++;
    if (outcomes != NULL)
      return outcomes;
    if (bh_desk_may_repeat (desk, why, &losses))
      continue;
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
}

/* A lock that never ends: the dock is told after one round of tries, not after a round of rounds */
static void
test_one_budget (void)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) theirs = NULL;
  g_autoptr (BhDesk) desk = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *hasty = NULL;
  guint calls = 0;

  if (g_str_equal (engine_now, "sqlite")) {
    g_test_skip ("SQLite has one writer");
    return;
  }
  set_up (&world);
  hasty = g_strconcat (test_wrap_uri (world.wrap), "&options=-c%20lock_timeout%3D20ms", NULL);
  desk = bh_desk_open (hasty, BH_STORE_OPEN, "tess", "north", "dock-1", &error);
  g_assert_no_error (error);
  theirs = bh_store_begin_write (bh_desk_store (world.other), &error);
  g_assert_true (bh_store_lock_serial (bh_desk_store (world.other), "SN-ALPHA1", &error));
  wait_for_locks (world.other);
  outcomes = receive_as_a_worker (desk, &calls, &error);
  g_assert_null (outcomes);
  g_assert_error (error, BH_ERROR, BH_ERROR_BUSY);
  g_assert_cmpuint (calls, ==, 1);
  g_clear_error (&error);
  g_clear_pointer (&theirs, bh_tx_end);
  outcomes = receive_as_a_worker (desk, &calls, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcomes->len, ==, 1);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestFunc run;
  } tests[] = {
    { "D15/one-commit-same-verdicts", test_same_verdicts },
    { "D15/one-commit-after-another", test_many },
    { "D15/one-commit-nth-failure", test_nth_failure },
    { "D15/one-commit-one-fails", test_one_fails },
    { "D8/one-commit-waits-for-nobody", test_no_waiting },
    { "D15/one-budget-of-repeats", test_one_budget },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/%s", engine_now, tests[i].path);

    g_test_add_func (path, tests[i].run);
  }
  return g_test_run ();
}
