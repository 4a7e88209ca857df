/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "camera-choice.h"

#include "settings.h"

#define KEY "camera"

static char *of_this_run; /* NULL: the setting's */

char *
bh_camera_choice (void)
{
  g_autoptr (GSettings) settings = NULL;

  if (of_this_run != NULL)
    return g_strdup (of_this_run);
  settings = bh_settings_new ();
  return settings != NULL ? g_settings_get_string (settings, KEY) : g_strdup ("");
}

void
bh_camera_choose (const char *choice)
{
  g_autoptr (GSettings) settings = of_this_run == NULL ? bh_settings_new () : NULL;

  if (settings != NULL) {
    g_settings_set_string (settings, KEY, choice);
    return;
  }
  g_free (of_this_run);
  of_this_run = g_strdup (choice);
}

void
bh_camera_choice_from_line (const char *choice)
{
  g_free (of_this_run);
  of_this_run = choice != NULL && g_path_is_absolute (choice)
                    ? g_filename_to_uri (choice, NULL, NULL)
                    : g_strdup (choice);
}
