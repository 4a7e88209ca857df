/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/returns.h"
#include "worker.h"

G_BEGIN_DECLS

/* What a batch of labels is of (L6). */

#define BH_BATCH_TEMPLATE "box-4x6"

typedef struct {
  char *rma;
  int line;
} BhBatchRow;

BhBatchRow *bh_batch_row_new (const char *rma, int line);
void bh_batch_row_free (BhBatchRow *self);

typedef struct {
  GPtrArray *rows;  /* BhBatchRow, in order */
  gboolean more;    /* than are in it */
  gboolean printer; /* one is set */
  char *where;      /* that, or this station */
} BhBatchFound;

void bh_batch_found_free (BhBatchFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhBatchFound, bh_batch_found_free)
/* All that @query finds, whatever its limit, or else @rows, which it takes. A BhBatchFound. */
void bh_batch_find_async (BhWorker *reads, const BhReturnsQuery *query, GPtrArray *rows,
                          GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
