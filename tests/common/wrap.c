/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wrap.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <unistd.h>

struct _TestWrap {
  char *folder;
  char *database; /* NULL: SQLite */
  char *uri;
};

static char *
address_of (const char *database)
{
  GString *uri = g_string_new (g_getenv ("BH_TEST_PG"));

  g_string_replace (uri, "DATABASE", database, 1);
  return g_string_free (uri, FALSE);
}

static void
run_in_cluster (const char *sql)
{
  g_autofree char *uri = address_of ("postgres");
  PGconn *connection = PQconnectdb (uri);
  PGresult *result = PQexec (connection, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s: %s", sql, PQerrorMessage (connection));
  PQclear (result);
  PQfinish (connection);
}

TestWrap *
test_wrap_new (const char *engine)
{
  static int n;
  TestWrap *self = g_new0 (TestWrap, 1);

  self->folder = g_dir_make_tmp ("bh-test-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  if (g_str_equal (engine, "sqlite")) {
    self->uri = g_strdup_printf ("sqlite:%s/backhaul.db", self->folder);
    return self;
  }
  self->database = g_strdup_printf ("t%d_%d", (int) getpid (), n++);
  self->uri = address_of (self->database);
  {
    g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", self->database);

    run_in_cluster (sql);
  }
  return self;
}

const char *
test_wrap_uri (TestWrap *self)
{
  return self->uri;
}

const char *
test_wrap_folder (TestWrap *self)
{
  return self->folder;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *inside = g_build_filename (path, name, NULL);

    if (g_file_test (inside, G_FILE_TEST_IS_DIR) && !g_file_test (inside, G_FILE_TEST_IS_SYMLINK))
      remove_all (inside);
    else
      g_remove (inside);
  }
  g_rmdir (path);
}

void
test_wrap_free (TestWrap *self)
{
  if (self->database != NULL) {
    g_autofree char *sql = g_strdup_printf ("DROP DATABASE %s WITH (FORCE)", self->database);

    run_in_cluster (sql);
  }
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->uri);
  g_free (self);
}

const char *
test_wrap_engine_from_env (void)
{
  return g_getenv ("BH_TEST_PG") != NULL ? "postgresql" : "sqlite";
}
