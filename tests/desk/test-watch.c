/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one station commits is told to another (docs/operations.md, Live). */
#include "backhaul/watch.h"

#include "backhaul/link.h"
#include "wrap.h"

#define PATIENCE_US (60 * G_TIME_SPAN_SECOND)

static const char *engine_now;

typedef struct {
  TestWrap *wrap;
  BhStore *store;
  GMainContext *context;
  BhWatch *watch;
  guint calls;
} World;

static void
on_change (gpointer data)
{
  ((World *) data)->calls++;
}

static void
commit (World *world, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) tx = bh_store_begin_write (world->store, &error);

  g_assert_no_error (error);
  g_assert_true (bh_store_set_setting (world->store, "test.watch", value, &error));
  g_assert_true (bh_tx_commit (tx, &error));
}

static void
wait_for_call (World *world, guint before)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  while (world->calls == before) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_main_context_iteration (world->context, FALSE);
    g_usleep (1000);
  }
}

/* The watch has its first look behind it once it has told of something. */
static void
set_up (World *world)
{
  g_autoptr (GError) error = NULL;

  world->wrap = test_wrap_new (engine_now);
  world->store = bh_store_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, &error);
  g_assert_no_error (error);
  world->context = g_main_context_new ();
  world->watch = bh_watch_new (test_wrap_uri (world->wrap), world->context, on_change, world);
  for (guint i = 0; world->calls == 0; i++) {
    g_autofree char *value = g_strdup_printf ("begin %u", i);

    g_assert_cmpuint (i, <, 1000);
    commit (world, value);
    g_usleep (50000);
    while (g_main_context_iteration (world->context, FALSE))
      ;
  }
  /* until what was committed above has been told to its end */
  for (guint before = world->calls + 1; before != world->calls;) {
    before = world->calls;
    g_usleep (1200000);
    while (g_main_context_iteration (world->context, FALSE))
      ;
  }
}

static void
tear_down (World *world)
{
  bh_watch_free (world->watch);
  bh_store_close (world->store);
  g_main_context_unref (world->context);
  test_wrap_free (world->wrap);
}

static void
test_told (void)
{
  World world = { 0 };
  guint before;

  set_up (&world);
  for (guint i = 0; i < 3; i++) {
    before = world.calls;
    commit (&world, i % 2 != 0 ? "odd" : "even");
    wait_for_call (&world, before);
  }
  tear_down (&world);
}

/* a burst is told of in a few calls, and its last commit is not forgotten */
static void
test_burst (void)
{
  World world = { 0 };
  guint before;

  set_up (&world);
  before = world.calls;
  for (guint i = 0; i < 100; i++) {
    g_autofree char *value = g_strdup_printf ("%u", i);

    commit (&world, value);
  }
  wait_for_call (&world, before);
  g_assert_cmpuint (world.calls - before, <, 100);
  before = world.calls;
  commit (&world, "the last");
  wait_for_call (&world, before);
  tear_down (&world);
}

/* its connection is ended: it listens again, and says that something may have been missed */
static void
test_again (void)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  guint before;

  if (!g_str_equal (engine_now, "postgresql")) {
    g_test_skip ("an embedded store has no connection to lose");
    return;
  }
  set_up (&world);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (BhStmt) stmt = bh_store_stmt (
        world.store,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname ="
        " current_database() AND pid <> pg_backend_pid()",
        &error);

    g_assert_no_error (error);
    g_assert_true (bh_stmt_one_row (stmt, &error));
    before = world.calls;
    commit (&world, i % 2 != 0 ? "odd" : "even");
    wait_for_call (&world, before);
  }
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestFunc run;
  } tests[] = {
    { "told", test_told },
    { "burst", test_burst },
    { "connection-ended", test_again },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/watch/%s", engine_now, tests[i].path);

    g_test_add_func (path, tests[i].run);
  }
  return g_test_run ();
}
