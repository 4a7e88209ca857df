/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bare.h"

#include <sqlite3.h>

struct _Bare {
  sqlite3 *db;
  sqlite3_stmt *insert;
};

static void
must (Bare *self, int code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    g_error ("bare commit: %s", sqlite3_errmsg (self->db));
}

Bare *
bare_open (const char *path)
{
  Bare *self = g_new0 (Bare, 1);

  must (self, sqlite3_open (path, &self->db));
  must (self, sqlite3_exec (self->db,
                            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                            "CREATE TABLE IF NOT EXISTS bare (rma TEXT, serial TEXT, at_us INT)",
                            NULL, NULL, NULL));
  must (self, sqlite3_prepare_v2 (self->db, "INSERT INTO bare VALUES (?, ?, ?)", -1, &self->insert,
                                  NULL));
  return self;
}

void
bare_commit (Bare *self, const char *rma, const char *serial, gint64 now_us)
{
  must (self, sqlite3_bind_text (self->insert, 1, rma, -1, SQLITE_TRANSIENT));
  must (self, sqlite3_bind_text (self->insert, 2, serial, -1, SQLITE_TRANSIENT));
  must (self, sqlite3_bind_int64 (self->insert, 3, now_us));
  must (self, sqlite3_step (self->insert)); /* commits: there is no transaction around it */
  must (self, sqlite3_reset (self->insert));
}

void
bare_close (Bare *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_close (self->db);
  g_free (self);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *one = a, *other = b;

  return (*one > *other) - (*one < *other);
}

void
sort_times (GArray *times)
{
  g_array_sort (times, compare);
}

double
quantile (GArray *sorted, double share)
{
  guint at = (guint) (share * sorted->len);

  return sorted->len == 0 ? 0 : g_array_index (sorted, double, MIN (at, sorted->len - 1));
}
