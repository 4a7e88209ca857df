/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * BhLinkState:
 * @BH_LINK_UP: the store answers (again)
 * @BH_LINK_LOST: it does not; it is tried again, and nothing that was said done is undone
 * @BH_LINK_STANDBY: a commit waits for a standby that does not confirm
 * @BH_LINK_ALONE: what was committed is on one server only
 * @BH_LINK_FULL: the server's disk is full; it is tried again
 *
 * How a store that is a server of its own is doing; an embedded one is always up.
 */
typedef enum { BH_LINK_UP, BH_LINK_LOST, BH_LINK_STANDBY, BH_LINK_ALONE, BH_LINK_FULL } BhLinkState;

/* @what: a sentence for people. Called in the thread that uses the store, in the midst of
 * a call: to tell, not to act. */
typedef void (*BhLinkFunc) (BhLinkState state, const char *what, gpointer data);

/* (transfer full) (nullable): the password of the store at @uri, which has none in it. Called in
 * any thread, each time that one connects. */
typedef char *(*BhPasswordFunc) (const char *uri);

/* Where the program keeps passwords; before it opens a store. %NULL: nowhere but where libpq
 * looks. */
void bh_store_on_password (BhPasswordFunc func);
void bh_store_on_link (BhStore *self, BhLinkFunc func, gpointer data);
/* After %BH_ERROR_FULL: tells %BH_LINK_FULL and waits for a moment. TRUE: it is worth another try,
 * within the patience; FALSE: it is not, or the store is an embedded one, whose disk is the
 * person's own. The next commit tells %BH_LINK_UP. */
gboolean bh_store_wait_for_room (BhStore *self);
/* After %BH_LINK_ALONE, where nobody commits for a while: tells %BH_LINK_UP when the standby is
 * there again. Outside a transaction. */
void bh_store_look_after (BhStore *self);
/* For how long a call tries to reach the store again before it is %BH_ERROR_LOST; 60,000 ms
 * unless said. */
void bh_store_set_patience (BhStore *self, int ms);
/* After %BH_ERROR_LOST: TRUE once the store answers again, within the patience. */
gboolean bh_store_rejoin (BhStore *self, GError **error);

/**
 * bh_store_origin:
 * @origin: (out) (nullable) (transfer full): what no other store has and what stays as it is, also
 *   in a copy that is put back: its oldest entry of the journal of acts (F6); %NULL: it has none
 *
 * Errors: those of the store.
 */
gboolean bh_store_origin (BhStore *self, char **origin, GError **error);
/* @known: whether the store has the entry that @origin is. */
gboolean bh_store_is_of (BhStore *self, const char *origin, gboolean *known, GError **error);
/* From now on a connection that is made anew is held to be the same store, of this program's
 * version: another one that answers at its address is %BH_ERROR_LOST with the reason, and nothing
 * is written to it or read from it. @origin: (nullable): any store of the version. An embedded
 * one is always itself. */
void bh_store_hold_to (BhStore *self, const char *origin);

/**
 * bh_store_follow_clock:
 * @off_us: how far this station's clock is ahead of the server's; 0 of an embedded store, whose
 *   clock it is
 *
 * From now on bh_now_us() is the server's time.
 */
gboolean bh_store_follow_clock (BhStore *self, gint64 *off_us, GError **error);

G_END_DECLS
