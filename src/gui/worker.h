/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backhaul/desk.h"
#include "backhaul/link.h"
#include "backhaul/station-memory.h"

G_BEGIN_DECLS

/**
 * SECTION:worker
 *
 * One thread with one desk. A store connection belongs to one thread, and the
 * window never waits for the disk: what touches the store is queued here, in
 * order. The application has two: one for acts, one for searches, so that
 * typing never waits for an act.
 */

#define BH_TYPE_WORKER (bh_worker_get_type ())
G_DECLARE_FINAL_TYPE (BhWorker, bh_worker, BH, WORKER, GObject)

/* Runs in the worker's thread. Returns NULL with @error set, or a result. */
typedef gpointer (*BhWork) (BhDesk *desk, gpointer data, GError **error);

/* Opens nothing yet: the desk is opened by the first call, and again by the
 * next when that failed. @dock, @station may be NULL. The last reference waits for
 * what is queued. */
BhWorker *bh_worker_new (const char *uri, const char *dock, const char *station);

/* Another thread with a desk of its own, for what takes minutes. (transfer full) */
BhWorker *bh_worker_new_beside (BhWorker *self);

/* Before the first call. @told is called on the worker's thread (bh_store_on_link()); @data is
 * freed when the worker has ended. */
void bh_worker_on_link (BhWorker *self, BhLinkFunc told, gpointer data, GDestroyNotify free_data);

/* Before the first call: bh_store_set_patience() of its store. */
void bh_worker_set_patience (BhWorker *self, int ms);

/* Before the first call: where the store is out of reach, its desk is opened by what the station
 * remembers (bh_desk_open_away()). */
void bh_worker_set_memory (BhWorker *self, BhStationMemory *memory);

/**
 * bh_worker_run:
 * @data: (transfer full): handed to @work, freed with @free_data afterwards
 *
 * An act, or a look-up that is wanted whatever comes: it runs to its end and is
 * told, as what it committed is committed. The caller keeps the worker. Where the connection
 * breaks in it @work is called again with the same @data, which it must leave as it was.
 */
void bh_worker_run (BhWorker *self, BhWork work, gpointer data, GDestroyNotify free_data,
                    GDestroyNotify free_result, GAsyncReadyCallback ready, gpointer user_data);
/* The same for a search that may be given up. */
void bh_worker_search (BhWorker *self, BhWork work, gpointer data, GDestroyNotify free_data,
                       GDestroyNotify free_result, GCancellable *cancellable,
                       GAsyncReadyCallback ready, gpointer user_data);
/* Gives up the search of @cancellable, whether it waits or runs; acts are not touched. */
void bh_worker_supersede (BhWorker *self, GCancellable *cancellable);
gpointer bh_worker_finish (GAsyncResult *result, GError **error);

G_END_DECLS
