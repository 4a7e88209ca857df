/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* Mails that an act queues in its own transaction. */

#include <string.h>

#include "backhaul/mail-store.h"
#include "backhaul/receipt.h"

/* TRUE: @mail is of that kind, to that customer, and nobody has tried to send it yet. */
static gboolean
still_waits (BhStore *self, const char *mail, const char *kind, const char *account, char **rmas,
             GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT rmas FROM mail WHERE mail = $1 AND kind = $2 AND account = $3"
                     " AND attempted_us IS NULL AND (state = 'queued' OR to_address IS NULL)",
                     error);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ttt", mail, kind, account) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  *rmas = row ? bh_stmt_dup_text (stmt, 0) : NULL;
  return TRUE;
}

/* K5: a mail of the same kind to the same customer about the same box that nobody has
 * tried to send yet; NULL: there is none. Step by step: a planner that knows little of the tables,
 * as on a store's first day, begins such a join with all mails. */
static gboolean
waiting_for_box (BhStore *self, const char *kind, const char *account, const char *receipt,
                 char **mail, char **rmas, GError **error)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT DISTINCT mail FROM receipt WHERE box = (SELECT box FROM receipt WHERE receipt = $1)"
      " AND void = 0 ORDER BY mail",
      error);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", receipt))
    return FALSE;
  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (row && !bh_stmt_is_null (stmt, 0))
      g_ptr_array_add (mails, bh_stmt_dup_text (stmt, 0));
  }
  for (guint i = 0; i < mails->len; i++) {
    if (!still_waits (self, g_ptr_array_index (mails, i), kind, account, rmas, error))
      return FALSE;
    if (*rmas != NULL) {
      *mail = g_strdup (g_ptr_array_index (mails, i));
      return TRUE;
    }
  }
  return TRUE;
}

static char *
with (const char *rmas, const char *more)
{
  g_auto (GStrv) there = g_strsplit (rmas, " ", -1);

  if (*more == '\0' || g_strv_contains ((const char *const *) there, more))
    return g_strdup (rmas);
  return *rmas != '\0' ? g_strconcat (rmas, " ", more, NULL) : g_strdup (more);
}

static gboolean
tell_in (BhStore *self, const char *mail, const char *receipt, GError **error)
{
  return receipt == NULL ||
         bh_store_run (self, NULL, error, "UPDATE receipt SET mail = $1 WHERE receipt = $2", "tt",
                       mail, receipt);
}

/* *joined FALSE: a sender was quicker, or there is none to join. */
static gboolean
join (BhStore *self, const char *kind, const char *account, const char *rmas, const char *receipt,
      gboolean *joined, GError **error)
{
  g_autofree char *mail = NULL;
  g_autofree char *before = NULL;
  g_autofree char *all = NULL;
  gint64 changed = 0;

  *joined = FALSE;
  if (receipt == NULL || account == NULL)
    return TRUE;
  if (!waiting_for_box (self, kind, account, receipt, &mail, &before, error))
    return FALSE;
  if (mail == NULL)
    return TRUE;
  all = with (before, rmas);
  if (!bh_store_run (self, &changed, error,
                     "UPDATE mail SET rmas = $1 WHERE mail = $2 AND attempted_us IS NULL", "tt",
                     all, mail))
    return FALSE;
  *joined = changed > 0;
  return !*joined ||
         (bh_store_word_mail (self, mail, error) && tell_in (self, mail, receipt, error));
}

gboolean
bh_store_queue_first_mail (BhStore *self, const char *mail, const char *kind, const char *to,
                           const char *account, const char *rmas, const char *receipt, gint64 at_us,
                           GError **error)
{
  g_autofree char *message_id = g_strdup_printf ("<%s@backhaul>", mail);
  gboolean known = to != NULL && *to != '\0';
  const BhMail fresh = { .mail = (char *) mail,
                         .to = (char *) to,
                         .account = (char *) account,
                         .rmas = (char *) rmas,
                         .kind = (char *) kind };

  /* without an address it can never be sent: shown as failed, never lost */
  return bh_store_post (self, error,
                        "INSERT INTO mail (mail, kind, to_address, account, rmas, receipt,"
                        " message_id, state, error, at_us)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        "ttttttttti", mail, kind, known ? to : NULL, account, rmas, receipt,
                        message_id, known ? "queued" : "failed",
                        known ? NULL : "the account has no e-mail address", at_us) &&
         bh_store_word_new_mail (self, &fresh, error);
}

gboolean
bh_store_queue_mail (BhStore *self, const char *mail, const char *kind, const char *to,
                     const char *account, const char *rmas, const char *receipt, gint64 at_us,
                     GError **error)
{
  gboolean joined = FALSE;

  return join (self, kind, account, rmas, receipt, &joined, error) &&
         (joined ||
          (bh_store_queue_first_mail (self, mail, kind, to, account, rmas, receipt, at_us, error) &&
           tell_in (self, mail, receipt, error)));
}

gboolean
bh_store_cancel_jobs (BhStore *self, const char *receipt, GError **error)
{
  /* a mail about several units goes on about the others */
  return bh_store_run (self, NULL, error,
                       "UPDATE label_job SET state = 'cancelled' WHERE receipt = $1"
                       " AND state = 'queued'",
                       "t", receipt) &&
         bh_store_run (self, NULL, error,
                       "UPDATE mail SET state = 'failed', error = 'the receipt was voided'"
                       " WHERE mail = (SELECT r.mail FROM receipt r WHERE r.receipt = $1)"
                       " AND state = 'queued' AND NOT EXISTS (SELECT 1 FROM receipt o"
                       "  WHERE o.mail = mail.mail AND o.void = 0 AND o.receipt <> $1)",
                       "t", receipt);
}
