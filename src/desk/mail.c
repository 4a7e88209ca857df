/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The outbox: looking into it, and putting back what failed. */

#include "mail-private.h"

#include <string.h>

#include "backhaul/table.h"

gboolean
bh_desk_each_mail (BhDesk *self, const char *state,
                   gboolean (*each) (const BhMail *mail, gpointer data), gpointer data,
                   GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) &&
         bh_store_each_mail (self->store, state, each, data, error);
}

GPtrArray *
bh_desk_mails (BhDesk *self, const char *state, const char *text, const BhMail *before, guint limit,
               gboolean *more, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) mails = NULL;
  g_auto (GStrv) words = bh_search_words (text);

  *more = FALSE;
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL)
    return NULL;
  /* signs alone, which no word has */
  if (text != NULL && text[strspn (text, " \t")] != '\0' && words[0] == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_mail_free);
  mails = bh_store_mails (self->store, state, words, before, limit + 1, error);
  if (mails == NULL)
    return NULL;
  *more = mails->len > limit;
  g_ptr_array_set_size (mails, (int) MIN (mails->len, limit));
  return g_steal_pointer (&mails);
}

BhMail *
bh_desk_mail_of_rma (BhDesk *self, const char *rma, const char *kind, GError **error)
{
  BhMail *found = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_mail_of_rma (self->store, rma, kind, 0, &found, error))
    return NULL;
  if (found == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no %s mail of it; `mail list` names all",
                 rma, kind);
  return found;
}

static BhMail *
find (BhDesk *self, const char *mail, GError **error)
{
  BhMail *found = NULL;

  if (!bh_store_find_mail (self->store, mail, &found, error))
    return NULL;
  if (found == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such mail; `mail list` names them",
                 mail);
  return found;
}

BhMail *
bh_desk_find_mail (BhDesk *self, const char *mail, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) ? find (self, mail, error) : NULL;
}

gboolean
bh_desk_retry_mail (BhDesk *self, const char *mail, const char *to, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhMail) before = NULL;
  g_autoptr (BhMail) after = NULL;
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("mail:", mail, NULL);

  if (!bh_desk_require (self, BH_MAY_CHASE, error) ||
      (to != NULL && !bh_mail_address_check (to, error)) ||
      (tx = bh_desk_begin (self, error)) == NULL || (before = find (self, mail, error)) == NULL)
    return FALSE;
  if (bh_mail_is_withdrawn (before)) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it was %s; remind anew with `chase RMA` where that is meant", mail,
                 before->error);
    return FALSE;
  }
  /* one that waits may be readdressed, but not while somebody sends it */
  if (!g_str_equal (before->state, "failed") &&
      (to == NULL || !g_str_equal (before->state, "queued") || before->claimed_by != NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it is %s; only a failed mail is put back",
                 mail, before->state);
    return FALSE;
  }
  if (!(to != NULL ? bh_store_readdress_mail (self->store, mail, to, error)
                   : bh_store_requeue_mail (self->store, before, error)) ||
      (after = find (self, mail, error)) == NULL)
    return FALSE;
  if (after->to == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: the account %s has no e-mail address; import one first", mail,
                 after->account != NULL ? after->account : "of it");
    return FALSE;
  }
  return bh_desk_audit (self, act, "mail-retry", entity, before->error, after->to, now_us, error) &&
         bh_tx_commit (tx, error);
}

BhMail *
bh_desk_bounce_mail (BhDesk *self, const BhBounce *bounce, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhMail) found = NULL;
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = NULL;
  g_autofree char *why = g_strconcat ("it came back: ", bounce->reason, NULL);

  if (!bh_desk_require (self, BH_MAY_CHASE, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_find_mail_by_id (self->store, bounce->message_id, &found, error))
    return NULL;
  if (found == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no mail of this store; look at which one the report is about",
                 bounce->message_id);
    return NULL;
  }
  if (!bounce->final || !g_str_equal (found->state, "sent"))
    return g_steal_pointer (&found);
  entity = g_strconcat ("mail:", found->mail, NULL);
  if (!bh_store_settle_mail (self->store, found->mail, "failed", why, found->sent_us, error) ||
      !bh_desk_audit (self, act, "mail-bounce", entity, found->to, why, now_us, error) ||
      !bh_tx_commit (tx, error))
    return NULL;
  g_free (found->state);
  g_free (found->error);
  found->state = g_strdup ("failed");
  found->error = g_steal_pointer (&why);
  return g_steal_pointer (&found);
}
