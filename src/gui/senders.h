/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "away.h"
#include "outbox.h"

G_BEGIN_DECLS

/* What the window sends behind its back: mails (F4) and labels (L3), each on a worker of its own,
 * as a mail server that does not answer must not keep a label; the journal can wait for mails. */
typedef struct {
  BhOutbox *mails;
  BhOutbox *labels;
  BhOutbox *checkpoints;
} BhSenders;

/* @dock, @station may be NULL. */
BhSenders *
bh_senders_new (GtkWidget *window, const char *uri, const char *dock, const char *station);
void bh_senders_free (BhSenders *self);
/* Before anybody signs in: as bh_worker_set_memory(). */
void bh_senders_set_memory (BhSenders *self, BhStationMemory *memory);
/* They send for whoever works at the window; nobody waits for it. @away: (nullable) */
void bh_senders_sign_in (BhSenders *self, BhAway *away, const char *login);
void bh_senders_sign_out (BhSenders *self);

G_END_DECLS
