/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dock while the store is out of reach (DESIGN, Stations; D8, D15, F6). */
#include "offline-world.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "../../src/desk/journal.h"

static const char *engine_now;

/* What the copy awaits is accepted, all else put aside; nothing is on record until the replay,
 * which puts it there with the time and the person of then. */
static void
test_shift (gconstpointer data)
{
  OfflineWorld world = { 0 };

  offline_set_up (&world, engine_now);
  offline_expect (&world.north, "R0000000001 | SN-ALPHA1", WORLD_NOW + SECOND, "accept D1");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + 2 * SECOND, "accept D2");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + 3 * SECOND, "already-received D8");
  offline_expect (&world.north, "SN-NEVER1", WORLD_NOW + 4 * SECOND, "hold D11");
  offline_expect (&world.north, "R0000000001 | SN-LATE01", WORLD_NOW + 5 * SECOND, "hold D11");
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 5);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, 0);
  /* another person is at the station when the store is back */
  offline_replay (&world.north);
  g_assert_cmpuint (world.north.told->len, ==, 5);
  offline_expect_told (&world.north, 0, "same");
  offline_expect_told (&world.north, 1, "same");
  offline_expect_told (&world.north, 2, "same");
  offline_expect_told (&world.north, 3, "changed: REFUSE");
  offline_expect_told (&world.north, 4, "same"); /* held for the RMA of the serial (D4) */
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"
                                                  " WHERE verdict = 'accept' AND dock = 'north'"
                                                  " AND operator = 'tess'"),
                   ==, 2);
  g_assert_cmpint (
      world_count (world.north.desk, "SELECT at_us FROM receipt WHERE serial = 'SN-BRAVO1'"), ==,
      WORLD_NOW + 2 * SECOND);
  offline_tear_down (&world);
}

/* D8: two stations, one unit: one receipt, and one discrepancy that is told and recorded */
static void
test_two_stations (gconstpointer data)
{
  OfflineWorld world = { 0 };

  offline_set_up (&world, engine_now);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  offline_expect (&world.south, "SN-ALPHA1", WORLD_NOW + 2 * SECOND, "accept D2");
  offline_expect (&world.south, "SN-BRAVO1", WORLD_NOW + 3 * SECOND, "accept D2");
  offline_replay (&world.north);
  offline_replay (&world.south);
  offline_expect_told (&world.north, 0, "same");
  offline_expect_told (&world.south, 0, "changed: ALREADY RECEIVED");
  offline_expect_told (&world.south, 1, "same");
  g_assert_cmpint (
      world_count (world.north.desk, "SELECT count(*) FROM receipt WHERE serial = 'SN-ALPHA1'"), ==,
      1);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM audit WHERE what = 'replay'"
                                                  " AND station = 'dock-2'"),
                   ==, 1);
  offline_tear_down (&world);
}

/* The program is closed and started again while the store is away: the journal goes on. */
static void
test_started_again (gconstpointer data)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;

  offline_set_up (&world, engine_now);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  g_assert_null (bh_offline_open (world.north.folder, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_BUSY);
  for (guint i = 0; i < 3; i++) {
    bh_offline_close (world.north.offline);
    offline_open_journal (&world.north);
    g_assert_cmpstr (bh_offline_damage (world.north.offline), ==, NULL);
    g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 1 + i);
    g_assert_cmpint (bh_offline_taken_us (world.north.offline), ==, WORLD_NOW);
    offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + (2 + i) * SECOND, "already-received D8");
  }
  offline_replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, 1);
  offline_tear_down (&world);
}

/* Which scanner read a code goes through the journal. */
static void
test_scanner_kept (gconstpointer data)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBox) box = offline_box ("SN-ALPHA1", WORLD_NOW);
  g_autoptr (GPtrArray) outcomes = NULL;

  offline_set_up (&world, engine_now);
  /* the box's own, which only this test fills */
  ((BhScan *) bh_box_scan (box, 0))->scanner = g_strdup ("/dev/ttyACM0");
  outcomes = bh_offline_receive (world.north.offline, world.north.desk, "act-new", box, NULL,
                                 WORLD_NOW + SECOND, &error);
  g_assert_no_error (error);
  bh_offline_close (g_steal_pointer (&world.north.offline));
  offline_open_journal (&world.north);
  offline_replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk,
                                "SELECT count(*) FROM box_scan WHERE scanner = '/dev/ttyACM0'"),
                   ==, 1);
  offline_tear_down (&world);
}

/* ---- a journal that somebody had in hand ----------------------------------------------- */

typedef void (*Harm) (char *data, gsize *size);

static void
cut (char *data, gsize *size)
{
  *size -= 7;
}

static void
empty (char *data, gsize *size)
{
  *size = 0;
}

static void
test_harmed (gconstpointer data)
{
  static const struct {
    Harm harm;
    const char *damage;
    guint left;
  } harms[] = {
    { cut, "the journal was cut: 1 of its 2 boxes are there", 1 },
    { empty, "the journal was cut: 0 of its 2 boxes are there", 0 },
    { offline_alter, "box 2 of the journal was altered", 1 },
  };
  guint which = GPOINTER_TO_UINT (data);
  OfflineWorld world = { 0 };
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  gsize size = 0;

  offline_set_up (&world, engine_now);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + 2 * SECOND, "accept D2");
  bh_offline_close (world.north.offline);
  path = offline_file (&world.north, "journal");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  /* who has the file has no names and numbers */
  g_assert_null (g_strstr_len (bytes, (gssize) size, "SN-ALPHA1"));
  g_assert_null (g_strstr_len (bytes, (gssize) size, "tess"));
  harms[which].harm (bytes, &size);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  offline_open_journal (&world.north);
  g_assert_true (g_str_has_prefix (bh_offline_damage (world.north.offline), harms[which].damage));
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, harms[which].left);
  offline_replay (&world.north);
  g_assert_cmpuint (world.north.told->len, ==, harms[which].left);
  g_assert_cmpstr (bh_offline_damage (world.north.offline), ==, NULL);
  /* the harmed file is kept for who looks into it */
  {
    g_autoptr (GDir) folder = g_dir_open (world.north.folder, 0, NULL);
    const char *name;
    guint kept = 0;

    while ((name = g_dir_read_name (folder)) != NULL)
      kept += g_str_has_prefix (name, "journal.kept-");
    g_assert_cmpuint (kept, ==, 1);
  }
  offline_tear_down (&world);
}

/* A journal that was replayed is put back and replayed again: nothing is received twice. */
static void
test_twice (gconstpointer data)
{
  OfflineWorld world = { 0 };
  g_autofree char *journal = NULL;
  g_autofree char *count = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *mark = NULL;
  gsize size = 0;
  gsize mark_size = 0;
  gint64 receipts;
  gint64 entries;

  offline_set_up (&world, engine_now);
  offline_expect (&world.south, "SN-BRAVO1", WORLD_NOW + SECOND, "accept D2");
  offline_replay (&world.south);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + 2 * SECOND, "accept D2");
  offline_expect (&world.north, "SN-NEVER1", WORLD_NOW + 3 * SECOND, "hold D11");
  journal = offline_file (&world.north, "journal");
  count = offline_file (&world.north, "journal.count");
  g_assert_true (g_file_get_contents (journal, &bytes, &size, NULL));
  g_assert_true (g_file_get_contents (count, &mark, &mark_size, NULL));
  offline_replay (&world.north);
  receipts = world_count (world.north.desk, "SELECT count(*) FROM receipt");
  entries = world_count (world.north.desk, "SELECT count(*) FROM audit");
  g_assert_cmpint (receipts, ==, 3);
  bh_offline_close (world.north.offline);
  g_assert_true (g_file_set_contents (journal, bytes, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (count, mark, (gssize) mark_size, NULL));
  offline_open_journal (&world.north);
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 3);
  offline_replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, receipts);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM audit"), ==, entries);
  g_assert_cmpuint (world.north.told->len, ==, 6);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (g_ptr_array_index (world.north.told, i), ==,
                     g_ptr_array_index (world.north.told, i + 3));
  offline_tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestDataFunc run;
    guint which;
  } tests[] = {
    { "D15/shift", test_shift, 0 },
    { "D8/two-stations", test_two_stations, 0 },
    { "D15/started-again", test_started_again, 0 },
    { "F6/journal-cut", test_harmed, 0 },
    { "F6/journal-emptied", test_harmed, 1 },
    { "F6/journal-altered", test_harmed, 2 },
    { "S9/which-scanner-read-it-is-kept", test_scanner_kept, 0 },
    { "D8/journal-replayed-twice", test_twice, 0 },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/offline/%s", engine_now, tests[i].path);

    g_test_add_data_func (path, GUINT_TO_POINTER (tests[i].which), tests[i].run);
  }
  return g_test_run ();
}
