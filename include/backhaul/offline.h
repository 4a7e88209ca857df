/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "receive.h"

G_BEGIN_DECLS

/**
 * SECTION:offline
 *
 * The dock while the store is out of reach (DESIGN, Stations): provisional verdicts from the
 * station's last copy of the awaited units, what was scanned in the station's own journal, and
 * its replay, once and in order, when the store is back. One program of a station at a time.
 */
typedef struct _BhOffline BhOffline;

/* @folder: of this station's own, made when missing. Errors: %BH_ERROR_BUSY: another program
 * of this station has it; %BH_ERROR_STORE. */
BhOffline *bh_offline_open (const char *folder, GError **error);
void bh_offline_close (BhOffline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhOffline, bh_offline_close)

/* While the store is in reach: the copy is made anew. @n: (nullable): units in it. */
gboolean
bh_offline_refresh (BhOffline *self, BhDesk *desk, gint64 now_us, gint64 *n, GError **error);
/* When the copy was taken; 0: there is none, and nothing can be accepted. */
gint64 bh_offline_taken_us (BhOffline *self);
/* Boxes that are in the journal only: to be shown all the time. */
guint bh_offline_unsent (BhOffline *self);
/* (nullable): what is wrong with the journal that was found */
const char *bh_offline_damage (BhOffline *self);

/**
 * bh_offline_receive:
 * @act: UUID made by the caller, of the replay, too
 * @box: what was scanned
 *
 * Writes the box to the journal and, once that is on the disk, tells what is likely: a unit is
 * accepted when the copy awaits it, and not a second time; whatever else the store would say
 * of it, it is put aside, as nothing is refused on the word of a copy. @desk was opened while
 * the store was in reach; it says who acts.
 *
 * Returns: (element-type BhOutcome) (transfer full): each with @provisional set and without a
 * receipt. Errors: %BH_ERROR_FORBIDDEN, _FULL, _STORE: it is not in the journal.
 */
GPtrArray *bh_offline_receive (BhOffline *self, BhDesk *desk, const char *act, BhBox *box,
                               gint64 now_us, GError **error);

/**
 * BhReplayed:
 * @act: of the box
 * @at_us: when it was scanned
 * @before: what was said of it then, a sentence a unit
 * @after: what is so
 * @changed: the two differ: to be shown
 * @failed: the store would not take it; it is kept beside the journal
 */
typedef struct {
  const char *act;
  gint64 at_us;
  const char *before;
  const char *after;
  gboolean changed;
  gboolean failed;
} BhReplayed;

typedef void (*BhReplayFunc) (const BhReplayed *box, gpointer data);

/**
 * bh_offline_replay:
 * @told: (nullable): called for each box, in order
 *
 * Receives what is in the journal as if it came now, in the order and with the times and
 * persons of then; the acts keep their UUIDs, so that a replay that was broken off, or of a
 * journal that somebody put back, receives nothing twice. A verdict that changed is told and
 * recorded as an audit entry `replay`. The journal is empty afterwards.
 *
 * Errors: %BH_ERROR_LOST, _BUSY: the rest stays in the journal, call again.
 */
gboolean
bh_offline_replay (BhOffline *self, BhDesk *desk, BhReplayFunc told, gpointer data, GError **error);

G_END_DECLS
