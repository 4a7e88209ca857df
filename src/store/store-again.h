/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "driver.h"

/* What is needed to open the same store again. */
typedef struct {
  const BhDriver *driver;
  char *uri;
  BhStoreFlags flags;
  int version;
  BhStoreLost told; /* may be NULL */
  gpointer data;
} BhAgain;

/* What a transaction wrote into the journal last: where it is, all of the transaction is. */
typedef struct {
  char *station;
  gint64 seq;
  char *hash;
} BhMark;

void bh_mark_clear (BhMark *self);

/**
 * bh_again_open:
 * @lost: the connection that is gone
 *
 * Tries, at longer and longer intervals, until the store is there again and @lost can do nothing
 * any more on its server, for half a minute.
 *
 * Returns: (transfer full): a connection; %NULL with BH_ERROR_LOST, or what the store is now
 */
gpointer bh_again_open (const BhAgain *self, gpointer lost, GError **error);
/* *found: the entry is in the journal of @db */
gboolean bh_again_find (const BhAgain *self, gpointer db, const BhMark *mark, gboolean *found,
                        GError **error);
