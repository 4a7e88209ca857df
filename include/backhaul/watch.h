/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:watch
 *
 * What other stations commit, told while it is new: by LISTEN/NOTIFY, and by looking twice a
 * second at what moves with each commit, which is all that there is on an embedded store.
 */
typedef struct _BhWatch BhWatch;

/* Something in the store is not what it was; the caller's own acts count too. */
typedef void (*BhWatchFunc) (gpointer data);

/**
 * bh_watch_new:
 * @context: (nullable): where @func is called; %NULL: the default one
 *
 * Watches the store at @uri by a connection and a thread of its own. A store that is out of
 * reach is tried again each second; once it is back @func is called, as nobody knows what was
 * missed. Many commits within a fifth of a second are one call.
 */
BhWatch *bh_watch_new (const char *uri, GMainContext *context, BhWatchFunc func, gpointer data);
/* @func is not called afterwards; to be called in the thread of @context. */
void bh_watch_free (BhWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhWatch, bh_watch_free)

G_END_DECLS
