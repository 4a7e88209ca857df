/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "camera-source.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "backhaul/error.h"

/* A picture file is shown so many times a second. */
#define FILE_RATE 30

/* ---- what may be asked for ------------------------------------------------------- */

gboolean
bh_camera_is_address (const char *choice)
{
  return *choice != '\0' && !g_str_has_prefix (choice, "device:");
}

char *
bh_camera_address_refused (const char *address)
{
  static const char *const schemes[] = { "rtsp", "rtsps", "rtspt", "http", "https", "file", NULL };
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (uri == NULL || !g_strv_contains (schemes, g_uri_get_scheme (uri)))
    return g_strdup ("an address begins with rtsp://, http://, https:// or file:///");
  if (g_uri_get_userinfo (uri) != NULL && strchr (g_uri_get_userinfo (uri), ':') != NULL)
    return g_strdup ("the address holds a password, which would be read by all who see the "
                     "settings; let the camera show its picture without one on its own network");
  return NULL;
}

/* ---- which of its pictures a device is asked for ----------------------------------- */

/* What reads best and costs least comes first: a label held at arm's length fills a picture of
 * 1280×720, and 1080 lines cost twice the time. */
static const char *const wishes[] = {
  "video/x-raw,width=1280,height=720,framerate=[15/1,240/1]",
  "image/jpeg,width=1280,height=720,framerate=[15/1,240/1]",
  "video/x-raw,width=1920,height=1080,framerate=[15/1,240/1]",
  "image/jpeg,width=1920,height=1080,framerate=[15/1,240/1]",
  "video/x-raw,width=[960,1920],height=[720,1200],framerate=[10/1,240/1]",
  "image/jpeg,width=[960,1920],height=[720,1200],framerate=[10/1,240/1]",
  "video/x-raw,width=[320,1920],height=[240,1200]",
  "image/jpeg,width=[320,1920],height=[240,1200]",
  "video/x-raw",
  "image/jpeg",
};

static GstCaps *
choose_caps (GstDevice *device)
{
  g_autoptr (GstCaps) all = gst_device_get_caps (device);

  for (guint i = 0; all != NULL && i < G_N_ELEMENTS (wishes); i++) {
    g_autoptr (GstCaps) wish = gst_caps_from_string (wishes[i]);
    g_autoptr (GstCaps) both = gst_caps_intersect (all, wish);

    if (!gst_caps_is_empty (both))
      return g_steal_pointer (&both);
  }
  return gst_caps_from_string (wishes[G_N_ELEMENTS (wishes) - 2]);
}

/* ---- what becomes of its frames ----------------------------------------------------- */

static GstElement *
add (BhCameraSource *self, const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "GStreamer's \"%s\" is not installed; install its plug-ins (base and good)",
                 factory);
  else
    gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

/* One behind the other, in order; NULL-ended. */
static gboolean
join (GError **error, GstElement *first, ...)
{
  GstElement *next;
  gboolean ok = TRUE;
  va_list rest;

  va_start (rest, first);
  while (ok && (next = va_arg (rest, GstElement *)) != NULL) {
    ok = gst_element_link (first, next);
    first = next;
  }
  va_end (rest);
  if (!ok)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "GStreamer finds no picture in what it sends");
  return ok;
}

static GstPadProbeReturn
on_frame (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  BhCameraSource *self = data;

  g_atomic_int_inc (&self->sent);
  return GST_PAD_PROBE_OK;
}

static gboolean
is_too_large (BhCameraSource *self, GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  int width = 0;
  int height = 0;

  if (!gst_structure_get_int (structure, "width", &width) ||
      !gst_structure_get_int (structure, "height", &height) ||
      (width <= BH_CAMERA_MOST_WIDTH && height <= BH_CAMERA_MOST_HEIGHT))
    return FALSE;
  g_atomic_int_set (&self->too_large, MIN (width, 0x7fff) << 16 | MIN (height, 0xffff));
  return TRUE;
}

/* Caps come before the first frame is decoded into memory. */
static GstPadProbeReturn
on_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps = NULL;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  if (!is_too_large (data, caps))
    return GST_PAD_PROBE_OK;
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = NULL;
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = GST_FLOW_NOT_NEGOTIATED;
  return GST_PAD_PROBE_HANDLED;
}

static void
watch (GstElement *element, GstPadProbeType what, GstPadProbeCallback on, BhCameraSource *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, what, on, self, NULL);
}

/* The newest frame counts: what nobody took in time is dropped before it is decoded. */
static GstElement *
add_newest (BhCameraSource *self, GError **error)
{
  GstElement *queue = add (self, "queue", error);

  if (queue == NULL)
    return NULL;
  g_object_set (queue, "max-size-buffers", 1, "max-size-bytes", 0, "max-size-time", (guint64) 0,
                "leaky", 2 /* the old one */, NULL);
  watch (queue, GST_PAD_PROBE_TYPE_BUFFER, on_frame, self);
  return queue;
}

/* @drop: what is decoded and was not taken in time; else its decoder waits. @pace: of the frames'
 * own times, for a film; a camera's are shown as they come. */
static GstElement *
add_sink (BhCameraSource *self, gboolean drop, gboolean pace, GError **error)
{
  g_autofree char *bound = g_strdup_printf ("video/x-raw,width=[1,%d],height=[1,%d]",
                                            BH_CAMERA_MOST_WIDTH, BH_CAMERA_MOST_HEIGHT);
  g_autoptr (GstCaps) caps = gst_caps_from_string (bound);
  GstElement *filter = add (self, "capsfilter", error);
  GstElement *sink = filter != NULL ? add (self, "appsink", error) : NULL;

  if (sink == NULL)
    return NULL;
  g_object_set (filter, "caps", caps, NULL);
  g_object_set (sink, "max-buffers", 1, "drop", drop, "sync", pace, "enable-last-sample", FALSE,
                NULL);
  gst_element_link (filter, sink);
  watch (filter, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_event, self);
  if (drop)
    watch (sink, GST_PAD_PROBE_TYPE_BUFFER, on_frame, self);
  self->sink = GST_APP_SINK (sink);
  return filter;
}

/* ---- the three kinds of sources ------------------------------------------------------ */

static gboolean
open_device (BhCameraSource *self, GstDevice *device, GError **error)
{
  g_autoptr (GstCaps) caps = choose_caps (device);
  gboolean jpeg = gst_structure_has_name (gst_caps_get_structure (caps, 0), "image/jpeg");
  GstElement *filter = add (self, "capsfilter", error);
  GstElement *newest = filter != NULL ? add_newest (self, error) : NULL;
  GstElement *decoder = newest != NULL ? add (self, jpeg ? "jpegdec" : "identity", error) : NULL;
  GstElement *sink = decoder != NULL ? add_sink (self, FALSE, FALSE, error) : NULL;
  GstElement *source = sink != NULL ? gst_device_create_element (device, NULL) : NULL;

  if (sink == NULL)
    return FALSE;
  if (source == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "GStreamer cannot use it");
    return FALSE;
  }
  gst_bin_add (GST_BIN (self->pipeline), source);
  g_object_set (filter, "caps", caps, NULL);
  return is_too_large (self, caps) || join (error, source, filter, newest, decoder, sink, NULL);
}

/* A "%02d" stays: it counts the pictures. Any other "%" would be read as a format too. */
static char *
safe_pattern (const char *path)
{
  g_autoptr (GRegex) number = g_regex_new ("%(?!0?[0-9]?d)", 0, 0, NULL);
  g_autofree char *escaped = g_regex_replace_literal (number, path, -1, 0, "%%", 0, NULL);
  const char *first = strstr (path, "%");

  /* one number is given for it, not two */
  if (first != NULL && strchr (first + 1, '%') != NULL) {
    g_auto (GStrv) parts = g_strsplit (path, "%", -1);

    return g_strjoinv ("%%", parts);
  }
  return g_steal_pointer (&escaped);
}

static gboolean
open_pictures (BhCameraSource *self, const char *path, gboolean jpeg, GError **error)
{
  g_autofree char *pattern = safe_pattern (path);
  g_autofree char *type =
      g_strdup_printf ("image/%s,framerate=%d/1", jpeg ? "jpeg" : "png", FILE_RATE);
  g_autoptr (GstCaps) caps = gst_caps_from_string (type);
  GstElement *source = add (self, "multifilesrc", error);
  GstElement *pace = source != NULL ? add (self, "identity", error) : NULL;
  GstElement *newest = pace != NULL ? add_newest (self, error) : NULL;
  GstElement *decoder = newest != NULL ? add (self, jpeg ? "jpegdec" : "pngdec", error) : NULL;
  GstElement *sink = decoder != NULL ? add_sink (self, FALSE, FALSE, error) : NULL;

  if (sink == NULL)
    return FALSE;
  g_object_set (source, "location", pattern, "loop", TRUE, "caps", caps, NULL);
  /* before it is decoded: a file that is no picture is not read as fast as the disk can */
  g_object_set (pace, "sleep-time", (guint) G_USEC_PER_SEC / FILE_RATE, NULL);
  return join (error, source, pace, newest, decoder, sink, NULL);
}

static void
on_pad (GstElement *source, GstPad *pad, gpointer filter)
{
  g_autoptr (GstPad) to = gst_element_get_static_pad (filter, "sink");
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  if (!gst_pad_is_linked (to) && gst_caps_get_size (caps) > 0 &&
      g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "video/"))
    gst_pad_link (pad, to);
}

/* Where the stream says its size before it is decoded, it is not decoded. */
static gboolean
on_continue (GstElement *source, GstPad *pad, GstCaps *caps, gpointer data)
{
  return !is_too_large (data, caps);
}

static void
on_source (GstElement *element, GstElement *source, gpointer data)
{
  /* what is shown is what is there now */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (source), "latency") != NULL)
    g_object_set (source, "latency", 100, NULL);
}

static gboolean
open_stream (BhCameraSource *self, const char *address, GError **error)
{
  GstElement *source = add (self, "uridecodebin", error);
  gboolean live = !g_str_has_prefix (address, "file:");
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-raw");
  GstElement *sink = source != NULL ? add_sink (self, TRUE, !live, error) : NULL;

  if (sink == NULL)
    return FALSE;
  g_object_set (source, "uri", address, "caps", caps, "expose-all-streams", FALSE, NULL);
  g_signal_connect (source, "pad-added", G_CALLBACK (on_pad), sink);
  g_signal_connect (source, "autoplug-continue", G_CALLBACK (on_continue), self);
  g_signal_connect (source, "source-setup", G_CALLBACK (on_source), NULL);
  return TRUE;
}

static gboolean
open_address (BhCameraSource *self, const char *address, GError **error)
{
  g_autofree char *path =
      g_str_has_prefix (address, "file:") ? g_filename_from_uri (address, NULL, NULL) : NULL;
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;
  gboolean jpeg =
      lower != NULL && (g_str_has_suffix (lower, ".jpg") || g_str_has_suffix (lower, ".jpeg"));

  if (jpeg || (lower != NULL && g_str_has_suffix (lower, ".png")))
    return open_pictures (self, path, jpeg, error);
  return open_stream (self, address, error);
}

/* ---- what it may take of the processors ------------------------------------------------- */

/* GStreamer's threads tell of themselves in themselves; those that decode come from a pool, and
 * have not the niceness of who asked for them. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  GstStreamStatusType type;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STREAM_STATUS) {
    gst_message_parse_stream_status (message, &type, NULL);
    if (type == GST_STREAM_STATUS_TYPE_ENTER)
      bh_camera_be_nice (BH_CAMERA_NICE);
  }
  return GST_BUS_PASS;
}

void
bh_camera_be_nice (int nice)
{
  setpriority (PRIO_PROCESS, (id_t) gettid (), nice);
}

/* ---- life ---------------------------------------------------------------------------- */

BhCameraSource *
bh_camera_source_new (GstDevice *device, const char *address, GError **error)
{
  BhCameraSource *self = g_new0 (BhCameraSource, 1);
  gboolean ok;

  self->pipeline = gst_pipeline_new (NULL);
  self->bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (self->bus, on_message, NULL, NULL);
  ok = device != NULL ? open_device (self, device, error) : open_address (self, address, error);
  if (!ok) {
    bh_camera_source_free (self);
    return NULL;
  }
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return self;
}

void
bh_camera_source_free (BhCameraSource *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  g_free (self);
}

static GError *
as_ours (const GError *error)
{
  static const struct {
    int code;
    BhError ours;
  } known[] = {
    { GST_RESOURCE_ERROR_NOT_FOUND, BH_ERROR_NOT_FOUND },
    { GST_RESOURCE_ERROR_READ, BH_ERROR_NOT_FOUND },
    { GST_RESOURCE_ERROR_BUSY, BH_ERROR_BUSY },
    { GST_RESOURCE_ERROR_NOT_AUTHORIZED, BH_ERROR_FORBIDDEN },
    { GST_RESOURCE_ERROR_OPEN_READ_WRITE, BH_ERROR_FORBIDDEN },
  };
  BhError code = BH_ERROR_STORE;

  for (guint i = 0; error->domain == GST_RESOURCE_ERROR && i < G_N_ELEMENTS (known); i++)
    if (error->code == known[i].code)
      code = known[i].ours;
  return g_error_new_literal (BH_ERROR, code, error->message);
}

GError *
bh_camera_source_failed (BhCameraSource *self)
{
  g_autoptr (GstMessage) message =
      gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_autoptr (GError) error = NULL;

  if (g_atomic_int_get (&self->too_large) != 0)
    return g_error_new_literal (BH_ERROR, BH_ERROR_INPUT, "its pictures are too large");
  if (message == NULL)
    return NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return g_error_new_literal (BH_ERROR, BH_ERROR_NOT_FOUND, "it sends nothing any more");
  gst_message_parse_error (message, &error, NULL);
  return as_ours (error);
}
