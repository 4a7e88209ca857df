/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "worker.h"

G_BEGIN_DECLS

/* Reads the board of clocks: its first rows at once, the others behind them. Signals: "part" (a
 * GPtrArray of BhClockRow, whose rows may be taken out; whether it is the first of this reading),
 * "ended" (what went wrong; NULL: nothing). */
#define BH_TYPE_DUE_READER (bh_due_reader_get_type ())
G_DECLARE_FINAL_TYPE (BhDueReader, bh_due_reader, BH, DUE_READER, GObject)

BhDueReader *bh_due_reader_new (BhWorker *reads);
/* Reads anew; what an older reading still has to tell is not told. */
void bh_due_reader_start (BhDueReader *self);
/* Reads anew where nobody asked for it, and hands all rows over at once. FALSE: not now: it reads,
 * or has read so much that the store is left to rest for a while. */
gboolean bh_due_reader_look (BhDueReader *self);
gboolean bh_due_reader_busy (BhDueReader *self);
/* 1 << BhMay: what the operator of the last part may do */
guint bh_due_reader_may (BhDueReader *self);
/* Tells nothing any more. */
void bh_due_reader_stop (BhDueReader *self);

G_END_DECLS
