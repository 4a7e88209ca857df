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

/**
 * bh_offline_bind:
 * @uri: the store's address
 *
 * The boxes of a journal are one store's: in another one they would all be refused, and be gone
 * here. The folder keeps the address, without names and passwords, of the store that it was last
 * used with.
 *
 * Returns: FALSE with %BH_ERROR_REFUSED while boxes of another store wait in it
 */
gboolean bh_offline_bind (BhOffline *self, const char *uri, GError **error);
/* While the store is in reach: the copy is made anew. @n: (nullable): units in it. */
gboolean
bh_offline_refresh (BhOffline *self, BhDesk *desk, gint64 now_us, gint64 *n, GError **error);
/* The same in two steps, for a window that does not wait: from any thread, by a connection of its
 * own … */
gboolean bh_offline_make_copy (const char *folder, const char *uri, gint64 now_us, GError **error);
/* … and then by the thread that has @self. */
gboolean bh_offline_reload (BhOffline *self, GError **error);
/* When the copy was taken; 0: there is none, and nothing can be accepted. */
gint64 bh_offline_taken_us (BhOffline *self);
/* Boxes that are in the journal only: to be shown all the time. */
guint bh_offline_unsent (BhOffline *self);
/* (nullable): what is wrong with the journal that was found */
const char *bh_offline_damage (BhOffline *self);
/* What was received on line since the copy was taken: it awaits such a unit no more.
 * @outcomes: (element-type BhOutcome): of @box */
void bh_offline_note (BhOffline *self, const char *box, GPtrArray *outcomes, gint64 now_us);
/* Whether the copy awaits a unit of this serial. */
gboolean bh_offline_awaits (BhOffline *self, const char *serial);

/**
 * bh_offline_receive:
 * @act: UUID made by the caller, of the replay, too
 * @box: what was scanned
 * @options: (nullable): @box and @photos of it are kept; a box that goes on is given as a whole
 *   each time, as to bh_desk_receive()
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
                               const BhReceiveOptions *options, gint64 now_us, GError **error);

/**
 * BhReplayed:
 * @act: of the box
 * @serial: of its first unit; its RMA when it was unreadable; of a box that failed what was scanned
 *   first; "" when there is none of these
 * @at_us: when it was scanned
 * @before: what was said of it then, a sentence a unit
 * @after: what is so
 * @verdict: what is so of the unit that is to be looked at first
 * @changed: the two differ: to be shown
 * @failed: the store would not take it, @after says why and what was scanned; it is kept beside the
 *   journal
 */
typedef struct {
  char *act;
  char *serial;
  gint64 at_us;
  char *before;
  char *after;
  BhVerdict verdict;
  gboolean changed;
  gboolean failed;
} BhReplayed;

void bh_replayed_free (BhReplayed *self);

typedef void (*BhReplayFunc) (const BhReplayed *box, gpointer data);

/* boxes between which a station looks whether another one came */
#define BH_REPLAY_TOGETHER 32

/**
 * bh_offline_replay_some:
 * @most: boxes of this call
 * @told: (nullable): called for each box, in order; %NULL: verdicts that changed are kept, until
 *   bh_offline_acknowledge() is called for each
 *
 * Receives the next boxes of the journal as if they came now, in the order and with the times and
 * persons of then, by one commit where that can be, whoever is at @desk, if anybody. What those
 * persons may do is judged now (RULES §2): a box of one who was disabled since, or may receive no
 * more, is not received but told as failed, as is one that the store will never have; the rest goes
 * on. The acts keep their UUIDs, so that a replay
 * that was broken off, or of a journal that somebody put back, receives nothing twice. A verdict
 * that changed, and a box
 * that failed, is recorded as an audit entry `replay`. What is received meanwhile is put behind
 * the rest. The journal is begun anew when all of it is received (bh_offline_unsent() is 0).
 *
 * Errors: %BH_ERROR_LOST, _BUSY, _FULL, _FORBIDDEN (the database knows this connection as another
 * person, decision 0049), or that the store as a whole is not fit: the rest stays in the journal,
 * call again.
 */
gboolean bh_offline_replay_some (BhOffline *self, BhDesk *desk, guint most, BhReplayFunc told,
                                 gpointer data, GError **error);
/* All of them. */
gboolean
bh_offline_replay (BhOffline *self, BhDesk *desk, BhReplayFunc told, gpointer data, GError **error);

/* (element-type BhReplayed) (transfer none): verdicts that changed and that nobody has seen yet,
 * oldest first, also of runs before */
GPtrArray *bh_offline_changes (BhOffline *self);
/* A person has seen it: durable when it returns. */
gboolean bh_offline_acknowledge (BhOffline *self, const char *act, GError **error);

G_END_DECLS
