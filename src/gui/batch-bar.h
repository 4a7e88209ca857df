/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "batch-rows.h"

G_BEGIN_DECLS

/**
 * SECTION:batch-bar
 *
 * Box labels of many rows (L6), in their order: into the queue or a PDF, with progress, to be
 * stopped at any label. Hidden until it is opened.
 */

#define BH_TYPE_BATCH_BAR (bh_batch_bar_get_type ())
G_DECLARE_FINAL_TYPE (BhBatchBar, bh_batch_bar, BH, BATCH_BAR, GtkBox)

GtkWidget *bh_batch_bar_new (BhWorker *acts, BhWorker *reads);

/* For these (BhBatchRow); takes them. */
void bh_batch_bar_open_rows (BhBatchBar *self, GPtrArray *rows);
/* For all that a search finds; its text is copied, its limit and cursor are not used. */
void bh_batch_bar_open_found (BhBatchBar *self, const BhReturnsQuery *query);
/* Stops what runs, then closes. FALSE: it was not open. */
gboolean bh_batch_bar_leave (BhBatchBar *self);

G_END_DECLS
