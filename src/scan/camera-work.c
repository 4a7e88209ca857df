/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "backhaul/error.h"
#include "camera-frame.h"
#include "camera-private.h"
#include "camera-source.h"
#include "glance.h"
#include "sightings.h"

/* A glance costs some 20 ms a megapixel: 1080 lines are still read 15 times a second. */
#define MOST_GLANCE_PIXELS (1920u * 1080u)
/* A still, for a longer look, is looked at as it is, up to 4K. */
#define MOST_STILL_PIXELS (3840u * 2160u)
#define PREVIEW_WIDTH     640
#define PREVIEW_HEIGHT    400
/* Nothing was read for so long: a still is looked at for long. */
#define LONG_AFTER_US (700 * G_TIME_SPAN_MILLISECOND)
/* Between such looks; between the longer ones as long as the last one took, or so. */
#define LONG_REST_US  G_TIME_SPAN_SECOND
#define LEAST_REST_US (50 * G_TIME_SPAN_MILLISECOND)
/* The looker takes what the window and the frames leave. */
#define LOOKER_NICE 10
/* A camera that sends nothing for so long is told of; network cameras take their time. */
#define SILENT_US (4 * G_TIME_SPAN_SECOND)
/* What failed is tried again after so long. */
#define RETRY_US    G_TIME_SPAN_SECOND
#define SAMPLE_WAIT (100 * GST_MSECOND)

typedef struct {
  BhGrey *grey;
  BhLook look;
  gint64 at_us;
  GPtrArray *symbols; /* NULL until it was looked at */
} Still;

typedef struct {
  BhCamera *camera;
  BhCameraDevices *devices;
  BhCameraSource *source; /* NULL: none runs */
  BhSightings *sightings;
  BhFrameMaker grey_maker;
  BhFrameMaker preview_maker;
  BhFrameMaker still_maker;
  char *name;
  gint64 opened_us;
  gint64 framed_us; /* when the last frame came */
  /* the last second, counted */
  gint64 counted_us;
  guint decoded;
  guint rate;
  int sent_before;
  guint sent;
  guint slow_for; /* seconds on end with too few frames */
  /* the still that is being looked at */
  GThread *looker;
  Still *still;
  int looked;          /* atomic: the looker has ended */
  gint64 look_us;      /* when the next look may begin */
  gint64 long_look_us; /* and the next long one */
  guint stills;        /* in the last second */
  guint looks;
} Work;

/* ---- what is told ------------------------------------------------------------------ */

static void
tell_state (Work *self, BhCameraState state, const char *message)
{
  bh_camera_keep_sample (self->camera, NULL);
  bh_camera_tell (self->camera,
                  bh_camera_view_new (&(BhCameraView){
                      .state = state,
                      .name = g_strdup (self->name),
                      .message = g_strdup (message),
                      .width = state == BH_CAMERA_TOO_LARGE ? self->source->too_large >> 16 : 0,
                      .height = state == BH_CAMERA_TOO_LARGE ? self->source->too_large & 0xffff : 0,
                      .devices = g_ptr_array_ref (bh_camera_devices_list (self->devices)),
                  }),
                  NULL);
}

/* ---- a still, looked at for longer ---------------------------------------------------- */

static gpointer
look_longer (gpointer data)
{
  Work *self = data;
  const BhGrey *grey = self->still->grey;
  const BhDecoder decoder = { self->camera->symbologies,
                              self->still->look == BH_LOOK_LONG ? BH_EFFORT_NORMAL : BH_EFFORT_FAST,
                              1 };

  bh_camera_be_nice (LOOKER_NICE);
  self->still->symbols = bh_decoder_frame (&decoder, grey->pixels, grey->width, grey->height, NULL);
  g_atomic_int_set (&self->looked, 1);
  return NULL;
}

static void
still_free (Still *self)
{
  bh_grey_free (self->grey);
  g_clear_pointer (&self->symbols, g_ptr_array_unref);
  g_free (self);
}

static void
begin_still (Work *self, GstSample *sample, gint64 now)
{
  gint64 last = MAX (bh_sightings_last (self->sightings), self->opened_us);
  gboolean lengthy = now - last >= LONG_AFTER_US && now >= self->long_look_us;
  BhGrey *grey;

  if (self->looker != NULL || now < self->look_us)
    return;
  grey =
      bh_frame_grey (&self->still_maker, sample, lengthy ? MOST_STILL_PIXELS : MOST_GLANCE_PIXELS);
  if (grey == NULL)
    return;
  self->still = g_new0 (Still, 1);
  *self->still = (Still){ grey, lengthy ? BH_LOOK_LONG : BH_LOOK_LONGER, now, NULL };
  g_atomic_int_set (&self->looked, 0);
  self->looker = g_thread_new ("looker", look_longer, self);
}

/* (transfer full) (nullable): the still that was looked at meanwhile */
static Still *
end_still (Work *self, gboolean wait)
{
  gint64 now = g_get_monotonic_time ();
  Still *still = self->still;

  if (self->looker == NULL || (!wait && g_atomic_int_get (&self->looked) == 0))
    return NULL;
  g_thread_join (g_steal_pointer (&self->looker));
  self->still = NULL;
  self->stills++;
  self->look_us = now + MAX (now - still->at_us, LEAST_REST_US);
  if (still->look == BH_LOOK_LONG)
    self->long_look_us = now + LONG_REST_US;
  return still;
}

/* ---- a frame -------------------------------------------------------------------------- */

static gboolean
has_code (GPtrArray *codes, const BhSymbol *symbol)
{
  for (guint i = 0; i < codes->len; i++)
    if (g_bytes_equal (((BhSymbol *) g_ptr_array_index (codes, i))->bytes, symbol->bytes))
      return TRUE;
  return FALSE;
}

/* What the frame itself showed stands where it is now; a longer look's place is of a while ago. */
static void
add_places (GPtrArray *codes, GPtrArray *symbols, double by_x, double by_y)
{
  guint before = codes->len;

  for (guint i = 0; symbols != NULL && i < symbols->len; i++) {
    BhSymbol *copy;

    if (before > 0 && has_code (codes, g_ptr_array_index (symbols, i)))
      continue;
    copy = bh_symbol_copy (g_ptr_array_index (symbols, i));
    for (guint k = 0; k < copy->n_points; k++) {
      copy->polygon[k].x = (int) (copy->polygon[k].x * by_x);
      copy->polygon[k].y = (int) (copy->polygon[k].y * by_y);
    }
    g_ptr_array_add (codes, copy);
  }
}

static guint8 *
dup_rows (GstBuffer *buffer, const GstVideoInfo *info, guint *stride)
{
  GstVideoFrame frame;
  guint8 *pixels;

  if (buffer == NULL || !gst_video_frame_map (&frame, info, buffer, GST_MAP_READ))
    return NULL;
  *stride = (guint) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  pixels = g_memdup2 (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                      (gsize) *stride * GST_VIDEO_FRAME_HEIGHT (&frame));
  gst_video_frame_unmap (&frame);
  return pixels;
}

static void
count (Work *self, gint64 now)
{
  int sent = g_atomic_int_get (&self->source->sent);
  double seconds = (double) (now - self->counted_us) / G_TIME_SPAN_SECOND;

  self->decoded++;
  if (seconds < 1)
    return;
  self->rate = (guint) (self->decoded / seconds + 0.5);
  self->sent = (guint) ((sent - self->sent_before) / seconds + 0.5);
  self->slow_for = self->sent < BH_CAMERA_LEAST_RATE ? self->slow_for + 1 : 0;
  self->looks = (guint) (self->stills / seconds + 0.5);
  self->decoded = self->stills = 0;
  self->sent_before = sent;
  self->counted_us = now;
}

static void
take_frame (Work *self, GstSample *sample)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (BhGrey) grey = bh_frame_grey (&self->grey_maker, sample, MOST_GLANCE_PIXELS);
  g_autoptr (GPtrArray) symbols = NULL;
  g_autoptr (GstBuffer) small = NULL;
  GPtrArray *scans;
  GstVideoInfo whole;
  GstVideoInfo info;
  BhCameraView view = { .state = BH_CAMERA_LIVE };
  Still *still = end_still (self, FALSE);

  if (grey != NULL)
    symbols = bh_glance (grey, self->camera->symbologies);
  if (symbols == NULL || !gst_video_info_from_caps (&whole, gst_sample_get_caps (sample)))
    return;
  self->framed_us = now;
  bh_camera_keep_sample (self->camera, sample);
  small = bh_frame_small (&self->preview_maker, sample, GST_VIDEO_FORMAT_BGRx, PREVIEW_WIDTH,
                          PREVIEW_HEIGHT, &info);
  view.pixels = dup_rows (small, &info, &view.stride);
  view.pixels_width = (guint) GST_VIDEO_INFO_WIDTH (&info);
  view.pixels_height = (guint) GST_VIDEO_INFO_HEIGHT (&info);
  view.codes = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_symbol_free);
  add_places (view.codes, symbols, (double) view.pixels_width / grey->width,
              (double) view.pixels_height / grey->height);
  scans = bh_sightings_see (self->sightings, symbols, BH_LOOK_GLANCE, now);
  if (still != NULL && still->symbols != NULL) {
    g_autoptr (GPtrArray) more =
        bh_sightings_see (self->sightings, still->symbols, still->look, still->at_us);

    g_ptr_array_extend_and_steal (scans, g_steal_pointer (&more));
    add_places (view.codes, still->symbols, (double) view.pixels_width / still->grey->width,
                (double) view.pixels_height / still->grey->height);
  }
  count (self, g_get_monotonic_time ());
  view.name = g_strdup (self->name);
  view.width = (guint) GST_VIDEO_INFO_WIDTH (&whole);
  view.height = (guint) GST_VIDEO_INFO_HEIGHT (&whole);
  view.rate = self->rate;
  view.looks = self->looks;
  view.sent = self->sent;
  view.trouble =
      (bh_frame_is_black (grey) ? BH_CAMERA_BLACK : 0) | (self->slow_for >= 2 ? BH_CAMERA_SLOW : 0);
  view.devices = g_ptr_array_ref (bh_camera_devices_list (self->devices));
  if ((view.trouble & BH_CAMERA_BLACK) == 0)
    begin_still (self, sample, now);
  bh_camera_tell (self->camera, bh_camera_view_new (&view), scans);
  g_clear_pointer (&still, still_free);
}

/* ---- opening and losing it ------------------------------------------------------------- */

static void
open_source (Work *self)
{
  const char *choice = self->camera->choice;
  g_autoptr (GError) error = NULL;
  gboolean address = bh_camera_is_address (choice);
  g_autofree char *refused = address ? bh_camera_address_refused (choice) : NULL;
  GstDevice *device = address ? NULL : bh_camera_devices_find (self->devices, choice);

  /* one that is away is called as it was when it was here */
  if (device != NULL || self->name == NULL) {
    g_free (self->name);
    self->name =
        device != NULL ? gst_device_get_display_name (device) : bh_camera_choice_name (choice);
  }
  if (refused != NULL) {
    tell_state (self, BH_CAMERA_FAILED, refused);
  } else if (!address && device == NULL) {
    tell_state (self, *choice != '\0' ? BH_CAMERA_AWAY : BH_CAMERA_NONE, NULL);
  } else {
    self->source = bh_camera_source_new (device, address ? choice : NULL, &error);
    if (self->source == NULL)
      tell_state (self, BH_CAMERA_FAILED, error->message);
  }
  gst_clear_object (&device);
  self->opened_us = self->framed_us = self->counted_us = g_get_monotonic_time ();
  self->decoded = self->stills = self->rate = self->looks = self->sent = self->slow_for = 0;
  self->sent_before = 0;
}

static void
close_source (Work *self)
{
  Still *still = end_still (self, TRUE);

  g_clear_pointer (&still, still_free);
  bh_camera_keep_sample (self->camera, NULL);
  bh_frame_maker_clear (&self->grey_maker);
  bh_frame_maker_clear (&self->preview_maker);
  bh_frame_maker_clear (&self->still_maker);
  g_clear_pointer (&self->source, bh_camera_source_free);
}

/* It is tried again from time to time, and at once when something is plugged in. */
static void
rest (Work *self)
{
  gint64 until = g_get_monotonic_time () + RETRY_US;

  while (!bh_camera_is_closed (self->camera) && g_get_monotonic_time () < until)
    if (bh_camera_devices_poll (self->devices, 100 * G_TIME_SPAN_MILLISECOND))
      return;
}

static void
lose (Work *self, const GError *error)
{
  /* it was there, or its address is right: what it does not say now it will say again */
  if (self->source->too_large != 0)
    tell_state (self, BH_CAMERA_TOO_LARGE, NULL);
  else if (g_error_matches (error, BH_ERROR, BH_ERROR_NOT_FOUND))
    tell_state (self, BH_CAMERA_AWAY, error->message);
  else
    tell_state (self, BH_CAMERA_FAILED, error->message);
  close_source (self);
  rest (self);
}

static void
step (Work *self)
{
  g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (self->source->sink, SAMPLE_WAIT);
  g_autoptr (GError) error = bh_camera_source_failed (self->source);

  bh_camera_devices_poll (self->devices, 0);
  if (error != NULL)
    lose (self, error);
  else if (sample != NULL)
    take_frame (self, sample);
  else if (g_get_monotonic_time () - self->framed_us > SILENT_US)
    tell_state (self, BH_CAMERA_SILENT, NULL);
}

void
bh_camera_work (BhCamera *camera)
{
  Work self = { .camera = camera };
  g_autoptr (GError) error = NULL;

  bh_camera_be_nice (BH_CAMERA_NICE);
  if (!gst_init_check (NULL, NULL, &error)) {
    bh_camera_tell (camera,
                    bh_camera_view_new (&(BhCameraView){ .state = BH_CAMERA_FAILED,
                                                         .message = g_strdup (error->message) }),
                    NULL);
    return;
  }
  self.devices = bh_camera_devices_new ();
  self.sightings = bh_sightings_new ();
  while (!bh_camera_is_closed (camera)) {
    if (self.source == NULL)
      open_source (&self);
    if (self.source != NULL)
      step (&self);
    else
      rest (&self);
  }
  close_source (&self);
  g_free (self.name);
  bh_sightings_free (self.sightings);
  bh_camera_devices_free (self.devices);
}
