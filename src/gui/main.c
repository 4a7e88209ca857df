/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <glib/gi18n.h>
#include <locale.h>

#include <glib-unix.h>

#include "backhaul/operators.h"
#include "camera-choice.h"
#include "closing.h"
#include "first-start.h"
#include "private-file.h"
#include "settings.h"
#include "store-calls.h"
#include "store-password.h"
#include "window-keys.h"
#include "window.h"

#define APPLICATION_ID "org.backhaul.Backhaul"

typedef struct {
  char *store;
  char *dock;
  char *station;
  char *page;
  char *camera;
  gboolean version;
} Options;

static int
on_local_options (GApplication *application, GVariantDict *dict, gpointer data)
{
  const Options *options = data;

  if (!options->version)
    return -1; /* go on */
  g_print ("backhaul %s\n", BACKHAUL_VERSION);
  return 0;
}

/* As the command line does: --store, BACKHAUL_STORE, and then what this station works on, the
 * user's own. NULL: nothing was chosen yet. */
static char *
store_uri (const Options *options, GSettings *settings)
{
  const char *named = g_getenv ("BACKHAUL_STORE");
  char *chosen;

  if (options->store != NULL)
    return g_strdup (options->store);
  if (named != NULL && *named != '\0')
    return g_strdup (named);
  chosen = bh_settings_text (settings, BH_SETTING_STORE);
  if (chosen != NULL)
    bh_store_password_use ();
  return chosen != NULL || !bh_store_is_on_this_computer () ? chosen : bh_store_of_this_computer ();
}

static void
on_startup (GApplication *application, gpointer data)
{
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();

  hdy_init ();
  bh_window_keys_press_at_once ();
  gtk_css_provider_load_from_resource (css, "/org/backhaul/ui/backhaul.css");
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (), GTK_STYLE_PROVIDER (css),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_window_set_default_icon_name (APPLICATION_ID);
}

static gboolean
on_told_to_end (gpointer data)
{
  g_autolist (GtkWindow) windows = NULL;

  bh_closing_leave_dialogs ();
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    bh_closing_end (l->data);
  return G_SOURCE_CONTINUE;
}

static GtkWindow *
window_on (GtkApplication *application, const Options *options, const char *uri)
{
  g_autoptr (GSettings) settings = bh_settings_new ();
  g_autofree char *dock = bh_settings_text (settings, BH_SETTING_DOCK);
  g_autofree char *station = bh_settings_text (settings, BH_SETTING_STATION);

  return GTK_WINDOW (bh_window_new (application, uri, options->dock != NULL ? options->dock : dock,
                                    options->station != NULL ? options->station : station,
                                    options->page));
}

static void
on_chosen (BhFirstStart *first, const char *uri, gpointer data)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (first));

  gtk_window_present (window_on (application, data, uri));
  gtk_widget_destroy (GTK_WIDGET (first));
}

static void
on_activate (GApplication *application, gpointer data)
{
  Options *options = data;
  g_autoptr (GSettings) settings = bh_settings_new ();
  g_autofree char *uri = store_uri (options, settings);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  bh_camera_choice_from_line (options->camera);
  if (window == NULL && uri != NULL)
    window = window_on (GTK_APPLICATION (application), options, uri);
  if (window == NULL) {
    bh_store_password_use ();
    window = GTK_WINDOW (bh_first_start_new (GTK_APPLICATION (application)));
    g_signal_connect (window, "chosen", G_CALLBACK (on_chosen), options);
  }
  gtk_window_present (window);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, N_ ("sqlite:PATH or postgresql://…"),
      "URI" },
    { "dock", 0, 0, G_OPTION_ARG_STRING, &options.dock, N_ ("Which dock this is"), "CODE" },
    { "station", 0, 0, G_OPTION_ARG_STRING, &options.station, N_ ("Which station this is"),
      "NAME" },
    { "page", 0, 0, G_OPTION_ARG_STRING, &options.page,
      N_ ("Which page is shown first: dock, returns, due …"), "PAGE" },
    { "camera", 0, 0, G_OPTION_ARG_STRING, &options.camera,
      N_ ("Which camera, in place of the one that was chosen"), "CAMERA" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, N_ ("Tell the version"), NULL },
    { NULL }
  };
  g_autoptr (GtkApplication) application = NULL;
  int status;

  bh_pin_no_core ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BACKHAUL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Backhaul"));
  /* a station may show two docks: not unique */
  application = gtk_application_new (APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_application_add_main_option_entries (G_APPLICATION (application), entries);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_local_options), &options);
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), &options);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &options);
  g_unix_signal_add (SIGTERM, on_told_to_end, application);
  g_unix_signal_add (SIGHUP, on_told_to_end, application);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  bh_private_clean ();
  return status;
}
