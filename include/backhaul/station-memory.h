/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/**
 * BhStationMemory:
 *
 * What a station keeps of its store beside the copy, so that a dock may be begun while the store is
 * away (decision 0067): which store it is, its policy, and who has signed in here, with what proves
 * that it is them. Encrypted under the journal's key. One is never changed; any thread.
 */
typedef struct _BhStationMemory BhStationMemory;
BhStationMemory *bh_station_memory_ref (BhStationMemory *self);
void bh_station_memory_unref (BhStationMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhStationMemory, bh_station_memory_unref)
/* *@known: whether @store is the one that is remembered; when none is, any is. */
gboolean
bh_station_memory_is_of (BhStationMemory *self, BhStore *store, gboolean *known, GError **error);

/**
 * bh_desk_open_away:
 * @uri: of a store that is out of reach
 * @memory: what the station remembers of it
 * @dock, @station: as to bh_desk_open()
 *
 * A desk by the policy and rights of when the store was last there. Where people have PINs nobody
 * is at it before bh_desk_sign_in_away(); else who was there last. Each call that needs the
 * store looks for it; once it answers, the desk is as one of bh_desk_open(), with whoever is at it.
 * Reads the whole copy: not on the main thread.
 *
 * Errors: %BH_ERROR_LOST: the station remembers nothing, nothing of that store, or what is too old
 * (policy "dock.offline-start-hours"), or its copy of awaited units is missing or damaged.
 */
BhDesk *bh_desk_open_away (const char *uri, BhStationMemory *memory, const char *dock,
                           const char *station, gint64 now_us, GError **error);
/* It was opened so, and the store has not answered since. */
gboolean bh_desk_is_away (BhDesk *self);

G_END_DECLS
