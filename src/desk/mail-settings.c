/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "mail-private.h"

#include <string.h>

const char *const *
bh_desk_mail_settings (void)
{
  static const char *const keys[] = { "from", "vendor", "smtp", "templates", "survey", NULL };

  return keys;
}

gboolean
bh_desk_mail_setting (BhDesk *self, const char *key, char **value, GError **error)
{
  g_autofree char *upper = g_ascii_strup (key, -1);
  g_autofree char *variable = g_strconcat ("BACKHAUL_MAIL_", upper, NULL);
  g_autofree char *stored = g_strconcat ("mail.", key, NULL);
  const char *given = g_getenv (variable);
  GError *why = NULL;

  *value = given != NULL && *given != '\0' ? g_strdup (given)
                                           : bh_store_get_setting (self->store, stored, &why);
  if (why != NULL) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (*value != NULL && **value == '\0')
    g_clear_pointer (value, g_free);
  return TRUE;
}

/* What a reader clicks on: a page of the web, where {rma} stands for the number. */
static gboolean
is_link (const char *value, GError **error)
{
  g_autofree char *link = bh_mail_link (value, "R0000000042");
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if ((g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) &&
      g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
      g_uri_get_userinfo (uri) == NULL && strpbrk (value, " \"<>\\^`|") == NULL &&
      strlen (value) <= 1000 && g_str_is_ascii (value))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: not an address of a page (F4); write https://www.example.com/survey, with "
               "{rma} where its "
               "number belongs",
               value);
  return FALSE;
}

char *
bh_mail_link (const char *link, const char *rma)
{
  g_auto (GStrv) parts = g_strsplit (link, "{rma}", -1);
  g_autofree char *escaped = g_uri_escape_string (rma, NULL, FALSE);

  return g_strjoinv (escaped, parts);
}

gboolean
bh_desk_set_mail_setting (BhDesk *self, const char *key, const char *value, gint64 now_us,
                          GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autofree char *stored = g_strconcat ("mail.", key, NULL);
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *before = NULL;
  GError *why = NULL;

  if (!g_strv_contains (bh_desk_mail_settings (), key)) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: no such setting; say from, vendor, smtp, templates or survey", key);
    return FALSE;
  }
  /* an empty value takes the setting back */
  if (*value != '\0' && ((g_str_equal (key, "from") && !bh_mail_address_check (value, error)) ||
                         (g_str_equal (key, "smtp") && !bh_mailer_url_check (value, error)) ||
                         (g_str_equal (key, "survey") && !is_link (value, error))))
    return FALSE;
  if (!bh_desk_require (self, BH_MAY_POLICY, error) || (tx = bh_desk_begin (self, error)) == NULL)
    return FALSE;
  before = bh_store_get_setting (self->store, stored, &why);
  if (why != NULL) {
    g_propagate_error (error, why);
    return FALSE;
  }
  return bh_store_set_setting (self->store, stored, value, error) &&
         bh_desk_audit (self, act, "mail-setting", stored, before, value, now_us, error) &&
         bh_tx_commit (tx, error);
}
