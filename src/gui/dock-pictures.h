/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dock.h"

G_BEGIN_DECLS

/* What a dock takes with its eyes: pictures of the box, from files and from the camera, and codes
 * that come into the camera's sight. A picture is kept with the box (V7); what is read on it, and
 * what the camera reads, is scanned. Commands are not: a sheet of them that lies in sight would do
 * all it says. */
typedef struct _BhDockPictures BhDockPictures;

/* Takes @scan, as the page takes any. */
typedef void (*BhDockScanned) (BhScan *scan, gpointer page);

/* @page: of the dock, whose pane of the camera goes into @room; lives as long as @page */
BhDockPictures *bh_dock_pictures_new (GtkWidget *page, GtkBox *room, BhDock *dock, BhWorker *reads,
                                      BhDockScanned scanned);
/* A picture of the box. */
void bh_dock_pictures_open (BhDockPictures *self, GFile *file);
/* F3: of what the camera sees now, else of a file that is asked for. */
void bh_dock_pictures_photo (BhDockPictures *self);
/* F10: opens and closes the camera. */
void bh_dock_pictures_camera (BhDockPictures *self);
/* Pictures that are being read. */
guint bh_dock_pictures_waiting (BhDockPictures *self);

G_END_DECLS
