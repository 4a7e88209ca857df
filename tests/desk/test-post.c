/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements that nobody waits for: when they fail, and what is kept (decision 0064). */
#include "backhaul/link.h"
#include "backhaul/watch.h"
#include "wrap.h"

#define PUT "INSERT INTO setting (key, value) VALUES ($1, $2)"

static const char *engine_now;

typedef struct {
  TestWrap *wrap;
  BhStore *store;
} World;

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->wrap = test_wrap_new (engine_now);
  world->store = bh_store_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (World *world, gconstpointer data)
{
  bh_store_close (world->store);
  test_wrap_free (world->wrap);
}

static BhTx *
begin (World *world)
{
  g_autoptr (GError) error = NULL;
  BhTx *tx = bh_store_begin_write (world->store, &error);

  g_assert_no_error (error);
  return tx;
}

static gboolean
put (World *world, const char *key, GError **error)
{
  return bh_store_post (world->store, error, PUT, "tt", key, "x");
}

static gboolean
count (World *world, gint64 *n, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      world->store, "SELECT count(*) FROM setting WHERE key LIKE 'test.post.%'", error);

  if (stmt == NULL || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *n = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

static void
assert_kept (World *world, gint64 n)
{
  g_autoptr (GError) error = NULL;
  gint64 there = -1;

  count (world, &there, &error);
  g_assert_no_error (error);
  g_assert_cmpint (there, ==, n);
}

/* more than are sent before their answers are taken, and a question in between sees them */
static void
test_many (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) tx = begin (world);

  for (guint i = 0; i < 300; i++) {
    g_autofree char *key = g_strdup_printf ("test.post.%u", i);

    g_assert_true (put (world, key, &error));
    if (i == 150)
      assert_kept (world, 151);
  }
  g_assert_true (bh_tx_commit (tx, &error));
  assert_kept (world, 300);
}

/* at the latest the commit tells, with the reason of the one that failed */
static void
test_fails_at_commit (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BhTx *tx = begin (world);
  gboolean ok = put (world, "test.post.1", &error) && put (world, "test.post.1", &error) &&
                put (world, "test.post.2", &error) && bh_tx_commit (tx, &error);

  g_assert_false (ok);
  g_assert_error (error, BH_ERROR, BH_ERROR_CONSTRAINT);
  bh_tx_end (tx);
  assert_kept (world, 0);
}

/* and before it whatever is waited for: a question, a plain write, the last of many */
static void
test_fails_at_next (World *world, gconstpointer data)
{
  for (guint how = 0; how < 3; how++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhTx) tx = begin (world);
    gboolean ok = put (world, "test.post.1", &error) && put (world, "test.post.1", &error);
    gint64 n = 0;

    if (ok && how == 0)
      ok = count (world, &n, &error);
    if (ok && how == 1)
      ok = bh_store_run (world->store, NULL, &error, PUT, "tt", "test.post.2", "x");
    for (guint i = 0; ok && how == 2 && i < 100; i++) {
      g_autofree char *key = g_strdup_printf ("test.post.more.%u", i);

      ok = put (world, key, &error);
    }
    g_assert_false (ok);
    g_assert_error (error, BH_ERROR, BH_ERROR_CONSTRAINT);
  }
  assert_kept (world, 0);
}

static void
test_rolled_back (World *world, gconstpointer data)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    BhTx *tx = begin (world);

    g_assert_true (put (world, "test.post.1", &error));
    bh_tx_end (tx);
    assert_kept (world, 0);
  }
}

static void
end_connection (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStore) other = bh_store_open (test_wrap_uri (world->wrap), BH_STORE_OPEN, &error);
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      other,
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname ="
      " current_database() AND pid <> pg_backend_pid()",
      &error);

  g_assert_no_error (error);
  g_assert_true (bh_stmt_one_row (stmt, &error));
}

/* the connection breaks under what was sent, or has broken before it */
static void
test_lost (World *world, gconstpointer data)
{
  if (!g_str_equal (engine_now, "postgresql")) {
    g_test_skip ("an embedded store has no connection to lose");
    return;
  }
  for (guint how = 0; how < 2; how++) {
    g_autoptr (GError) error = NULL;
    BhTx *tx = begin (world);
    gboolean ok = how == 1 || put (world, "test.post.1", &error);

    end_connection (world);
    ok = ok && put (world, "test.post.2", &error) && bh_tx_commit (tx, &error);
    g_assert_false (ok);
    g_assert_error (error, BH_ERROR, BH_ERROR_LOST);
    bh_tx_end (tx);
    assert_kept (world, 0);
  }
}

static gint64
next_transaction (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      world->store, "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)",
      &error);

  g_assert_true (stmt != NULL && bh_stmt_one_row (stmt, &error));
  return bh_stmt_int64 (stmt, 0);
}

/* Numbers of transactions that a commit which others are told of uses; the server's own
 * housekeeping may use some, too. */
static gint64
numbers_used (World *world)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *key = g_uuid_string_random ();
    gint64 before = next_transaction (world);
    g_autoptr (BhTx) tx = begin (world);

    g_assert_true (put (world, key, &error) && bh_tx_commit (tx, &error));
    least = MIN (least, next_transaction (world) - before);
    g_usleep (250000); /* others are told so often at most */
  }
  return least;
}

static void
wait_for_listeners (World *world, gint64 n)
{
  gint64 until_us = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  while (TRUE) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhStmt) stmt = bh_store_stmt (
        world->store,
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 2 AND objid = 1"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        &error);

    g_assert_true (stmt != NULL && bh_stmt_one_row (stmt, &error));
    if (bh_stmt_int64 (stmt, 0) == n)
      return;
    g_assert_cmpint (g_get_monotonic_time (), <, until_us);
    g_usleep (10000);
  }
}

static void
on_change (gpointer data)
{
}

/* Telling others is a commit of its own, which is spared when nobody listens. */
static void
test_told_to_nobody (World *world, gconstpointer data)
{
  BhWatch *watch;

  if (!g_str_equal (engine_now, "postgresql")) {
    g_test_skip ("an embedded store tells nobody");
    return;
  }
  g_assert_cmpint (numbers_used (world), ==, 1);
  watch = bh_watch_new (test_wrap_uri (world->wrap), NULL, on_change, NULL);
  wait_for_listeners (world, 1);
  g_assert_cmpint (numbers_used (world), ==, 2);
  bh_watch_free (watch);
  wait_for_listeners (world, 0);
  g_assert_cmpint (numbers_used (world), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (World *world, gconstpointer data);
  } tests[] = {
    { "many", test_many },
    { "fails-at-commit", test_fails_at_commit },
    { "fails-at-next", test_fails_at_next },
    { "rolled-back", test_rolled_back },
    { "lost", test_lost },
    { "told-to-nobody", test_told_to_nobody },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/post/%s", engine_now, tests[i].path);

    g_test_add (path, World, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
