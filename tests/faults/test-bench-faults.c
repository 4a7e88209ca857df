/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bench lives through: the power goes while a result with photos is posted, two
 * technicians begin one job (RA8, RA9, D15). */
#include <gio/gunixinputstream.h>
#include <signal.h>
#include <string.h>

#include "backhaul/audit.h"
#include "backhaul/bench.h"
#include "world.h"
#include "wrap.h"

#define UNITS_RACED 200
#define KILLS       60
#define UNITS       (KILLS * 20)

typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
} World;

static const char *engine_now;

static void
run (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error, sql, "");
  g_assert_no_error (error);
}

static void
set_up (World *world, guint units)
{
  g_autofree char *rmas = NULL;
  g_autofree char *lines = NULL;

  world->wrap = test_wrap_new (engine_now);
  world->desk =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", "north", "tester", NULL);
  g_assert_nonnull (world->desk);
  run (world, "INSERT INTO operator (login, name, role, authorised_technician) VALUES"
              " ('tess', 'Tess', 'technician', 1), ('tom', 'Tom', 'technician', 1)");
  run (world, "INSERT INTO destination (destination, name, time_zone)"
              " VALUES ('SJC', 'San Jose', 'America/Los_Angeles')");
  run (world, "INSERT INTO account (account, name, email) VALUES ('A1', 'Acme', 'a@a.example')");
  run (world, "INSERT INTO product (part, first_shipment) VALUES ('PN-1', '2026-01-01')");
#define COUNTED "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
  rmas = g_strdup_printf (COUNTED "INSERT INTO rma (id, rma, state, status, account, destination,"
                                  " created_us, confirmed_us) SELECT i, 'R' || (1000000000 + i),"
                                  " 'received', 'open', 'A1', 'SJC', 1, 1 FROM n",
                          units);
  lines = g_strdup_printf (
      COUNTED "INSERT INTO rma_line (rma_id, line, serial, part, state, awaited, received_us, rma,"
              " status, account, account_name, created_us) SELECT i, 1,"
              " 'SN-' || substr ('' || (999999 + i), 2), 'PN-1', 'received', 0, 1,"
              " 'R' || (1000000000 + i), 'open', 'A1', 'Acme', 1 FROM n",
      units);
  run (world, rmas);
  run (world, lines);
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

  /* each photo still has the digest that it is kept under */
  g_assert_true (bh_store_integrity (bh_desk_store (world->desk), on_fault, &faults, &error));
  g_assert_cmpuint (faults, ==, 0);
  g_assert_true (bh_desk_audit_verify (world->desk, &entries, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bad, ==, NULL);
  bh_desk_close (world->desk);
  test_wrap_free (world->wrap);
}

static GSubprocess *
start (World *world, const char *login, guint first, guint last, gint64 begin_us, const char *what)
{
  g_autofree char *begin = g_strdup_printf ("%" G_GINT64_FORMAT, begin_us);
  g_autofree char *from = g_strdup_printf ("%u", first);
  g_autofree char *to = g_strdup_printf ("%u", last);
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "poster", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                        test_wrap_uri (world->wrap), login, from, to, begin, what, NULL);

  g_assert_no_error (error);
  return process;
}

static gint64
count (World *world, const char *sql)
{
  return world_count (world->desk, sql);
}

/* ---- killed in the middle of a result with photos ---------------------------------------- */

static void
check_whole (World *world)
{
  gint64 posts = count (world, "SELECT count(*) FROM job_post");

  /* four photos and a symptom are one act: all of it, or nothing */
  g_assert_cmpint (count (world, "SELECT count(*) FROM (SELECT job, operator, at_us FROM job_entry"
                                 " GROUP BY job, operator, at_us HAVING count(*) <> 5) AS half"),
                   ==, 0);
  g_assert_cmpint (count (world, "SELECT count(*) FROM blob b WHERE NOT EXISTS"
                                 " (SELECT 1 FROM job_entry e WHERE e.sha256 = b.sha256)"),
                   ==, 0);
  /* a result is its row, its state, its mail, its clock and its journal, or none of them */
  g_assert_cmpint (count (world, "SELECT count(*) FROM job WHERE state = 'posted' AND versions = 1"
                                 " AND disposition = 'no-fault-found'"),
                   ==, posts);
  g_assert_cmpint (count (world, "SELECT count(*) FROM mail WHERE kind = 'analysis'"), ==, posts);
  g_assert_cmpint (count (world, "SELECT count(*) FROM clock WHERE kind = 'C2' AND state = 'met'"),
                   ==, posts);
  g_assert_cmpint (count (world, "SELECT count(*) FROM audit WHERE what = 'bench-post'"
                                 " AND entity LIKE 'job:%'"),
                   ==, posts);
  g_assert_cmpint (count (world, "SELECT count(*) FROM (SELECT line_id FROM job GROUP BY line_id"
                                 " HAVING count(*) > 1) AS twice"),
                   ==, 0);
}

static void
test_kill (void)
{
  World world = { 0 };
  g_autoptr (GHashTable) acknowledged =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261126);
  GHashTableIter each;
  gpointer job;
  guint next = 0;

  set_up (&world, UNITS);
  for (guint i = 0; i < KILLS; i++) {
    g_autoptr (GSubprocess) bench = start (&world, "tess", next, UNITS, 0, "post");
    g_autoptr (GError) error = NULL;
    g_autofree char *said = NULL;
    g_auto (GStrv) lines = NULL;
    GPollFD ready = {
      .fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (bench))),
      .events = G_IO_IN | G_IO_HUP,
    };

    /* every fifth life may end before its first result, the others at any instant after it */
    if (i % 5 != 0)
      g_poll (&ready, 1, 20000);
    g_usleep ((gulong) g_rand_int_range (random, 0, 200000));
    g_subprocess_send_signal (bench, SIGKILL);
    g_assert_true (g_subprocess_communicate_utf8 (bench, NULL, NULL, &said, NULL, &error));
    g_assert_no_error (error);
    lines = g_strsplit (said, "\n", -1);
    for (char **line = lines; *line != NULL && g_str_has_suffix (*line, " 1"); line++, next++)
      g_hash_table_add (acknowledged, g_strndup (*line, strlen (*line) - 2));
    next = MIN (next, UNITS);
  }
  g_test_message ("%u results acknowledged over %d kills, %d written down without a result",
                  g_hash_table_size (acknowledged), KILLS,
                  (int) count (&world, "SELECT count(*) FROM job WHERE state = 'open'"));
  g_assert_cmpuint (g_hash_table_size (acknowledged), >, KILLS / 2);
  g_hash_table_iter_init (&each, acknowledged);
  while (g_hash_table_iter_next (&each, &job, NULL)) {
    g_autofree char *sql = g_strdup_printf (
        "SELECT count(*) FROM job_post WHERE job = '%s' AND version = 1", (char *) job);

    g_assert_cmpint (count (&world, sql), ==, 1);
  }
  check_whole (&world);
  tear_down (&world);
}

/* ---- two technicians, one job ------------------------------------------------------------- */

static int
logged (const char *line)
{
  return g_str_has_suffix (line, " log");
}

static void
test_race (void)
{
  World world = { 0 };
  g_autoptr (GSubprocess) north = NULL;
  g_autoptr (GSubprocess) south = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;
  gint64 begin_us;
  int logs = 0;

  set_up (&world, UNITS_RACED);
  begin_us = g_get_real_time () + 300000; /* both are up by then */
  north = start (&world, "tess", 0, UNITS_RACED, begin_us, "race");
  south = start (&world, "tom", 0, UNITS_RACED, begin_us, "race");
  g_assert_true (g_subprocess_communicate_utf8 (north, NULL, NULL, &one, NULL, &error));
  g_assert_true (g_subprocess_communicate_utf8 (south, NULL, NULL, &two, NULL, &error));
  g_assert_no_error (error);
  a = g_strsplit (one, "\n", -1);
  b = g_strsplit (two, "\n", -1);
  g_assert_cmpuint (g_strv_length (a), ==, UNITS_RACED + 1);
  g_assert_cmpuint (g_strv_length (b), ==, UNITS_RACED + 1);
  for (guint i = 0; i < UNITS_RACED; i++) {
    /* one began it, the other was told who has it */
    g_assert_cmpint (strstr (a[i], " began ") != NULL, !=, strstr (b[i], " began ") != NULL);
    logs += logged (a[i]) + logged (b[i]);
  }
  g_assert_cmpint (count (&world, "SELECT count(*) FROM job"), ==, UNITS_RACED);
  /* what was acknowledged is there, of both; the takeover is on record */
  g_assert_cmpint (count (&world, "SELECT count(*) FROM job_entry WHERE what = 'symptom'"), ==,
                   logs);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM job_entry WHERE what = 'taken'"), ==,
                   UNITS_RACED);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestFunc run;
  } tests[] = {
    { "RA9/killed-while-posting-photos", test_kill },
    { "RA8/two-technicians-one-job", test_race },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/faults/%s/%s", engine_now, tests[i].path);

    g_test_add_func (path, tests[i].run);
  }
  return g_test_run ();
}
