/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An empty GTK window: what the first page of the application is compared with. */
#include <gtk/gtk.h>

static void
on_activate (GtkApplication *application, gpointer data)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *label = gtk_label_new ("READY");

  atk_object_set_accessible_id (gtk_widget_get_accessible (label), "verdict");
  gtk_container_add (GTK_CONTAINER (window), label);
  gtk_window_set_title (GTK_WINDOW (window), "Backhaul");
  gtk_window_maximize (GTK_WINDOW (window));
  gtk_widget_show_all (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("org.backhaul.Empty", G_APPLICATION_NON_UNIQUE);

  g_set_prgname ("backhaul");
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
