/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-again.h"

/* What a store and a statement of it are made of: for store.c and stmt.c alone. */

struct _BhStore {
  const BhDriver *driver;
  GMutex guard; /* of db against bh_store_interrupt() from another thread */
  gpointer db;
  gpointer fresh; /* in place of db, which is lost; NULL: to be opened */
  char *uri;
  BhAgain again;
  BhMark mark;            /* of this transaction */
  GHashTable *statements; /* text → BhStmt, each prepared once */
  guint out;              /* statements that somebody has */
  gboolean in_tx;
  gboolean hasty; /* this transaction does not wait for keys */
  int version;
  int fail_after; /* 0: never */
};

struct _BhStmt {
  BhStore *store;
  gpointer handle;
  gboolean busy;
  gboolean kept; /* the store keeps it; a second reader of the same text has its own */
};

/* Faults on purpose: FALSE when it is this one's turn. */
gboolean bh_store_spared (BhStore *self, GError **error);
void bh_stmt_free (gpointer data);
