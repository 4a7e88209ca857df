/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <handy.h>
#include <locale.h>

#include "page.h"
#include "window.h"

typedef struct {
  char *store;
  char *dock;
  char *station;
  char *page;
} Options;

static void
on_activate (GtkApplication *application, gpointer data)
{
  const Options *options = data;
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GtkWidget *window = GTK_WIDGET (gtk_application_get_active_window (application));

  if (window == NULL) {
    gtk_css_provider_load_from_resource (style, "/org/backhaul/Backhaul/style.css");
    gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                               GTK_STYLE_PROVIDER (style),
                                               GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    window =
        bh_window_new (application, options->store, options->dock, options->station, options->page);
  }
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_startup (GApplication *application, gpointer data)
{
  hdy_init ();
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, "sqlite:PATH or postgresql://…", "URI" },
    { "dock", 0, 0, G_OPTION_ARG_STRING, &options.dock, "At which dock", "CODE" },
    { "station", 0, 0, G_OPTION_ARG_STRING, &options.station, "At which station", "NAME" },
    { "page", 0, 0, G_OPTION_ARG_STRING, &options.page, "dock, returns or unit", "PAGE" },
    { NULL }
  };
  g_autoptr (GtkApplication) application = NULL;
  const char *named = g_getenv ("BACKHAUL_STORE");
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* several docks may stand at one computer: each start is a window of its own */
  application = gtk_application_new ("org.backhaul.Backhaul", G_APPLICATION_NON_UNIQUE);
  g_application_add_main_option_entries (G_APPLICATION (application), entries);
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &options);
  options.store = named != NULL && *named != '\0'
                      ? g_strdup (named)
                      : g_strdup_printf ("sqlite:%s/backhaul/backhaul.db", g_get_user_data_dir ());
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_free (options.store);
  g_free (options.dock);
  g_free (options.station);
  g_free (options.page);
  return status;
}
