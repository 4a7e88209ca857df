/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* What was written down of a job, and its results (RA9, RA10). */

#include "backhaul/job-store.h"

void
bh_job_entry_free (BhJobEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->value);
  g_free (self->low);
  g_free (self->high);
  g_free (self->sha256);
  g_free (self->operator);
  g_free (self);
}

void
bh_job_post_free (BhJobPost *self)
{
  if (self == NULL)
    return;
  g_free (self->disposition);
  g_free (self->reason);
  g_free (self->next);
  g_free (self->operator);
  g_free (self);
}

gboolean
bh_store_add_entry (BhStore *self, const char *job, const BhJobEntry *entry, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO job_entry (job, what, name, value, low, high, sha256, at_us,"
                       " operator) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       "tttttttit", job, bh_entry_kind_name (entry->kind), entry->name,
                       entry->value, entry->low, entry->high, entry->sha256, entry->at_us,
                       entry->operator);
}

/* A mistaken entry stays to be read, and is marked; so is a reading that was read anew. */
static void
mark_struck (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++) {
    BhJobEntry *entry = g_ptr_array_index (entries, i);
    gint64 number = entry->kind == BH_ENTRY_STRIKE ? g_ascii_strtoll (entry->value, NULL, 10) : 0;

    for (guint k = 0; k < i; k++) {
      BhJobEntry *other = g_ptr_array_index (entries, k);

      if (other->id == number ||
          (other->kind == entry->kind &&
           (bh_entry_kind_is_single (entry->kind) ||
            ((entry->kind == BH_ENTRY_READING || entry->kind == BH_ENTRY_HEADING) &&
             g_strcmp0 (other->name, entry->name) == 0))))
        other->struck = TRUE;
    }
  }
}

GPtrArray *
bh_store_entries (BhStore *self, const char *job, gint64 upto, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT id, what, name, value, low, high, sha256, at_us, operator FROM job_entry"
      " WHERE job = $1 AND id <= $2 ORDER BY id",
      error);
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_job_entry_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ti", job, upto != 0 ? upto : G_MAXINT64))
    return NULL;
  while (row) {
    BhJobEntry *entry;
    BhEntryKind kind;

    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    /* what a newer program wrote is not ours to tell */
    if (!row || !bh_entry_kind_parse (bh_stmt_text (stmt, 1), &kind))
      continue;
    entry = g_new0 (BhJobEntry, 1);
    entry->id = bh_stmt_int64 (stmt, 0);
    entry->kind = kind;
    entry->name = bh_stmt_dup_text (stmt, 2);
    entry->value = bh_stmt_dup_text (stmt, 3);
    entry->low = bh_stmt_dup_text (stmt, 4);
    entry->high = bh_stmt_dup_text (stmt, 5);
    entry->sha256 = bh_stmt_dup_text (stmt, 6);
    entry->at_us = bh_stmt_int64 (stmt, 7);
    entry->operator= bh_stmt_dup_text (stmt, 8);
    g_ptr_array_add (entries, entry);
  }
  mark_struck (entries);
  return g_steal_pointer (&entries);
}

gboolean
bh_store_copy_entries (BhStore *self, const char *from, const char *to, const char *what,
                       GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO job_entry (job, what, name, value, low, high, sha256, at_us,"
                       " operator) SELECT CAST($1 AS TEXT), what, name, value, low, high, sha256,"
                       " at_us, operator FROM job_entry WHERE job = $2 AND what = $3 ORDER BY id",
                       "ttt", to, from, what);
}

gboolean
bh_store_add_post (BhStore *self, const char *job, const BhJobPost *post, GError **error)
{
  gboolean corrects = post->corrects != 0;
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "INSERT INTO job_post (job, version, interim, disposition, upto, next, at_us, operator,"
      " corrects, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      error);

  return stmt != NULL &&
         bh_stmt_bind (stmt, error,
                       "tiititit"
                       "nn",
                       job, (gint64) post->version, (gint64) post->interim, post->disposition,
                       post->upto, post->next, post->at_us, post->operator) &&
         (!corrects || (bh_stmt_bind_int64 (stmt, 9, post->corrects, error) &&
                        bh_stmt_bind_text (stmt, 10, post->reason, error))) &&
         bh_stmt_run (stmt, NULL, error);
}

GPtrArray *
bh_store_posts (BhStore *self, const char *job, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT version, interim, disposition, corrects, reason, upto, next, at_us, operator"
      " FROM job_post WHERE job = $1 ORDER BY version",
      error);
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_job_post_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", job))
    return NULL;
  while (row) {
    BhJobPost *post;

    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (!row)
      break;
    post = g_new0 (BhJobPost, 1);
    post->version = (int) bh_stmt_int64 (stmt, 0);
    post->interim = bh_stmt_int64 (stmt, 1) != 0;
    post->disposition = bh_stmt_dup_text (stmt, 2);
    post->corrects = bh_stmt_is_null (stmt, 3) ? 0 : (int) bh_stmt_int64 (stmt, 3);
    post->reason = bh_stmt_dup_text (stmt, 4);
    post->upto = bh_stmt_int64 (stmt, 5);
    post->next = bh_stmt_dup_text (stmt, 6);
    post->at_us = bh_stmt_int64 (stmt, 7);
    post->operator= bh_stmt_dup_text (stmt, 8);
    g_ptr_array_add (posts, post);
  }
  return g_steal_pointer (&posts);
}
