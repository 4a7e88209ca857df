/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:mail-store
 *
 * The outbox: rows that acts queued (bh_store_queue_mail() in receipt.h), and what the
 * mails tell.
 */

/* A row of `mail`. */
typedef struct {
  char *mail;
  char *kind;
  char *to; /* NULL: nobody knows */
  char *account;
  char *rmas;       /* blanks between them */
  char *receipt;    /* NULL: of no receipt */
  char *message_id; /* with its angle brackets */
  char *state;      /* "queued", "sent", "failed" */
  int tries;
  char *error;
  gint64 at_us;
  gint64 attempted_us; /* 0: never */
  gint64 sent_us;      /* 0: not */
  char *language;
  char *details; /* JSON; NULL: none */
  char *claimed_by;
  gint64 claimed_until_us;
  char *account_name;
} BhMail;

void bh_mail_free (BhMail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhMail, bh_mail_free)

/* Oldest first; @state NULL: all. Streams; @each returns FALSE to stop. */
gboolean bh_store_each_mail (BhStore *self, const char *state,
                             gboolean (*each) (const BhMail *mail, gpointer data), gpointer data,
                             GError **error);
/**
 * bh_store_mails:
 * @state: (nullable): "queued", "sent", "failed"; %NULL: all
 * @words: (nullable) (array zero-terminated=1): as bh_search_words() gives them: each begins a word
 *   of the mail's address, account, RMAs or kind, or of its customer's name
 * @before: (nullable): the last one of the page before
 *
 * Returns: (element-type BhMail) (transfer full): @limit of them, newest first
 */
GPtrArray *bh_store_mails (BhStore *self, const char *state, char **words, const BhMail *before,
                           guint limit, GError **error);
/* A mail's words, anew: it was queued, or its address or RMAs changed. */
gboolean bh_store_word_mail (BhStore *self, const char *mail, GError **error);
/* The same of one that has none yet. */
gboolean bh_store_word_new_mail (BhStore *self, const BhMail *mail, GError **error);
/* The newest of @kind about @rma alone; *found is NULL when there is none. @at_us: queued by
 * the act of that instant; 0: any */
gboolean bh_store_mail_of_rma (BhStore *self, const char *rma, const char *kind, gint64 at_us,
                               BhMail **found, GError **error);
/* It waits again, to go to @to. */
gboolean bh_store_readdress_mail (BhStore *self, const char *mail, const char *to, GError **error);
/* *found is NULL when there is none. */
gboolean bh_store_find_mail (BhStore *self, const char *mail, BhMail **found, GError **error);
/* @message_id: without angle brackets. */
gboolean
bh_store_find_mail_by_id (BhStore *self, const char *message_id, BhMail **found, GError **error);
/* The first queued one after @after in the order of the queue; @after NULL: of all. */
gboolean bh_store_next_mail (BhStore *self, const BhMail *after, BhMail **found, GError **error);
/* Recorded before it is tried. *claimed FALSE: another was quicker. */
gboolean bh_store_claim_mail (BhStore *self, const BhMail *mail, const char *by, gint64 until_us,
                              gint64 now_us, gboolean *claimed, GError **error);
/* What became of a claimed one; @error_text NULL: nothing is wrong. */
gboolean bh_store_settle_mail (BhStore *self, const char *mail, const char *state,
                               const char *error_text, gint64 sent_us, GError **error);
/* It was taken back before it went (O1): it is not sent, also not when somebody asks for it. */
gboolean bh_mail_is_withdrawn (const BhMail *self);
/* One that waits is not sent. *withdrawn FALSE: it does not wait, or a sender has it in hand. */
gboolean bh_store_withdraw_mail (BhStore *self, const char *mail, const char *why,
                                 gboolean *withdrawn, GError **error);
/* A failed one waits again, to the account's address of today. */
gboolean bh_store_requeue_mail (BhStore *self, const BhMail *mail, GError **error);

/* ---- what they tell ------------------------------------------------------------------- */

/* A unit, with what is on record of its line, RMA, product, charge and receipt; members
 * that are not known are NULL or 0. */
typedef struct {
  char *rma;
  int line;
  char *serial;
  char *part;
  char *description;
  char *replacement;
  char *state; /* of the line */
  gboolean awaited;
  char *return_by;
  gint64 received_us;
  char *case_no;
  char *reference;
  char *contact;
  char *zone; /* the customer's site's, else the destination's */
  gint64 list_price;
  char *currency;
  gint64 charged;
  char *charge_currency;
  char *charge_reason;
  gint64 charged_us;
  gint64 credited_us;
  char *destination_name;
  char *destination_address; /* lines joined by "\n" */
  gboolean counted;          /* by the chase, on its day */
  int days_left;
  /* of the receipt that is told */
  char *rule;
  char *carrier;
  char *tracking;
} BhMailUnit;

void bh_mail_unit_free (BhMailUnit *self);

/* (element-type BhMailUnit): lines of an RMA, by number. */
GPtrArray *bh_store_mail_units (BhStore *self, const char *rma, GError **error);
/* (element-type BhMailUnit): receipts that the mail tells, not void. */
GPtrArray *bh_store_mail_receipts (BhStore *self, const BhMail *mail, GError **error);
/* Name and language of an account; NULL when not known. */
gboolean bh_store_mail_customer (BhStore *self, const char *account, char **name, char **language,
                                 GError **error);

G_END_DECLS
