/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "store-password.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/error.h"
#include "backhaul/keyring.h"
#include "backhaul/link.h"

#define SERVICE "backhaul-store"

static GMutex mutex; /* guards what follows */
static GHashTable *tried;

/* Under which the keyring has it. */
static char *
place_of (const BhStoreAddress *address)
{
  return g_strdup_printf ("%s/%s", address->hosts, address->database);
}

static const char *
user_of (const BhStoreAddress *address)
{
  return address->user != NULL ? address->user : g_get_user_name ();
}

/* On the thread of whoever connects. */
static char *
find (const char *uri)
{
  g_autoptr (BhStoreAddress) address = NULL;
  g_autofree char *place = NULL;
  char *password;

  g_mutex_lock (&mutex);
  password = tried != NULL ? g_strdup (g_hash_table_lookup (tried, uri)) : NULL;
  g_mutex_unlock (&mutex);
  if (password != NULL)
    return *password != '\0' ? password : (g_free (password), NULL);
  address = bh_store_address_parse (uri, NULL);
  if (address == NULL || address->database == NULL || address->password != NULL ||
      (address->rest != NULL && strstr (address->rest, "passfile=") != NULL))
    return NULL;
  place = place_of (address);
  password = bh_keyring_find (SERVICE, place, user_of (address));
  /* asked for once: a station that reconnects does so in any case */
  bh_store_password_try (uri, password != NULL ? password : "");
  return password;
}

void
bh_store_password_use (void)
{
  bh_store_on_password (find);
}

void
bh_store_password_try (const char *uri, const char *password)
{
  g_mutex_lock (&mutex);
  if (tried == NULL)
    tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (tried, g_strdup (uri), g_strdup (password));
  g_mutex_unlock (&mutex);
}

gboolean
bh_store_password_keep (const BhStoreAddress *address, GError **error)
{
  g_autofree char *place = place_of (address);
  g_autofree char *label = g_strdup_printf (_ ("Backhaul store %s"), place);

  return bh_keyring_keep (SERVICE, place, user_of (address), label, address->password, error);
}

/* ---- the file -------------------------------------------------------------------- */

static char *
escape (const char *text)
{
  GString *escaped = g_string_new (text);

  g_string_replace (escaped, "\\", "\\\\", 0);
  g_string_replace (escaped, ":", "\\:", 0);
  return g_string_free (escaped, FALSE);
}

/* HOST:PORT:DATABASE:USER: of one of the hosts */
static char *
head_of (const BhStoreAddress *address, const char *host)
{
  const char *colon = strrchr (host, ':');
  g_autofree char *name = colon != NULL ? g_strndup (host, colon - host) : g_strdup (host);
  g_autofree char *escaped = escape (name);
  g_autofree char *database = escape (address->database);
  g_autofree char *user = escape (user_of (address));

  return g_strdup_printf ("%s:%s:%s:%s:", *escaped != '\0' ? escaped : "*",
                          colon != NULL ? colon + 1 : "*", database, user);
}

char *
bh_store_password_file (const BhStoreAddress *address, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "backhaul", NULL);
  g_autofree char *path = g_build_filename (folder, "pgpass", NULL);
  g_autofree char *old = NULL;
  g_autofree char *password = escape (address->password);
  g_auto (GStrv) hosts = g_strsplit (address->hosts, ",", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) why = NULL;

  g_file_get_contents (path, &old, NULL, NULL);
  for (char **host = hosts; *host != NULL; host++) {
    g_autofree char *head = head_of (address, *host);
    g_auto (GStrv) lines = g_strsplit (old != NULL ? old : "", "\n", -1);

    /* the first line that fits counts: what was there of this store goes */
    g_clear_pointer (&old, g_free);
    for (char **line = lines; *line != NULL; line++)
      if (**line != '\0' && !g_str_has_prefix (*line, head)) {
        g_autofree char *before = g_steal_pointer (&old);

        old = g_strconcat (before != NULL ? before : "", *line, "\n", NULL);
      }
    g_string_append_printf (text, "%s%s\n", head, password);
  }
  if (old != NULL)
    g_string_append (text, old);
  if (g_mkdir_with_parents (folder, 0700) == 0 &&
      g_file_set_contents_full (path, text->str, (gssize) text->len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &why) &&
      g_chmod (path, 0600) == 0)
    return g_steal_pointer (&path);
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, _ ("%s: %s; look at the rights of its folder"),
               path, why != NULL ? why->message : g_strerror (errno));
  return NULL;
}
