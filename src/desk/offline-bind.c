/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Which store the boxes of a journal are for. */

#include <string.h>

#include "offline-private.h"

/* Where a store is; who connects, and how, makes no other one. */
static char *
where (const char *uri)
{
  static const char *const places[] = { "host=", "hostaddr=", "port=", "dbname=" };
  const char *begin = strstr (uri, "://");
  const char *end = uri + strcspn (uri, "?");
  const char *at;
  GString *text;
  g_auto (GStrv) settings = NULL;

  if (begin == NULL || begin > end)
    return g_strdup (uri);
  begin += strlen ("://");
  at = g_strrstr_len (begin, end - begin, "@");
  if (at != NULL)
    begin = at + 1;
  text = g_string_new_len (begin, end - begin);
  settings = g_strsplit (*end == '?' ? end + 1 : end, "&", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (char **setting = settings; *setting != NULL; setting++)
      if (g_str_has_prefix (*setting, places[i]))
        g_string_append_printf (text, "%c%s", strchr (text->str, '?') == NULL ? '?' : '&',
                                *setting);
  return g_string_free (text, FALSE);
}

gboolean
bh_offline_bind (BhOffline *self, const char *uri, GError **error)
{
  g_autofree char *now = where (uri);
  g_autofree char *before = NULL;
  g_autoptr (GError) why = NULL;
  guint unsent = bh_offline_unsent (self);

  g_file_get_contents (self->store_path, &before, NULL, NULL);
  if (g_strcmp0 (before, now) == 0)
    return TRUE;
  if (before != NULL && unsent > 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: the %u boxes of this journal are for the store %s; give its address, or"
                 " remove that file when it is the same store",
                 self->store_path, unsent, before);
    return FALSE;
  }
  if (g_file_set_contents_full (self->store_path, now, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, &why))
    return TRUE;
  /* a full disk must not keep those boxes from being received that fill it */
  if (unsent > 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s; look at this station's disk", why->message);
  return FALSE;
}
