/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/link.h"
#include "backhaul/store.h"
#include "postgres-library.h"

/* One connection that is made anew when it breaks. What it was in the middle of is lost with
 * it: who has a transaction open is told so, who has none notices nothing. */
typedef struct {
  const BhPq *pq;
  PGconn *connection;
  GMutex
      mutex; /* the connection is another one after a loss, and who interrupts is another thread */
  char *uri;
  char *name; /* of host and database, without a password */
  BhStoreFlags flags;
  guint prepared;
  guint commits;    /* transactions that wrote, of this connection */
  guint replan;     /* at so many of them */
  guint generation; /* counts connections: a statement is prepared once in each */
  guint posted;     /* sent, and the answers not taken yet: libpq is in its pipeline mode */
  gboolean in_tx;
  gboolean wrote;  /* the transaction is one that writes */
  gint64 told_us;  /* when others were last told of a commit */
  guint listening; /* the connection that hears of theirs */
  gboolean lost;
  gint64 gave_up_us; /* when it last was, for good; 0: it is not */
  int pid;           /* of the server's process, with its start: two servers may use one number */
  char *since;
  gint64 alone_us; /* when a commit last did without its standby; 0: never */
  gboolean alone;  /* that was told, and not yet that the standby is there again */
  gint64 full_us;  /* since when the server's disk is full; 0: it is not */
  BhLinkFunc told;
  gpointer told_data;
  gboolean (*check) (gpointer data, GError **error); /* bh_pg_link_hold_to(); NULL: any will do */
  gpointer check_data;
  GDestroyNotify free_check;
  gboolean checking;
  int patience_ms;
} BhPgLink;

/* With %BH_STORE_UNSEEN nothing is connected: the link is as one that was lost. */
BhPgLink *bh_pg_link_open (const char *uri, BhStoreFlags flags, GError **error);
void bh_pg_link_close (BhPgLink *self);
/* Connects again, however often that takes, for as long as the patience lasts, to what
 * bh_pg_link_hold_to() lets pass. */
gboolean bh_pg_link_again (BhPgLink *self, GError **error);
/* @check: asked of each connection that is made anew before anything else is done by it; what it
 * does not let pass is as if it was not there. */
void bh_pg_link_hold_to (BhPgLink *self, gboolean (*check) (gpointer data, GError **error),
                         gpointer data, GDestroyNotify free_data);
/* Outside a transaction a lost connection is made anew; inside it is %BH_ERROR_LOST. */
gboolean bh_pg_link_ready (BhPgLink *self, GError **error);
/* The last result of what was just sent (@sent: as PQsend… said), or the first failure of what
 * was posted before it; the server is asked after when nothing comes. NULL: lost, or not sent. */
PGresult *bh_pg_link_wait (BhPgLink *self, int sent);
PGresult *bh_pg_link_exec (BhPgLink *self, const char *sql);
/* As bh_pg_link_exec(), of a statement whose failure changes nothing; behind what was posted
 * it is posted, too. */
void bh_pg_link_tell (BhPgLink *self, const char *sql);
/* What is sent next goes with the one that is waited for after it: then add one to .posted. */
gboolean bh_pg_link_post (BhPgLink *self);
/* Tells whoever listens how the link is; @what: a sentence. */
void bh_pg_link_say (BhPgLink *self, BhLinkState state, const char *what);
/* After an act that found the server's disk full. TRUE: it may be tried again. */
gboolean bh_pg_link_wait_for_room (BhPgLink *self);
/* A commit was kept, so that there is room. */
void bh_pg_link_has_room (BhPgLink *self);
/* Outside a transaction, while it was told that commits are on one server only: tells when they
 * are not any more. */
void bh_pg_link_look_after (BhPgLink *self);
/* Sets @error to what @result says, or the connection without one; always FALSE. */
gboolean bh_pg_link_fail (BhPgLink *self, PGresult *result, const char *what, GError **error);
