/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "receipt.h"

G_BEGIN_DECLS

/**
 * SECTION:awaited-copy
 *
 * A station's last copy of the units that are awaited, for when the store is out of reach: a
 * file that is looked into where it lies. A million units are some 100 MB, and opened at once.
 */
typedef struct _BhAwaitedCopy BhAwaitedCopy;

/* Reads one snapshot of the store and puts it in place of the file @path, which only this user
 * may read; a copy that is open stays what it was. @n: (nullable): units in it. */
gboolean
bh_awaited_copy_write (BhStore *store, const char *path, gint64 now_us, gint64 *n, GError **error);
/* %BH_ERROR_NOT_FOUND: there is none; %BH_ERROR_CORRUPT: not one of ours, or cut. */
BhAwaitedCopy *bh_awaited_copy_open (const char *path, GError **error);
void bh_awaited_copy_close (BhAwaitedCopy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhAwaitedCopy, bh_awaited_copy_close)

/* Reads all of it: no bit of it is another than when it was written. */
gboolean bh_awaited_copy_is_whole (BhAwaitedCopy *self);
/* @origin: (nullable): bh_store_origin() of the store that it was read from */
gboolean bh_awaited_copy_is_of (BhAwaitedCopy *self, const char *origin);
gint64 bh_awaited_copy_n (BhAwaitedCopy *self);
gint64 bh_awaited_copy_taken_us (BhAwaitedCopy *self);
/* TRUE: fills @line with what a provisional verdict says of it; its id is 1. */
gboolean bh_awaited_copy_find (BhAwaitedCopy *self, const char *serial, BhAwaitedLine *line);
/* An open RMA that awaits something. */
gboolean bh_awaited_copy_has_rma (BhAwaitedCopy *self, const char *rma);

G_END_DECLS
