/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* The outbox by the words of its mails: address, account, RMAs and kind stand in mail_word, a
 * customer's name in search_word. */

#include <string.h>

#include "backhaul/mail-store.h"
#include "backhaul/table.h"
#include "mail-rows.h"
#include "query.h"
#include "rows-text.h"
#include "store-private.h"
#include "text-words.h"

/* More than so many mails with a word are not gathered: the list is walked instead, newest
 * first, where a page is soon full. */
#define NARROW 2000
/* as many words of a mail are found */
#define MOST_WORDS 1000

static void
add_words (GHashTable *all, const char *text)
{
  g_auto (GStrv) tokens = text != NULL ? bh_text_words (text) : NULL;

  for (char **token = tokens; token != NULL && *token != NULL; token++)
    if (strlen (*token) <= 100 && g_hash_table_size (all) < MOST_WORDS)
      g_hash_table_add (all, g_strdup (*token));
}

static gboolean
put_some (BhStore *self, const char *mail, char **words, guint n, GError **error)
{
  static BhRowsText text = { "INSERT INTO mail_word (mail, word) VALUES ", 1, { 0 } };
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, bh_rows_text (&text, n), error);

  if (stmt == NULL || !bh_stmt_bind_text (stmt, 1, mail, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!bh_stmt_bind_text (stmt, (int) i + 2, words[i], error))
      return FALSE;
  return bh_stmt_post (stmt, error);
}

static gboolean
put_words (BhStore *self, const char *mail, GHashTable *words, GError **error)
{
  guint most = bh_store_driver (self)->rows_at_once;
  guint n = 0;
  g_autofree char **list = (char **) g_hash_table_get_keys_as_array (words, &n);

  for (guint i = 0; i < n; i += most)
    if (!put_some (self, mail, list + i, MIN (n - i, most), error))
      return FALSE;
  return TRUE;
}

gboolean
bh_store_word_new_mail (BhStore *self, const BhMail *mail, GError **error)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_words (words, mail->to);
  add_words (words, mail->account);
  add_words (words, mail->rmas);
  add_words (words, mail->kind);
  return put_words (self, mail->mail, words, error);
}

gboolean
bh_store_word_mail (BhStore *self, const char *mail, GError **error)
{
  g_autoptr (BhMail) found = NULL;

  return bh_store_find_mail (self, mail, &found, error) &&
         bh_store_run (self, NULL, error, "DELETE FROM mail_word WHERE mail = $1", "t", mail) &&
         (found == NULL || bh_store_word_new_mail (self, found, error));
}

/* ---- searching ----------------------------------------------------------------------- */

/* The mails that have a word that begins so, or are of an account that has. */
static void
add_found (BhQuery *query, const BhPrefix *word)
{
  bh_query_add (query, "SELECT w.mail FROM mail_word w WHERE ");
  bh_query_range (query, "w.word", word);
  bh_query_add (query,
                " UNION ALL SELECT b.mail FROM search_word s JOIN mail b ON b.account = s.ref"
                " WHERE s.kind = 'account' AND ");
  bh_query_range (query, "s.word", word);
}

/* The same as a condition on one mail: no engine leaves the list's own order for it. */
static void
add_condition (BhQuery *query, const BhPrefix *word)
{
  bh_query_add (query, " AND (EXISTS (SELECT 1 FROM mail_word w WHERE w.mail = m.mail AND ");
  bh_query_range (query, "w.word", word);
  bh_query_add (query, ") OR EXISTS (SELECT 1 FROM search_word s WHERE s.ref = m.account"
                       " AND s.kind = 'account' AND ");
  bh_query_range (query, "s.word", word);
  bh_query_add (query, "))");
}

static gboolean
is_narrow (BhStore *self, const BhPrefix *word, gboolean *narrow, GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;

  bh_query_add (&query, "SELECT count(*) FROM (SELECT * FROM (");
  add_found (&query, word);
  bh_query_addf (&query, ") AS found LIMIT %d) AS few", NARROW + 1);
  stmt = bh_query_start (&query, self, error);
  if (stmt == NULL || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *narrow = bh_stmt_int64 (stmt, 0) <= NARROW;
  return TRUE;
}

/* The word that few mails have; -1: all of them are common. */
static gboolean
find_narrow (BhStore *self, const BhPrefix *words, guint n, int *which, GError **error)
{
  *which = -1;
  for (guint i = 0; i < n && *which < 0; i++) {
    gboolean narrow = FALSE;

    if (!is_narrow (self, &words[i], &narrow, error))
      return FALSE;
    if (narrow)
      *which = (int) i;
  }
  return TRUE;
}

static GPtrArray *
read_all (BhStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_mail_free);
  gboolean row = TRUE;

  while (stmt != NULL && bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&mails);
    g_ptr_array_add (mails, bh_mail_read (stmt));
  }
  return NULL;
}

GPtrArray *
bh_store_mails (BhStore *self, const char *state, char **words, const BhMail *before, guint limit,
                GError **error)
{
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;
  guint n = words != NULL ? g_strv_length (words) : 0;
  g_autofree BhPrefix *prefixes = g_new0 (BhPrefix, n + 1);
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (g_free);
  int narrow = -1;

  for (guint i = 0; i < n; i++) {
    prefixes[i] = (BhPrefix){ words[i], g_strconcat (words[i], "\xf4\x8f\xbf\xbf", NULL) };
    g_ptr_array_add (ends, prefixes[i].below);
  }
  if (!find_narrow (self, prefixes, n, &narrow, error))
    return NULL;
  bh_query_add (&query, BH_MAIL_COLUMNS " WHERE ");
  if (narrow >= 0) {
    bh_query_add (&query, "m.mail IN (");
    add_found (&query, &prefixes[narrow]);
    bh_query_add (&query, ") AND ");
  }
  if (before != NULL) {
    guint at = bh_query_number (&query, before->at_us);
    guint mail = bh_query_text (&query, before->mail);

    bh_query_addf (&query, "m.at_us <= $%u AND (m.at_us < $%u OR m.mail < $%u)", at, at, mail);
  } else {
    bh_query_add (&query, "1 = 1");
  }
  if (state != NULL)
    bh_query_addf (&query, " AND m.state = $%u", bh_query_text (&query, state));
  for (guint i = 0; i < n; i++)
    if ((int) i != narrow)
      add_condition (&query, &prefixes[i]);
  bh_query_addf (&query, " ORDER BY m.at_us DESC, m.mail DESC LIMIT $%u",
                 bh_query_number (&query, limit));
  stmt = bh_query_start (&query, self, error);
  return read_all (stmt, error);
}
