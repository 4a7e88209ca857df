/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "backhaul/camera.h"

G_BEGIN_DECLS

/* The cameras that are connected now. One thread. */
typedef struct _BhCameraDevices BhCameraDevices;

BhCameraDevices *bh_camera_devices_new (void);
void bh_camera_devices_free (BhCameraDevices *self);
/* Takes note of what was plugged in and out; waits up to @wait_us for it. TRUE: something was. */
gboolean bh_camera_devices_poll (BhCameraDevices *self, gint64 wait_us);
/* (element-type BhCameraDevice): does not change; a later one is another */
GPtrArray *bh_camera_devices_list (BhCameraDevices *self);
/* The camera of @choice, which is "" or "device:…": itself, else one of its name at another port,
 * else none. (transfer full) (nullable) */
GstDevice *bh_camera_devices_find (BhCameraDevices *self, const char *choice);
/* (transfer full) (nullable): how "device:NAME@PORT" or an address is called, as far as it tells */
char *bh_camera_choice_name (const char *choice);

void bh_camera_device_free (BhCameraDevice *self);

G_END_DECLS
