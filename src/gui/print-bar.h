/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/print.h"
#include "outbox.h"
#include "pages.h"

G_BEGIN_DECLS

/**
 * SECTION:print-bar
 *
 * Printing in the window (L1-L3): takes wishes for labels, hurries the outbox, and says in one
 * line what was queued, what waits and why. It is not seen while there is nothing to say. Where no
 * printer is set it offers the print dialog and PDF.
 */

#define BH_TYPE_PRINT_BAR (bh_print_bar_get_type ())
G_DECLARE_FINAL_TYPE (BhPrintBar, bh_print_bar, BH, PRINT_BAR, GtkBox)

/* At the end of @box, which is in its window already: for the functions below. */
void bh_print_bar_add (GtkWidget *box, BhWorker *acts, BhOutbox *labels);

/* Each of a widget in the window. */

/* Queues and sends it, and says so. */
void bh_print_wish (GtkWidget *from, const BhPrintWish *wish);
/* Ctrl+P: the label of what is chosen on @page. */
void bh_print_page (BhPage *page);
/* The act that was just done made labels. */
void bh_print_hurry (GtkWidget *from);
void bh_print_tell (GtkWidget *from, const char *text);
/* Asks where to, and saves these (BhPrintJob) as PDF. */
void bh_print_save (GtkWidget *from, GPtrArray *jobs);
/* Who works here now: whether the page of printers is theirs to see. */
void bh_print_set_role (GtkWidget *from, BhRole role);
/* Takes an offer away, if there is one. FALSE: there is none. */
gboolean bh_print_leave (GtkWidget *from);
/* For what takes as long as a printer does. */
BhWorker *bh_print_worker (GtkWidget *from);
/* "run" of the outbox, for who shows the queue. */
BhOutbox *bh_print_outbox (GtkWidget *from);

/* "box label", translated; a template of the site's own by its name */
const char *bh_template_words (const char *template);

G_END_DECLS
