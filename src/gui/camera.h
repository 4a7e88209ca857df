/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/camera.h"

G_BEGIN_DECLS

/**
 * SECTION:gui-camera
 *
 * GStreamer and what it needs are some thirty libraries that the first window does not: the camera
 * is linked into a module that is loaded when one is first looked through.
 */

/* What the module exports, as "bh_cameras". */
typedef struct {
  BhCamera *(*open) (const char *choice, guint symbologies, BhCameraChanged changed, gpointer data);
  void (*close) (BhCamera *self);
  BhCameraView *(*view) (BhCamera *self);
  void (*view_unref) (BhCameraView *view);
  GPtrArray *(*take_scans) (BhCamera *self);
  void (*photo_async) (BhCamera *self, GAsyncReadyCallback callback, gpointer data);
  GBytes *(*photo_finish) (GAsyncResult *result, GError **error);
} BhCameras;

/* Loads it in a thread. Errors: %BH_ERROR_STORE: it is not where it was installed. */
void bh_cameras_async (GAsyncReadyCallback callback, gpointer data);
const BhCameras *bh_cameras_finish (GAsyncResult *result, GError **error);

G_END_DECLS
