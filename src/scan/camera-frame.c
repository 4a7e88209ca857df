/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "camera-frame.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#include "backhaul/error.h"

#define JPEG_QUALITY "92"
/* Black is 16 where grey goes from 16 to 235; a sensor adds its noise. */
#define BLACK_LEVEL 32
/* Every so many pixels, both ways, tell as much as all. */
#define BLACK_STEP 8

void
bh_frame_maker_clear (BhFrameMaker *self)
{
  g_clear_pointer (&self->converter, gst_video_converter_free);
}

/* ---- by the library's converter ------------------------------------------------- */

static GstBuffer *
convert (BhFrameMaker *self, GstVideoFrame *frame, const GstVideoInfo *to)
{
  GstBuffer *buffer;
  GstVideoFrame out;

  if (self->converter == NULL || !gst_video_info_is_equal (&self->from, &frame->info) ||
      !gst_video_info_is_equal (&self->to, to)) {
    bh_frame_maker_clear (self);
    self->from = frame->info;
    self->to = *to;
    self->converter = gst_video_converter_new (&self->from, &self->to, NULL);
  }
  if (self->converter == NULL)
    return NULL;
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (to), NULL);
  if (buffer == NULL || !gst_video_frame_map (&out, to, buffer, GST_MAP_WRITE)) {
    gst_clear_buffer (&buffer);
    return NULL;
  }
  gst_video_converter_frame (self->converter, frame, &out);
  gst_video_frame_unmap (&out);
  return buffer;
}

static void
fit (const GstVideoInfo *info, double by, GstVideoFormat format, GstVideoInfo *to)
{
  guint width = MAX ((guint) (GST_VIDEO_INFO_WIDTH (info) * by), 1);
  guint height = MAX ((guint) (GST_VIDEO_INFO_HEIGHT (info) * by), 1);

  gst_video_info_set_format (to, format, width, height);
  GST_VIDEO_INFO_FPS_N (to) = GST_VIDEO_INFO_FPS_N (info);
  GST_VIDEO_INFO_FPS_D (to) = GST_VIDEO_INFO_FPS_D (info);
}

static gboolean
map (GstSample *sample, GstVideoInfo *info, GstVideoFrame *frame)
{
  GstCaps *caps = gst_sample_get_caps (sample);

  return caps != NULL && gst_video_info_from_caps (info, caps) &&
         gst_video_frame_map (frame, info, gst_sample_get_buffer (sample), GST_MAP_READ);
}

GstBuffer *
bh_frame_small (BhFrameMaker *self, GstSample *sample, GstVideoFormat format, guint most_width,
                guint most_height, GstVideoInfo *info)
{
  GstVideoInfo from;
  GstVideoFrame frame;
  GstBuffer *buffer;
  double by;

  if (!map (sample, &from, &frame))
    return NULL;
  by = MIN ((double) most_width / GST_VIDEO_INFO_WIDTH (&from),
            (double) most_height / GST_VIDEO_INFO_HEIGHT (&from));
  fit (&from, MIN (by, 1), format, info);
  buffer = convert (self, &frame, info);
  gst_video_frame_unmap (&frame);
  return buffer;
}

/* ---- grey ----------------------------------------------------------------------- */

/* Grey is a part of what most cameras send: it needs no arithmetic. */
static BhGrey *
copy_luma (GstVideoFrame *frame, const BhPicture *as)
{
  guint width = GST_VIDEO_FRAME_WIDTH (frame);
  guint height = GST_VIDEO_FRAME_HEIGHT (frame);
  guint step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0);
  BhGrey *grey = bh_picture_new_grey (as, width, height, NULL);

  for (guint y = 0; grey != NULL && y < height; y++) {
    const guint8 *row = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, 0) +
                        (gssize) y * GST_VIDEO_FRAME_COMP_STRIDE (frame, 0);
    guint8 *to = grey->pixels + (gsize) y * width;

    if (step == 1)
      memcpy (to, row, width);
    else
      for (guint x = 0; x < width; x++)
        to[x] = row[x * step];
  }
  return grey;
}

static BhGrey *
copy_converted (BhFrameMaker *self, GstVideoFrame *frame, double by, const BhPicture *as)
{
  g_autoptr (GstBuffer) buffer = NULL;
  GstVideoInfo to;
  GstVideoFrame small;
  BhGrey *grey = NULL;

  fit (&frame->info, by, GST_VIDEO_FORMAT_GRAY8, &to);
  buffer = convert (self, frame, &to);
  if (buffer == NULL || !gst_video_frame_map (&small, &to, buffer, GST_MAP_READ))
    return NULL;
  grey = copy_luma (&small, as);
  gst_video_frame_unmap (&small);
  return grey;
}

BhGrey *
bh_frame_grey (BhFrameMaker *self, GstSample *sample, guint most)
{
  const BhPicture as = { .name = (char *) "camera", .type = "frame" };
  GstVideoInfo info;
  GstVideoFrame frame;
  BhGrey *grey;
  double by;

  if (!map (sample, &info, &frame))
    return NULL;
  by = sqrt ((double) most / GST_VIDEO_INFO_WIDTH (&info) / GST_VIDEO_INFO_HEIGHT (&info));
  if (by >= 1 && !GST_VIDEO_INFO_IS_RGB (&info) && GST_VIDEO_INFO_COMP_DEPTH (&info, 0) == 8)
    grey = copy_luma (&frame, &as);
  else
    grey = copy_converted (self, &frame, MIN (by, 1), &as);
  gst_video_frame_unmap (&frame);
  return grey;
}

gboolean
bh_frame_is_black (const BhGrey *grey)
{
  guint n = 0;
  guint light = 0;

  for (guint y = 0; y < grey->height; y += BLACK_STEP)
    for (guint x = 0; x < grey->width; x += BLACK_STEP) {
      n++;
      light += grey->pixels[(gsize) y * grey->width + x] > BLACK_LEVEL;
    }
  return light * 200 < n;
}

/* ---- a photo -------------------------------------------------------------------- */

GBytes *
bh_frame_jpeg (GstSample *sample, GError **error)
{
  BhFrameMaker maker = { 0 };
  GstVideoInfo info;
  g_autoptr (GstBuffer) buffer =
      bh_frame_small (&maker, sample, GST_VIDEO_FORMAT_RGB, G_MAXINT, G_MAXINT, &info);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GstVideoFrame frame;
  char *data = NULL;
  gsize size = 0;
  gboolean ok;

  bh_frame_maker_clear (&maker);
  if (buffer == NULL || !gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "camera: no photo can be made of what it sends; choose another camera");
    return NULL;
  }
  pixbuf =
      gdk_pixbuf_new_from_data (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0), GDK_COLORSPACE_RGB, FALSE,
                                8, GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
                                GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), NULL, NULL);
  ok = gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", error, "quality", JPEG_QUALITY,
                                  NULL);
  gst_video_frame_unmap (&frame);
  return ok ? g_bytes_new_take (data, size) : NULL;
}
