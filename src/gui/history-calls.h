/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/audit.h"
#include "backhaul/trail.h"
#include "sender.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the page of the history asks of the journal (F6). */

/* A BhTrail; texts of @query are copied. */
void bh_call_trail_async (BhWorker *reads, const BhTrailQuery *query, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data);

/**
 * bh_call_check_async:
 * @worker: one of its own (bh_worker_new_beside()): it reads all that there is
 * @login: who asks, and has signed in at another desk of this window
 * @pace: lives until @callback; done is in thousandths of the journal
 *
 * Proves the journal as `backhaulctl audit verify` does: a BhAuditReport.
 */
void bh_call_check_async (BhWorker *worker, const char *login, BhPace *pace,
                          GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
