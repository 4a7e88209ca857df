/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <string.h>

#include "mailer-private.h"

#ifdef HAVE_LIBSECRET
#include <libsecret/secret.h>
#endif

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

#ifdef HAVE_LIBSECRET
static char *
from_keyring (const char *host, const char *user)
{
  static const SecretSchema schema = { "org.backhaul.Smtp",
                                       SECRET_SCHEMA_DONT_MATCH_NAME,
                                       { { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                         { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                         { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                         { NULL, 0 } } };
  g_autoptr (GError) why = NULL;
  char *found = secret_password_lookup_sync (&schema, NULL, &why, "service", "backhaul-smtp",
                                             "host", host, "user", user, NULL);
  char *password = g_strdup (found);

  /* a machine without a keyring is no failure: it has no password there */
  if (why != NULL)
    g_debug ("keyring: %s", why->message);
  secret_password_free (found);
  return password;
}
#else
static char *
from_keyring (const char *host, const char *user)
{
  return NULL;
}
#endif

char *
bh_mail_password (const char *host, const char *user, GError **error)
{
  const char *path = g_getenv ("BACKHAUL_SMTP_PASSWORD_FILE");
  char *password;

  if (path != NULL && *path != '\0')
    return from_file (path, error);
  password = from_keyring (host, user);
  if (password == NULL)
    g_set_error (
        error, BH_ERROR, BH_ERROR_STORE,
        "%s@%s: no password is on hand; keep it in a file named by "
        "BACKHAUL_SMTP_PASSWORD_FILE, or in the keyring (service backhaul-smtp, host, user)",
        user, host);
  return password;
}
