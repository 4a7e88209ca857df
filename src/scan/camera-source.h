/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/app/app.h>

#include "camera-devices.h"

G_BEGIN_DECLS

/**
 * BhCameraSource:
 * @sink: newest frame only
 * @sent: atomic: frames that came to it
 * @too_large: atomic: as width << 16 | height
 *
 * A camera that runs.
 */
typedef struct {
  GstElement *pipeline;
  GstAppSink *sink;
  GstBus *bus;
  int sent;
  int too_large;
} BhCameraSource;

/* Frames are read in what the window leaves: a scanner's verdict does not wait for a frame. */
#define BH_CAMERA_NICE 5

/* Of the calling thread alone. */
void bh_camera_be_nice (int nice);

/* @choice is an address, not a device's. */
gboolean bh_camera_is_address (const char *choice);
/* (transfer full) (nullable): why such an address is not used; NULL: it may be */
char *bh_camera_address_refused (const char *address);

/* Starts @device, or the camera at @address; one of them. Errors: %BH_ERROR_INPUT: a part of
 * GStreamer is not installed. All else is told later, by bh_camera_source_failed(). */
BhCameraSource *bh_camera_source_new (GstDevice *device, const char *address, GError **error);
void bh_camera_source_free (BhCameraSource *self);
/* (transfer full) (nullable): an error that ended it, or its end */
GError *bh_camera_source_failed (BhCameraSource *self);

G_END_DECLS
