/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store on SQLite: opening, statements, transactions, what must never be. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/store.h"
#include "backhaul/table.h"

typedef struct {
  char *folder;
  char *path;
  char *uri;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("bh-store-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "backhaul.db", NULL);
  place->uri = g_strconcat ("sqlite:", place->path, NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strconcat (place->path, ends[i], NULL);

    g_remove (path);
  }
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
  g_free (place->uri);
}

static BhStore *
open_new (Place *place)
{
  g_autoptr (GError) error = NULL;
  BhStore *store = bh_store_open (place->uri, BH_STORE_MIGRATE, &error);

  g_assert_no_error (error);
  return store;
}

static void
test_missing (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bh_store_open (place->uri, BH_STORE_OPEN, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

static void
test_foreign (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (place->path, "Dear diary, nothing here is a database. ................", -1,
                       NULL);
  g_assert_null (bh_store_open (place->uri, BH_STORE_MIGRATE, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_OURS);
}

static void
test_newer (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BhStore *store = open_new (place);

  g_assert_true (bh_store_run (store, NULL, NULL, "PRAGMA user_version = 999", ""));
  bh_store_close (store);
  g_assert_null (bh_store_open (place->uri, BH_STORE_MIGRATE, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NEWER);
}

static void
test_migration_fails_closed (Place *place, gconstpointer data)
{
  g_autoptr (BhStore) store = open_new (place);

  g_assert_cmpint (bh_store_version (store), >, 0);
  bh_store_close (g_steal_pointer (&store));
  store = open_new (place); /* twice is once */
  g_assert_cmpint (bh_store_version (store), >, 0);
}

static void
test_bind_by_name (Place *place, gconstpointer data)
{
  g_autoptr (BhStore) store = open_new (place);
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (store, "SELECT $2, $1, $3", &error);

  g_assert_true (bh_stmt_bind (stmt, &error, "tin", "one", (gint64) 2));
  g_assert_true (bh_stmt_one_row (stmt, &error));
  g_assert_cmpint (bh_stmt_int64 (stmt, 0), ==, 2);
  g_assert_cmpstr (bh_stmt_text (stmt, 1), ==, "one");
  g_assert_true (bh_stmt_is_null (stmt, 2));
  g_assert_false (bh_stmt_bind_text (stmt, 1, "\xff", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
}

static void
test_same_text_twice (Place *place, gconstpointer data)
{
  g_autoptr (BhStore) store = open_new (place);
  g_autoptr (BhStmt) one = bh_store_stmt (store, "SELECT $1", NULL);
  g_autoptr (BhStmt) two = bh_store_stmt (store, "SELECT $1", NULL);

  g_assert_true (one != two);
  g_assert_true (bh_stmt_bind (one, NULL, "t", "a") && bh_stmt_one_row (one, NULL));
  g_assert_true (bh_stmt_bind (two, NULL, "t", "b") && bh_stmt_one_row (two, NULL));
  g_assert_cmpstr (bh_stmt_text (one, 0), ==, "a");
}

static void
test_rollback (Place *place, gconstpointer data)
{
  g_autoptr (BhStore) store = open_new (place);
  g_autofree char *value = NULL;
  BhTx *tx = bh_store_begin_write (store, NULL);

  g_assert_true (bh_store_set_setting (store, "x", "1", NULL));
  bh_tx_end (tx);
  value = bh_store_get_setting (store, "x", NULL);
  g_assert_null (value);
  tx = bh_store_begin_write (store, NULL);
  g_assert_true (bh_store_set_setting (store, "x", "2", NULL));
  g_assert_true (bh_tx_commit (tx, NULL));
  bh_tx_end (tx);
  value = bh_store_get_setting (store, "x", NULL);
  g_assert_cmpstr (value, ==, "2");
}

/* Fail the first, second, third … step until it passes untouched: never half. */
static void
test_nth_failure (Place *place, gconstpointer data)
{
  g_autoptr (BhStore) store = open_new (place);
  gboolean passed = FALSE;

  for (int n = 1; !passed; n++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *value = NULL;
    g_autoptr (BhTx) tx = NULL;

    g_assert_cmpint (n, <, 20);
    bh_store_fail_after (store, n);
    passed = (tx = bh_store_begin_write (store, &error)) != NULL &&
             bh_store_set_setting (store, "x", "1", &error) &&
             bh_store_set_setting (store, "y", "1", &error) && bh_tx_commit (tx, &error);
    bh_store_fail_after (store, 0);
    if (!passed)
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
    g_clear_pointer (&tx, bh_tx_end);
    value = bh_store_get_setting (store, "x", NULL);
    g_assert_cmpstr (value, ==, passed ? "1" : NULL);
  }
}

static const char lines[] =
    "INSERT INTO rma_line (rma_id, line, serial, state, awaited, rma, status, account,"
    " account_name, created_us) VALUES ($1, 1, 'ABC123', 'awaited', 1, $2, 'open', 'A', 'A', 0)";

/* I4, V5: the database forbids it, not the screen. */
static void
test_awaited_once (Place *place, gconstpointer data)
{
  g_autoptr (BhStore) store = open_new (place);
  g_autoptr (GError) error = NULL;

  for (gint64 i = 1; i <= 2; i++) {
    g_autofree char *rma = g_strdup_printf ("R000000000%d", (int) i);

    g_assert_true (bh_store_run (store, NULL, NULL,
                                 "INSERT INTO rma (id, rma, state, status, account, created_us)"
                                 " VALUES ($1, $2, 'open', 'open', 'A', 0)",
                                 "it", i, rma));
  }
  g_assert_true (bh_store_run (store, NULL, &error, lines, "it", (gint64) 1, "R0000000001"));
  g_assert_false (bh_store_run (store, NULL, &error, lines, "it", (gint64) 2, "R0000000002"));
  g_assert_error (error, BH_ERROR, BH_ERROR_CONSTRAINT);
}

static void
test_receipt_needs_box (Place *place, gconstpointer data)
{
  g_autoptr (BhStore) store = open_new (place);
  g_autoptr (GError) error = NULL;

  g_assert_false (bh_store_run (store, NULL, &error,
                                "INSERT INTO receipt (receipt, act, box, unit, verdict, rule, late,"
                                " message, at_us, operator)"
                                " VALUES ('r', 'a', 'no-box', 1, 'accept', 'D1', 0, '', 0, 'me')",
                                ""));
  g_assert_error (error, BH_ERROR, BH_ERROR_CONSTRAINT);
}

/* ---- locks ------------------------------------------------------------------------------------
 */

static gint64
settings (BhStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (store, "SELECT count(*) FROM setting", &error);

  g_assert_no_error (error);
  g_assert_true (bh_stmt_one_row (stmt, &error));
  return bh_stmt_int64 (stmt, 0);
}

static void
put_setting (BhStore *store, const char *key)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (store, NULL, &error, "INSERT INTO setting (key, value) VALUES ($1, '')", "t", key);
  g_assert_no_error (error);
}

/* What a file chooser does that looks of what type a file is. */
static void
look_at (const char *store, const char *end)
{
  g_autofree char *path = g_strconcat (store, end, NULL);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
}

static const char *program;

/* Another program, which opens the store, writes and ends: the last one there deletes the log. */
static void
visit (const char *uri, const char *key)
{
  const char *argv[] = { program, "--visit", uri, key, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_assert_true (
      g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static int
be_visitor (const char *uri, const char *key)
{
  BhStore *store = bh_store_open (uri, BH_STORE_OPEN, NULL);
  gboolean ok =
      store != NULL && bh_store_run (store, NULL, NULL,
                                     "INSERT INTO setting (key, value) VALUES ($1, '')", "t", key);

  bh_store_close (store);
  return ok ? 0 : 1;
}

/* S1: nothing that was said done is lost when somebody lists the folder of the store. */
static void
test_looked_at (Place *place, gconstpointer data)
{
  BhStore *store = open_new (place);
  BhStore *second = bh_store_open (place->uri, BH_STORE_OPEN, NULL);
  g_autofree char *log = g_strconcat (place->path, "-wal", NULL);
  gint64 before = settings (store);

  look_at (place->path, "");
  look_at (place->path, "-shm");
  look_at (place->path, "-wal");
  visit (place->uri, "theirs");
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  put_setting (store, "ours");
  put_setting (second, "also-ours");
  bh_store_close (store);
  /* as long as one of this program's connections is there, its locks are */
  look_at (place->path, "");
  look_at (place->path, "-shm");
  visit (place->uri, "theirs-again");
  put_setting (second, "ours-again");
  bh_store_close (second);
  /* and then none is left: who comes next has the store alone, and folds the log in */
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  store = bh_store_open (place->uri, BH_STORE_OPEN, NULL);
  g_assert_cmpint (settings (store), ==, before + 5);
  bh_store_close (store);
}

static goffset
size_of (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

/* The log is copied beside the commits, and does not grow for ever under one that never rests. */
static void
test_log_is_copied (Place *place, gconstpointer data)
{
  BhStore *store = open_new (place);
  g_autofree char *log = g_strconcat (place->path, "-wal", NULL);
  g_autofree char *much = g_strnfill (1 << 20, 'x');
  gint64 until = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  g_autoptr (GError) error = NULL;

  /* 20 MiB, which is more than a log is let grow to before anybody copies it */
  for (int i = 0; i < 20; i++) {
    g_autofree char *key = g_strdup_printf ("much%d", i);

    g_assert_true (bh_store_set_setting (store, key, much, &error));
  }
  while (size_of (place->path) < 16 << 20) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (1000);
  }
  for (int i = 0; i < 400; i++)
    g_assert_true (bh_store_set_setting (store, "again", i % 2 == 0 ? much : "", &error));
  g_assert_cmpint (size_of (log), <, 100 << 20);
  bh_store_close (store);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  store = bh_store_open (place->uri, BH_STORE_OPEN, NULL);
  for (int i = 0; i < 20; i++) {
    g_autofree char *key = g_strdup_printf ("much%d", i);
    g_autofree char *value = bh_store_get_setting (store, key, &error);

    g_assert_cmpstr (value, ==, much);
  }
  bh_store_close (store);
}

/* Whether a program that comes now may take a lock on the file at all: SQLite's byte for those who
 * want to. */
static gboolean
is_locked_out (const char *path)
{
  struct flock lock = {
    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 1
  };
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (fcntl (fd, F_OFD_GETLK, &lock), ==, 0);
  close (fd);
  return lock.l_type != F_UNLCK;
}

/* A window's first connection may be the one that only watches. Of the others, one that is closed
 * asks for the whole file, is refused, and takes nothing with it. */
static void
test_closed_beside_a_watcher (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BhStore *watcher;
  BhStore *stays;
  BhStore *leaves;
  g_autofree char *value = NULL;

  bh_store_close (open_new (place));
  watcher = bh_store_open (place->uri, BH_STORE_OPEN | BH_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  value = bh_store_get_setting (watcher, "test", &error);
  stays = open_new (place);
  leaves = open_new (place);
  g_assert_true (bh_store_set_setting (leaves, "test", "1", &error));
  g_assert_false (is_locked_out (place->path));
  bh_store_close (leaves);
  g_assert_false (is_locked_out (place->path));
  bh_store_close (stays);
  g_assert_false (is_locked_out (place->path));
  bh_store_close (watcher);
}

/* F3: plain text is split without GLib's tables, and must fall into the same words: what is on
 * record was split by them. */
static void
test_words (Place *place, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 3000; i++) {
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    g_auto (GStrv) found = NULL;
    g_auto (GStrv) tokens = NULL;
    char text[40] = "";
    guint n = 0;

    for (guint at = 0; at < sizeof text - 1; at++)
      text[at] = g_rand_boolean (rand) ? (char) g_rand_int_range (rand, 'A', 'z')
                                       : (char) g_rand_int_range (rand, 1, 128);
    found = bh_search_words (text);
    tokens = g_str_tokenize_and_fold (text, "C", NULL);
    for (char **token = tokens; *token != NULL; token++)
      if (g_hash_table_add (seen, *token))
        g_assert_cmpstr (found[n++], ==, *token);
    g_assert_null (found[n]);
  }
}

#define ADD(path, function) g_test_add (path, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--visit"))
    return be_visitor (argv[2], argv[3]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/sqlite/open/missing", test_missing);
  ADD ("/store/sqlite/open/not-ours", test_foreign);
  ADD ("/store/sqlite/open/newer", test_newer);
  ADD ("/store/sqlite/open/twice", test_migration_fails_closed);
  ADD ("/store/sqlite/stmt/bind-by-name", test_bind_by_name);
  ADD ("/store/sqlite/stmt/same-text-twice", test_same_text_twice);
  ADD ("/store/sqlite/tx/rollback", test_rollback);
  ADD ("/store/sqlite/tx/nth-failure", test_nth_failure);
  ADD ("/store/sqlite/I4/awaited-once", test_awaited_once);
  ADD ("/store/sqlite/D15/receipt-needs-box", test_receipt_needs_box);
  ADD ("/store/sqlite/S1/files-looked-at", test_looked_at);
  ADD ("/store/sqlite/S1/closed-beside-a-watcher", test_closed_beside_a_watcher);
  ADD ("/store/sqlite/D15/log-is-copied", test_log_is_copied);
  ADD ("/store/F3/words-of-plain-text", test_words);
  return g_test_run ();
}
