/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include "mailer-private.h"

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
