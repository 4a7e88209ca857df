/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-job-private.h"
#include "page.h"
#include "private-file.h"

/* ---- photos of the unit, by one key ----------------------------------------------- */

typedef struct {
  BhBenchJob *self;
  GFile *file;
  char *job; /* that was on screen */
} Shot;

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Shot *shot = data;
  g_autoptr (BhBenchJob) self = shot->self;
  g_autoptr (GFile) file = shot->file;
  g_autofree char *job = shot->job;
  g_autoptr (GError) error = NULL;
  gboolean ok = g_file_replace_contents_finish (file, result, NULL, &error);

  if (self->gone)
    return;
  if (!ok)
    bh_bench_job_tell (self, error->message);
  else if (self->sight == NULL || self->sight->job == NULL ||
           g_strcmp0 (self->sight->job->job, job) != 0)
    bh_bench_job_tell (self, _ ("The photo was of another job, and is not kept; take it again."));
  else
    bh_bench_job_take_photo (file, self);
}

static void
on_photo (BhCameraPane *camera, GBytes *jpeg, BhBenchJob *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_private_path_of ("camera", "jpg", &error);
  Shot *shot;

  if (path == NULL || self->sight == NULL || self->sight->job == NULL) {
    bh_bench_job_tell (self, error != NULL ? error->message : NULL);
    return;
  }
  shot = g_new0 (Shot, 1);
  *shot =
      (Shot){ g_object_ref (self), g_file_new_for_path (path), g_strdup (self->sight->job->job) };
  g_file_replace_contents_bytes_async (shot->file, jpeg, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       on_written, shot);
}

/* Of what the camera sees now, else of files that are asked for. */
static void
shoot (BhBenchJob *self)
{
  if (!gtk_widget_get_visible (self->buttons[BH_JOB_PHOTOS]))
    bh_bench_job_tell (self, _ ("Photos are kept with a job that is being worked on."));
  else if (!bh_camera_pane_shoot (self->camera))
    bh_bench_job_choose_photos (NULL, self);
}

void
bh_bench_job_toggle_camera (GtkWidget *button, BhBenchJob *self)
{
  bh_camera_pane_toggle (self->camera);
}

/* The same keys as at the dock; the focus is always on a job's screen. */
static gboolean
on_key (GtkWidget *widget, GdkEventKey *event, BhBenchJob *self)
{
  if ((event->state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (event->keyval == GDK_KEY_F3)
    shoot (self);
  else if (event->keyval == GDK_KEY_F10)
    bh_camera_pane_toggle (self->camera);
  else if (event->keyval == GDK_KEY_F8 && gtk_widget_get_visible (self->buttons[BH_JOB_8D]))
    bh_bench_job_open_8d (NULL, self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

GtkWidget *
bh_bench_job_add_camera (BhBenchJob *self)
{
  /* codes of other units lie on a bench: a job is not left for them */
  self->camera = BH_CAMERA_PANE (bh_camera_pane_new (
      _ ("F3 takes a photo for this job. Codes in sight are not scanned here."), self->reads));
  gtk_widget_set_no_show_all (GTK_WIDGET (self->camera), TRUE);
  g_signal_connect (self->camera, "photo", G_CALLBACK (on_photo), self);
  g_signal_connect_swapped (self->camera, "shoot", G_CALLBACK (shoot), self);
  g_signal_connect (self, "key-press-event", G_CALLBACK (on_key), self);
  return GTK_WIDGET (self->camera);
}
