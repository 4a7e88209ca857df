/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "camera.h"

G_BEGIN_DECLS

/* What the camera sees, with what was read of it outlined. */
#define BH_TYPE_CAMERA_PICTURE (bh_camera_picture_get_type ())
G_DECLARE_FINAL_TYPE (BhCameraPicture, bh_camera_picture, BH, CAMERA_PICTURE, GtkDrawingArea)

GtkWidget *bh_camera_picture_new (void);
/* @view stays until the next call; NULL: nothing is seen. */
void bh_camera_picture_show (BhCameraPicture *self, const BhCameraView *view);

G_END_DECLS
