/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "file-chooser.h"

char *
bh_file_choose (GtkWidget *from, const char *title, GtkFileChooserAction action, const char *name)
{
  GtkWidget *window = gtk_widget_get_toplevel (from);
  g_autoptr (GtkFileChooserNative) chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (window), action, NULL, NULL);

  if (name != NULL) {
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (chooser), TRUE);
  }
  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) != GTK_RESPONSE_ACCEPT)
    return NULL;
  return gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (chooser));
}
