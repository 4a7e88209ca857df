/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* L3: the labels that were made, newest first, what became of each, and what may be done to it. */
#define BH_TYPE_PRINT_QUEUE (bh_print_queue_get_type ())
G_DECLARE_FINAL_TYPE (BhPrintQueue, bh_print_queue, BH, PRINT_QUEUE, GtkBox)

GtkWidget *bh_print_queue_new (BhWorker *acts, BhWorker *reads);
void bh_print_queue_read (BhPrintQueue *self);
/* Somebody is at work here: as it is now, in its place. FALSE: it reads. */
gboolean bh_print_queue_changed (BhPrintQueue *self);
/* On its newest. */
void bh_print_queue_focus (BhPrintQueue *self);

G_END_DECLS
