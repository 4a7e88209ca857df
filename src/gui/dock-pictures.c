/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "dock-pictures.h"

#include <glib/gi18n.h>

#include "backhaul/badge.h"
#include "camera-pane.h"
#include "dock-box.h"
#include "picture-chooser.h"
#include "picture.h"
#include "sounds.h"

#define KEY "bh-dock-pictures"

struct _BhDockPictures {
  gatomicrefcount refs; /* a picture that is read outlives the page */
  GtkWidget *page;      /* NULL: it is gone */
  BhDock *dock;
  BhWorker *reads;
  BhCameraPane *camera;
  BhDockScanned scanned;
  guint waiting;
};

static BhDockPictures *
pictures_ref (BhDockPictures *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
pictures_unref (BhDockPictures *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->dock);
  g_object_unref (self->reads);
  g_free (self);
}

/* ---- pictures ------------------------------------------------------------------ */

static gboolean
is_badge (const BhScan *scan)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (scan->bytes, &size);

  return text != NULL && bh_badge_is (text, size);
}

/* What hangs on the wall, or on who stands in the picture, is not on the box. */
static void
drop_others (GPtrArray *scans)
{
  for (guint i = scans->len; i > 0; i--) {
    const BhScan *scan = g_ptr_array_index (scans, i - 1);

    if (bh_scan_command (scan) != BH_COMMAND_NONE || is_badge (scan))
      g_ptr_array_remove_index (scans, i - 1);
  }
}

static void
on_picture_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  BhDockPictures *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPicture) picture = bh_picture_finish (result, &error);

  self->waiting--;
  if (self->page != NULL && picture == NULL) {
    bh_sounds_play ("fault");
    bh_dock_tell (self->dock, error->message);
  } else if (self->page != NULL) {
    gboolean none;

    drop_others (picture->scans);
    none = picture->scans->len == 0;
    bh_dock_photo (self->dock, g_steal_pointer (&picture->photo),
                   g_steal_pointer (&picture->scans));
    /* behind the picture, which takes away what was said before it */
    if (none)
      bh_dock_tell (self->dock, _ ("No barcode was read on the picture; it is kept with the box."));
  }
  pictures_unref (self);
}

void
bh_dock_pictures_open (BhDockPictures *self, GFile *file)
{
  self->waiting++;
  bh_picture_async (file, self->reads, on_picture_ready, pictures_ref (self));
}

static void
on_file (GFile *file, gpointer data)
{
  bh_dock_pictures_open (data, file);
}

/* ---- the camera ---------------------------------------------------------------- */

static void
on_photo (BhCameraPane *camera, GBytes *jpeg, BhDockPictures *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "camera-%Y%m%d-%H%M%S.jpg");

  bh_camera_pane_tell (camera, _ ("The photo is kept with the box."));
  self->waiting++;
  bh_picture_of_bytes_async (jpeg, name, "image/jpeg", self->reads, on_picture_ready,
                             pictures_ref (self));
}

static void
on_scanned (BhCameraPane *camera, const BhScan *scan, BhDockPictures *self)
{
  if (bh_scan_command (scan) == BH_COMMAND_NONE)
    self->scanned (bh_scan_copy (scan), self->page);
  else
    bh_camera_pane_tell (camera, _ ("A command is in sight. Commands are taken from the scanner "
                                    "and the keys only."));
}

void
bh_dock_pictures_photo (BhDockPictures *self)
{
  if (!bh_camera_pane_shoot (self->camera))
    bh_picture_choose (self->page, _ ("Picture of the box"), TRUE, on_file, self);
}

void
bh_dock_pictures_camera (BhDockPictures *self)
{
  bh_camera_pane_toggle (self->camera);
}

/* ---- life ---------------------------------------------------------------------- */

guint
bh_dock_pictures_waiting (BhDockPictures *self)
{
  return self->waiting;
}

static void
detach (BhDockPictures *self)
{
  self->page = NULL;
}

BhDockPictures *
bh_dock_pictures_new (GtkWidget *page, GtkBox *room, BhDock *dock, BhWorker *reads,
                      BhDockScanned scanned)
{
  BhDockPictures *self = g_new0 (BhDockPictures, 1);

  g_atomic_ref_count_init (&self->refs);
  self->page = page;
  self->dock = g_object_ref (dock);
  self->reads = g_object_ref (reads);
  self->scanned = scanned;
  self->camera = BH_CAMERA_PANE (
      bh_camera_pane_new (_ ("Hold the label into the picture; it is scanned by itself."), reads));
  gtk_box_pack_start (room, GTK_WIDGET (self->camera), FALSE, FALSE, 0);
  gtk_box_reorder_child (room, GTK_WIDGET (self->camera), 0);
  g_signal_connect (self->camera, "photo", G_CALLBACK (on_photo), self);
  g_signal_connect (self->camera, "scanned", G_CALLBACK (on_scanned), self);
  g_signal_connect_swapped (self->camera, "shoot", G_CALLBACK (bh_dock_pictures_photo), self);
  bh_picture_take_drops (page, on_file, self);
  g_signal_connect_swapped (page, "destroy", G_CALLBACK (detach), self);
  g_object_set_data_full (G_OBJECT (page), KEY, self, (GDestroyNotify) pictures_unref);
  return self;
}
