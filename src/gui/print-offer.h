/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/**
 * SECTION:print-offer
 *
 * What is offered for labels that no printer is set for (L3): the print dialog, or a PDF. They
 * wait in the queue, and are printed when the dialog has printed them.
 *
 * Signal "told" (text): how it went.
 */

#define BH_TYPE_PRINT_OFFER (bh_print_offer_get_type ())
G_DECLARE_FINAL_TYPE (BhPrintOffer, bh_print_offer, BH, PRINT_OFFER, GtkBox)

/* @acts: for what is done; @slow: for making labels. */
GtkWidget *bh_print_offer_new (BhWorker *acts, BhWorker *slow);
/* @jobs: BhPrintJob. Shows itself and takes the keys. */
void bh_print_offer_make (BhPrintOffer *self, GPtrArray *jobs);
/* Gives the keys back. FALSE: there was no offer. */
gboolean bh_print_offer_leave (BhPrintOffer *self);
/* Asks for a file and saves them there as PDF; without showing itself. */
void bh_print_offer_save (BhPrintOffer *self, GPtrArray *jobs);

/* Where to; NULL: nowhere. (transfer full) */
char *bh_print_ask_file (GtkWidget *from, const char *name);

G_END_DECLS
