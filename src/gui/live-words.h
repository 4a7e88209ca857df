/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * page_words_merge:
 * @there: a widget on screen, of boxes, grids, labels and bars
 * @fresh: as it would be made now
 *
 * Makes @there say what @fresh says, widget by widget: what is the same is not touched, so that
 * focus and scrolling stay. What is new is taken out of @fresh.
 *
 * Returns: whether anything differed
 */
gboolean page_words_merge (GtkWidget *there, GtkWidget *fresh);

G_END_DECLS
