/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "decode.h"

G_BEGIN_DECLS

/**
 * SECTION:camera
 *
 * One camera that reads barcodes. It works in a thread of its own and is asked for its newest
 * state, so that who shows it is never behind: of frames only the newest counts, of scans every
 * one.
 *
 * Which camera: "" is the first that is found. "device:NAME@PORT" is a camera by what it says it
 * is, and the port that it was last at: unplugged it is waited for, and taken at whatever port it
 * comes back. "rtsp://…", "http://…", "file:///…" (a picture, or several as "shot-%02d.jpg") is
 * an address. An address never holds a password.
 */

typedef enum {
  BH_CAMERA_STARTING,
  BH_CAMERA_LIVE,      /* frames come */
  BH_CAMERA_NONE,      /* no camera is there at all */
  BH_CAMERA_AWAY,      /* the chosen one is not there; it is waited for */
  BH_CAMERA_SILENT,    /* it is there, and sends no frame */
  BH_CAMERA_TOO_LARGE, /* its frames are larger than %BH_CAMERA_MOST_WIDTH or _HEIGHT */
  BH_CAMERA_FAILED,    /* @message says why; it is tried again */
} BhCameraState;

/* What is wrong with a camera that is live. */
typedef enum {
  BH_CAMERA_WELL = 0,
  BH_CAMERA_BLACK = 1 << 0, /* the picture is black */
  BH_CAMERA_SLOW = 1 << 1,  /* fewer than %BH_CAMERA_LEAST_RATE frames a second */
} BhCameraTrouble;

/* 8K. A larger frame is refused before it is decoded. */
#define BH_CAMERA_MOST_WIDTH  7680
#define BH_CAMERA_MOST_HEIGHT 4320
#define BH_CAMERA_LEAST_RATE  5
/* A code that stays in sight is one scan; it counts again after it was out of sight so long. */
#define BH_CAMERA_ABSENT_US (2 * G_TIME_SPAN_SECOND)

/**
 * BhCameraDevice:
 * @id: as a choice: "device:NAME@PORT"
 * @name: for people; two of one name have their port behind it
 */
typedef struct {
  char *id;
  char *name;
} BhCameraDevice;

/**
 * BhCameraView:
 * @name: (nullable): of the camera that is used, or waited for
 * @message: (nullable): of the system, why it failed
 * @trouble: set of #BhCameraTrouble
 * @width: of the camera's frames, pixels; 0: none yet
 * @rate: frames read in the last second
 * @looks: frames that were looked at for longer in the last second, beside these
 * @sent: frames that the camera sent in the last second
 * @pixels: (nullable): the frame, small, as CAIRO_FORMAT_RGB24
 * @codes: (element-type BhSymbol): what was read, at its place in @pixels
 * @devices: (element-type BhCameraDevice): all that are there now
 *
 * What is to be known of a camera at one instant. It does not change.
 */
typedef struct {
  BhCameraState state;
  char *name;
  char *message;
  guint trouble;
  guint width;
  guint height;
  guint rate;
  guint looks;
  guint sent;
  guint8 *pixels;
  guint pixels_width;
  guint pixels_height;
  guint stride;
  GPtrArray *codes;
  GPtrArray *devices;
} BhCameraView;

void bh_camera_view_unref (BhCameraView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCameraView, bh_camera_view_unref)

typedef struct _BhCamera BhCamera;

/* Something is new: bh_camera_view(), bh_camera_take_scans(). In the main context in which the
 * camera was opened, behind what is drawn there. */
typedef void (*BhCameraChanged) (BhCamera *self, gpointer data);

/* @choice: as above. @symbologies: a set of #BhSymbologies. Returns at once; what goes wrong is
 * told by the view. */
BhCamera *
bh_camera_open (const char *choice, guint symbologies, BhCameraChanged changed, gpointer data);
/* Returns at once; @changed is not called again. The camera itself is let go a moment later, and
 * before another one is taken. */
void bh_camera_close (BhCamera *self);
/* (transfer full) */
BhCameraView *bh_camera_view (BhCamera *self);
/* (transfer full) (element-type BhScan): those since the last time, in order. A code that stays
 * in sight is one. Source: camera. */
GPtrArray *bh_camera_take_scans (BhCamera *self);

/* The newest frame as a JPEG, of all its pixels. Errors: %BH_ERROR_NOT_FOUND: no frame came within
 * the last second. */
void bh_camera_photo_async (BhCamera *self, GAsyncReadyCallback callback, gpointer data);
GBytes *bh_camera_photo_finish (GAsyncResult *result, GError **error);

G_END_DECLS
