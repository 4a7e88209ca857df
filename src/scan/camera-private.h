/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "backhaul/camera.h"

G_BEGIN_DECLS

/* A camera in two rooms: camera.c is what those who use it touch, camera-work.c is its thread. */
struct _BhCamera {
  gatomicrefcount refs;
  char *choice;
  guint symbologies;
  GMainContext *context;
  BhCameraChanged changed;
  gpointer data;
  int closed; /* atomic */

  GMutex mutex; /* of all below */
  BhCameraView *view;
  GPtrArray *scans; /* not taken yet */
  gboolean told;    /* "changed" is on its way */
  GstSample *sample;
  gint64 sampled_us;
};

gboolean bh_camera_is_closed (BhCamera *self);
/* Takes what @like points at. */
BhCameraView *bh_camera_view_new (const BhCameraView *like);
/* @view: (transfer full). @scans: (transfer full) (nullable) */
void bh_camera_tell (BhCamera *self, BhCameraView *view, GPtrArray *scans);
/* The newest frame, of which a photo may be wanted; NULL: none any more */
void bh_camera_keep_sample (BhCamera *self, GstSample *sample);

/* camera-work.c: until it is closed */
void bh_camera_work (BhCamera *self);

G_END_DECLS
