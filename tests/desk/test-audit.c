/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F6 on both engines: two stations write and sign, somebody touches the journal of one, and the
 * first entry that is not as it was written is named. The worst owns the database: makes the whole
 * chain anew with right hashes, and keys and checkpoints too. */
#include "audit-world.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

static BhAuditReport *
examine (World *world, GPtrArray *kept, GPtrArray *keys)
{
  const BhAuditTrust trust = { kept, keys };
  g_autoptr (GError) error = NULL;
  BhAuditReport *report = bh_desk_audit_examine (world->south, &trust, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

/* What is found with the file from outside, or with the store alone. */
static void
expect (World *world, gboolean with_kept, BhAuditFault fault, gint64 number)
{
  g_autoptr (GPtrArray) kept = with_kept ? audit_world_kept (world) : NULL;
  g_autoptr (BhAuditReport) report = examine (world, kept, NULL);

  g_test_message ("%s", report->text != NULL ? report->text : "sound");
  g_assert_cmpstr (bh_audit_fault_name (report->fault), ==, bh_audit_fault_name (fault));
  g_assert_cmpint (report->number, ==, number);
  g_assert_cmpstr (report->station, ==, fault == BH_AUDIT_SOUND ? NULL : NORTH);
}

/* Whoever makes the chain anew and leaves the checkpoints is found with the store alone. */
static void
test_chain_anew (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  World world = { 0 };

  audit_world_set_up (&world);
  audit_world_harm (&world, i);
  expect (&world, FALSE, audit_harms[i].fault, audit_harms[i].number);
  audit_world_close (&world);
}

/* Whoever owns the database makes a key, too, and signs the new chain with it. */
static void
test_owner (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  World world = { 0 };
  g_autofree char *own = NULL;
  g_autoptr (GError) error = NULL;
  const BhWhen when = { .act = "the owner's", .at_us = WORLD_NOW };

  audit_world_set_up (&world);
  own = g_build_filename (test_wrap_folder (world.wrap), "owner", NULL);
  bh_desk_set_station_key (world.north, &when, own, NULL, &error);
  g_assert_no_error (error);
  audit_world_harm (&world, i);
  audit_world_run (world.north, "DELETE FROM checkpoint WHERE station = '" NORTH "'");
  audit_world_run (world.north,
                   "DELETE FROM station_key WHERE station = '" NORTH
                   "' AND id = (SELECT min(id) FROM station_key WHERE station = '" NORTH "')");
  bh_desk_checkpoint (world.north, own, NULL, &error);
  g_assert_no_error (error);
  /* nothing in the store tells: that is what the file is for */
  expect (&world, FALSE, BH_AUDIT_SOUND, 0);
  if (audit_harms[i].fault != BH_AUDIT_SOUND)
    expect (&world, TRUE, audit_harms[i].fault, audit_harms[i].number);
  else
    /* all that was signed is there, but under the owner's key */
    expect (&world, TRUE, BH_AUDIT_KEY, 15);
  audit_world_close (&world);
}

/* Who touches a row and makes nothing anew is found by the chain alone, as ever. */
static void
test_clumsy (gconstpointer data)
{
  static const struct {
    const char *sql;
    BhAuditFault fault;
    gint64 number;
  } touches[] = {
    { "UPDATE audit SET after = 'x' WHERE station = '" NORTH "' AND seq = 14", BH_AUDIT_ALTERED,
      14 },
    { "UPDATE audit SET operator = 'x' WHERE station = '" NORTH "' AND seq = 2", BH_AUDIT_ALTERED,
      2 },
    { "UPDATE audit SET hash = previous WHERE station = '" NORTH "' AND seq = 7", BH_AUDIT_ALTERED,
      7 },
    { "DELETE FROM audit WHERE station = '" NORTH "' AND seq = 3", BH_AUDIT_REMOVED, 3 },
    { "DELETE FROM audit WHERE station = '" NORTH "' AND seq > 9", BH_AUDIT_REMOVED, 10 },
    { "UPDATE audit SET seq = seq + 100 WHERE station = '" NORTH "' AND seq = 1", BH_AUDIT_REMOVED,
      1 },
    { "UPDATE audit SET station = 'zz' WHERE station = '" NORTH "'", BH_AUDIT_REMOVED, 1 },
    { "INSERT INTO audit SELECT station, 0, at_us, operator, 'x', what, entity, before, after, '',"
      " hash FROM audit WHERE station = '" NORTH "' AND seq = 2",
      BH_AUDIT_INSERTED, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (touches); i++) {
    World world = { 0 };

    audit_world_set_up (&world);
    audit_world_run (world.north, touches[i].sql);
    expect (&world, FALSE, touches[i].fault, touches[i].number);
    audit_world_close (&world);
  }
}

/* Behind a NUL stands what no hash has; and whoever is looked for by name is not found. */
static void
test_behind_a_nul (gconstpointer data)
{
  static const char *const columns[] = { "operator", "after", "previous", "hash" };

  if (!g_str_equal (test_wrap_engine_from_env (), "sqlite")) {
    g_test_skip ("no text of PostgreSQL has a NUL");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    World world = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *sql = g_strdup_printf (
        "UPDATE audit SET %s = %s || char(0) || 'x' WHERE station = '" NORTH "' AND seq = 14",
        columns[i], columns[i]);

    audit_world_set_up (&world);
    audit_world_run (world.north, sql);
    expect (&world, FALSE, BH_AUDIT_ALTERED, 14);
    g_assert_false (bh_desk_checkpoint (world.north, world.keys, NULL, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_CORRUPT);
    audit_world_close (&world);
  }
}

/* A chain under no name is one, too. */
static void
test_nameless (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (BhAuditReport) report = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *hash = bh_audit_hash ("", 1, 5, "bob", "x", "y", "z", NULL, NULL, "");

  audit_world_set_up (&world);
  sql = g_strdup_printf ("INSERT INTO audit VALUES ('', 1, 5, 'bob', 'x', 'y', 'z', NULL, NULL,"
                         " '', '%s')",
                         hash);
  audit_world_run (world.north, sql);
  report = examine (&world, NULL, NULL);
  g_assert_cmpstr (report->text, ==, NULL);
  g_assert_cmpint (report->entries, ==, 19);
  g_assert_cmpint (report->unsigned_entries, ==, 2);
  audit_world_close (&world);
}

/* ---- honest stations ----------------------------------------------------------------- */

static void
test_sound (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (BhAuditReport) report = NULL;

  audit_world_set_up (&world);
  kept = audit_world_kept (&world);
  report = examine (&world, kept, NULL);
  g_assert_cmpstr (report->text, ==, NULL);
  g_assert_cmpint (report->entries, ==, 18);
  g_assert_cmpuint (report->checkpoints, ==, 3);
  g_assert_cmpint (report->unsigned_entries, ==, 1);
  audit_world_close (&world);
}

/* As before this was made: a store in which nobody ever signed. */
static void
test_unsigned (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (BhAuditReport) report = NULL;

  audit_world_open (&world);
  audit_world_act (world.north, 3);
  audit_world_act (world.south, 2);
  report = examine (&world, NULL, NULL);
  g_assert_cmpstr (report->text, ==, NULL);
  g_assert_cmpint (report->entries, ==, 5);
  g_assert_cmpint (report->unsigned_entries, ==, 5);
  g_assert_cmpuint (report->checkpoints, ==, 0);
  audit_world_run (world.north,
                   "UPDATE audit SET after = 'x' WHERE seq = 2 AND station = '" NORTH "'");
  expect (&world, FALSE, BH_AUDIT_ALTERED, 2);
  audit_world_close (&world);
}

static void
forget_key (gpointer data)
{
  bh_station_key_free (data);
}

static BhStationKey *
key_of (const char *station, const char *key)
{
  BhStationKey *it = g_new0 (BhStationKey, 1);

  it->station = g_strdup (station);
  it->key = g_strdup (key);
  return it;
}

/* A station whose disk was lost: its new key is entered by a supervisor, and those who keep
 * checkpoints outside are not to believe the store alone. */
static void
test_another_key (gconstpointer data)
{
  World world = { 0 };
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (forget_key);
  g_autoptr (BhAuditReport) report = NULL;
  const BhWhen when = { .act = "a-new-key", .at_us = WORLD_NOW };

  audit_world_set_up (&world);
  other = g_build_filename (test_wrap_folder (world.wrap), "other", NULL);
  g_assert_false (bh_desk_checkpoint (world.north, other, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  bh_desk_set_station_key (world.north, &when, other, "the disk was lost", &error);
  g_assert_no_error (error);
  bh_desk_checkpoint (world.north, other, NULL, &error);
  g_assert_no_error (error);
  expect (&world, FALSE, BH_AUDIT_SOUND, 0);
  audit_world_keep (&world, 1);
  expect (&world, TRUE, BH_AUDIT_KEY, 15);
  /* told by the station itself, by another way than the store */
  all = bh_store_station_keys (bh_desk_store (world.north), NORTH, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (keys, key_of (NORTH, ((BhStationKey *) g_ptr_array_index (all, i))->key));
  kept = audit_world_kept (&world);
  report = examine (&world, kept, keys);
  g_assert_cmpstr (report->text, ==, NULL);
  /* the new one alone: the old checkpoints are not believed any more */
  g_ptr_array_remove_index (keys, 0);
  g_clear_pointer (&report, bh_audit_report_free);
  report = examine (&world, kept, keys);
  g_assert_cmpstr (bh_audit_fault_name (report->fault), ==, "key");
  audit_world_close (&world);
}

/* Nobody's signature comes under a chain that is not what was signed before. */
static void
test_signs_nothing_wrong (gconstpointer data)
{
  for (gsize i = 0; i < audit_n_harms - 1; i++) {
    World world = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (BhCheckpoint) made = NULL;

    audit_world_set_up (&world);
    audit_world_harm (&world, i);
    audit_world_act (world.north, 1);
    g_assert_false (bh_desk_checkpoint (world.north, world.keys, &made, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_CORRUPT);
    g_assert_null (made);
    audit_world_close (&world);
  }
}

/* Each thing that a line says is signed. */
static void
test_file_altered (gconstpointer data)
{
  static const char *const changes[][2] = {
    { "\"station\":\"station-1\"", "\"station\":\"station-3\"" },
    { "\"from\":0", "\"from\":1" },
    { "\"seq\":9", "\"seq\":8" },
    { "\"hash\":\"", "\"hash\":\"0" },
    { "\"at_us\":", "\"at_us\":1" },
    { "\"key\":\"", "\"key\":\"00" },
    { "\"marks\":\"", "\"marks\":\"AAAA" },
    { "\"signature\":\"", "\"signature\":\"ff" },
    { "{\"station\"", "nonsense \xff" },
  };
  World world = { 0 };
  g_autofree char *text = NULL;

  audit_world_set_up (&world);
  g_assert_true (g_file_get_contents (world.kept, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GString) changed = g_string_new (text);
    g_autoptr (GPtrArray) kept =
        g_ptr_array_new_with_free_func ((GDestroyNotify) bh_checkpoint_free);
    g_autoptr (GError) error = NULL;
    g_autofree char *line = g_strdup_printf ("%s:1:1: ", world.kept);

    g_assert_cmpuint (g_string_replace (changed, changes[i][0], changes[i][1], 1), ==, 1);
    g_assert_true (g_file_set_contents (world.kept, changed->str, -1, NULL));
    g_assert_false (bh_checkpoint_file_read (world.kept, kept, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_true (g_str_has_prefix (error->message, line));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
  audit_world_close (&world);
}

/* What stands in the file stays, and nothing doubles; half a line of a power cut is mended. */
static void
test_file_grows (gconstpointer data)
{
  World world = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *half = NULL;
  g_autofree char *after = NULL;

  audit_world_set_up (&world);
  audit_world_keep (&world, 0);
  g_assert_true (g_file_get_contents (world.kept, &text, NULL, NULL));
  audit_world_sign (&world, world.north);
  half = g_strconcat (text, "{\"station\":\"sta", NULL);
  g_assert_true (g_file_set_contents (world.kept, half, -1, NULL));
  audit_world_keep (&world, 1);
  g_assert_true (g_file_get_contents (world.kept, &after, NULL, NULL));
  g_assert_true (g_str_has_prefix (after, text));
  expect (&world, TRUE, BH_AUDIT_SOUND, 0);
  audit_world_close (&world);
}

/* The secret is a file that nobody else may read, and what others could read is none. */
static void
test_secret (gconstpointer data)
{
  World world = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf about;

  audit_world_set_up (&world);
  path = g_build_filename (world.keys, NORTH ".key", NULL);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_cmpint (about.st_size, ==, 32);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_false (bh_desk_checkpoint (world.north, world.keys, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_STORE);
  audit_world_close (&world);
}

typedef struct {
  World *world;
  const char *station;
} Busy;

/* Two processes of one station and one of another, all at work and signing. */
static gpointer
work (gpointer data)
{
  const Busy *busy = data;
  g_autoptr (BhDesk) desk = audit_world_desk (busy->world, busy->station);

  for (guint i = 0; i < 10; i++) {
    audit_world_act (desk, 2);
    audit_world_sign (busy->world, desk);
  }
  return NULL;
}

static void
test_at_once (gconstpointer data)
{
  World world = { 0 };
  const char *const stations[] = { NORTH, NORTH, SOUTH };
  Busy busy[G_N_ELEMENTS (stations)];
  GThread *threads[G_N_ELEMENTS (stations)];
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (BhAuditReport) report = NULL;

  audit_world_set_up (&world);
  for (guint i = 0; i < G_N_ELEMENTS (stations); i++) {
    busy[i] = (Busy){ &world, stations[i] };
    threads[i] = g_thread_new (stations[i], work, &busy[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (stations); i++)
    g_thread_join (threads[i]);
  kept = audit_world_kept (&world);
  report = examine (&world, kept, NULL);
  g_assert_cmpstr (report->text, ==, NULL);
  g_assert_cmpint (report->entries, ==, 18 + 60);
  g_assert_cmpint (report->unsigned_entries, ==, 0);
  audit_world_close (&world);
}

typedef struct {
  gint64 of;
  guint calls;
} Looked;

static gboolean
stop (gint64 entries, gint64 of, gpointer data)
{
  Looked *looked = data;

  looked->of = of;
  looked->calls++;
  return FALSE;
}

/* Who stops it learns nothing of the journal, not that it is sound either. */
static void
test_stopped (gconstpointer data)
{
  World world = { 0 };
  Looked looked = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhAuditReport) report = NULL;

  audit_world_set_up (&world);
  audit_world_run (world.north,
                   "UPDATE audit SET after = 'x' WHERE seq = 5 AND station = '" NORTH "'");
  report = bh_desk_audit_examine (world.south, NULL, stop, &looked, &error);
  g_assert_no_error (error);
  g_assert_true (report->stopped);
  g_assert_cmpint (report->entries, ==, 0);
  g_assert_null (report->station);
  g_assert_cmpuint (looked.calls, ==, 1);
  g_assert_cmpint (looked.of, ==, world_count (world.south, "SELECT count(*) FROM audit"));
  expect (&world, FALSE, BH_AUDIT_ALTERED, 5);
  audit_world_close (&world);
}

/* Made now and then by itself: a first one by a run that ends, later ones by age or number. */
static void
test_due (gconstpointer data)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;

  audit_world_open (&world);
  audit_world_act (world.north, 2);
#define CHECKPOINTS "SELECT count(*) FROM checkpoint"
  g_assert_true (bh_desk_checkpoint_if_due (world.north, world.keys, FALSE, &error));
  g_assert_cmpint (world_count (world.north, CHECKPOINTS), ==, 0);
  g_assert_true (bh_desk_checkpoint_if_due (world.north, world.keys, TRUE, &error));
  g_assert_cmpint (world_count (world.north, CHECKPOINTS), ==, 1);
  g_assert_true (bh_desk_checkpoint_if_due (world.north, world.keys, TRUE, &error));
  g_assert_cmpint (world_count (world.north, CHECKPOINTS), ==, 1);
  g_assert_no_error (error);
  audit_world_close (&world);
}

static const struct {
  const char *path;
  GTestDataFunc run;
} stories[] = {
  { "clumsy-hands", test_clumsy },
  { "behind-a-nul", test_behind_a_nul },
  { "nameless-station", test_nameless },
  { "sound", test_sound },
  { "nobody-signed", test_unsigned },
  { "another-key", test_another_key },
  { "signs-nothing-wrong", test_signs_nothing_wrong },
  { "file-altered", test_file_altered },
  { "file-grows", test_file_grows },
  { "secret", test_secret },
  { "at-once", test_at_once },
  { "due", test_due },
  { "stopped", test_stopped },
};

int
main (int argc, char **argv)
{
  const char *engine_now = test_wrap_engine_from_env ();

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < audit_n_harms; i++) {
    g_autofree char *anew =
        g_strdup_printf ("/desk/%s/F6/chain-anew/%s", engine_now, audit_harms[i].path);
    g_autofree char *owner =
        g_strdup_printf ("/desk/%s/F6/owner/%s", engine_now, audit_harms[i].path);

    g_test_add_data_func (anew, GSIZE_TO_POINTER (i), test_chain_anew);
    g_test_add_data_func (owner, GSIZE_TO_POINTER (i), test_owner);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/F6/%s", engine_now, stories[i].path);

    g_test_add_data_func (path, NULL, stories[i].run);
  }
  return g_test_run ();
}
