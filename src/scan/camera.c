/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "camera-private.h"

#include "backhaul/error.h"
#include "camera-frame.h"

/* A photo is of what is seen now. */
#define PHOTO_OLDEST_US G_TIME_SPAN_SECOND

/* Behind what the window draws: a camera never makes it wait. */
#define TELL_PRIORITY G_PRIORITY_DEFAULT_IDLE

static void
view_clear (gpointer data)
{
  BhCameraView *self = data;

  g_free (self->name);
  g_free (self->message);
  g_free (self->pixels);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
}

void
bh_camera_view_unref (BhCameraView *self)
{
  g_atomic_rc_box_release_full (self, view_clear);
}

BhCameraView *
bh_camera_view_new (const BhCameraView *like)
{
  BhCameraView *self = g_atomic_rc_box_new0 (BhCameraView);

  *self = *like;
  return self;
}

/* ---- life ----------------------------------------------------------------------- */

static BhCamera *
camera_ref (BhCamera *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
camera_unref (gpointer data)
{
  BhCamera *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->view, bh_camera_view_unref);
  g_clear_pointer (&self->sample, gst_sample_unref);
  g_ptr_array_unref (self->scans);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self->choice);
  g_free (self);
}

gboolean
bh_camera_is_closed (BhCamera *self)
{
  return g_atomic_int_get (&self->closed) != 0;
}

/* One at a time: a camera that is let go by one is free for the next. */
static gpointer
run (gpointer data)
{
  static GMutex one;
  BhCamera *self = data;

  g_mutex_lock (&one);
  bh_camera_work (self);
  g_mutex_unlock (&one);
  camera_unref (self);
  return NULL;
}

BhCamera *
bh_camera_open (const char *choice, guint symbologies, BhCameraChanged changed, gpointer data)
{
  BhCamera *self = g_new0 (BhCamera, 1);

  g_atomic_ref_count_init (&self->refs);
  self->choice = g_strdup (choice != NULL ? choice : "");
  self->symbologies = symbologies;
  self->changed = changed;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  self->scans = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
  self->view = bh_camera_view_new (&(BhCameraView){ .state = BH_CAMERA_STARTING });
  g_thread_unref (g_thread_new ("camera", run, camera_ref (self)));
  return self;
}

void
bh_camera_close (BhCamera *self)
{
  g_atomic_int_set (&self->closed, 1);
  camera_unref (self);
}

/* ---- what is told ----------------------------------------------------------------- */

static gboolean
on_told (gpointer data)
{
  BhCamera *self = data;

  g_mutex_lock (&self->mutex);
  self->told = FALSE;
  g_mutex_unlock (&self->mutex);
  if (!bh_camera_is_closed (self))
    self->changed (self, self->data);
  return G_SOURCE_REMOVE;
}

void
bh_camera_tell (BhCamera *self, BhCameraView *view, GPtrArray *scans)
{
  BhCameraView *before;
  gboolean tell;

  g_mutex_lock (&self->mutex);
  before = self->view;
  self->view = view;
  if (scans != NULL)
    g_ptr_array_extend_and_steal (self->scans, scans);
  tell = !self->told;
  self->told = TRUE;
  g_mutex_unlock (&self->mutex);
  bh_camera_view_unref (before);
  if (tell) {
    g_autoptr (GSource) source = g_idle_source_new ();

    g_source_set_priority (source, TELL_PRIORITY);
    g_source_set_callback (source, on_told, camera_ref (self), camera_unref);
    g_source_attach (source, self->context);
  }
}

BhCameraView *
bh_camera_view (BhCamera *self)
{
  BhCameraView *view;

  g_mutex_lock (&self->mutex);
  view = g_atomic_rc_box_acquire (self->view);
  g_mutex_unlock (&self->mutex);
  return view;
}

GPtrArray *
bh_camera_take_scans (BhCamera *self)
{
  GPtrArray *scans;

  g_mutex_lock (&self->mutex);
  scans = self->scans;
  self->scans = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
  g_mutex_unlock (&self->mutex);
  return scans;
}

/* ---- a photo ---------------------------------------------------------------------- */

void
bh_camera_keep_sample (BhCamera *self, GstSample *sample)
{
  GstSample *before;

  g_mutex_lock (&self->mutex);
  before = self->sample;
  self->sample = sample != NULL ? gst_sample_ref (sample) : NULL;
  self->sampled_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&before, gst_sample_unref);
}

static void
make_photo (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *jpeg = bh_frame_jpeg (data, &error);

  if (jpeg == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, jpeg, (GDestroyNotify) g_bytes_unref);
}

void
bh_camera_photo_async (BhCamera *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  GstSample *sample = NULL;

  g_task_set_source_tag (task, (gpointer) bh_camera_photo_async);
  g_mutex_lock (&self->mutex);
  if (self->sample != NULL && g_get_monotonic_time () - self->sampled_us <= PHOTO_OLDEST_US)
    sample = gst_sample_ref (self->sample);
  g_mutex_unlock (&self->mutex);
  if (sample == NULL) {
    g_task_return_new_error (task, BH_ERROR, BH_ERROR_NOT_FOUND,
                             "camera: it sends no picture now; wait until its picture is seen");
    return;
  }
  g_task_set_task_data (task, sample, (GDestroyNotify) gst_sample_unref);
  g_task_run_in_thread (task, make_photo);
}

GBytes *
bh_camera_photo_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) bh_camera_photo_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
