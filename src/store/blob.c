/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/blob-store.h"

#include "backhaul/digest.h"
#include "store-private.h"

gboolean
bh_store_put_blob (BhStore *self, const char *sha256, const char *media_type, GBytes *bytes,
                   GBytes *thumb, gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO blob (sha256, media_type, size, bytes, thumb, at_us)"
                       " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sha256) DO NOTHING",
                       "ttibbi", sha256, media_type, (gint64) g_bytes_get_size (bytes), bytes,
                       thumb, at_us);
}

gboolean
bh_store_blob (BhStore *self, const char *sha256, gboolean thumb, GBytes **bytes, char **media_type,
               GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     thumb ? "SELECT thumb, 'image/jpeg' FROM blob WHERE sha256 = $1"
                             " AND thumb IS NOT NULL"
                           : "SELECT bytes, media_type FROM blob WHERE sha256 = $1",
                     error);
  gboolean row = FALSE;

  *bytes = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", sha256) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row) {
    *bytes = bh_stmt_dup_blob (stmt, 0);
    if (media_type != NULL)
      *media_type = bh_stmt_dup_text (stmt, 1);
  }
  return TRUE;
}

/* One after the other: all of them need not fit into memory. */
gboolean
bh_store_check_blobs (BhStore *self, void (*found) (const char *what, gpointer data), gpointer data,
                      GError **error)
{
  g_autofree char *after = g_strdup ("");
  gboolean row = TRUE;

  while (row) {
    g_autoptr (BhStmt) stmt = bh_store_stmt (
        self, "SELECT sha256, bytes FROM blob WHERE sha256 > $1 ORDER BY sha256 LIMIT 1", error);
    g_autoptr (GBytes) bytes = NULL;
    g_autofree char *sum = NULL;

    if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", after) ||
        !bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (!row)
      break;
    g_free (after);
    after = bh_stmt_dup_text (stmt, 0);
    bytes = bh_stmt_dup_blob (stmt, 1);
    sum = bh_sha256_of (bytes);
    if (!g_str_equal (sum, after)) {
      g_autofree char *what = g_strdup_printf ("attachment %s is not what was attached", after);

      found (what, data);
    }
  }
  return TRUE;
}
