/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/offline.h"
#include "worker.h"

G_BEGIN_DECLS

/**
 * SECTION:away
 *
 * The dock while the store is out of reach: what is scanned goes to this station's journal, the
 * store is looked for, and when it is back the journal is received by the worker that acts, some
 * boxes at a time, so that scans go between. While it is in reach the copy of what is awaited is
 * made anew now and then, and so is what the station remembers of it (decision 0067). Only for a
 * store that is a server of its own.
 *
 * Signals: "changed" (something of what follows is other); "found" (a store that could not be
 * opened is there); "received" (all of the journal is).
 */

typedef enum {
  BH_AWAY_NOT,     /* boxes are received on line */
  BH_AWAY_SEEKING, /* it could not be opened yet: nobody can work */
  BH_AWAY_OUT,     /* verdicts are provisional */
  BH_AWAY_BACK,    /* still so, until the journal is received */
} BhAwayState;

#define BH_TYPE_AWAY (bh_away_get_type ())
G_DECLARE_FINAL_TYPE (BhAway, bh_away, BH, AWAY, GObject)

/* @patience_s: so long a box waits for a store that is lost; 0: for ever, there is no journal.
 * (transfer full) (nullable): %NULL: there is none, @why (nullable) says so when it is a fault */
BhAway *
bh_away_new (BhWorker *acts, const char *uri, const char *station, guint patience_s, char **why);

/* The store is open, and who acts is known: what is in the journal is received. */
void bh_away_start (BhAway *self);
/* The window is opened without the store, by what the station remembers of it. */
void bh_away_begin (BhAway *self);
/* It could not be opened, nor could the window without it. */
void bh_away_seek (BhAway *self);

BhAwayState bh_away_state (BhAway *self);
/* Boxes that are in the journal only, and those that have left it since the store is back. */
guint bh_away_unsent (BhAway *self);
guint bh_away_done (BhAway *self);
/* (nullable): why the journal is not received, or what is wrong with it */
const char *bh_away_trouble (BhAway *self);
/* (nullable): somebody answers where the store was, and is not the one */
const char *bh_away_why (BhAway *self);
/* When the copy was made by which verdicts are given; 0: there is none. */
gint64 bh_away_copied_us (BhAway *self);
/* The window was opened without the store, and it has not been there since. */
gboolean bh_away_is_blind (BhAway *self);
/* (nullable): a verdict that changed and that nobody has acknowledged; @left: how many there are */
const BhReplayed *bh_away_change (BhAway *self, guint *left);
void bh_away_acknowledge (BhAway *self);

/* The following is for any thread. (transfer full): what the station remembers now */
BhStationMemory *bh_away_memory (BhAway *self);
/* The following is for the worker's thread. */
gboolean bh_away_is_out (BhAway *self);
/* The store was lost: from now on boxes go to the journal. */
void bh_away_leave (BhAway *self);
GPtrArray *bh_away_receive (BhAway *self, BhDesk *desk, const char *act, BhBox *box,
                            const BhReceiveOptions *options, gint64 now_us, GError **error);
void bh_away_note (BhAway *self, const char *box, GPtrArray *outcomes, gint64 now_us);
/* Somebody has tried to sign in without the store: it counts after a new start, too. */
void bh_away_remember_tries (BhAway *self, BhDesk *desk);
gboolean bh_away_awaits (BhAway *self, const char *serial);

G_END_DECLS
