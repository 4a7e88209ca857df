/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/video/video.h>

#include "picture.h"

G_BEGIN_DECLS

/* A frame as the camera sent it, and what is made of it. */
typedef struct {
  GstVideoConverter *converter; /* made for these two, and kept as long as they stay */
  GstVideoInfo from;
  GstVideoInfo to;
} BhFrameMaker;

void bh_frame_maker_clear (BhFrameMaker *self);

/* The frame in grey, made smaller where it has more than @most pixels. NULL: memory is short, or
 * no such format. */
BhGrey *bh_frame_grey (BhFrameMaker *self, GstSample *sample, guint most);
/* The frame in @format, of at most @most_width × @most_height, in its proportions.
 * Returns: (transfer full) (nullable): rows of @info */
GstBuffer *bh_frame_small (BhFrameMaker *self, GstSample *sample, GstVideoFormat format,
                           guint most_width, guint most_height, GstVideoInfo *info);
/* All its pixels as a JPEG. */
GBytes *bh_frame_jpeg (GstSample *sample, GError **error);
/* A cap, a closed shutter, no light at all: not a dark room, and not a black thing in it. */
gboolean bh_frame_is_black (const BhGrey *grey);

G_END_DECLS
