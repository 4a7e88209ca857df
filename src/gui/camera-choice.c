/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "camera-choice.h"

#include <gio/gio.h>

#define SCHEMA "org.backhaul.Backhaul"
#define KEY    "camera"

static char *of_this_run; /* NULL: the setting's */

/* NULL: run from a source tree, nothing is installed that knows the key */
static GSettings *
settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  return schema != NULL && g_settings_schema_has_key (schema, KEY) ? g_settings_new (SCHEMA) : NULL;
}

char *
bh_camera_choice (void)
{
  g_autoptr (GSettings) settings = NULL;

  if (of_this_run != NULL)
    return g_strdup (of_this_run);
  settings = settings_new ();
  return settings != NULL ? g_settings_get_string (settings, KEY) : g_strdup ("");
}

void
bh_camera_choose (const char *choice)
{
  g_autoptr (GSettings) settings = of_this_run == NULL ? settings_new () : NULL;

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
