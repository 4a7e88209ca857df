/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-job-private.h"
#include "file-chooser.h"
#include "page.h"
#include "picture-chooser.h"
#include "private-file.h"

/* ---- photos and readings --------------------------------------------------------- */

void
bh_bench_job_take_photo (GFile *file, gpointer data)
{
  BhBenchJob *self = data;
  char *path = g_file_get_path (file);

  if (path == NULL || self->sight == NULL ||
      !bh_step_may_write (self->sight, self->correcting != 0)) {
    g_free (path);
    return;
  }
  g_ptr_array_add (self->photos, path);
  bh_bench_job_save (self, FALSE);
}

void
bh_bench_job_choose_photos (GtkWidget *button, BhBenchJob *self)
{
  bh_picture_choose (GTK_WIDGET (self), _ ("Photos of the unit"), FALSE, bh_bench_job_take_photo,
                     self);
}

void
bh_bench_job_choose_readings (GtkWidget *button, BhBenchJob *self)
{
  g_autofree char *path =
      bh_file_choose (GTK_WIDGET (self), _ ("Readings: name,value,low,high a line"),
                      GTK_FILE_CHOOSER_ACTION_OPEN, NULL);
  BhBenchAct *act;

  if (path == NULL)
    return;
  act = bh_bench_act_new (BH_DO_LOG, self->sight->job->job);
  act->readings = g_steal_pointer (&path);
  bh_bench_job_do (self, act);
}

/* ---- the report ------------------------------------------------------------------- */

typedef struct {
  BhBenchJob *self;
  gboolean save;
} Ask;

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhBenchJob) self = ask->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_worker_finish (result, &error);
  g_autofree char *saved = NULL;

  if (self->gone)
    return;
  if (path != NULL && ask->save) {
    saved = g_strdup_printf (_ ("Saved as %s"), path);
    bh_bench_job_tell (self, saved);
  } else if (path == NULL || !bh_private_open (GTK_WIDGET (self), path, &error)) {
    bh_bench_job_tell (self, error->message);
  }
}

static void
make (BhBenchJob *self, int version, const char *layout, const char *path)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), path != NULL };
  bh_call_bench_report_async (self->reads, self->sight->job->job, version, layout, path, on_made,
                              ask);
}

void
bh_bench_job_open_report (BhBenchJob *self, int version)
{
  make (self, version, NULL, NULL);
}

void
bh_bench_job_open_newest (GtkWidget *button, BhBenchJob *self)
{
  make (self, self->sight->job->versions, NULL, NULL);
}

void
bh_bench_job_open_8d (GtkWidget *button, BhBenchJob *self)
{
  make (self, self->sight->job->versions, "8d", NULL);
}

void
bh_bench_job_save_report (GtkWidget *button, BhBenchJob *self)
{
  const BhJob *job = self->sight->job;
  g_autofree char *name = g_strdup_printf ("%s-%d.pdf", job->job, job->versions);
  g_autofree char *path =
      bh_file_choose (GTK_WIDGET (self), _ ("Save the report"), GTK_FILE_CHOOSER_ACTION_SAVE, name);

  if (path != NULL)
    make (self, job->versions, NULL, path);
}
