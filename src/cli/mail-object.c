/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "mail-object.h"

void
cli_show_mail (Cli *cli, const BhMail *mail)
{
  g_auto (GStrv) rmas = g_strsplit (mail->rmas, " ", -1);
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%s  %-12s %-6s %d  %-28s %s%s%s\n", mail->mail, mail->kind, mail->state,
               mail->tries, mail->to != NULL ? mail->to : "-", mail->rmas,
               mail->error != NULL ? "  " : "", mail->error != NULL ? mail->error : "");
    return;
  }
  object = cli_object ();
  cli_set (object, "mail", mail->mail);
  cli_set (object, "kind", mail->kind);
  cli_set (object, "to", mail->to);
  cli_set (object, "account", mail->account);
  cli_set_list (object, "rmas", rmas);
  cli_set (object, "message_id", mail->message_id);
  cli_set (object, "state", mail->state);
  cli_set_int (object, "tries", mail->tries);
  cli_set (object, "error", mail->error);
  cli_set_time (object, "queued", mail->at_us, NULL);
  cli_set_time (object, "sent", mail->sent_us, NULL);
  cli_emit (object);
}

int
cli_answer_mail (Cli *cli, BhDesk *desk, const char *mail)
{
  GError *error = NULL;
  g_autoptr (BhMail) found = bh_desk_find_mail (desk, mail, &error);

  if (found == NULL)
    return cli_fail (cli, error);
  cli_show_mail (cli, found);
  return CLI_DONE;
}
