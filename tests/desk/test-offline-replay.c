/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A journal that is received while the dock goes on (DESIGN, Stations; D8, D15, F6). */
#include "offline-world.h"

#include <string.h>

#include "backhaul/identifier.h"

#define UNITS 240 /* of the long shift */

static const char *engine_now;

/* ---- some at a time --------------------------------------------------------------------- */

static void
replay_some (OfflineStation *station, guint most)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      bh_offline_replay_some (station->offline, station->desk, most, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* What comes while the journal is received stands behind the rest; the program ends in between:
 * what was received is not done again. */
static void
test_in_slices (gconstpointer data)
{
  OfflineWorld world = { 0 };

  offline_set_up (&world, engine_now);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  offline_expect (&world.north, "SN-NEVER1", WORLD_NOW + 2 * SECOND, "hold D11");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + 3 * SECOND, "accept D2");
  replay_some (&world.north, 2);
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 1);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, 2);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + 4 * SECOND, "already-received D8");
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 2);
  bh_offline_close (world.north.offline);
  offline_open_journal (&world.north);
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 2);
  offline_replay (&world.north);
  g_assert_cmpuint (world.north.told->len, ==, 2);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, 3);
  offline_tear_down (&world);
}

/* Verdicts that changed wait for a person, whatever ends the program, and are told once. */
static void
test_acknowledged (gconstpointer data)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;
  const BhReplayed *change;

  offline_set_up (&world, engine_now);
  offline_expect (&world.south, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  offline_replay (&world.south);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + 2 * SECOND, "accept D2");
  offline_expect (&world.north, "SN-NEVER1", WORLD_NOW + 3 * SECOND, "hold D11");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + 4 * SECOND, "accept D2");
  replay_some (&world.north, 2);
  g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    bh_offline_close (world.north.offline);
    offline_open_journal (&world.north);
    g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 2 - i);
    change = g_ptr_array_index (bh_offline_changes (world.north.offline), 0);
    g_assert_cmpstr (change->serial, ==, i == 0 ? "SN-ALPHA1" : "SN-NEVER1");
    g_assert_cmpint (change->verdict, ==, i == 0 ? BH_VERDICT_ALREADY_RECEIVED : BH_VERDICT_REFUSE);
    g_assert_cmpint (change->at_us, ==, WORLD_NOW + (2 + i) * SECOND);
    g_assert_nonnull (strstr (change->before, "Provisional"));
    g_free (act);
    act = g_strdup (change->act);
    g_assert_true (bh_offline_acknowledge (world.north.offline, act, &error));
    g_assert_no_error (error);
  }
  replay_some (&world.north, 2);
  g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 0);
  g_assert_cmpint (
      world_count (world.north.desk, "SELECT count(*) FROM audit WHERE what = 'replay'"), ==, 2);
  offline_tear_down (&world);
}

static GPtrArray *
step (OfflineStation *station, const char *id, const char *scans, GPtrArray *photos, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBox) box = bh_box_new ();
  g_auto (GStrv) texts = g_strsplit (scans, " | ", -1);
  g_autofree char *act = bh_uuid (now_us);
  const BhReceiveOptions options = { .box = id, .photos = photos };
  GPtrArray *outcomes;

  for (char **text = texts; *text != NULL; text++)
    bh_box_add (box, bh_scan_new_text (*text, BH_SCAN_SCANNED, now_us));
  outcomes =
      bh_offline_receive (station->offline, station->desk, act, box, &options, now_us, &error);
  g_assert_no_error (error);
  return outcomes;
}

static void
expect_step (OfflineStation *station, const char *id, const char *scans, GPtrArray *photos,
             gint64 now_us, BhVerdict verdict)
{
  g_autoptr (GPtrArray) outcomes = step (station, id, scans, photos, now_us);

  g_assert_cmpint (((BhOutcome *) g_ptr_array_index (outcomes, 0))->ruling->verdict, ==, verdict);
}

/* A window gives a box once more after each scan: it is one box, its last word is what counts, and
 * its photo is kept. */
static void
test_box_goes_on (gconstpointer data)
{
  OfflineWorld world = { 0 };
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_photo_free);
  BhPhoto *photo = g_new0 (BhPhoto, 1);

  *photo = (BhPhoto){ g_strdup ("plate.png"), g_strdup ("image/png"), g_bytes_new ("PNG", 3) };
  g_ptr_array_add (photos, photo);
  offline_set_up (&world, engine_now);
  expect_step (&world.north, "box-1", "R0000000001", photos, WORLD_NOW + SECOND,
               BH_VERDICT_WAITING);
  expect_step (&world.north, "box-1", "R0000000001 | SN-ALPHA1", NULL, WORLD_NOW + 2 * SECOND,
               BH_VERDICT_ACCEPT);
  /* not a second time: it is the same box */
  expect_step (&world.north, "box-1", "R0000000001 | SN-ALPHA1 | BH!NEXT-BOX", NULL,
               WORLD_NOW + 3 * SECOND, BH_VERDICT_ACCEPT);
  expect_step (&world.north, "box-2", "SN-ALPHA1", NULL, WORLD_NOW + 4 * SECOND,
               BH_VERDICT_ALREADY_RECEIVED);
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 2);
  offline_replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"), ==, 1);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM box"), ==, 2);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM photo WHERE box = 'box-1'"),
                   ==, 1);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM box_scan"
                                                  " WHERE box = 'box-1'"),
                   ==, 3);
  for (guint i = 0; i < world.north.told->len; i++)
    g_assert_cmpstr (g_ptr_array_index (world.north.told, i), ==, "same");
  offline_tear_down (&world);
}

/* What was received on line since the copy was made is not accepted once more. */
static void
test_had_on_line (gconstpointer data)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBox) box = offline_box ("SN-ALPHA1", WORLD_NOW + SECOND);
  g_autoptr (GPtrArray) outcomes = NULL;

  offline_set_up (&world, engine_now);
  outcomes = bh_desk_receive (world.north.desk, "act-1", box, NULL, WORLD_NOW + SECOND, &error);
  g_assert_no_error (error);
  bh_offline_note (world.north.offline, "act-1", outcomes, WORLD_NOW + SECOND);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + 2 * SECOND, "already-received D8");
  offline_replay (&world.north);
  offline_expect_told (&world.north, 0, "same");
  offline_tear_down (&world);
}

/* A box that comes when a harmed journal was found does not push out what could be read of it. */
static void
test_harmed_goes_on (gconstpointer data)
{
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
  offline_alter (bytes, &size);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  offline_open_journal (&world.north);
  offline_expect (&world.north, "SN-NEVER1", WORLD_NOW + 3 * SECOND, "hold D11");
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 2);
  bh_offline_close (world.north.offline);
  offline_open_journal (&world.north);
  g_assert_cmpstr (bh_offline_damage (world.north.offline), ==, NULL);
  offline_replay (&world.north);
  g_assert_cmpuint (world.north.told->len, ==, 2);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt"
                                                  " WHERE serial = 'SN-ALPHA1'"),
                   ==, 1);
  offline_tear_down (&world);
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
  OfflineWorld offline = { 0 };
  OfflineWorld online = { 0 };
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  guint changed = 0;
  guint doubles = 0;

  offline_set_up (&offline, engine_now);
  offline_set_up (&online, engine_now);
  add_awaited (offline.north.desk, UNITS);
  add_awaited (online.north.desk, UNITS);
  offline_refresh (&offline.north, UNITS + 4);
  offline_refresh (&offline.south, UNITS + 4);
  for (guint i = 0; i < UNITS / 2; i++)
    for (guint s = 0; s < 2; s++) {
      gint64 now_us = WORLD_NOW + (2 * i + s) * SECOND;
      g_autofree char *text = long_scan (s, i);
      g_autofree char *said = offline_scan (s == 0 ? &offline.north : &offline.south, text, now_us);
      g_autoptr (GError) error = NULL;
      g_autoptr (BhBox) box = offline_box (text, now_us);
      g_autofree char *act = bh_uuid (now_us);
      g_autoptr (GPtrArray) outcomes = bh_desk_receive (
          s == 0 ? online.north.desk : online.south.desk, act, box, NULL, now_us, &error);

      g_assert_no_error (error);
      doubles += ((BhOutcome *) g_ptr_array_index (outcomes, 0))->ruling->verdict ==
                 BH_VERDICT_ALREADY_RECEIVED;
    }
  offline_replay (&offline.north);
  offline_replay (&offline.south);
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
  offline_tear_down (&offline);
  offline_tear_down (&online);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestDataFunc run;
    guint which;
  } tests[] = {
    { "D15/in-slices", test_in_slices, 0 },
    { "D15/changes-are-acknowledged", test_acknowledged, 0 },
    { "D15/a-box-goes-on", test_box_goes_on, 0 },
    { "D8/had-on-line", test_had_on_line, 0 },
    { "F6/journal-altered-goes-on", test_harmed_goes_on, 0 },
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
