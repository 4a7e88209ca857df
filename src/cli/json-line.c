/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "json-line.h"

#include <stdio.h>

#include "backhaul/calendar.h"

static void
add_escaped (GString *line, unsigned char c)
{
  static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt";

  for (const char *name = named; *name != '\0'; name += 2)
    if (c == (unsigned char) name[0]) {
      g_string_append_c (line, '\\');
      g_string_append_c (line, name[1]);
      return;
    }
  g_string_append_printf (line, "\\u%04x", c);
}

static void
add_text (GString *line, const char *text)
{
  const char *plain = text;

  g_string_append_c (line, '"');
  for (const char *at = text;; at++) {
    unsigned char c = (unsigned char) *at;

    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
      continue;
    g_string_append_len (line, plain, at - plain);
    if (c == '\0')
      break;
    add_escaped (line, c);
    plain = at + 1;
  }
  g_string_append_c (line, '"');
}

static void
add_key (GString *line, const char *key)
{
  if (line->str[line->len - 1] != '{')
    g_string_append_c (line, ',');
  g_string_append_c (line, '"');
  g_string_append (line, key);
  g_string_append (line, "\":");
}

GString *
cli_line_new (void)
{
  GString *line = g_string_sized_new (1024);

  g_string_append_c (line, '{');
  return line;
}

void
cli_line_set_raw (GString *line, const char *key, const char *value)
{
  add_key (line, key);
  g_string_append (line, value);
}

void
cli_line_set (GString *line, const char *key, const char *value)
{
  if (value == NULL) {
    cli_line_set_raw (line, key, "null");
    return;
  }
  add_key (line, key);
  add_text (line, value);
}

void
cli_line_set_int (GString *line, const char *key, gint64 value)
{
  char number[24];

  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, value);
  cli_line_set_raw (line, key, number);
}

void
cli_line_set_bool (GString *line, const char *key, gboolean value)
{
  cli_line_set_raw (line, key, value ? "true" : "false");
}

void
cli_line_set_list (GString *line, const char *key, char **values)
{
  add_key (line, key);
  g_string_append_c (line, '[');
  for (char **value = values; value != NULL && *value != NULL; value++) {
    if (value != values)
      g_string_append_c (line, ',');
    add_text (line, *value);
  }
  g_string_append_c (line, ']');
}

void
cli_line_set_time (GString *line, const char *key, gint64 at_us)
{
  g_autofree char *text = at_us != 0 ? bh_time_format (at_us, NULL) : NULL;

  cli_line_set (line, key, text);
}

void
cli_line_print (GString *line)
{
  g_string_append (line, "}\n");
  fwrite (line->str, 1, line->len, stdout);
  g_string_free (line, TRUE);
}
