/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a dock lives through: the power goes, two docks scan one unit (D8, D15). */
#include <gio/gunixinputstream.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "backhaul/audit.h"
#include "backhaul/receive.h"
#include "wrap.h"

#define UNITS_RACED 1000
#define KILLS       200
#define TOGETHER    7 /* of boxes by one commit */

typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
  guint together; /* boxes by one commit */
} World;

static const char *engine_now;

static gint64
count (BhDesk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (desk), sql, &error);

  g_assert_no_error (error);
  g_assert_true (bh_stmt_one_row (stmt, &error));
  return bh_stmt_int64 (stmt, 0);
}

static void
set_up (World *world, guint together, guint units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) tx = NULL;
  BhStore *store;

  world->together = together;
  world->wrap = test_wrap_new (engine_now);
  world->desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", "north",
                              "tester", &error);
  g_assert_no_error (error);
  store = bh_desk_store (world->desk);
  tx = bh_store_begin_write (store, &error);
  for (guint i = 0; i < units; i++) {
    g_autofree char *serial = g_strdup_printf ("SN-%06u", i);
    g_autofree char *rma = g_strdup_printf ("R%010u", i + 1);

    bh_store_run (store, NULL, &error,
                  "INSERT INTO rma (id, rma, state, status, account, created_us, confirmed_us)"
                  " VALUES ($1, $2, 'open', 'open', 'A1', 1, 1)",
                  "it", (gint64) i + 1, rma);
    g_assert_no_error (error);
    bh_store_run (store, NULL, &error,
                  "INSERT INTO rma_line (rma_id, line, serial, state, awaited, rma, status,"
                  " account, account_name, created_us) VALUES ($1, 1, $2, 'awaited', 1, $3,"
                  " 'open', 'A1', 'Acme', 1)",
                  "itt", (gint64) i + 1, serial, rma);
    g_assert_no_error (error);
  }
  g_assert_true (bh_tx_commit (tx, &error));
}

static void
on_fault (const char *what, gpointer data)
{
  g_test_message ("%s", what);
  (*(guint *) data)++;
}

static void
tear_down (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;
  guint faults = 0;
  gint64 entries = 0;

  g_assert_true (bh_store_integrity (bh_desk_store (world->desk), on_fault, &faults, &error));
  g_assert_cmpuint (faults, ==, 0);
  g_assert_true (bh_desk_audit_verify (world->desk, &entries, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bad, ==, NULL);
  bh_desk_close (world->desk);
  test_wrap_free (world->wrap);
}

static GSubprocess *
start (World *world, const char *station, guint first, guint last, gint64 begin_us)
{
  g_autofree char *begin = g_strdup_printf ("%" G_GINT64_FORMAT, begin_us);
  g_autofree char *from = g_strdup_printf ("%u", first);
  g_autofree char *to = g_strdup_printf ("%u", last);
  g_autofree char *together = g_strdup_printf ("%u", world->together);
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "receiver", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                        test_wrap_uri (world->wrap), station, from, to, begin, together, NULL);

  g_assert_no_error (error);
  return process;
}

static int
by_text (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* D8: each unit exactly one ACCEPT and one ALREADY RECEIVED */
static void
test_race (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (GSubprocess) north = NULL;
  g_autoptr (GSubprocess) south = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;
  g_autoptr (GError) error = NULL;
  guint accepted = 0;
  gint64 begin_us;

  set_up (&world, GPOINTER_TO_UINT (data), UNITS_RACED);
  begin_us = g_get_real_time () + 300000; /* both are up by then */
  north = start (&world, "north", 0, UNITS_RACED, begin_us);
  south = start (&world, "south", 0, UNITS_RACED, begin_us);
  /* both pipes are read at once, or one would stop at a full pipe */
  g_assert_true (g_subprocess_communicate_utf8 (north, NULL, NULL, &one, NULL, &error));
  g_assert_true (g_subprocess_communicate_utf8 (south, NULL, NULL, &two, NULL, &error));
  g_assert_no_error (error);
  a = g_strsplit (one, "\n", -1);
  b = g_strsplit (two, "\n", -1);
  g_assert_cmpuint (g_strv_length (a), ==, UNITS_RACED + 1);
  g_assert_cmpuint (g_strv_length (b), ==, UNITS_RACED + 1);
  /* by serial: the two do not take them in the same order */
  qsort (a, UNITS_RACED, sizeof *a, by_text);
  qsort (b, UNITS_RACED, sizeof *b, by_text);
  for (guint i = 0; i < UNITS_RACED; i++) {
    g_auto (GStrv) x = g_strsplit (a[i], " ", 3);
    g_auto (GStrv) y = g_strsplit (b[i], " ", 3);
    gboolean x_first = g_str_equal (x[1], "D2");

    g_assert_cmpstr (x[0], ==, y[0]);
    g_assert_cmpstr (x_first ? x[1] : y[1], ==, "D2");
    g_assert_cmpstr (x_first ? y[1] : x[1], ==, "D8");
    /* both name the one receipt */
    g_assert_cmpstr (x[2], ==, y[2]);
    accepted += x_first;
  }
  g_test_message ("%u of %u accepted by the first", accepted, UNITS_RACED);
  g_assert_cmpint (count (world.desk, "SELECT count(*) FROM receipt"), ==, UNITS_RACED);
  tear_down (&world);
}

/* D15: killed at any instant, what was acknowledged is there, once */
static void
test_kill (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (GHashTable) acknowledged =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  GHashTableIter each;
  gpointer receipt;
  guint next = 0;
  int up_ms = g_str_equal (engine_now, "sqlite") ? 12 : 25;

  set_up (&world, GPOINTER_TO_UINT (data), KILLS * 40);
  for (guint i = 0; i < KILLS; i++) {
    g_autoptr (GSubprocess) station = start (&world, "killed", next, KILLS * 40, 0);
    g_autoptr (GError) error = NULL;
    g_autofree char *said = NULL;
    g_auto (GStrv) lines = NULL;
    GPollFD ready = {
      .fd =
          g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (station))),
      .events = G_IO_IN | G_IO_HUP,
    };

    /* every fifth life may end before its first receipt; the others once one was
     * acknowledged, at any instant of those that follow, however slow the machine is */
    if (i % 5 != 0)
      g_poll (&ready, 1, 20000);
    g_usleep ((gulong) g_rand_int_range (random, 0, up_ms * 1000));
    g_subprocess_send_signal (station, SIGKILL);
    g_assert_true (g_subprocess_communicate_utf8 (station, NULL, NULL, &said, NULL, &error));
    g_assert_no_error (error);
    lines = g_strsplit (said, "\n", -1);
    for (char **line = lines; *line != NULL && **line != '\0'; line++) {
      g_auto (GStrv) words = g_strsplit (*line, " ", 3);

      g_assert_cmpuint (g_strv_length (words), ==, 3);
      /* a unit whose acknowledgement was cut off is ALREADY RECEIVED now */
      g_assert_true (g_str_equal (words[1], "D2") || g_str_equal (words[1], "D8"));
      g_hash_table_add (acknowledged, g_strdup (words[2]));
      next++;
    }
    next = MIN (next, KILLS * 40);
  }
  g_test_message ("%u receipts acknowledged over %d kills", g_hash_table_size (acknowledged),
                  KILLS);
  g_assert_cmpuint (g_hash_table_size (acknowledged), >, KILLS / 2);
  g_hash_table_iter_init (&each, acknowledged);
  while (g_hash_table_iter_next (&each, &receipt, NULL)) {
    g_autofree char *sql = g_strdup_printf (
        "SELECT count(*) FROM receipt WHERE receipt = '%s' AND void = 0", (char *) receipt);

    g_assert_cmpint (count (world.desk, sql), ==, 1);
  }
  /* none twice, none half: at most the last commit of each life is unacknowledged */
  g_assert_cmpint (count (world.desk, "SELECT count(*) FROM receipt"), <=,
                   g_hash_table_size (acknowledged) + KILLS * world.together);
  g_assert_cmpint (count (world.desk, "SELECT count(*) FROM (SELECT serial FROM receipt"
                                      " GROUP BY serial HAVING count(*) > 1) AS twice"),
                   ==, 0);
  g_assert_cmpint (count (world.desk, "SELECT count(*) FROM receipt"), ==,
                   count (world.desk, "SELECT count(*) FROM audit WHERE what = 'receive'"));
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestDataFunc run;
    guint together;
  } tests[] = {
    { "D8/two-stations-one-unit", test_race, 1 },
    { "D8/two-stations-many-boxes-a-commit", test_race, TOGETHER },
    { "D15/killed-at-any-instant", test_kill, 1 },
    { "D15/killed-with-many-boxes-a-commit", test_kill, TOGETHER },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/faults/%s/%s", engine_now, tests[i].path);

    g_test_add_data_func (path, GUINT_TO_POINTER (tests[i].together), tests[i].run);
  }
  return g_test_run ();
}
