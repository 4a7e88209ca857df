/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pictures that a person points at. */
typedef void (*BhPictureTaken) (GFile *file, gpointer data);

/* Asks which, and calls @taken for each. @pages: PDF files too */
void bh_picture_choose (GtkWidget *from, const char *title, gboolean pages, BhPictureTaken taken,
                        gpointer data);
/* Calls @taken for each file that is dropped on @widget, while it lives. */
void bh_picture_take_drops (GtkWidget *widget, BhPictureTaken taken, gpointer data);

G_END_DECLS
