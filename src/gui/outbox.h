/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/**
 * SECTION:outbox
 *
 * Sends what waits, mails (F4) or labels (L3), and signs the journal (F6), while nobody works at
 * the window, where the operator's role may. On a worker of its own, as what it sends to may take
 * its time.
 *
 * Signal "ran" (#BhOutboxRun): a run that went through.
 */

#define BH_TYPE_OUTBOX (bh_outbox_get_type ())
G_DECLARE_FINAL_TYPE (BhOutbox, bh_outbox, BH, OUTBOX, GObject)

/* What one run did. */
typedef struct {
  guint sent;
  guint waiting; /* tried and still queued */
  guint failed;
  guint stuck; /* of all that wait: those that were tried */
  char *why;   /* what keeps the oldest of these; NULL: nothing */
} BhOutboxRun;

void bh_outbox_run_free (BhOutboxRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhOutboxRun, bh_outbox_run_free)

typedef struct {
  const char *what;    /* in the log */
  guint every_seconds; /* it looks whether it is time */
  gint64 quiet_us;     /* so long nobody touched the window */
  BhWork send;         /* makes a BhOutboxRun */
} BhOutboxKind;

extern const BhOutboxKind bh_outbox_mails;
extern const BhOutboxKind bh_outbox_labels;
extern const BhOutboxKind bh_outbox_checkpoints;

BhOutbox *bh_outbox_new (const BhOutboxKind *kind, BhWorker *worker);
BhWorker *bh_outbox_worker (BhOutbox *self);
/* Each key, scan or click in @window puts the next run off. */
void bh_outbox_watch (BhOutbox *self, GtkWidget *window);
/* Whether it is time: nobody has touched the window for a while, and no run goes on. */
gboolean bh_outbox_is_time (BhOutbox *self, gint64 monotonic_us);
/* Something was put into it that is not to wait: a run now, or behind the one that goes on. */
void bh_outbox_hurry (BhOutbox *self);

/* A run now. */
void bh_outbox_send_async (BhOutbox *self, GAsyncReadyCallback ready, gpointer data);
BhOutboxRun *bh_outbox_send_finish (BhOutbox *self, GAsyncResult *result, GError **error);

G_END_DECLS
