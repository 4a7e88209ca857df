/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "settings.h"

#include <gio/gio.h>

#define SCHEMA "org.backhaul.Backhaul"

void
bh_settings_wedge (BhWedgeRules *rules, gboolean *us_layout)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;

  bh_wedge_rules_init (rules);
  /* run from a source tree nothing is installed, and g_settings_new() would abort */
  if (schema == NULL || !g_settings_schema_has_key (schema, "scanner-gap"))
    return;
  settings = g_settings_new (SCHEMA);
  rules->gap_ms = g_settings_get_uint (settings, "scanner-gap");
  rules->pause_ms = g_settings_get_uint (settings, "scanner-pause");
  rules->min_length = g_settings_get_uint (settings, "scanner-least-length");
  *us_layout = g_settings_get_boolean (settings, "scanner-us-layout");
}
