/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/scan.h"
#include "worker.h"

G_BEGIN_DECLS

/**
 * BhCameraPane:
 *
 * A camera's picture, what is wrong with it, and which camera it is. It looks as long as it is on
 * screen. Signals: "scanned" (a #BhScan, which is the pane's): a code came in sight; "photo" (a
 * #GBytes): the JPEG that bh_camera_pane_shoot() wanted; "shoot": its button asks for one;
 * "closed".
 */
#define BH_TYPE_CAMERA_PANE (bh_camera_pane_get_type ())
G_DECLARE_FINAL_TYPE (BhCameraPane, bh_camera_pane, BH, CAMERA_PANE, GtkBox)

/* Closed. @hint: what is to be done with it, shown while nothing else is to be said. @reads: knows
 * which codes the site's labels use (I5) */
GtkWidget *bh_camera_pane_new (const char *hint, BhWorker *reads);
gboolean bh_camera_pane_is_open (BhCameraPane *self);
void bh_camera_pane_toggle (BhCameraPane *self);
/* Wants a photo of what is seen now. FALSE: the pane is closed, or nothing is seen. */
gboolean bh_camera_pane_shoot (BhCameraPane *self);
/* Says something for a moment. */
void bh_camera_pane_tell (BhCameraPane *self, const char *text);

G_END_DECLS
