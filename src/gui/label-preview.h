/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

#define BH_TYPE_LABEL_PREVIEW (bh_label_preview_get_type ())
G_DECLARE_FINAL_TYPE (BhLabelPreview, bh_label_preview, BH, LABEL_PREVIEW, GtkBox)

/**
 * bh_label_preview_new:
 * @name: what it shows, for who does not see it
 * @id: its accessible id; that of the words below it ends in "-told"
 *
 * The box label of an RMA, as it would print now (L6); why not, where it cannot be made.
 */
GtkWidget *bh_label_preview_new (const char *name, const char *id);
/* @rma NULL: of none, and it is hidden. */
void bh_label_preview_show (BhLabelPreview *self, BhWorker *reads, const char *rma);

G_END_DECLS
