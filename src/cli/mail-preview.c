/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "mail-preview.h"

#include "backhaul/mail-template.h"

void
cli_show_message (Cli *cli, const BhMail *mail, const BhMessage *message, gboolean html)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("From: %s\nTo: %s\nSubject: %s\n", message->from,
               message->to != NULL ? message->to : "-", message->subject);
    for (guint i = 0; i < message->attachments->len; i++)
      cli_print ("Attached: %s\n",
                 ((BhAttachment *) g_ptr_array_index (message->attachments, i))->name);
    cli_print ("\n%s", html ? message->html : message->text);
    return;
  }
  object = cli_object ();
  cli_set (object, "mail", mail->mail);
  cli_set (object, "kind", mail->kind);
  cli_set (object, "from", message->from);
  cli_set (object, "to", message->to);
  cli_set (object, "language", message->language);
  cli_set (object, "subject", message->subject);
  cli_set (object, "text", message->text);
  cli_set (object, "html", message->html);
  json_builder_set_member_name (object, "attachments");
  json_builder_begin_array (object);
  for (guint i = 0; i < message->attachments->len; i++) {
    const BhAttachment *attachment = g_ptr_array_index (message->attachments, i);

    json_builder_begin_object (object);
    cli_set (object, "name", attachment->name);
    cli_set (object, "type", attachment->media_type);
    cli_set_int (object, "bytes", (gint64) g_bytes_get_size (attachment->bytes));
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  cli_emit (object);
}

static int
preview_one (Cli *cli, const char *folder, const char *kind, const char *language, gboolean html)
{
  GError *error = NULL;
  g_autoptr (BhMailTemplate) template = bh_mail_template_load (folder, kind, language, &error);
  g_autoptr (BhMailFields) fields = NULL;
  g_autoptr (BhMessage) message = bh_message_new ();
  JsonBuilder *object;

  if (template == NULL)
    return cli_fail (cli, error);
  fields = bh_mail_fields_sample ();
  bh_mail_template_fill (template, fields, message);
  if (!cli->json) {
    cli_print ("Subject: %s\n\n%s", message->subject, html ? message->html : message->text);
    return CLI_DONE;
  }
  object = cli_object ();
  cli_set (object, "kind", kind);
  cli_set (object, "language", message->language);
  cli_set (object, "template", bh_mail_template_path (template));
  cli_set (object, "subject", message->subject);
  cli_set (object, "text", message->text);
  cli_set (object, "html", message->html);
  cli_emit (object);
  return CLI_DONE;
}

static int
check_one (Cli *cli, const char *folder, const char *kind, const char *language)
{
  GError *error = NULL;
  g_autoptr (BhMailTemplate) template = bh_mail_template_load (folder, kind, language, &error);
  JsonBuilder *object;

  if (template == NULL)
    return cli_fail (cli, error);
  if (!cli->json) {
    cli_print ("%-14s %-4s %s\n", kind, language, bh_mail_template_path (template));
    return CLI_DONE;
  }
  object = cli_object ();
  cli_set (object, "kind", kind);
  cli_set (object, "language", language);
  cli_set (object, "template", bh_mail_template_path (template));
  cli_emit (object);
  return CLI_DONE;
}

/* The shipped languages, and those that the site's folder adds. */
static GPtrArray *
languages_of (const char *folder)
{
  GPtrArray *languages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *const *shipped = bh_mail_languages ();
  const char *name;

  for (guint i = 0; shipped[i] != NULL; i++)
    g_ptr_array_add (languages, g_strdup (shipped[i]));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_strv_contains (shipped, name) && g_file_test (path, G_FILE_TEST_IS_DIR))
      g_ptr_array_add (languages, g_strdup (name));
  }
  return languages;
}

int
cli_preview_mail (Cli *cli, BhDesk *desk, const char *kind, const char *language, gboolean html)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) languages = NULL;
  const char *const *kinds = bh_mail_kinds ();
  int worst = CLI_DONE;
  GError *error = NULL;

  if (!bh_desk_mail_setting (desk, "templates", &folder, &error))
    return cli_fail (cli, error);
  if (kind != NULL)
    return preview_one (cli, folder, kind, language, html);
  languages = languages_of (folder);
  for (guint i = 0; kinds[i] != NULL; i++)
    for (guint k = 0; k < languages->len; k++) {
      const char *one = g_ptr_array_index (languages, k);

      if (language == NULL || g_str_equal (language, one))
        worst = cli_worse (worst, check_one (cli, folder, kinds[i], one));
    }
  return worst;
}
