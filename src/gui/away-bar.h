/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dock.h"
#include "senders.h"

G_BEGIN_DECLS

/* Below the window's notices, on every page: that the store is out of reach, how many boxes are in
 * this station's journal only, how far receiving them is, and each verdict that changed until a
 * person has seen it. Nothing is there when there is nothing to say. */
#define BH_TYPE_AWAY_BAR (bh_away_bar_get_type ())
G_DECLARE_FINAL_TYPE (BhAwayBar, bh_away_bar, BH, AWAY_BAR, GtkBox)

/* @stack: the pages: those that need the store are told so */
GtkWidget *bh_away_bar_new (BhAway *away, GtkStack *stack);

/* Says @text in the window's @notice. */
void bh_away_say (GtkLabel *notice, const char *text);

/**
 * bh_away_attach:
 * @notice: of the window; below it is said how it is
 * @acts, @reads, @senders: nothing was asked of them yet
 *
 * Lets @dock go on without the store, and begin without it, as this station's settings say.
 *
 * Returns: (transfer full) (nullable): %NULL: boxes wait for the store
 */
BhAway *bh_away_attach (GtkLabel *notice, GtkStack *stack, BhDock *dock, BhWorker *acts,
                        BhWorker *reads, BhSenders *senders, const char *uri, const char *station);

G_END_DECLS
