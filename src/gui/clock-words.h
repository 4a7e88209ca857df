/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/returns.h"

G_BEGIN_DECLS

/* "C1 return of the unit", translated */
const char *bh_clock_kind_words (const char *kind);
/* "C1 return", for a narrow column */
const char *bh_clock_kind_short (const char *kind);
/* "3 days late", "2 days left"; "" where nothing runs */
char *bh_clock_left_words (const char *state, int days_left);
/* The due date or time, in the clock's zone; "–" while a pause has no end. */
char *bh_clock_due_words (const char *due, gint64 due_us, const char *zone);
/* C10: word and shape, told apart without colour: "▲ late" */
char *bh_clock_state_words (const char *state);
/* The colour that goes with it on the ground of @widget; FALSE: that of the text. */
gboolean bh_clock_state_colour (GtkWidget *widget, const char *state, GdkRGBA *colour);

G_END_DECLS
