/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "store-address.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backhaul/error.h"

void
bh_store_address_free (BhStoreAddress *self)
{
  if (self == NULL)
    return;
  g_free (self->hosts);
  g_free (self->database);
  g_free (self->user);
  g_free (self->password);
  g_free (self->rest);
  g_free (self);
}

/* Names of hosts, addresses, ports, several of them. */
static gboolean
are_hosts (const char *text)
{
  return text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                            ".-_,:[]")] == '\0';
}

/* What stands in @text before @mark is cut off it, and returned; NULL: it is not in it. */
static char *
cut (char **text, char *mark)
{
  char *before = *text;

  if (mark == NULL)
    return NULL;
  *mark = '\0';
  *text = mark + 1;
  return before;
}

static char *
unescape (const char *text)
{
  char *plain = text != NULL && *text != '\0' ? g_uri_unescape_string (text, NULL) : NULL;

  return plain != NULL ? plain : g_strdup (text != NULL && *text != '\0' ? text : NULL);
}

BhStoreAddress *
bh_store_address_parse (const char *text, GError **error)
{
  g_autoptr (BhStoreAddress) self = g_new0 (BhStoreAddress, 1);
  g_autofree char *copy = g_strstrip (g_strdup (text));
  char *left = strstr (copy, "://");
  char *person, *hosts;

  if (left != NULL &&
      (g_str_has_prefix (copy, "postgresql://") || g_str_has_prefix (copy, "postgres://"))) {
    char *query;

    left += strlen ("://");
    query = strchr (left, '?');
    if (query != NULL) {
      *query = '\0';
      self->rest = g_strdup (query + 1);
    }
    hosts = cut (&left, strchr (left, '/'));
    if (hosts != NULL)
      self->database = unescape (left);
    else
      hosts = left;
    person = cut (&hosts, strrchr (hosts, '@'));
    if (person != NULL) {
      char *user = cut (&person, strchr (person, ':'));

      self->user = unescape (user != NULL ? user : person);
      self->password = user != NULL ? unescape (person) : NULL;
    }
  } else {
    hosts = copy;
  }
  if (are_hosts (hosts) && (*hosts != '\0' || self->rest != NULL)) {
    self->hosts = g_strdup (hosts);
    return g_steal_pointer (&self);
  }
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               *hosts != '\0'
                   ? _ ("%s: this is no server's name; write as db.example.com, or a whole address "
                        "that begins with postgresql://")
                   : _ ("%s: its name is missing; the site's administrator knows it"),
               *hosts != '\0' ? hosts : _ ("Server"));
  return NULL;
}

static void
add (GString *uri, const char *key, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, "/", TRUE);

  g_string_append_printf (uri, "%c%s=%s", strchr (uri->str, '?') != NULL ? '&' : '?', key, escaped);
}

char *
bh_store_address_uri (const BhStoreAddress *self, gboolean check, const char *roots,
                      const char *passfile, GError **error)
{
  GString *uri;
  g_autofree char *user = self->user != NULL ? g_uri_escape_string (self->user, NULL, TRUE) : NULL;
  g_autofree char *database = NULL;

  if (self->database == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 _ ("Database: its name is missing; the site's administrator knows it"));
    return NULL;
  }
  database = g_uri_escape_string (self->database, NULL, TRUE);
  uri = g_string_new ("postgresql://");
  if (user != NULL)
    g_string_append_printf (uri, "%s@", user);
  g_string_append_printf (uri, "%s/%s", self->hosts, database);
  if (self->rest != NULL && *self->rest != '\0')
    g_string_append_printf (uri, "?%s", self->rest);
  if (check && (self->rest == NULL || strstr (self->rest, "sslmode=") == NULL)) {
    add (uri, "sslmode", "verify-full");
    if (roots != NULL && (self->rest == NULL || strstr (self->rest, "sslrootcert=") == NULL))
      add (uri, "sslrootcert", roots);
  }
  if (passfile != NULL && (self->rest == NULL || strstr (self->rest, "passfile=") == NULL))
    add (uri, "passfile", passfile);
  return g_string_free (uri, FALSE);
}
