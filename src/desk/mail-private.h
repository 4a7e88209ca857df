/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/mail.h"
#include "desk-private.h"

/* What a mail tells: facts read in one snapshot. */
typedef struct {
  char *name;     /* of the customer */
  char *language; /* NULL: not known */
  char *reason;   /* of the details */
  char *label;    /* template of the label that goes with it; NULL: the box label */
  /* of an analysis: its job, "RA" or "FA", version, disposition, next date */
  char *job;
  char *analysis;
  char *version;
  char *result;
  char *next;
  GPtrArray *units; /* BhMailUnit, those that it tells */
  gboolean closes;  /* with what it tells the RMA has ended */
} BhMailFacts;

void bh_mail_facts_clear (BhMailFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhMailFacts, bh_mail_facts_clear)

/* Errors: BH_ERROR_REFUSED: there is nothing left to tell. */
gboolean bh_desk_mail_facts (BhDesk *self, const BhMail *mail, BhMailFacts *facts, GError **error);

/* This process, told from all others of all machines; and whether such a one has ended.
 * FALSE also when that cannot be told: it runs on another machine. (transfer full) */
char *bh_process_name (void);
gboolean bh_process_gone (const char *name);
/* F4: the survey's address for one RMA: {rma} is its number. */
char *bh_mail_link (const char *link, const char *rma);
