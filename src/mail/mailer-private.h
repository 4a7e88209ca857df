/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/mailer.h"

/* What a way of sending is made of; its struct begins with this. */
struct _BhMailer {
  BhMailResult (*send) (BhMailer *self, const BhMessage *message, char **answer);
  void (*free) (BhMailer *self);
};

/* Errors: BH_ERROR_USAGE. */
gboolean bh_smtp_url_check (const char *url, GError **error);

/* (transfer full) */
char *bh_mail_password (const char *host, const char *user, GError **error);
