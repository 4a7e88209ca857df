/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/trail.h"

#include <json-glib/json-glib.h>

static void
add_member (JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  GString *lines = data;
  g_autofree char *value = NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    return;
  value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
              ? json_node_dup_string (node)
              : json_to_string (node, FALSE);
  g_string_append_printf (lines, "%s%s: %s", lines->len > 0 ? "\n" : "", name, value);
}

char *
bh_trail_lines (const char *value)
{
  g_autoptr (JsonNode) node = NULL;
  GString *lines;

  if (value == NULL || *value != '{')
    return g_strdup (value);
  node = json_from_string (value, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (value);
  lines = g_string_new (NULL);
  json_object_foreach_member (json_node_get_object (node), add_member, lines);
  return g_string_free (lines, FALSE);
}
