/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "away.h"
#include "calls.h"
#include "dock-page.h"
#include "senders.h"

G_BEGIN_DECLS

/**
 * SECTION:seat
 *
 * Who works at the window (RULES §2): signs people in and out, locks it, and takes badges
 * wherever they are scanned. The pages stay as they are behind a lock, out of sight and out of
 * what is read aloud, and so does the box on the table: the next receipt is by who is there then.
 */
typedef struct _BhSeat BhSeat;

/* Whoever works here now, or their role, is another. */
typedef void (*BhSeatedFunc) (const BhPlace *place, gpointer data);

/* All the window's. */
typedef struct {
  BhWorker *acts;
  BhWorker *reads;
  BhAway *away; /* nullable: there is no journal */
  BhSenders *senders;
  BhDockPage *dock;
  GtkLabel *status; /* says who works here */
  GtkLabel *notice; /* what happened, for a while */
  GtkWidget *pages; /* hidden by the lock */
  GtkOverlay *overlay;
} BhSeatParts;

/* Lives until @window is destroyed. */
BhSeat *
bh_seat_attach (GtkWidget *window, const BhSeatParts *parts, BhSeatedFunc seated, gpointer data);
/* The store is open, and this is what it says. */
void bh_seat_open (BhSeat *self, const BhPlace *place);
gboolean bh_seat_is_locked (BhSeat *self);
/* Who works at @from's window; NULL: nobody just now. */
const char *bh_seat_operator (GtkWidget *from);
/* Nobody works here until somebody signs in; nothing where nobody has a PIN. */
void bh_seat_lock (BhSeat *self);
/* Something in the store is other: rights may be. */
void bh_seat_look (BhSeat *self);
/* TRUE: the scan is nothing for the pages: it is a badge, the window is locked, or somebody is on
 * their way in, and it comes again when they are there. */
gboolean bh_seat_scanned (BhSeat *self, const GString *text, gboolean typed);
/* Of a widget in the window, of what was read in another way than by a scanner. TRUE: it is nothing
 * for the dock: a badge, or the window is locked. */
gboolean bh_seat_took (GtkWidget *from, const char *text, gsize size);

G_END_DECLS
