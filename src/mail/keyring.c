/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include "backhaul/keyring.h"

#include "backhaul/error.h"

#ifdef HAVE_LIBSECRET
#include <libsecret/secret.h>

/* whoever put an SMTP password there by hand found this name in the manual */
static const SecretSchema schema = { "org.backhaul.Smtp",
                                     SECRET_SCHEMA_DONT_MATCH_NAME,
                                     { { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { NULL, 0 } } };

char *
bh_keyring_find (const char *service, const char *host, const char *user)
{
  g_autoptr (GError) why = NULL;
  char *found = secret_password_lookup_sync (&schema, NULL, &why, "service", service, "host", host,
                                             "user", user, NULL);
  char *password = g_strdup (found);

  /* a machine without a keyring is no failure: it has no password there */
  if (why != NULL)
    g_debug ("keyring: %s", why->message);
  secret_password_free (found);
  return password;
}

gboolean
bh_keyring_keep (const char *service, const char *host, const char *user, const char *label,
                 const char *password, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, password, NULL, &why,
                                  "service", service, "host", host, "user", user, NULL))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE,
               "keyring: %s; log in to a desktop that has one, or keep the password in a file",
               why->message);
  return FALSE;
}
#else
char *
bh_keyring_find (const char *service, const char *host, const char *user)
{
  return NULL;
}

gboolean
bh_keyring_keep (const char *service, const char *host, const char *user, const char *label,
                 const char *password, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_STORE,
               "keyring: this program was built without; keep the password in a file");
  return FALSE;
}
#endif
