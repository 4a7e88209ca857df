/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "message.h"

G_BEGIN_DECLS

/**
 * SECTION:mailer
 *
 * Where a message goes: a mail server, or a Maildir. Waits for the network: not on the
 * main thread. One mailer, one thread at a time; many messages use one connection.
 */

/**
 * BhMailResult:
 * @BH_MAIL_SENT: the other side has it
 * @BH_MAIL_LATER: not now (4xx): try again another time
 * @BH_MAIL_REFUSED: never (5xx)
 * @BH_MAIL_LOST: the connection broke before the answer: the other side may have it, so
 *   the same Message-ID is sent again
 * @BH_MAIL_UNREACHABLE: no server, no session, no disk: this message has nothing to do
 *   with it and the next one would fare no better
 */
typedef enum {
  BH_MAIL_SENT,
  BH_MAIL_LATER,
  BH_MAIL_REFUSED,
  BH_MAIL_LOST,
  BH_MAIL_UNREACHABLE,
} BhMailResult;

typedef struct _BhMailer BhMailer;

/**
 * bh_mailer_new_smtp:
 * @url: smtp://[USER@]HOST[:PORT] or smtps://…
 *
 * smtp:// goes on with STARTTLS when that is offered; with a user it must be, so that no
 * password goes over a network in the clear. The password is the first line of the file
 * that BACKHAUL_SMTP_PASSWORD_FILE names, else what libsecret has for the attributes
 * service "backhaul-smtp", host and user.
 *
 * The server's certificate is checked for smtps:// and for a user, and whenever
 * BACKHAUL_SMTP_CA_FILE names whom to trust; not on the loopback, nor where the
 * alternative is no encryption at all.
 *
 * Errors: %BH_ERROR_USAGE: not such an address, or a password in it;
 * %BH_ERROR_STORE: no password is found. No connection is made yet.
 */
BhMailer *bh_mailer_new_smtp (const char *url, GError **error);
/**
 * bh_mailer_new_maildir:
 *
 * Makes the folder when it is missing. A message is on the disk before it is in "new",
 * under a name made from its Message-ID: sent twice, it is one file, even after a reader
 * moved it.
 *
 * Errors: %BH_ERROR_STORE.
 */
BhMailer *bh_mailer_new_maildir (const char *folder, GError **error);

/* Either of them: "maildir:FOLDER", else as bh_mailer_new_smtp(). */
BhMailer *bh_mailer_new (const char *url, GError **error);
/* Only whether it is one that bh_mailer_new() takes. */
gboolean bh_mailer_url_check (const char *url, GError **error);

/* @answer: (out) (transfer full) (nullable): what the other side said, one line.
 * Errors of the message itself (an address) are BH_MAIL_REFUSED. */
BhMailResult bh_mailer_send (BhMailer *self, const BhMessage *message, char **answer);

void bh_mailer_free (BhMailer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhMailer, bh_mailer_free)

G_END_DECLS
