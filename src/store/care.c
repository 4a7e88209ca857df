/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/blob-store.h"
#include "store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* What must never be: each query returns a sentence a fault and, in a store that
 * is in order, no row. */
static const char *const invariants[] = {
  "SELECT 'job ' || j.job || ' is posted without a result' FROM job j"
  " WHERE j.state = 'posted' AND NOT EXISTS (SELECT 1 FROM job_post p"
  " WHERE p.job = j.job AND p.interim = 0)",
  "SELECT 'version ' || p.version || ' of job ' || p.job || ' follows none' FROM job_post p"
  " WHERE p.version > 1 AND NOT EXISTS (SELECT 1 FROM job_post o WHERE o.job = p.job"
  " AND o.version = p.version - 1)",
  "SELECT 'unit ' || w.serial || ' is at ' || w.location || ', but was moved elsewhere last'"
  " FROM place w WHERE w.location <> (SELECT m.location FROM move m WHERE m.serial = w.serial"
  " ORDER BY m.id DESC LIMIT 1)",
  "SELECT 'line ' || l.line || ' of ' || l.rma || ' is awaited, but its state is ' || l.state"
  " FROM rma_line l WHERE l.awaited = 1 AND l.state NOT IN ('awaited', 'charged')",
  "SELECT 'line ' || l.line || ' of ' || l.rma || ' is awaited on an RMA that is ' || r.state"
  " FROM rma_line l JOIN rma r ON r.id = l.rma_id"
  " WHERE l.awaited = 1 AND r.status <> 'open'",
  "SELECT 'line ' || l.line || ' of ' || l.rma || ' does not carry its RMA''s number or status'"
  " FROM rma_line l JOIN rma r ON r.id = l.rma_id"
  " WHERE l.rma <> r.rma OR l.status <> r.status",
  "SELECT 'receipt ' || p.receipt || ' accepted a line that is not received'"
  " FROM receipt p JOIN rma_line l ON l.id = p.line_id"
  " WHERE p.verdict = 'accept' AND p.void = 0 AND l.received_us IS NULL",
  "SELECT 'receipt ' || p.receipt || ' is an accept without a line' FROM receipt p"
  " WHERE p.verdict = 'accept' AND p.line_id IS NULL",
  "SELECT 'receipt ' || p.receipt || ' has no entry in the journal' FROM receipt p"
  " WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.entity = 'receipt:' || p.receipt)",
  "SELECT 'clock ' || c.kind || ' runs on line ' || l.line || ' of ' || l.rma"
  " || ', which is ' || l.state FROM clock c JOIN rma_line l ON l.id = c.line_id"
  " WHERE c.kind = 'C1' AND c.state IN ('open', 'paused') AND l.awaited = 0",
  "SELECT 'box ' || s.box || ' misses a scan before number ' || s.n FROM box_scan s"
  " WHERE s.n > 0 AND NOT EXISTS (SELECT 1 FROM box_scan b"
  "                               WHERE b.box = s.box AND b.n = s.n - 1)",
};

gboolean
bh_store_integrity (BhStore *self, void (*found) (const char *what, gpointer data), gpointer data,
                    GError **error)
{
  const BhDriver *driver = bh_store_driver (self);

  for (guint i = 0; driver->integrity[i] != NULL; i++)
    if (!bh_store_tell_rows (self, driver->integrity[i], found, data, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (invariants); i++)
    if (!bh_store_tell_rows (self, invariants[i], found, data, error))
      return FALSE;
  return bh_store_check_blobs (self, found, data, error);
}

gboolean
bh_store_tell_rows (BhStore *self, const char *sql, void (*found) (const char *what, gpointer data),
                    gpointer data, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (row)
      found (bh_stmt_text (stmt, 0), data);
  }
  return TRUE;
}

gboolean
bh_store_analyze (BhStore *self, GError **error)
{
  return bh_store_driver (self)->exec (bh_store_db (self), bh_store_driver (self)->analyze, error);
}

static gboolean
fail_file (const char *path, const char *what, GError **error)
{
  g_set_error (error, BH_ERROR, errno == ENOSPC ? BH_ERROR_FULL : BH_ERROR_STORE,
               "%s: %s: %s; look at the disk and the folder's rights", path, what,
               g_strerror (errno));
  return FALSE;
}

/* On the disk before it is said to be there: the file, then its name. */
static gboolean
settle (const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file = g_open (part, O_RDONLY | O_CLOEXEC, 0);
  int ok = file >= 0 && fsync (file) == 0;

  if (file >= 0)
    close (file);
  if (!ok || g_rename (part, path) != 0)
    return fail_file (path, "cannot write", error);
  file = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  ok = file >= 0 && fsync (file) == 0;
  if (file >= 0)
    close (file);
  return ok || fail_file (path, "cannot write", error);
}

static gboolean
copy_out (BhStore *self, const char *part, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", part, NULL);
  g_autoptr (BhStore) file = NULL;

  if (bh_store_driver (self)->copy_out != NULL)
    return bh_store_driver (self)->copy_out (bh_store_db (self), part, error);
  file = bh_store_open (uri, BH_STORE_MIGRATE, error);
  return file != NULL && bh_store_copy_rows (self, file, error);
}

gboolean
bh_store_backup (BhStore *self, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean ok;

  /* what an earlier backup left when it was killed */
  if (g_remove (part) != 0 && errno != ENOENT)
    return fail_file (part, "cannot write", error);
  ok = copy_out (self, part, error) && settle (part, path, error);
  if (!ok)
    g_remove (part);
  return ok;
}

static void
first_fault (const char *what, gpointer data)
{
  GString *first = data;

  if (first->len == 0)
    g_string_append (first, what);
}

gboolean
bh_store_restore (const char *uri, const char *path, GError **error)
{
  g_autofree char *from = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (BhStore) backup = NULL;
  g_autoptr (BhStore) restored = NULL;
  g_autoptr (GString) faults = g_string_new (NULL);
  g_autoptr (GError) why = NULL;
  const BhDriver *driver;
  const char *rest;

  driver = bh_store_driver_for (uri, &rest, error);
  if (driver == NULL)
    return FALSE;
  /* ours, not newer, and whole, before anything of the store is touched */
  backup = bh_store_open (from, BH_STORE_OPEN | BH_STORE_READ_ONLY, &why);
  if (backup == NULL && g_error_matches (why, BH_ERROR, BH_ERROR_NOT_FOUND))
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: there is no backup here; look at the path",
                 path);
  else if (backup == NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  if (backup == NULL || !bh_store_integrity (backup, first_fault, faults, error))
    return FALSE;
  if (faults->len > 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_CORRUPT, "%s: the backup is damaged: %s; take another",
                 path, faults->str);
    return FALSE;
  }
  if (driver->copy_in != NULL && !driver->copy_in (rest, path, error))
    return FALSE;
  restored = bh_store_open (uri, BH_STORE_MIGRATE, error);
  return restored != NULL &&
         (driver->copy_in != NULL || bh_store_copy_rows (backup, restored, error));
}
