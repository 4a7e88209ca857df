/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the repair center, each of whose steps fails once (RA9, D15). */
#include <string.h>

#include "backhaul/bench.h"
#include "backhaul/custody.h"
#include "clock-world.h"

#define HOUR    G_TIME_SPAN_HOUR
#define MORNING (WORLD_NOW + 4 * HOUR)

static const guint8 dot[] = { 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0,    0,    0,    13,
                              'I',  'H', 'D', 'R', 0,    0,    0,    1,    0,    0,    0,    1,
                              8,    2,   0,   0,   0,    0x90, 0x77, 0x53, 0xde, 0,    0,    0,
                              12,   'I', 'D', 'A', 'T',  0x08, 0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0,
                              0,    3,   1,   1,   0,    0x18, 0xdd, 0x8d, 0xb0, 0,    0,    0,
                              0,    'I', 'E', 'N', 'D',  0xae, 0x42, 0x60, 0x82 };

static char *
begin (ClockWorld *world)
{
  const char *serials[] = { "SN-ALPHA1", NULL };
  BhMove move = { .serials = serials, .to = "repair:RC1" };
  BhWhen moved = { "act-move", MORNING, FALSE };
  BhWhen started = { "act-start", MORNING, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  char *job = NULL;

  clock_world_receive (world, "SN-ALPHA1", WORLD_NOW);
  all = bh_desk_move (world->desk, &moved, &move, &error);
  g_assert_no_error (error);
  g_assert_true (bh_desk_bench_start (world->desk, &started, "SN-ALPHA1", BH_REPAIR_RA, "old", &job,
                                      NULL, &error));
  g_assert_no_error (error);
  return job;
}

/* the n-th write fails, for every n until none does: all of the act, or nothing of it */
static void
test_each_failure (ClockWorld *world, gconstpointer data)
{
  g_autofree char *job = begin (world);
  g_autoptr (GBytes) file = g_bytes_new_static (dot, sizeof dot);
  const BhNote notes[] = {
    { .kind = BH_ENTRY_SYMPTOM, .value = "no power" },
    { .kind = BH_ENTRY_PHOTO, .name = "dot.png", .file = file },
  };
  BhWhen logged = { "act-log", MORNING, FALSE };
  BhWhen posted = { "act-post", MORNING, FALSE };
  BhResult result = { .job = job, .disposition = "returned" };
  gboolean ok = FALSE;
  int n;

  for (n = 1; !ok; n++) {
    g_autoptr (GError) error = NULL;

    bh_store_fail_after (bh_desk_store (world->desk), n);
    ok = bh_desk_bench_log (world->desk, &logged, job, notes, G_N_ELEMENTS (notes), &error);
    bh_store_fail_after (bh_desk_store (world->desk), 0);
    g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM job_entry"), ==, ok ? 2 : 0);
    g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM blob"), ==, ok ? 1 : 0);
  }
  g_assert_cmpint (n, >, 5);
  ok = FALSE;
  for (n = 1; !ok; n++) {
    g_auto (BhPosted) told = { 0 };
    g_autoptr (GError) error = NULL;

    bh_store_fail_after (bh_desk_store (world->desk), n);
    ok = bh_desk_bench_post (world->desk, &posted, &result, &told, &error);
    bh_store_fail_after (bh_desk_store (world->desk), 0);
    g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM job_post"), ==, ok);
    g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE kind = 'analysis'"),
                     ==, ok);
    g_assert_cmpint (
        world_count (world->desk,
                     "SELECT count(*) FROM clock WHERE kind = 'C2' AND state = 'open'"),
        ==, !ok);
  }
  g_assert_cmpint (n, >, 8);
}

/* the same act twice, after a lost connection, is one result */
static void
test_twice (ClockWorld *world, gconstpointer data)
{
  g_autofree char *job = begin (world);
  g_autofree char *again = NULL;
  BhWhen started = { "act-start", MORNING, FALSE };
  BhWhen posted = { "act-post", MORNING, FALSE };
  BhResult result = { .job = job, .disposition = "returned" };

  g_assert_true (bh_desk_bench_start (world->desk, &started, "SN-ALPHA1", BH_REPAIR_RA, "old",
                                      &again, NULL, NULL));
  g_assert_cmpstr (again, ==, job);
  for (int i = 0; i < 2; i++) {
    g_auto (BhPosted) told = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_true (bh_desk_bench_post (world->desk, &posted, &result, &told, &error));
    g_assert_no_error (error);
    g_assert_cmpint (told.version, ==, 1);
  }
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM job_post"), ==, 1);
}

static const ClockTest tests[] = {
  { "/RA9/each-failure", test_each_failure },
  { "/RA9/the-same-act", test_twice },
};

int
main (int argc, char **argv)
{
  return clock_world_main (argc, argv, "/bench", tests, G_N_ELEMENTS (tests));
}
