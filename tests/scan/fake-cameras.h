/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

/* Cameras for GStreamer's list of devices that are no hardware: they are plugged in and out by the
 * test. After gst_init(). */

/* @port: where it is plugged in. @show: a pipeline, "videotestsrc is-live=true pattern=black";
 * @caps: what it can send, as "video/x-raw,width=…" */
void fake_camera_plug (const char *name, const char *port, const char *show, const char *caps);
/* It is gone, as hardware goes: what reads from it gets an error. */
void fake_camera_unplug (const char *name);
void fake_cameras_init (void);
