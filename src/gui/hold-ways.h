/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/holds.h"

G_BEGIN_DECLS

/* The ways in which a hold may end, to choose from. */
typedef struct {
  GtkBox *box;
  GtkWidget *way[BH_RESOLVE_LAST]; /* radio buttons; NULL: not offered */
  GtkComboBoxText *line;           /* which line takes the unit; NULL: no choice */
} BhHoldWays;

/* @hold: (nullable). @on_changed (widget, @data): another one was chosen */
void bh_hold_ways_fill (BhHoldWays *self, const BhHold *hold, GCallback on_changed, gpointer data);
/* A BhResolution; -1: none is offered. */
int bh_hold_ways_chosen (const BhHoldWays *self);
/* Of the RMA, that takes the unit; 0: it needs no saying; -1: none was chosen. */
int bh_hold_ways_line (const BhHoldWays *self);
gboolean bh_hold_ways_are_same (const BhHold *a, const BhHold *b);

G_END_DECLS
