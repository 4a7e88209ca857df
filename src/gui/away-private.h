/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "away.h"

struct _BhAway {
  GObject parent_instance;

  BhWorker *acts;
  char *uri;
  char *folder;

  GMutex mutex; /* guards what follows */
  BhOffline *offline;
  int out; /* atomic */

  /* of the main thread */
  BhAwayState state;
  guint unsent;
  guint done;
  gint64 taken_us; /* the copy */
  char *trouble;
  char *why;          /* what answers is not what is waited for; NULL: nobody does */
  gboolean blind;     /* the store has not been there since the window was opened */
  GPtrArray *changes; /* of BhReplayed */
  gboolean looking;
  gboolean started;
  gboolean receiving; /* a slice of the journal is with the worker */
  guint timer;
  gint64 copied_us;
  gint64 copy_after_us;
};

enum { BH_AWAY_CHANGED, BH_AWAY_FOUND, BH_AWAY_RECEIVED, BH_AWAY_N_SIGNALS };
extern guint bh_away_signals[BH_AWAY_N_SIGNALS];

/* What is to be looked for now, the store or a newer copy, is looked for; nothing, else. */
void bh_away_look (BhAway *self);
/* On line: the station remembers who works here, and by which rules, by the worker that acts. */
void bh_away_remember (BhAway *self);
/* The next boxes of the journal. */
void bh_away_receive_more (BhAway *self);
