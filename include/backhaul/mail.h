/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bounce.h"
#include "desk.h"
#include "mail-store.h"
#include "mailer.h"

G_BEGIN_DECLS

/**
 * SECTION:mail
 *
 * The outbox (F4): what waits, what went, what failed; and sending it, each mail once.
 * Composing and sending draw labels and speak to servers: not on the main thread.
 */

/* ---- settings of the site ---------------------------------------------------------- */

/* Keys: "from" (address), "vendor" (name under the text), "smtp" (an address of bh_mailer_new()),
 * "templates" (folder). Ended by NULL. */
const char *const *bh_desk_mail_settings (void);
/**
 * bh_desk_mail_setting:
 * @value: (out) (transfer full) (nullable): of the environment variable BACKHAUL_MAIL_KEY,
 *   else of the store; %NULL: neither has it
 */
gboolean bh_desk_mail_setting (BhDesk *self, const char *key, char **value, GError **error);
/* For supervisors. Errors: BH_ERROR_USAGE: no such key; BH_ERROR_INPUT: no address. */
gboolean bh_desk_set_mail_setting (BhDesk *self, const char *key, const char *value, gint64 now_us,
                                   GError **error);

/* ---- the outbox -------------------------------------------------------------------- */

/* @state: "queued", "sent", "failed" or NULL: all. Oldest first; @each returns FALSE to stop. */
gboolean bh_desk_each_mail (BhDesk *self, const char *state,
                            gboolean (*each) (const BhMail *mail, gpointer data), gpointer data,
                            GError **error);
/**
 * bh_desk_mails:
 * @state: "queued", "sent", "failed" or %NULL: all
 * @text: (nullable): beginnings of words, all of them in its address, account, customer's name,
 *   RMAs or kind, in any case
 * @before: (nullable): the last one of the page before
 * @more: (out): there may be more
 *
 * A page of the outbox, newest first.
 *
 * Returns: (transfer full) (element-type BhMail)
 */
GPtrArray *bh_desk_mails (BhDesk *self, const char *state, const char *text, const BhMail *before,
                          guint limit, gboolean *more, GError **error);
/* The newest of that kind about an RMA alone. Errors: BH_ERROR_NOT_FOUND. */
BhMail *bh_desk_mail_of_rma (BhDesk *self, const char *rma, const char *kind, GError **error);
/* Errors: BH_ERROR_NOT_FOUND. */
BhMail *bh_desk_find_mail (BhDesk *self, const char *mail, GError **error);
/* A failed mail waits again, for @to, or where that is %NULL for the address that the
 * account has now. @to is this mail's alone; a queued mail's may be corrected, too.
 * Errors: BH_ERROR_REFUSED: it has not failed, or there is still no address;
 * BH_ERROR_INPUT: no address. */
gboolean
bh_desk_retry_mail (BhDesk *self, const char *mail, const char *to, gint64 now_us, GError **error);

/**
 * bh_desk_bounce_mail:
 *
 * A mail that came back: sent becomes failed, with what the report says. A report of a
 * delay changes nothing.
 *
 * Errors: %BH_ERROR_NOT_FOUND: no mail of ours.
 *
 * Returns: (transfer full): the mail as it is on record then.
 */
BhMail *bh_desk_bounce_mail (BhDesk *self, const BhBounce *bounce, gint64 now_us, GError **error);

/**
 * bh_desk_compose_mail:
 *
 * The mail as it would go out now, from what is on record: words in the customer's
 * language, a label as PDF with a confirmation (N5).
 *
 * Errors: %BH_ERROR_REFUSED: what it would tell is no longer true (a reminder of what has
 * come back); %BH_ERROR_INPUT: a broken template, told with file and line;
 * %BH_ERROR_NOT_FOUND: no template of that kind.
 */
BhMessage *bh_desk_compose_mail (BhDesk *self, const BhMail *mail, GError **error);

/* What a run did. */
typedef struct {
  guint sent;
  guint later;       /* not now, said the server: queued */
  guint failed;      /* never, said the server; or no longer true */
  guint lost;        /* the connection broke: queued, the same Message-ID */
  guint broken;      /* could not be made, as its template is broken: queued */
  char *unreachable; /* why the run stopped; NULL: it did not */
} BhMailTally;

void bh_mail_tally_clear (BhMailTally *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhMailTally, bh_mail_tally_clear)

/**
 * bh_desk_send_mail:
 * @told: (nullable): called with each mail as it is on record after its turn
 *
 * Sends what is queued, oldest first, each once a run. A mail is claimed on record before
 * it is tried, so that of two runs at once only one sends it; the claim of a process that
 * died is void at once, that of another machine after a quarter of an hour.
 *
 * Errors: of the store. What is on record then is what was sent, but for the one on its
 * way: it goes again, under the same Message-ID.
 */
gboolean
bh_desk_send_mail (BhDesk *self, BhMailer *mailer, void (*told) (const BhMail *mail, gpointer data),
                   gpointer data, BhMailTally *tally, GError **error);

G_END_DECLS
