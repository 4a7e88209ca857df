/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backhaul/camera.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zint.h>

#include "backhaul/error.h"
#include "canvas.h"
#include "fake-cameras.h"
#include "sightings.h"

#define RAW   "video/x-raw,format=I420,width=1280,height=720,framerate=30/1"
#define BLACK "videotestsrc is-live=true pattern=black"
#define BARS  "videotestsrc is-live=true pattern=smpte"

/* ---- a code is one scan as long as it stays in sight ------------------------------------ */

static GPtrArray *
symbols_of (const char *texts, BhLook look)
{
  /* two engines, each with its own name for the same */
  static const char *const names[] = { "CODE-128", "CODE-128\0", "CODE-128\0\0" };
  g_auto (GStrv) words = g_strsplit (texts, " ", -1);
  GPtrArray *symbols = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_symbol_free);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0') {
      BhSymbol *symbol = g_new0 (BhSymbol, 1);

      symbol->bytes = g_bytes_new (*word, strlen (*word));
      symbol->symbology = names[look];
      symbol->identifier = g_strdup ("]C0");
      g_ptr_array_add (symbols, symbol);
    }
  return symbols;
}

/* What counts of @texts that are in sight at @ms, by a longer look where they begin with "+", by a
 * long one with "*". */
static char *
counts (BhSightings *sightings, gint64 ms, const char *texts)
{
  BhLook look = *texts == '*' ? BH_LOOK_LONG : *texts == '+' ? BH_LOOK_LONGER : BH_LOOK_GLANCE;
  g_autoptr (GPtrArray) symbols = symbols_of (texts + (look != BH_LOOK_GLANCE), look);
  g_autoptr (GPtrArray) scans =
      bh_sightings_see (sightings, symbols, look, ms * G_TIME_SPAN_MILLISECOND);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < scans->len; i++) {
    const BhScan *scan = g_ptr_array_index (scans, i);
    gsize size;
    const char *bytes = g_bytes_get_data (scan->bytes, &size);

    g_assert_cmpint (scan->source, ==, BH_SCAN_CAMERA);
    g_string_append_len (all, bytes, (gssize) size);
    g_string_append_c (all, ' ');
  }
  return g_strchomp (g_string_free (all, FALSE));
}

static void
test_sightings (void)
{
  static const struct {
    gint64 ms;
    const char *seen;
    const char *counts;
  } story[] = {
    { 1000, "A", "A" },    /* first seen */
    { 1033, "A B", "B" },  /* A stays */
    { 1066, "", "" },      /* a blurred frame */
    { 2900, "A", "" },     /* not away for long enough */
    { 4900, "A B", "B" },  /* B was; A for two seconds to the millisecond, which is not more */
    { 6901, "A", "A" },    /* now it was */
    { 7000, "*C", "C" },   /* only a long look can read it */
    { 8901, "A", "" },     /* glances go on, and do not miss C */
    { 9100, "+A", "" },    /* nor do longer looks */
    { 9600, "*C", "" },    /* C was there all the time */
    { 11000, "", "" },     /* … */
    { 12000, "*", "" },    /* the long look does not see it any more */
    { 12500, "*C", "C" },  /* so it counts again */
    { 13600, "A A", "A" }, /* twice in a frame is once */
    { 22500, "A", "A" },   /* no long look came for ten seconds … */
    { 22501, "C", "C" },   /* … so C is gone */
    { 22400, "*C", "" },   /* one that took its time tells of an earlier frame */
    { 24400, "C", "" },    /* which takes nothing back */
    { 30000, "+D", "D" },  /* a longer look reads it */
    { 32100, "", "" },     /* glances do not miss it */
    { 32200, "+", "" },    /* the longer look does */
    { 32300, "+D", "D" },  /* so it counts again */
    { 32400, "D", "" },    /* the other engine reads it too */
  };
  g_autoptr (BhSightings) sightings = bh_sightings_new ();

  for (guint i = 0; i < G_N_ELEMENTS (story); i++) {
    g_autofree char *got = counts (sightings, story[i].ms, story[i].seen);

    g_test_message ("%d ms: %s", (int) story[i].ms, story[i].seen);
    g_assert_cmpstr (got, ==, story[i].counts);
  }
}

/* ---- a camera, and what is told of it ------------------------------------------------------ */

typedef struct {
  BhCamera *camera;
  GString *scans; /* all so far, a blank behind each */
  BhCameraView *view;
} Eye;

static void
on_changed (BhCamera *camera, gpointer data)
{
  Eye *eye = data;
  g_autoptr (GPtrArray) scans = bh_camera_take_scans (camera);

  for (guint i = 0; i < scans->len; i++) {
    const BhScan *scan = g_ptr_array_index (scans, i);
    gsize size;
    const char *bytes = g_bytes_get_data (scan->bytes, &size);

    g_assert_cmpint (scan->source, ==, BH_SCAN_CAMERA);
    g_string_append_len (eye->scans, bytes, (gssize) size);
    g_string_append_c (eye->scans, ' ');
  }
  g_clear_pointer (&eye->view, bh_camera_view_unref);
  eye->view = bh_camera_view (camera);
}

static void
eye_open_for (Eye *eye, const char *choice, guint symbologies)
{
  *eye = (Eye){ .scans = g_string_new (NULL) };
  eye->camera = bh_camera_open (choice, symbologies, on_changed, eye);
  eye->view = bh_camera_view (eye->camera);
}

static void
eye_open (Eye *eye, const char *choice)
{
  eye_open_for (eye, choice, BH_SYMBOLOGIES_DEFAULT);
}

static void
eye_close (Eye *eye)
{
  bh_camera_close (eye->camera);
  g_clear_pointer (&eye->view, bh_camera_view_unref);
  g_string_free (eye->scans, TRUE);
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Waits until @check holds; a minute is long enough for any machine. */
static void
wait_for (Eye *eye, gboolean (*check) (Eye *eye), const char *what)
{
  gboolean late = FALSE;
  guint id = g_timeout_add_seconds (60, on_late, &late);

  while (!check (eye) && !late)
    g_main_context_iteration (NULL, TRUE);
  if (late)
    g_error ("%s: state %d, trouble %u, %ux%u, rate %u, sent %u, message %s, scans %s", what,
             eye->view->state, eye->view->trouble, eye->view->width, eye->view->height,
             eye->view->rate, eye->view->sent, eye->view->message, eye->scans->str);
  g_source_remove (id);
}

#define STATE(name, wanted)                                                                        \
  static gboolean is_##name (Eye *eye)                                                             \
  {                                                                                                \
    return eye->view->state == (wanted);                                                           \
  }
STATE (live, BH_CAMERA_LIVE)
STATE (none, BH_CAMERA_NONE)
STATE (away, BH_CAMERA_AWAY)
STATE (failed, BH_CAMERA_FAILED)
STATE (silent, BH_CAMERA_SILENT)
STATE (too_large, BH_CAMERA_TOO_LARGE)

static gboolean
is_black (Eye *eye)
{
  return eye->view->state == BH_CAMERA_LIVE && (eye->view->trouble & BH_CAMERA_BLACK) != 0;
}

static gboolean
is_slow (Eye *eye)
{
  return eye->view->state == BH_CAMERA_LIVE && (eye->view->trouble & BH_CAMERA_SLOW) != 0;
}

static gboolean
has_scanned (Eye *eye)
{
  return eye->scans->len > 0;
}

static gboolean
has_rate (Eye *eye)
{
  return eye->view->rate > 0;
}

/* ---- pictures ------------------------------------------------------------------------------- */

static char *
folder (void)
{
  return g_dir_make_tmp ("bh-camera-XXXXXX", NULL);
}

/* @text as a code in a frame of 1280×720; put there at once, as a camera shows a whole frame. */
static void
show (const char *path, const char *text)
{
  g_autoptr (Canvas) canvas = canvas_new (1280, 720);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GBytes) png = NULL;

  if (text != NULL)
    canvas_text (canvas, 420, 300, text);
  png = canvas_file (canvas, "png");
  g_assert_true (g_file_set_contents (part, g_bytes_get_data (png, NULL),
                                      (gssize) g_bytes_get_size (png), NULL));
  g_assert_cmpint (g_rename (part, path), ==, 0);
}

static void
test_file (void)
{
  g_autofree char *dir = folder ();
  g_autofree char *path = g_build_filename (dir, "seen 100%.png", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const BhSymbol *code;
  Eye eye;

  show (path, "R0000000001");
  eye_open (&eye, uri);
  wait_for (&eye, has_scanned, "scan");
  wait_for (&eye, has_rate, "rate");
  /* a second of frames and more: still one scan */
  g_assert_cmpstr (eye.scans->str, ==, "R0000000001 ");
  g_assert_cmpuint (eye.view->width, ==, 1280);
  g_assert_cmpuint (eye.view->height, ==, 720);
  g_assert_cmpuint (eye.view->pixels_width, ==, 640);
  g_assert_cmpuint (eye.view->pixels_height, ==, 360);
  /* and it is outlined where it stands in the small picture */
  g_assert_cmpuint (eye.view->codes->len, ==, 1);
  code = g_ptr_array_index (eye.view->codes, 0);
  for (guint i = 0; i < code->n_points; i++) {
    g_assert_cmpint (code->polygon[i].x, >, 200);
    g_assert_cmpint (code->polygon[i].x, <, 400);
    g_assert_cmpint (code->polygon[i].y, >, 140);
    g_assert_cmpint (code->polygon[i].y, <, 190);
  }
  /* another box */
  g_string_truncate (eye.scans, 0);
  show (path, "R0000000002");
  wait_for (&eye, has_scanned, "the next");
  g_assert_cmpstr (eye.scans->str, ==, "R0000000002 ");
  /* it vanishes, and comes back with a third one */
  g_unlink (path);
  wait_for (&eye, is_away, "away");
  g_assert_cmpuint (eye.view->width, ==, 0);
  g_string_truncate (eye.scans, 0);
  show (path, "R0000000003");
  wait_for (&eye, has_scanned, "back");
  g_assert_cmpstr (eye.scans->str, ==, "R0000000003 ");
  eye_close (&eye);
  g_unlink (path);
  g_rmdir (dir);
}

static gboolean
has_looked (Eye *eye)
{
  return eye->view->looks > 0;
}

/* What the site's labels do not use is not read, at no length (I5). */
static void
test_profile (void)
{
  g_autofree char *dir = folder ();
  g_autofree char *path = g_build_filename (dir, "both.png", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (Canvas) canvas = canvas_new (1280, 720);
  g_autoptr (GBytes) png = NULL;
  Eye eye;

  canvas_text (canvas, 420, 200, "SERIAL0001");
  canvas_code (canvas, 500, 400, 6, 0, BARCODE_QRCODE, DATA_MODE, "SERIAL0002", 10);
  png = canvas_file (canvas, "png");
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                      (gssize) g_bytes_get_size (png), NULL));
  eye_open_for (&eye, uri, BH_QR_CODE);
  wait_for (&eye, has_looked, "looks");
  g_assert_cmpstr (eye.scans->str, ==, "SERIAL0002 ");
  eye_close (&eye);
  eye_open_for (&eye, uri, BH_CODE_128);
  wait_for (&eye, has_looked, "looks");
  g_assert_cmpstr (eye.scans->str, ==, "SERIAL0001 ");
  eye_close (&eye);
  g_unlink (path);
  g_rmdir (dir);
}

/* A sequence of JPEGs, as a network camera sends them; one is torn. */
static void
test_torn (void)
{
  g_autofree char *dir = folder ();
  g_autofree char *uri = g_strconcat ("file://", dir, "/shot-%2502d.jpg", NULL);
  g_autoptr (Canvas) canvas = canvas_new (1280, 720);
  g_autoptr (GBytes) jpeg = NULL;
  Eye eye;

  canvas_text (canvas, 420, 300, "SERIAL0007");
  jpeg = canvas_file (canvas, "jpeg");
  for (int i = 0; i < 6; i++) {
    g_autofree char *name = g_strdup_printf ("%s/shot-%02d.jpg", dir, i);
    gsize size = g_bytes_get_size (jpeg);

    g_assert_true (g_file_set_contents (name, g_bytes_get_data (jpeg, NULL),
                                        (gssize) (i == 3 ? size / 3 : size), NULL));
  }
  eye_open (&eye, uri);
  wait_for (&eye, has_scanned, "scan");
  wait_for (&eye, has_rate, "rate");
  g_assert_cmpstr (eye.scans->str, ==, "SERIAL0007 ");
  eye_close (&eye);
  for (int i = 0; i < 6; i++) {
    g_autofree char *name = g_strdup_printf ("%s/shot-%02d.jpg", dir, i);

    g_unlink (name);
  }
  g_rmdir (dir);
}

/* What says its size is believed before it is decoded. */
static void
test_large_file (void)
{
  g_autofree char *dir = folder ();
  g_autofree char *path = g_build_filename (dir, "large.png", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (Canvas) canvas = canvas_new (8000, 100);
  g_autoptr (GBytes) png = canvas_file (canvas, "png");
  Eye eye;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                      (gssize) g_bytes_get_size (png), NULL));
  eye_open (&eye, uri);
  wait_for (&eye, is_too_large, "too large");
  g_assert_cmpuint (eye.view->width, ==, 8000);
  g_assert_cmpuint (eye.view->height, ==, 100);
  g_assert_true (g_file_set_contents (path, "no picture at all", -1, NULL));
  wait_for (&eye, is_silent, "no picture");
  /* and it is well again when its picture is */
  show (path, "SERIAL0010");
  wait_for (&eye, has_scanned, "scan");
  eye_close (&eye);
  g_unlink (path);
  g_rmdir (dir);
}

static void
on_photo (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GBytes *
photo (Eye *eye, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  bh_camera_photo_async (eye->camera, on_photo, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return bh_camera_photo_finish (result, error);
}

static void
test_photo (void)
{
  g_autofree char *dir = folder ();
  g_autofree char *path = g_build_filename (dir, "seen %d of %d.png", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = NULL;
  g_autoptr (GBytes) jpeg = NULL;
  g_autoptr (GPtrArray) symbols = NULL;
  Eye eye;

  eye_open (&eye, uri);
  wait_for (&eye, is_away, "away");
  none = photo (&eye, &error);
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
  g_assert_null (none);
  g_clear_error (&error);
  show (path, "SERIAL0008");
  wait_for (&eye, has_scanned, "scan");
  jpeg = photo (&eye, &error);
  g_assert_no_error (error);
  symbols = bh_decode_bytes (jpeg, "photo", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (symbols->len, ==, 1);
  eye_close (&eye);
  g_unlink (path);
  g_rmdir (dir);
}

/* What the quick look cannot read, a still reads a moment later; and it is one scan. */
static void
test_still (void)
{
  static const BhDecoder fast = { BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_FAST, 1 };
  static const BhDecoder normal = { BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_NORMAL, 1 };
  g_autofree char *dir = folder ();
  g_autofree char *path = g_build_filename (dir, "blurred.png", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (Canvas) canvas = NULL;
  g_autoptr (GBytes) png = NULL;
  Eye eye;

  /* blurred until it is only for the longer look */
  for (guint radius = 1; radius < 8 && png == NULL; radius++) {
    g_autoptr (Canvas) flat = canvas_new (1280, 720);
    g_autoptr (GPtrArray) quick = NULL;
    g_autoptr (GPtrArray) lengthy = NULL;

    canvas_text (flat, 420, 300, "SERIAL0009");
    canvas_blur (flat, radius);
    canvas_noise (flat, 7, 6);
    quick = bh_decoder_frame (&fast, flat->grey, flat->width, flat->height, NULL);
    lengthy = bh_decoder_frame (&normal, flat->grey, flat->width, flat->height, NULL);
    if (quick->len == 0 && lengthy->len == 1)
      png = canvas_file (flat, "png");
  }
  g_assert_nonnull (png);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                      (gssize) g_bytes_get_size (png), NULL));
  eye_open (&eye, uri);
  wait_for (&eye, has_scanned, "still");
  g_assert_cmpstr (eye.scans->str, ==, "SERIAL0009 ");
  eye_close (&eye);
  g_unlink (path);
  g_rmdir (dir);
}

/* ---- devices --------------------------------------------------------------------------------- */

static gboolean
has_two (Eye *eye)
{
  return eye->view->devices != NULL && eye->view->devices->len == 2;
}

static void
test_none (void)
{
  Eye eye;

  eye_open (&eye, "");
  wait_for (&eye, is_none, "none");
  /* it is plugged in, and taken by itself */
  fake_camera_plug ("Desk_Cam", "usb-1", BARS, RAW);
  wait_for (&eye, is_live, "live");
  g_assert_cmpstr (eye.view->name, ==, "Desk_Cam");
  fake_camera_unplug ("Desk_Cam");
  wait_for (&eye, is_none, "none again");
  eye_close (&eye);
}

/* The chosen camera comes back at another port, and no other one is taken in its place. */
static void
test_unplugged (void)
{
  Eye eye;
  const BhCameraDevice *device;

  fake_camera_plug ("Dock_Cam", "usb-1", BARS, RAW);
  fake_camera_plug ("Other_Cam", "usb-2", BLACK, RAW);
  eye_open (&eye, "device:Dock_Cam@usb-1");
  wait_for (&eye, is_live, "live");
  wait_for (&eye, has_two, "list");
  device = g_ptr_array_index (eye.view->devices, 1);
  g_assert_cmpstr (device->id, ==, "device:Other_Cam@usb-2");
  g_assert_cmpstr (device->name, ==, "Other_Cam");
  fake_camera_unplug ("Dock_Cam");
  wait_for (&eye, is_away, "away");
  g_assert_cmpstr (eye.view->name, ==, "Dock_Cam");
  g_assert_cmpuint (eye.view->trouble, ==, BH_CAMERA_WELL);
  fake_camera_plug ("Dock_Cam", "usb-7", BARS, RAW);
  wait_for (&eye, is_live, "back");
  g_assert_cmpstr (eye.view->name, ==, "Dock_Cam");
  eye_close (&eye);
  /* the station starts before its camera does */
  fake_camera_unplug ("Dock_Cam");
  eye_open (&eye, "device:Dock_Cam@usb-1");
  wait_for (&eye, is_away, "away from the start");
  g_assert_cmpstr (eye.view->name, ==, "Dock Cam");
  eye_close (&eye);
  fake_camera_unplug ("Other_Cam");
}

/* Of two alike, the one at its port. */
static void
test_alike (void)
{
  Eye eye;
  const BhCameraDevice *device;

  fake_camera_plug ("Twin", "usb-1", BARS, RAW);
  fake_camera_plug ("Twin", "usb-2", BLACK, RAW);
  eye_open (&eye, "device:Twin@usb-2");
  wait_for (&eye, is_black, "the black one");
  device = g_ptr_array_index (eye.view->devices, 0);
  g_assert_cmpstr (device->name, ==, "Twin (usb-1)");
  eye_close (&eye);
  fake_camera_unplug ("Twin");
  fake_camera_unplug ("Twin");
}

/* ---- bad pictures ------------------------------------------------------------------------------
 */

static const struct Bad {
  const char *path;
  const char *show;
  const char *caps;
  gboolean (*check) (Eye *eye);
} bad[] = {
  { "/scan/camera/bad/black", BLACK, RAW, is_black },
  { "/scan/camera/bad/one-a-second", "videotestsrc is-live=true",
    "video/x-raw,format=I420,width=1280,height=720,framerate=1/1", is_slow },
  { "/scan/camera/bad/8K-is-made-smaller", BARS,
    "video/x-raw,format=I420,width=7680,height=4320,framerate=30/1", is_live },
  { "/scan/camera/bad/larger-is-not-decoded", BARS,
    "video/x-raw,format=I420,width=15360,height=8640,framerate=30/1", is_too_large },
  { "/scan/camera/bad/a-pixel", BARS, "video/x-raw,format=I420,width=1,height=1,framerate=30/1",
    is_live },
  { "/scan/camera/bad/deep-colour", BARS,
    "video/x-raw,format=P010_10LE,width=640,height=480,framerate=30/1", is_live },
  { "/scan/camera/bad/packed", BARS, "video/x-raw,format=YUY2,width=642,height=481,framerate=30/1",
    is_live },
  { "/scan/camera/bad/grey", BARS, "video/x-raw,format=GRAY8,width=1282,height=33,framerate=30/1",
    is_live },
  { "/scan/camera/bad/jpeg", "videotestsrc is-live=true ! jpegenc",
    "image/jpeg,width=1280,height=720,framerate=30/1", is_live },
  { "/scan/camera/bad/sends-nothing", "videotestsrc is-live=true ! valve drop=true", RAW,
    is_silent },
};

static void
test_bad (gconstpointer data)
{
  const struct Bad *row = data;
  Eye eye;

  fake_camera_plug ("Bad", "usb-1", row->show, row->caps);
  eye_open (&eye, "device:Bad@usb-1");
  wait_for (&eye, row->check, row->path);
  if (row->check == is_too_large) {
    g_assert_cmpuint (eye.view->width, ==, 15360);
    g_assert_cmpuint (eye.view->height, ==, 8640);
  } else if (row->check == is_live) {
    g_assert_cmpuint (eye.view->pixels_width, <=, 640);
    g_assert_nonnull (eye.view->pixels);
  }
  eye_close (&eye);
  fake_camera_unplug ("Bad");
}

static void
test_addresses (void)
{
  static const struct {
    const char *address;
    gboolean (*check) (Eye *eye);
    const char *says;
  } rows[] = {
    { "rtsp://ann:secret@127.0.0.1/live", is_failed, "holds a password" },
    { "gopher://127.0.0.1/", is_failed, "begins with rtsp" },
    { "/dev/video0", is_failed, "begins with rtsp" },
    { "%s%s%n", is_failed, "begins with rtsp" },
    { "file:///nowhere/%25s%25n%25s.png", is_away, NULL },
    { "http://127.0.0.1:9/live.mjpg", is_failed, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Eye eye;

    g_test_message ("%s", rows[i].address);
    eye_open (&eye, rows[i].address);
    wait_for (&eye, rows[i].check, rows[i].address);
    if (rows[i].says != NULL) {
      g_assert_nonnull (strstr (eye.view->message, rows[i].says));
      g_assert_null (strstr (eye.view->message, "secret"));
    }
    eye_close (&eye);
  }
}

/* Opened and closed at once, many times: nothing is told afterwards, nothing is left. */
static void
on_never (BhCamera *camera, gpointer data)
{
  g_assert_false (*(gboolean *) data);
}

static void
test_closed (void)
{
  static gboolean closed;
  gboolean live = FALSE;
  BhCamera *late;

  fake_camera_plug ("Quick", "usb-1", BARS, RAW);
  for (int i = 0; i < 20; i++) {
    BhCamera *camera;

    closed = FALSE;
    camera = bh_camera_open ("", BH_SYMBOLOGIES_DEFAULT, on_never, &closed);
    if (i % 2 == 0)
      g_main_context_iteration (NULL, FALSE);
    bh_camera_close (camera);
    closed = TRUE;
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  /* what it had to say when it was closed is not said */
  closed = FALSE;
  late = bh_camera_open ("", BH_SYMBOLOGIES_DEFAULT, on_never, &closed);
  while (!live) {
    g_autoptr (BhCameraView) view = bh_camera_view (late);

    live = view->state == BH_CAMERA_LIVE;
    g_usleep (10000);
  }
  bh_camera_close (late);
  closed = TRUE;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fake_camera_unplug ("Quick");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  fake_cameras_init ();
  g_test_add_func ("/scan/camera/one-scan-while-in-sight", test_sightings);
  g_test_add_func ("/scan/camera/file", test_file);
  g_test_add_func ("/scan/camera/I5/profile", test_profile);
  g_test_add_func ("/scan/camera/torn-picture", test_torn);
  g_test_add_func ("/scan/camera/large-file-then-none", test_large_file);
  g_test_add_func ("/scan/camera/photo", test_photo);
  g_test_add_func ("/scan/camera/still", test_still);
  g_test_add_func ("/scan/camera/none-then-plugged-in", test_none);
  g_test_add_func ("/scan/camera/comes-back-at-another-port", test_unplugged);
  g_test_add_func ("/scan/camera/two-alike", test_alike);
  g_test_add_func ("/scan/camera/addresses", test_addresses);
  g_test_add_func ("/scan/camera/closed-at-once", test_closed);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_test_add_data_func (bad[i].path, &bad[i], test_bad);
  return g_test_run ();
}
