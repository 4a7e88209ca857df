/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "calls.h"

G_BEGIN_DECLS

/* When the shift began that is on at @now_us: the last of 6, 14 and 22 o'clock here. */
gint64 bh_shift_start (gint64 now_us);
/* What is there already and stays is not touched. */
void bh_tally_render (const BhTally *tally, GtkGrid *counts, GtkBox *rows);

G_END_DECLS
