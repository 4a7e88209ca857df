/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "picture-chooser.h"

#include <glib/gi18n.h>

typedef struct {
  BhPictureTaken taken;
  gpointer data;
} Taker;

void
bh_picture_choose (GtkWidget *from, const char *title, gboolean pages, BhPictureTaken taken,
                   gpointer data)
{
  GtkWidget *window = gtk_widget_get_toplevel (from);
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      title, GTK_WINDOW (window), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, pages ? _ ("Pictures and PDF") : _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  if (pages)
    gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) == GTK_RESPONSE_ACCEPT) {
    g_autoslist (GFile) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));

    for (GSList *l = files; l != NULL; l = l->next)
      taken (l->data, data);
  }
}

static void
on_drag_data_received (GtkWidget *widget, GdkDragContext *context, int x, int y,
                       GtkSelectionData *selection, guint info, guint when, gpointer data)
{
  const Taker *taker = data;
  g_auto (GStrv) uris = gtk_selection_data_get_uris (selection);

  for (char **uri = uris; uri != NULL && *uri != NULL; uri++) {
    g_autoptr (GFile) file = g_file_new_for_uri (*uri);

    taker->taken (file, taker->data);
  }
}

void
bh_picture_take_drops (GtkWidget *widget, BhPictureTaken taken, gpointer data)
{
  Taker *taker = g_new0 (Taker, 1);

  *taker = (Taker){ taken, data };
  gtk_drag_dest_set (widget, GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
  gtk_drag_dest_add_uri_targets (widget);
  g_signal_connect_data (widget, "drag-data-received", G_CALLBACK (on_drag_data_received), taker,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
}
