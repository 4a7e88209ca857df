/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads messages as JSON lines; writes the bytes of each, or sends them:
 *   post bytes | post smtp URL | post maildir FOLDER | post address TEXT | post line TEXT
 * or fills a template, as a JSON object, from fields as JSON ("sample": an example of all):
 *   post template FOLDER KIND LANGUAGE */

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "backhaul/mail-template.h"
#include "backhaul/mailer.h"

static char *
text_of (JsonObject *object, const char *key)
{
  return g_strdup (json_object_get_string_member_with_default (object, key, NULL));
}

static BhMessage *
read_message (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object = json_node_get_object (node);
  BhMessage *message = bh_message_new ();
  g_autofree char *attached = text_of (object, "attached");

  message->from = text_of (object, "from");
  message->from_name = text_of (object, "from_name");
  message->to = text_of (object, "to");
  message->to_name = text_of (object, "to_name");
  message->subject = text_of (object, "subject");
  message->text = text_of (object, "text");
  message->html = text_of (object, "html");
  message->message_id = text_of (object, "message_id");
  message->language = text_of (object, "language");
  message->date_us = G_GINT64_CONSTANT (1795507200000000); /* 2026-11-24T08:00:00Z */
  if (attached != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new ("%PDF-\0\xff\r\n.\r\n", 12);

    bh_message_attach (message, attached, "application/pdf", bytes);
  }
  return message;
}

static int
tell (GError *error)
{
  printf ("%s\n", error->message);
  g_error_free (error);
  return 3;
}

static void
deliver (BhMailer *mailer, const BhMessage *message)
{
  static const char *const names[] = { "sent", "later", "refused", "lost", "unreachable" };
  g_autofree char *answer = NULL;
  BhMailResult result = bh_mailer_send (mailer, message, &answer);

  printf ("%s %s\n", names[result], answer != NULL ? answer : "");
  fflush (stdout);
}

static int
each_line (BhMailer *mailer)
{
  g_autofree char *line = NULL;
  size_t room = 0;
  GError *error = NULL;

  while (getline (&line, &room, stdin) > 0) {
    g_autoptr (BhMessage) message = read_message (line);
    g_autoptr (GBytes) bytes = NULL;

    if (mailer != NULL) {
      deliver (mailer, message);
      continue;
    }
    bytes = bh_message_bytes (message, FALSE, &error);
    if (bytes == NULL)
      return tell (error);
    fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout);
  }
  return 0;
}

static void
fill_row (JsonObject *object, BhMailFields *fields)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *at = names; at != NULL; at = at->next) {
    const char *name = at->data;
    JsonNode *node = json_object_get_member (object, name);
    const char *value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

    if (JSON_NODE_HOLDS_ARRAY (node)) {
      JsonArray *rows = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (rows); i++)
        fill_row (json_array_get_object_element (rows, i), bh_mail_fields_add (fields, name));
    } else if (g_str_has_suffix (name, "return_by") || g_str_has_suffix (name, "received")) {
      bh_mail_fields_set_day (fields, name, value);
    } else if (g_str_has_suffix (name, "total") || g_str_has_suffix (name, "price")) {
      bh_mail_fields_set_amount (fields, name, value, "USD");
    } else {
      bh_mail_fields_set (fields, name, value);
    }
  }
}

static int
fill (const char *folder, const char *kind, const char *language)
{
  g_autofree char *line = NULL;
  size_t room = 0;
  GError *error = NULL;
  g_autoptr (BhMailTemplate) template = bh_mail_template_load (folder, kind, language, &error);
  g_autoptr (BhMailFields) fields = NULL;
  g_autoptr (BhMessage) message = bh_message_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *out = NULL;

  if (template == NULL)
    return tell (error);
  if (getline (&line, &room, stdin) <= 0 || g_str_has_prefix (line, "sample")) {
    fields = bh_mail_fields_sample ();
  } else {
    g_autoptr (JsonNode) node = json_from_string (line, NULL);

    fields = bh_mail_fields_new ();
    fill_row (json_node_get_object (node), fields);
  }
  bh_mail_template_fill (template, fields, message);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "subject");
  json_builder_add_string_value (builder, message->subject);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, message->text);
  json_builder_set_member_name (builder, "html");
  json_builder_add_string_value (builder, message->html);
  json_builder_set_member_name (builder, "language");
  json_builder_add_string_value (builder, message->language);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  out = json_to_string (root, FALSE);
  puts (out);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (BhMailer) mailer = NULL;
  GError *error = NULL;

  if (argc == 2 && strcmp (argv[1], "bytes") == 0)
    return each_line (NULL);
  if (argc == 5 && strcmp (argv[1], "template") == 0)
    return fill (argv[2], argv[3], argv[4]);
  if (argc != 3)
    return 2;
  if (strcmp (argv[1], "address") == 0)
    return bh_mail_address_check (argv[2], &error) ? 0 : tell (error);
  if (strcmp (argv[1], "line") == 0) {
    g_autofree char *line = bh_mail_one_line (argv[2]);

    puts (line);
    return 0;
  }
  mailer = strcmp (argv[1], "smtp") == 0 ? bh_mailer_new_smtp (argv[2], &error)
                                         : bh_mailer_new_maildir (argv[2], &error);
  return mailer != NULL ? each_line (mailer) : tell (error);
}
