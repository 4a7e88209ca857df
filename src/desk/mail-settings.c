/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "mail-private.h"

const char *const *
bh_desk_mail_settings (void)
{
  static const char *const keys[] = { "from", "vendor", "smtp", "templates", NULL };

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
                 "%s: no such setting; say from, vendor, smtp or templates", key);
    return FALSE;
  }
  /* an empty value takes the setting back */
  if (*value != '\0' && ((g_str_equal (key, "from") && !bh_mail_address_check (value, error)) ||
                         (g_str_equal (key, "smtp") && !bh_mailer_url_check (value, error))))
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
