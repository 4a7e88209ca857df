/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/print.h"
#include "backhaul/trail-store.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the page of printers asks the desk. */

/* The newest of the queue. @state NULL: all. An array of BhPrintJob, newest first. */
void bh_call_print_queue_async (BhWorker *reads, const char *state, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
/* Puts it back, or takes it away; its id. */
void bh_call_print_retry_async (BhWorker *acts, const char *job, GAsyncReadyCallback callback,
                                gpointer data);
void bh_call_print_cancel_async (BhWorker *acts, const char *job, GAsyncReadyCallback callback,
                                 gpointer data);

/* Which station prints where. */
typedef struct {
  GPtrArray *printers; /* BhPrinter */
  GPtrArray *states;   /* texts: what is known of each */
  char *station;       /* this one */
  gboolean may_set;
  BhTrailRow *act; /* who set it last; NULL: nobody, or it may not be known */
} BhPrinterList;

void bh_printer_list_free (BhPrinterList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhPrinterList, bh_printer_list_free)
/* @slow: it asks CUPS; @of: (transfer full): "printer:STATION/KIND", for who set it last */
void bh_call_printers_async (BhWorker *slow, char *of, GAsyncReadyCallback callback, gpointer data);
/* Takes @printer. Its kind, as of the two below. */
void bh_call_printer_set_async (BhWorker *acts, BhPrinter *printer, GAsyncReadyCallback callback,
                                gpointer data);
void bh_call_printer_unset_async (BhWorker *acts, const char *station, const char *kind,
                                  GAsyncReadyCallback callback, gpointer data);
void bh_call_printer_test_async (BhWorker *slow, const char *station, const char *kind,
                                 GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
