/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dock while the store is out of reach (DESIGN, Stations; D8, D15, F6). */
#include "backhaul/offline.h"

#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/audit.h"
#include "backhaul/identifier.h"
#include "../../src/desk/journal.h"
#include "world.h"
#include "wrap.h"

#define UNITS  240 /* of the long shift */
#define SECOND G_USEC_PER_SEC

static const char *engine_now;

typedef struct {
  BhDesk *desk;
  BhOffline *offline;
  char *folder;
  GPtrArray *told; /* "changed: AFTER" or "same" */
} Station;

typedef struct {
  TestWrap *wrap;
  Station north;
  Station south;
} World;

static void
open_journal (Station *station)
{
  g_autoptr (GError) error = NULL;

  station->offline = bh_offline_open (station->folder, &error);
  g_assert_no_error (error);
}

static void
open_station (World *world, Station *station, const char *login, const char *dock, const char *name)
{
  g_autoptr (GError) error = NULL;

  station->desk =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, login, dock, name, &error);
  g_assert_no_error (error);
  station->folder = g_dir_make_tmp ("bh-offline-XXXXXX", NULL);
  station->told = g_ptr_array_new_with_free_func (g_free);
}

static void
refresh (Station *station, gint64 units)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (station->offline == NULL)
    open_journal (station);
  g_assert_true (bh_offline_refresh (station->offline, station->desk, WORLD_NOW, &n, &error));
  g_assert_no_error (error);
  if (units >= 0)
    g_assert_cmpint (n, ==, units);
}

static void
set_up (World *world)
{
  world->wrap = test_wrap_new (engine_now);
  open_station (world, &world->north, "tess", "north", "dock-1");
  world_fill (world->north.desk);
  open_station (world, &world->south, "sam", "south", "dock-2");
  refresh (&world->north, 4);
  refresh (&world->south, 4);
}

static char *
file_of (Station *station, const char *name)
{
  return g_build_filename (station->folder, name, NULL);
}

static void
close_station (Station *station)
{
  g_autoptr (GDir) folder = g_dir_open (station->folder, 0, NULL);
  const char *name;

  bh_offline_close (station->offline);
  bh_desk_close (station->desk);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (station->folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_rmdir (station->folder);
  g_free (station->folder);
  g_ptr_array_unref (station->told);
}

static void
tear_down (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;
  gint64 entries = 0;

  g_assert_true (bh_desk_audit_verify (world->north.desk, &entries, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bad, ==, NULL);
  close_station (&world->north);
  close_station (&world->south);
  test_wrap_free (world->wrap);
}

static BhBox *
box_of (const char *scans, gint64 now_us)
{
  g_auto (GStrv) texts = g_strsplit (scans, " | ", -1);
  BhBox *box = bh_box_new ();

  for (char **text = texts; *text != NULL; text++)
    bh_box_add (box, bh_scan_new_text (*text, BH_SCAN_SCANNED, now_us));
  bh_box_say (box, BH_COMMAND_NEXT_BOX);
  return box;
}

/* "accept D2" of the only unit */
static char *
scan (Station *station, const char *scans, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBox) box = box_of (scans, now_us);
  g_autofree char *act = bh_uuid (now_us);
  g_autoptr (GPtrArray) outcomes =
      bh_offline_receive (station->offline, station->desk, act, box, NULL, now_us, &error);
  const BhOutcome *outcome;

  g_assert_no_error (error);
  g_assert_cmpuint (outcomes->len, ==, 1);
  outcome = g_ptr_array_index (outcomes, 0);
  g_assert_true (outcome->provisional);
  g_assert_null (outcome->receipt);
  g_assert_nonnull (strstr (outcome->message, "Provisional"));
  return g_strdup_printf ("%s %s", bh_verdict_name (outcome->ruling->verdict),
                          outcome->ruling->rule);
}

static void
expect (Station *station, const char *scans, gint64 now_us, const char *verdict)
{
  g_autofree char *said = scan (station, scans, now_us);

  g_assert_cmpstr (said, ==, verdict);
}

static void
on_replayed (const BhReplayed *box, gpointer data)
{
  Station *station = data;

  g_assert_nonnull (strstr (box->before, "Provisional"));
  g_ptr_array_add (station->told,
                   box->changed ? g_strconcat ("changed: ", box->after, NULL) : g_strdup ("same"));
}

static void
replay (Station *station)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bh_offline_replay (station->offline, station->desk, on_replayed, station, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bh_offline_unsent (station->offline), ==, 0);
}

static void
expect_told (Station *station, guint n, const char *prefix)
{
  g_assert_cmpuint (n, <, station->told->len);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (station->told, n), prefix));
}

/* What the copy awaits is accepted, all else put aside; nothing is on record until the replay,
 * which puts it there with the time and the person of then. */
static void
test_shift (gconstpointer data)
{
  World world = { 0 };

  set_up (&world);
  expect (&world.north, "R0000000001 | SN-ALPHA1", WORLD_NOW + SECOND, "accept D1");
  expect (&world.north, "SN-BRAVO1", WORLD_NOW + 2 * SECOND, "accept D2");
  expect (&world.north, "SN-BRAVO1", WORLD_NOW + 3 * SECOND, "already-received D8");
  expect (&world.north, "SN-NEVER1", WORLD_NOW + 4 * SECOND, "hold D11");
  expect (&world.north, "R0000000001 | SN-LATE01", WORLD_NOW + 5 * SECOND, "hold D11");
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 5);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, 0);
  /* another person is at the station when the store is back */
  replay (&world.north);
  g_assert_cmpuint (world.north.told->len, ==, 5);
  expect_told (&world.north, 0, "same");
  expect_told (&world.north, 1, "same");
  expect_told (&world.north, 2, "same");
  expect_told (&world.north, 3, "changed: REFUSE");
  expect_told (&world.north, 4, "same"); /* held for the RMA of the serial (D4) */
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"
                                                  " WHERE verdict = 'accept' AND dock = 'north'"
                                                  " AND operator = 'tess'"),
                   ==, 2);
  g_assert_cmpint (
      world_count (world.north.desk, "SELECT at_us FROM receipt WHERE serial = 'SN-BRAVO1'"), ==,
      WORLD_NOW + 2 * SECOND);
  tear_down (&world);
}

/* D8: two stations, one unit: one receipt, and one discrepancy that is told and recorded */
static void
test_two_stations (gconstpointer data)
{
  World world = { 0 };

  set_up (&world);
  expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  expect (&world.south, "SN-ALPHA1", WORLD_NOW + 2 * SECOND, "accept D2");
  expect (&world.south, "SN-BRAVO1", WORLD_NOW + 3 * SECOND, "accept D2");
  replay (&world.north);
  replay (&world.south);
  expect_told (&world.north, 0, "same");
  expect_told (&world.south, 0, "changed: ALREADY RECEIVED");
  expect_told (&world.south, 1, "same");
  g_assert_cmpint (
      world_count (world.north.desk, "SELECT count(*) FROM receipt WHERE serial = 'SN-ALPHA1'"), ==,
      1);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM audit WHERE what = 'replay'"
                                                  " AND station = 'dock-2'"),
                   ==, 1);
  tear_down (&world);
}

/* The program is closed and started again while the store is away: the journal goes on. */
static void
test_started_again (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&world);
  expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  g_assert_null (bh_offline_open (world.north.folder, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_BUSY);
  for (guint i = 0; i < 3; i++) {
    bh_offline_close (world.north.offline);
    open_journal (&world.north);
    g_assert_cmpstr (bh_offline_damage (world.north.offline), ==, NULL);
    g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 1 + i);
    g_assert_cmpint (bh_offline_taken_us (world.north.offline), ==, WORLD_NOW);
    expect (&world.north, "SN-ALPHA1", WORLD_NOW + (2 + i) * SECOND, "already-received D8");
  }
  replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, 1);
  tear_down (&world);
}

/* Which scanner read a code goes through the journal. */
static void
test_scanner_kept (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBox) box = box_of ("SN-ALPHA1", WORLD_NOW);
  g_autoptr (GPtrArray) outcomes = NULL;

  set_up (&world);
  /* the box's own, which only this test fills */
  ((BhScan *) bh_box_scan (box, 0))->scanner = g_strdup ("/dev/ttyACM0");
  outcomes = bh_offline_receive (world.north.offline, world.north.desk, "act-new", box, NULL,
                                 WORLD_NOW + SECOND, &error);
  g_assert_no_error (error);
  bh_offline_close (g_steal_pointer (&world.north.offline));
  open_journal (&world.north);
  replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk,
                                "SELECT count(*) FROM box_scan WHERE scanner = '/dev/ttyACM0'"),
                   ==, 1);
  tear_down (&world);
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
alter (char *data, gsize *size)
{
  data[*size - 20] ^= 1;
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
    { alter, "box 2 of the journal was altered", 1 },
  };
  guint which = GPOINTER_TO_UINT (data);
  World world = { 0 };
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  gsize size = 0;

  set_up (&world);
  expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  expect (&world.north, "SN-BRAVO1", WORLD_NOW + 2 * SECOND, "accept D2");
  bh_offline_close (world.north.offline);
  path = file_of (&world.north, "journal");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  /* who has the file has no names and numbers */
  g_assert_null (g_strstr_len (bytes, (gssize) size, "SN-ALPHA1"));
  g_assert_null (g_strstr_len (bytes, (gssize) size, "tess"));
  harms[which].harm (bytes, &size);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  open_journal (&world.north);
  g_assert_true (g_str_has_prefix (bh_offline_damage (world.north.offline), harms[which].damage));
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, harms[which].left);
  replay (&world.north);
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
  tear_down (&world);
}

/* A journal that was replayed is put back and replayed again: nothing is received twice. */
static void
test_twice (gconstpointer data)
{
  World world = { 0 };
  g_autofree char *journal = NULL;
  g_autofree char *count = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *mark = NULL;
  gsize size = 0;
  gsize mark_size = 0;
  gint64 receipts;
  gint64 entries;

  set_up (&world);
  expect (&world.south, "SN-BRAVO1", WORLD_NOW + SECOND, "accept D2");
  replay (&world.south);
  expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  expect (&world.north, "SN-BRAVO1", WORLD_NOW + 2 * SECOND, "accept D2");
  expect (&world.north, "SN-NEVER1", WORLD_NOW + 3 * SECOND, "hold D11");
  journal = file_of (&world.north, "journal");
  count = file_of (&world.north, "journal.count");
  g_assert_true (g_file_get_contents (journal, &bytes, &size, NULL));
  g_assert_true (g_file_get_contents (count, &mark, &mark_size, NULL));
  replay (&world.north);
  receipts = world_count (world.north.desk, "SELECT count(*) FROM receipt");
  entries = world_count (world.north.desk, "SELECT count(*) FROM audit");
  g_assert_cmpint (receipts, ==, 3);
  bh_offline_close (world.north.offline);
  g_assert_true (g_file_set_contents (journal, bytes, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (count, mark, (gssize) mark_size, NULL));
  open_journal (&world.north);
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 3);
  replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, receipts);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM audit"), ==, entries);
  g_assert_cmpuint (world.north.told->len, ==, 6);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (g_ptr_array_index (world.north.told, i), ==,
                     g_ptr_array_index (world.north.told, i + 3));
  tear_down (&world);
}

/* ---- equal to the same scans on line ---------------------------------------------------- */

static void
add_awaited (BhDesk *desk, guint units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) tx = bh_store_begin_write (bh_desk_store (desk), &error);

  for (guint i = 0; i < units; i++) {
    g_autofree char *serial = g_strdup_printf ("LONG-%06u", i);
    g_autofree char *rma = g_strdup_printf ("R1%08u", i);

    bh_store_run (bh_desk_store (desk), NULL, &error,
                  "INSERT INTO rma (id, rma, state, status, account, created_us, confirmed_us)"
                  " VALUES ($1, $2, 'open', 'open', 'A1', 1, 1)",
                  "it", (gint64) i + 1000, rma);
    g_assert_no_error (error);
    bh_store_run (bh_desk_store (desk), NULL, &error,
                  "INSERT INTO rma_line (rma_id, line, serial, state, awaited, rma, status,"
                  " account, account_name, created_us) VALUES ($1, 1, $2, 'awaited', 1, $3,"
                  " 'open', 'A1', 'Acme', 1)",
                  "itt", (gint64) i + 1000, serial, rma);
    g_assert_no_error (error);
  }
  g_assert_true (bh_tx_commit (tx, &error));
}

/* the unit of the @i-th scan of station @s: a third of them both have */
static char *
long_scan (guint s, guint i)
{
  return i % 7 == 6 ? g_strdup_printf ("STRANGE-%u-%u", s, i)
                    : g_strdup_printf ("LONG-%06u", i % 3 == 0 ? i : 2 * i + s);
}

static char *
picture_of (BhDesk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (desk), sql, &error);
  GString *text = g_string_new (NULL);
  gboolean row = TRUE;

  g_assert_no_error (error);
  while (bh_stmt_next (stmt, &row, &error) && row)
    g_string_append_printf (text, "%s\n", bh_stmt_text (stmt, 0));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
test_equals_on_line (gconstpointer data)
{
  static const char units[] = "SELECT serial || ' ' || state || ' ' || awaited FROM rma_line"
                              " WHERE serial LIKE 'LONG%' ORDER BY serial";
  static const char judged[] = "SELECT serial || ' ' || verdict || ' ' || rule || ' ' ||"
                               " coalesce(rma, '') FROM receipt WHERE void = 0 ORDER BY serial";
  World offline = { 0 };
  World online = { 0 };
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  guint changed = 0;
  guint doubles = 0;

  set_up (&offline);
  set_up (&online);
  add_awaited (offline.north.desk, UNITS);
  add_awaited (online.north.desk, UNITS);
  refresh (&offline.north, UNITS + 4);
  refresh (&offline.south, UNITS + 4);
  for (guint i = 0; i < UNITS / 2; i++)
    for (guint s = 0; s < 2; s++) {
      gint64 now_us = WORLD_NOW + (2 * i + s) * SECOND;
      g_autofree char *text = long_scan (s, i);
      g_autofree char *said = scan (s == 0 ? &offline.north : &offline.south, text, now_us);
      g_autoptr (GError) error = NULL;
      g_autoptr (BhBox) box = box_of (text, now_us);
      g_autofree char *act = bh_uuid (now_us);
      g_autoptr (GPtrArray) outcomes = bh_desk_receive (
          s == 0 ? online.north.desk : online.south.desk, act, box, NULL, now_us, &error);

      g_assert_no_error (error);
      doubles += ((BhOutcome *) g_ptr_array_index (outcomes, 0))->ruling->verdict ==
                 BH_VERDICT_ALREADY_RECEIVED;
    }
  replay (&offline.north);
  replay (&offline.south);
  one = picture_of (offline.north.desk, units);
  two = picture_of (online.north.desk, units);
  g_assert_cmpstr (one, ==, two);
  g_clear_pointer (&one, g_free);
  g_clear_pointer (&two, g_free);
  one = picture_of (offline.north.desk, judged);
  two = picture_of (online.north.desk, judged);
  g_assert_cmpstr (one, ==, two);
  for (guint i = 0; i < offline.south.told->len; i++)
    changed += g_str_has_prefix (g_ptr_array_index (offline.south.told, i), "changed: ALREADY");
  /* each unit that both had is told once */
  g_assert_cmpuint (changed, >, 0);
  g_assert_cmpuint (changed, <=, doubles);
  tear_down (&offline);
  tear_down (&online);
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
    { "D15/equals-on-line", test_equals_on_line, 0 },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/offline/%s", engine_now, tests[i].path);

    g_test_add_data_func (path, GUINT_TO_POINTER (tests[i].which), tests[i].run);
  }
  return g_test_run ();
}
