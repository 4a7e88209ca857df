/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/camera.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): what is wrong with the camera, and what to do; NULL: nothing is.
 * @view: (nullable): it is being loaded */
char *bh_camera_words (const BhCameraView *view);
/* (transfer full): "1280×720, 28 a second read" */
char *bh_camera_rate_words (const BhCameraView *view);
/* (transfer full): how a chosen camera that is not there stands in the list */
char *bh_camera_away_words (const char *choice);

G_END_DECLS
