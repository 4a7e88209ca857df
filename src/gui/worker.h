/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backhaul/desk.h"

G_BEGIN_DECLS

/**
 * SECTION:worker
 *
 * A thread that owns a desk: the window never waits for the store. Work is done
 * in the order in which it is given; what it returns reaches the callback on the
 * main thread.
 */
typedef struct _BhWorker BhWorker;

/* Runs on the worker's thread; NULL with @error. */
typedef gpointer (*BhWork) (BhDesk *desk, gpointer data, GError **error);

/* The store is opened by the thread: this returns at once. */
BhWorker *bh_worker_new (const char *uri, const char *dock, const char *station);
/* Waits for the work that was given. */
void bh_worker_free (BhWorker *self);

void bh_worker_run (BhWorker *self, BhWork work, gpointer data, GDestroyNotify free_data,
                    GDestroyNotify free_result, GAsyncReadyCallback ready, gpointer user_data);
gpointer bh_worker_finish (GAsyncResult *result, GError **error);
/* Ends a running search early, with BH_ERROR_BUSY. Never for acts. */
void bh_worker_interrupt (BhWorker *self);

G_END_DECLS
