/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <string.h>

#include "mailer-private.h"

#define MAILDIR "maildir:"

gboolean
bh_mailer_url_check (const char *url, GError **error)
{
  return g_str_has_prefix (url, MAILDIR) || bh_smtp_url_check (url, error);
}

BhMailer *
bh_mailer_new (const char *url, GError **error)
{
  return g_str_has_prefix (url, MAILDIR) ? bh_mailer_new_maildir (url + strlen (MAILDIR), error)
                                         : bh_mailer_new_smtp (url, error);
}

BhMailResult
bh_mailer_send (BhMailer *self, const BhMessage *message, char **answer)
{
  g_autofree char *said = NULL;
  BhMailResult result = self->send (self, message, &said);

  if (answer != NULL)
    *answer = said != NULL ? bh_mail_one_line (said) : NULL;
  return result;
}

void
bh_mailer_free (BhMailer *self)
{
  if (self != NULL)
    self->free (self);
}
