/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "mail-rows.h"

void
bh_mail_free (BhMail *self)
{
  if (self == NULL)
    return;
  g_free (self->mail);
  g_free (self->kind);
  g_free (self->to);
  g_free (self->account);
  g_free (self->rmas);
  g_free (self->receipt);
  g_free (self->message_id);
  g_free (self->state);
  g_free (self->error);
  g_free (self->language);
  g_free (self->details);
  g_free (self->claimed_by);
  g_free (self->account_name);
  g_free (self);
}

BhMail *
bh_mail_read (BhStmt *stmt)
{
  BhMail *mail = g_new0 (BhMail, 1);
  int column = 0;

  mail->mail = bh_stmt_dup_text (stmt, column++);
  mail->kind = bh_stmt_dup_text (stmt, column++);
  mail->to = bh_stmt_dup_text (stmt, column++);
  mail->account = bh_stmt_dup_text (stmt, column++);
  mail->rmas = bh_stmt_dup_text (stmt, column++);
  mail->receipt = bh_stmt_dup_text (stmt, column++);
  mail->message_id = bh_stmt_dup_text (stmt, column++);
  mail->state = bh_stmt_dup_text (stmt, column++);
  mail->error = bh_stmt_dup_text (stmt, column++);
  mail->language = bh_stmt_dup_text (stmt, column++);
  mail->details = bh_stmt_dup_text (stmt, column++);
  mail->claimed_by = bh_stmt_dup_text (stmt, column++);
  mail->account_name = bh_stmt_dup_text (stmt, column++);
  mail->tries = (int) bh_stmt_int64 (stmt, column++);
  mail->at_us = bh_stmt_int64 (stmt, column++);
  mail->attempted_us = bh_stmt_int64 (stmt, column++);
  mail->sent_us = bh_stmt_int64 (stmt, column++);
  mail->claimed_until_us = bh_stmt_int64 (stmt, column++);
  return mail;
}

gboolean
bh_store_each_mail (BhStore *self, const char *state,
                    gboolean (*each) (const BhMail *mail, gpointer data), gpointer data,
                    GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     state == NULL ? BH_MAIL_COLUMNS " ORDER BY m.at_us, m.mail"
                                   : BH_MAIL_COLUMNS " WHERE m.state = $1 ORDER BY m.at_us, m.mail",
                     error);
  gboolean row = TRUE;

  if (stmt == NULL || (state != NULL && !bh_stmt_bind (stmt, error, "t", state)))
    return FALSE;
  while (bh_stmt_next (stmt, &row, error)) {
    g_autoptr (BhMail) mail = row ? bh_mail_read (stmt) : NULL;

    if (mail == NULL || !each (mail, data))
      return TRUE;
  }
  return FALSE;
}

gboolean
bh_store_mail_of_rma (BhStore *self, const char *rma, const char *kind, gint64 at_us,
                      BhMail **found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      BH_MAIL_COLUMNS " WHERE m.rmas = $1 AND m.kind = $2 AND (m.at_us = $3 OR $3 = 0)"
                      " ORDER BY m.at_us DESC LIMIT 1",
      error);
  gboolean row = FALSE;

  *found = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tti", rma, kind, at_us) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = bh_mail_read (stmt);
  return TRUE;
}

gboolean
bh_store_readdress_mail (BhStore *self, const char *mail, const char *to, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE mail SET state = 'queued', error = NULL, claimed_by = NULL,"
                       " claimed_until_us = NULL, to_address = $1 WHERE mail = $2",
                       "tt", to, mail) &&
         bh_store_word_mail (self, mail, error);
}

static gboolean
find_by (BhStore *self, const char *sql, const char *key, BhMail **found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = FALSE;

  *found = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", key) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = bh_mail_read (stmt);
  return TRUE;
}

gboolean
bh_store_find_mail (BhStore *self, const char *mail, BhMail **found, GError **error)
{
  return find_by (self, BH_MAIL_COLUMNS " WHERE m.mail = $1", mail, found, error);
}

gboolean
bh_store_find_mail_by_id (BhStore *self, const char *message_id, BhMail **found, GError **error)
{
  g_autofree char *key = g_strdup_printf ("<%s>", message_id);

  return find_by (self, BH_MAIL_COLUMNS " WHERE m.message_id = $1", key, found, error);
}

gboolean
bh_store_next_mail (BhStore *self, const BhMail *after, BhMail **found, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     BH_MAIL_COLUMNS " WHERE m.state = 'queued' AND m.at_us >= $1"
                                     " AND (m.at_us > $1 OR m.mail > $2)"
                                     " ORDER BY m.at_us, m.mail LIMIT 1",
                     error);
  gboolean row = FALSE;

  *found = NULL;
  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "it", after != NULL ? after->at_us : G_MININT64,
                     after != NULL ? after->mail : "") ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *found = bh_mail_read (stmt);
  return TRUE;
}

gboolean
bh_store_claim_mail (BhStore *self, const BhMail *mail, const char *by, gint64 until_us,
                     gint64 now_us, gboolean *claimed, GError **error)
{
  gint64 changed = 0;

  if (!bh_store_run (self, &changed, error,
                     "UPDATE mail SET claimed_by = $1, claimed_until_us = $2, attempted_us = $3,"
                     " tries = tries + 1 WHERE mail = $4 AND state = 'queued'"
                     " AND tries = $5 AND coalesce(claimed_by, '') = $6",
                     "tiitit", by, until_us, now_us, mail->mail, (gint64) mail->tries,
                     mail->claimed_by != NULL ? mail->claimed_by : ""))
    return FALSE;
  *claimed = changed > 0;
  return TRUE;
}

#define SETTLE                                                                                     \
  "UPDATE mail SET state = $1, error = $2, sent_us = $3, claimed_by = NULL,"                       \
  " claimed_until_us = NULL WHERE mail = $4"

gboolean
bh_store_settle_mail (BhStore *self, const char *mail, const char *state, const char *error_text,
                      gint64 sent_us, GError **error)
{
  if (sent_us == 0)
    return bh_store_run (self, NULL, error, SETTLE, "ttnt", state, error_text, mail);
  return bh_store_run (self, NULL, error, SETTLE, "ttit", state, error_text, sent_us, mail);
}

#define WITHDRAWN "withdrawn: "

gboolean
bh_mail_is_withdrawn (const BhMail *self)
{
  return g_str_equal (self->state, "failed") && self->error != NULL &&
         g_str_has_prefix (self->error, WITHDRAWN);
}

gboolean
bh_store_withdraw_mail (BhStore *self, const char *mail, const char *why, gboolean *withdrawn,
                        GError **error)
{
  gint64 changed = 0;

  if (!bh_store_run (self, &changed, error,
                     "UPDATE mail SET state = 'failed', error = '" WITHDRAWN
                     "' || $1 WHERE mail = $2"
                     " AND state = 'queued' AND claimed_by IS NULL",
                     "tt", why, mail))
    return FALSE;
  *withdrawn = changed > 0;
  return TRUE;
}

gboolean
bh_store_requeue_mail (BhStore *self, const BhMail *mail, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE mail SET state = 'queued', error = NULL, claimed_by = NULL,"
                       " claimed_until_us = NULL, to_address = coalesce((SELECT a.email FROM"
                       " account a WHERE a.account = mail.account), to_address) WHERE mail = $1",
                       "t", mail->mail) &&
         bh_store_word_mail (self, mail->mail, error);
}
