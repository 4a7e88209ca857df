/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "mail-calls.h"

#include "backhaul/mail.h"
#include "sender.h"

#define PAGE_ROWS 200

typedef struct {
  char *mail;
  char *other; /* state, RMA or address */
  char *text;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->mail);
  g_free (question->other);
  g_free (question->text);
  g_free (question);
}

static Question *
question_new (const char *mail, const char *other, const char *text)
{
  Question *question = g_new0 (Question, 1);

  *question = (Question){ g_strdup (mail), g_strdup (other), g_strdup (text) };
  return question;
}

void
bh_mail_list_free (BhMailList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->mails);
  g_free (self);
}

static gpointer
run_list (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (BhMail) before = NULL;
  GPtrArray *mails;
  BhMailList *list;
  gboolean more = FALSE;

  if (question->mail != NULL && (before = bh_desk_find_mail (desk, question->mail, error)) == NULL)
    return NULL;
  mails = bh_desk_mails (desk, question->other, question->text, before, PAGE_ROWS, &more, error);
  if (mails == NULL)
    return NULL;
  list = g_new0 (BhMailList, 1);
  *list = (BhMailList){ mails, more };
  return list;
}

void
bh_call_mails_async (BhWorker *reads, const char *state, const char *text, const char *before,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_search (reads, run_list, question_new (before, state, text), question_free,
                    (GDestroyNotify) bh_mail_list_free, cancellable, callback, data);
}

static gpointer
run_words (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  const BhSender *sender = bh_sender (error);
  g_autoptr (BhMail) mail = NULL;

  if (sender == NULL)
    return NULL;
  mail = question->mail != NULL
             ? bh_desk_find_mail (desk, question->mail, error)
             : bh_desk_mail_of_rma (desk, question->other, "confirmation", error);
  return mail != NULL ? sender->mail_words (desk, mail, error) : NULL;
}

void
bh_call_mail_words_async (BhWorker *reads, const char *mail, const char *rma,
                          GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (reads, run_words, question_new (mail, rma, NULL), question_free, g_free, callback,
                 data);
}

static gpointer
run_retry (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;

  return bh_desk_retry_mail (desk, question->mail, question->other, bh_now_us (), error)
             ? g_strdup (question->mail)
             : NULL;
}

void
bh_call_mail_retry_async (BhWorker *acts, const char *mail, const char *to,
                          GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (acts, run_retry, question_new (mail, to, NULL), question_free, g_free, callback,
                 data);
}
