/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/mail-store.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the pages ask of the outbox (F4). */

typedef struct {
  GPtrArray *mails; /* BhMail, newest first */
  gboolean more;
} BhMailList;

void bh_mail_list_free (BhMailList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhMailList, bh_mail_list_free)
/* @state: NULL: all. @before: id of the last mail of the page before, or NULL. A BhMailList. */
void bh_call_mails_async (BhWorker *reads, const char *state, const char *text, const char *before,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* A mail's text as it would go out now: of @mail, or of the confirmation of @rma. */
void bh_call_mail_words_async (BhWorker *reads, const char *mail, const char *rma,
                               GAsyncReadyCallback callback, gpointer data);
/* Puts a failed one back, for @to where it is not NULL. Its id. */
void bh_call_mail_retry_async (BhWorker *acts, const char *mail, const char *to,
                               GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
