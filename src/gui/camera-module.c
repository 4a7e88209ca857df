/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <gmodule.h>

#include "camera.h"

G_MODULE_EXPORT const BhCameras bh_cameras = {
  .open = bh_camera_open,
  .close = bh_camera_close,
  .view = bh_camera_view,
  .view_unref = bh_camera_view_unref,
  .take_scans = bh_camera_take_scans,
  .photo_async = bh_camera_photo_async,
  .photo_finish = bh_camera_photo_finish,
};
