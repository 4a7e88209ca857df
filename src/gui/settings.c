/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "settings.h"

#define SCHEMA          "org.backhaul.Backhaul"
#define OFFLINE_SECONDS 5 /* as the schema has it */

/* Whoever starts a program that is not installed means the schema that was built with it:
 * BUILD/src/gui/backhaul has BUILD/data. */
static GSettingsSchemaSource *
find_source (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *built = g_build_filename (folder, "..", "..", "data", NULL);
  g_autofree char *compiled = g_build_filename (built, "gschemas.compiled", NULL);
  GSettingsSchemaSource *found = NULL;

  if (g_file_test (compiled, G_FILE_TEST_IS_REGULAR))
    found = g_settings_schema_source_new_from_directory (built, installed, TRUE, NULL);
  if (found != NULL)
    return found;
  return installed != NULL ? g_settings_schema_source_ref (installed) : NULL;
}

GSettings *
bh_settings_new (void)
{
  g_autoptr (GSettingsSchemaSource) source = find_source ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  /* a schema of another version would end the program at the first key it lacks */
  if (schema == NULL || !g_settings_schema_has_key (schema, BH_SETTING_LOCK_AFTER) ||
      !g_settings_schema_has_key (schema, BH_SETTING_OFFLINE) ||
      !g_settings_schema_has_key (schema, BH_SETTING_DOCK))
    return NULL;
  return g_settings_new_full (schema, NULL, NULL);
}

guint
bh_settings_offline (GSettings *self)
{
  return self != NULL ? g_settings_get_uint (self, BH_SETTING_OFFLINE) : OFFLINE_SECONDS;
}

char *
bh_settings_text (GSettings *self, const char *key)
{
  g_autofree char *text = self != NULL ? g_settings_get_string (self, key) : NULL;

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

void
bh_settings_keyboard (GSettings *self, BhKeyboardRules *rules)
{
  bh_wedge_rules_init (&rules->wedge);
  rules->us_layout = FALSE;
  rules->recognise_us = TRUE;
  if (self == NULL)
    return;
  rules->wedge.gap_ms = g_settings_get_uint (self, BH_SETTING_GAP);
  rules->wedge.pause_ms = g_settings_get_uint (self, BH_SETTING_PAUSE);
  rules->wedge.min_length = g_settings_get_uint (self, BH_SETTING_LEAST_LENGTH);
  rules->us_layout = g_settings_get_boolean (self, BH_SETTING_US_LAYOUT);
  rules->recognise_us = g_settings_get_boolean (self, BH_SETTING_RECOGNISE_US);
}
