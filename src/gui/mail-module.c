/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <gmodule.h>

#include "backhaul/mail.h"
#include "backhaul/operators.h"
#include "outbox.h"

static gboolean
send_waiting (const char *uri, const char *login, const char *dock, const char *station,
              BhOutboxRun *run, GError **error)
{
  g_autoptr (BhDesk) desk = bh_desk_open (uri, BH_STORE_OPEN, login, dock, station, error);
  g_autoptr (BhMailer) mailer = NULL;
  g_auto (BhMailTally) tally = { 0 };
  g_autofree char *url = NULL;

  if (desk == NULL || (bh_desk_needs_pin (desk) && !bh_desk_sign_in_as (desk, login, error)) ||
      !bh_desk_mail_setting (desk, "smtp", &url, error))
    return FALSE;
  if (url == NULL || !bh_role_may (bh_desk_role (desk), BH_MAY_CHASE))
    return TRUE;
  if ((mailer = bh_mailer_new (url, error)) == NULL ||
      !bh_desk_send_mail (desk, mailer, NULL, NULL, &tally, error))
    return FALSE;
  run->sent = tally.sent;
  run->waiting = tally.later + tally.lost + tally.broken;
  run->failed = tally.failed;
  if (tally.unreachable == NULL)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s; what is queued stays queued",
               tally.unreachable);
  return FALSE;
}

static char *
words (BhDesk *desk, const BhMail *mail, GError **error)
{
  g_autoptr (BhMessage) message = bh_desk_compose_mail (desk, mail, error);
  GString *text;

  if (message == NULL)
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "From: %s\nTo: %s\nSubject: %s\n", message->from,
                          message->to != NULL ? message->to : "-", message->subject);
  for (guint i = 0; i < message->attachments->len; i++)
    g_string_append_printf (text, "Attached: %s\n",
                            ((BhAttachment *) g_ptr_array_index (message->attachments, i))->name);
  g_string_append_printf (text, "\n%s", message->text);
  return g_string_free (text, FALSE);
}

G_MODULE_EXPORT const BhMailModule bh_mail_module = { send_waiting, words };
