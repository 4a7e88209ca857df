/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/label-fields.h"
#include "backhaul/receipt.h"
#include "backhaul/returns.h"
#include "backhaul/verdict.h"
#include "worker.h"

G_BEGIN_DECLS

/**
 * SECTION:calls
 *
 * What the pages ask the desk, as pairs. Acts take no cancellable: a committed
 * one would be told as cancelled.
 */

/* Opens the store and tells who works here; signing in is in seat-calls.h. */
typedef struct {
  char *operator;
  char *dock;    /* NULL: none */
  char *clock;   /* what is wrong with this station's; NULL: nothing */
  gboolean away; /* by what the station remembers: the store is not there */
  gboolean unenrolled;
  gboolean needs_pin; /* nothing may be done before bh_call_seat_async() */
  gboolean pins;      /* people sign in here, and may sign out */
  BhRole role;
} BhPlace;

void bh_place_free (BhPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhPlace, bh_place_free)
void bh_call_open_async (BhWorker *worker, GAsyncReadyCallback callback, gpointer data);
BhPlace *bh_call_open_finish (GAsyncResult *result, GError **error);
/* In a worker's thread: who is at @desk. */
BhPlace *bh_place_of (BhDesk *desk);
/* Who works there by the rights of now. */
void bh_call_place_async (BhWorker *worker, GAsyncReadyCallback callback, gpointer data);
/* Behind what was queued before; nobody waits for it. */
void bh_call_sign_out (BhWorker *worker);

/* D16 */
void bh_call_void_async (BhWorker *worker, const char *receipt, const char *reason,
                         GAsyncReadyCallback callback, gpointer data);
gboolean bh_call_void_finish (GAsyncResult *result, GError **error);

/* The last receipts of this dock, and how many verdicts of each kind since @since_us. */
typedef struct {
  GPtrArray *receipts; /* of BhReceipt, newest first */
  GPtrArray *undone;   /* of BhReceipt: of those asked after, what does not count any more */
  gint64 counts[BH_VERDICT_LAST];
} BhTally;

void bh_tally_free (BhTally *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhTally, bh_tally_free)
/* @shown: (transfer full) (element-type utf8): receipts to ask after */
void bh_call_tally_async (BhWorker *worker, gint64 since_us, GPtrArray *shown,
                          GAsyncReadyCallback callback, gpointer data);
BhTally *bh_call_tally_finish (GAsyncResult *result, GError **error);

/* What stands on the label of a receipt; of an RMA's first line when @rma. */
typedef struct {
  char *template;
  GHashTable *fields;
} BhLabelWords;

void bh_label_words_free (BhLabelWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhLabelWords, bh_label_words_free)
void bh_call_label_async (BhWorker *worker, const char *receipt, const char *rma,
                          GAsyncReadyCallback callback, gpointer data);
BhLabelWords *bh_call_label_finish (GAsyncResult *result, GError **error);

G_END_DECLS
