/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "mail-private.h"

/* Longer than a message may take (mailer.h), for those whose end cannot be seen. */
#define LEASE (15 * G_TIME_SPAN_MINUTE)

typedef struct {
  BhDesk *desk;
  BhMailer *mailer;
  BhMailTally *tally;
  char *name;    /* of this process */
  BhMail *mail;  /* claimed, on its way; after its turn what is on record of it */
  BhMail *after; /* the queue was gone through up to here */
} Run;

static void
run_clear (Run *run)
{
  g_free (run->name);
  bh_mail_free (run->mail);
  bh_mail_free (run->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

void
bh_mail_tally_clear (BhMailTally *self)
{
  g_clear_pointer (&self->unreachable, g_free);
}

static gboolean
is_free (const BhMail *mail, gint64 now_us)
{
  return mail->claimed_by == NULL || mail->claimed_until_us < now_us ||
         bh_process_gone (mail->claimed_by);
}

/* The next one that is nobody's, in run->mail; NULL there: the queue is at its end. */
static gboolean
claim_next (Run *run, gint64 now_us, GError **error)
{
  for (;;) {
    g_autoptr (BhMail) next = NULL;
    gboolean claimed = FALSE;

    if (!bh_store_next_mail (run->desk->store, run->after, &next, error))
      return FALSE;
    if (next == NULL)
      return TRUE;
    if (is_free (next, now_us) && !bh_store_claim_mail (run->desk->store, next, run->name,
                                                        now_us + LEASE, now_us, &claimed, error))
      return FALSE;
    bh_mail_free (run->after);
    run->after = g_steal_pointer (&next);
    if (claimed)
      return bh_store_find_mail (run->desk->store, run->after->mail, &run->mail, error);
  }
}

static gboolean
settle (Run *run, gint64 now_us, GError **error)
{
  const BhMail *mail = run->mail;
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("mail:", mail->mail, NULL);

  return bh_store_settle_mail (run->desk->store, mail->mail, mail->state, mail->error,
                               mail->sent_us, error) &&
         (g_str_equal (mail->state, "queued") ||
          bh_desk_audit (run->desk, act, "mail", entity, mail->to,
                         mail->error != NULL ? mail->error : mail->state, now_us, error));
}

/* One commit a mail: what became of the last, and the claim of the next. */
static gboolean
turn (Run *run, gboolean go_on, void (*told) (const BhMail *mail, gpointer data), gpointer data,
      GError **error)
{
  gint64 now_us = bh_now_us ();
  g_autoptr (BhTx) tx = bh_desk_begin (run->desk, error);
  g_autoptr (BhMail) done = NULL;

  if (tx == NULL || (run->mail != NULL && !settle (run, now_us, error)))
    return FALSE;
  done = g_steal_pointer (&run->mail);
  if ((go_on && !claim_next (run, now_us, error)) || !bh_tx_commit (tx, error))
    return FALSE;
  if (done != NULL && told != NULL)
    told (done, data);
  return TRUE;
}

static void
becomes (BhMail *mail, const char *state, const char *why)
{
  g_free (mail->state);
  g_free (mail->error);
  mail->state = g_strdup (state);
  mail->error = g_strdup (why);
}

/* Could not be made. TRUE: the mail's own trouble, the next one may do better. */
static gboolean
cannot_make (Run *run, GError *why, GError **error)
{
  g_autoptr (GError) taken = why;
  gboolean past = g_error_matches (taken, BH_ERROR, BH_ERROR_REFUSED);

  if (!past && !g_error_matches (taken, BH_ERROR, BH_ERROR_INPUT) &&
      !g_error_matches (taken, BH_ERROR, BH_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&taken));
    return FALSE;
  }
  becomes (run->mail, past ? "failed" : "queued", taken->message);
  if (past)
    run->tally->failed++;
  else
    run->tally->broken++;
  return TRUE;
}

static void
send_one (Run *run, const BhMessage *message)
{
  g_autofree char *answer = NULL;

  switch (bh_mailer_send (run->mailer, message, &answer)) {
  case BH_MAIL_SENT:
    becomes (run->mail, "sent", NULL);
    run->mail->sent_us = bh_now_us ();
    run->tally->sent++;
    break;
  case BH_MAIL_LATER:
    becomes (run->mail, "queued", answer);
    run->tally->later++;
    break;
  case BH_MAIL_REFUSED:
    becomes (run->mail, "failed", answer);
    run->tally->failed++;
    break;
  case BH_MAIL_LOST:
    becomes (run->mail, "queued", answer);
    run->tally->lost++;
    break;
  default:
    becomes (run->mail, "queued", answer);
    run->tally->unreachable = g_strdup (answer != NULL ? answer : "no answer");
    break;
  }
}

gboolean
bh_desk_send_mail (BhDesk *self, BhMailer *mailer, void (*told) (const BhMail *mail, gpointer data),
                   gpointer data, BhMailTally *tally, GError **error)
{
  g_auto (Run) run = { .desk = self, .mailer = mailer, .tally = tally };

  if (!bh_desk_require (self, BH_MAY_CHASE, error))
    return FALSE;
  run.name = bh_process_name ();
  do {
    g_autoptr (BhMessage) message = NULL;
    GError *why = NULL;

    if (!turn (&run, tally->unreachable == NULL, told, data, error))
      return FALSE;
    if (run.mail == NULL)
      return TRUE;
    message = bh_desk_compose_mail (self, run.mail, &why);
    if (message != NULL)
      send_one (&run, message);
    else if (!cannot_make (&run, why, error))
      return FALSE;
  } while (TRUE);
}
