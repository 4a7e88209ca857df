/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <stdio.h>
#include <string.h>

#include "backhaul/calendar.h"
#include "backhaul/json-text.h"
#include "cli.h"

/* What an error is called in JSON, and how it exits (CLI.md). */
static const struct {
  const char *name;
  int exit_code;
} codes[] = {
  [BH_ERROR_USAGE] = { "usage", CLI_USAGE },
  [BH_ERROR_INPUT] = { "bad-input", CLI_INPUT },
  [BH_ERROR_NO_SYMBOL] = { "no-symbol", CLI_INPUT },
  [BH_ERROR_REFUSED] = { "refused", CLI_NO },
  [BH_ERROR_NOT_FOUND] = { "not-found", CLI_NO },
  [BH_ERROR_FORBIDDEN] = { "forbidden", CLI_FORBIDDEN },
  [BH_ERROR_BUSY] = { "busy", CLI_STORE },
  [BH_ERROR_LOST] = { "lost", CLI_STORE },
  [BH_ERROR_CONSTRAINT] = { "constraint", CLI_STORE },
  [BH_ERROR_CORRUPT] = { "corrupt", CLI_STORE },
  [BH_ERROR_NEWER] = { "newer", CLI_STORE },
  [BH_ERROR_NOT_OURS] = { "not-ours", CLI_STORE },
  [BH_ERROR_READ_ONLY] = { "read-only", CLI_STORE },
  [BH_ERROR_FULL] = { "full", CLI_STORE },
  [BH_ERROR_STORE] = { "store", CLI_STORE },
  [BH_ERROR_NO_COVERAGE] = { "no-coverage", CLI_NO },
  [BH_ERROR_THIRD_PARTY] = { "third-party", CLI_NO },
  [BH_ERROR_ALREADY_AWAITED] = { "already-awaited", CLI_NO },
};

/* One line, whatever stood in the message: an error of ours is read by scripts. */
static char *
one_line (const char *message)
{
  char *text = g_utf8_make_valid (message, -1);

  for (char *c = text; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      *c = ' ';
  return g_strstrip (text);
}

static int
say_error (Cli *cli, const char *code, const char *rule, const char *message, int exit_code)
{
  g_autofree char *line = one_line (message);

  fprintf (stderr, "backhaulctl: %s\n", line);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    json_builder_set_member_name (object, "error");
    json_builder_begin_object (object);
    cli_set (object, "code", code);
    cli_set (object, "message", line);
    if (rule != NULL)
      cli_set (object, "rule", rule);
    json_builder_end_object (object);
    cli_emit (object);
  }
  return exit_code;
}

int
cli_fail_rule (Cli *cli, const char *rule, GError *error)
{
  g_autoptr (GError) taken = error;
  gboolean ours = taken->domain == BH_ERROR && (guint) taken->code < G_N_ELEMENTS (codes);

  return say_error (cli, ours ? codes[taken->code].name : "system", rule, taken->message,
                    ours ? codes[taken->code].exit_code : CLI_STORE);
}

int
cli_fail (Cli *cli, GError *error)
{
  g_autofree char *rule = bh_error_rule (error);

  return cli_fail_rule (cli, rule, error);
}

int
cli_usage (Cli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  return say_error (cli, "usage", NULL, text, CLI_USAGE);
}

int
cli_worse (int one, int other)
{
  return MAX (one, other);
}

void
cli_say (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  line = one_line (text);
  fprintf (stderr, "backhaulctl: %s\n", line);
}

void
cli_print (const char *format, ...)
{
  va_list values;

  va_start (values, format);
  vprintf (format, values);
  va_end (values);
}

JsonBuilder *
cli_object (void)
{
  JsonBuilder *object = json_builder_new ();

  json_builder_begin_object (object);
  return object;
}

void
cli_set (JsonBuilder *object, const char *key, const char *value)
{
  json_builder_set_member_name (object, key);
  if (value == NULL)
    json_builder_add_null_value (object);
  else
    json_builder_add_string_value (object, value);
}

void
cli_set_int (JsonBuilder *object, const char *key, gint64 value)
{
  json_builder_set_member_name (object, key);
  json_builder_add_int_value (object, value);
}

void
cli_set_bool (JsonBuilder *object, const char *key, gboolean value)
{
  json_builder_set_member_name (object, key);
  json_builder_add_boolean_value (object, value);
}

void
cli_set_null (JsonBuilder *object, const char *key)
{
  cli_set (object, key, NULL);
}

void
cli_set_list (JsonBuilder *object, const char *key, char **values)
{
  json_builder_set_member_name (object, key);
  json_builder_begin_array (object);
  for (char **value = values; value != NULL && *value != NULL; value++)
    json_builder_add_string_value (object, *value);
  json_builder_end_array (object);
}

void
cli_set_words (JsonBuilder *object, const char *key, const GPtrArray *words)
{
  json_builder_set_member_name (object, key);
  json_builder_begin_array (object);
  for (guint i = 0; i < words->len; i++)
    json_builder_add_string_value (object, g_ptr_array_index (words, i));
  json_builder_end_array (object);
}

void
cli_set_time (JsonBuilder *object, const char *key, gint64 at_us, const char *zone)
{
  g_autoptr (GTimeZone) tz = zone != NULL ? bh_zone (zone) : NULL;
  g_autofree char *text = at_us != 0 ? bh_time_format (at_us, tz) : NULL;

  cli_set (object, key, text);
}

void
cli_emit (JsonBuilder *object)
{
  g_autofree char *text = bh_json_end (object);

  puts (text);
  g_object_unref (object);
}

gboolean
cli_time (const char *at, gint64 *now_us, GError **error)
{
  if (at != NULL)
    return bh_time_parse (at, NULL, now_us, error);
  *now_us = bh_now_us ();
  return TRUE;
}

gboolean
cli_has_reason (Cli *cli, const char *command, const char *reason)
{
  /* blanks are no reason */
  if (reason != NULL && reason[strspn (reason, " \t\r\n")] != '\0')
    return TRUE;
  cli_usage (cli, "%s: --reason is needed; say why", command);
  return FALSE;
}
