/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <string.h>

#include "backhaul/keyring.h"
#include "mailer-private.h"

/* The first line of a file; the rest is the site's remarks. */
static char *
from_file (const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: %s; let BACKHAUL_SMTP_PASSWORD_FILE name the file with the password", path,
                 why->message);
    return NULL;
  }
  text[strcspn (text, "\r\n")] = '\0';
  if (*text != '\0')
    return g_steal_pointer (&text);
  g_set_error (error, BH_ERROR, BH_ERROR_STORE,
               "%s: its first line is empty; write the password there", path);
  return NULL;
}

char *
bh_mail_password (const char *host, const char *user, GError **error)
{
  const char *path = g_getenv ("BACKHAUL_SMTP_PASSWORD_FILE");
  char *password;

  if (path != NULL && *path != '\0')
    return from_file (path, error);
  password = bh_keyring_find ("backhaul-smtp", host, user);
  if (password == NULL)
    g_set_error (
        error, BH_ERROR, BH_ERROR_STORE,
        "%s@%s: no password is on hand; keep it in a file named by "
        "BACKHAUL_SMTP_PASSWORD_FILE, or in the keyring (service backhaul-smtp, host, user)",
        user, host);
  return password;
}
