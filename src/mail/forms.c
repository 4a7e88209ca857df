/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <string.h>

#include "template-private.h"

void
bh_mail_forms_clear (BhMailForms *self)
{
  g_strfreev (self->months);
  g_free (self->date);
  g_free (self->decimal);
  g_free (self->group);
  g_free (self->amount);
  *self = (BhMailForms){ 0 };
}

static gboolean
complete (const BhMailForms *self, const char *path, GError **error)
{
  if (self->months != NULL && g_strv_length (self->months) == 12 && self->date != NULL &&
      self->decimal != NULL && self->group != NULL && self->amount != NULL &&
      strstr (self->date, "{month}") != NULL && strstr (self->amount, "{amount}") != NULL)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: it wants [date] with format and 12 months, [amount] with format, decimal and "
               "group; compare it with the shipped one",
               path);
  return FALSE;
}

gboolean
bh_mail_forms_load (BhMailForms *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) why = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &why)) {
    if (g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return TRUE;
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; correct the file", path, why->message);
    return FALSE;
  }
  self->months = g_key_file_get_string_list (file, "date", "months", NULL, NULL);
  self->date = g_key_file_get_string (file, "date", "format", NULL);
  self->decimal = g_key_file_get_string (file, "amount", "decimal", NULL);
  self->group = g_key_file_get_string (file, "amount", "group", NULL);
  self->amount = g_key_file_get_string (file, "amount", "format", NULL);
  return complete (self, path, error);
}

static char *
put_in (const char *form, const char *names[], const char *values[])
{
  GString *text = g_string_new (form);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_replace (text, names[i], values[i], 0);
  return g_string_free (text, FALSE);
}

char *
bh_mail_forms_date (const BhMailForms *self, const char *day)
{
  static const char *names[] = { "{day}", "{month}", "{year}", NULL };
  g_auto (GStrv) parts = g_strsplit (day, "-", 3);
  int month = g_strv_length (parts) == 3 ? (int) g_ascii_strtoll (parts[1], NULL, 10) : 0;
  const char *values[3];

  if (self->months == NULL || month < 1 || month > 12)
    return g_strdup (day);
  values[0] = parts[2][0] == '0' ? parts[2] + 1 : parts[2];
  values[1] = self->months[month - 1];
  values[2] = parts[0];
  return put_in (self->date, names, values);
}

char *
bh_mail_forms_amount (const BhMailForms *self, const char *amount, const char *currency)
{
  static const char *names[] = { "{amount}", "{currency}", NULL };
  gsize whole = strcspn (amount, ".");
  g_autoptr (GString) number = g_string_new (NULL);
  const char *values[2] = { NULL, currency };

  if (self->amount == NULL)
    return g_strdup_printf ("%s %s", amount, currency);
  for (gsize i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0 && g_ascii_isdigit (amount[i - 1]))
      g_string_append (number, self->group);
    g_string_append_c (number, amount[i]);
  }
  if (amount[whole] == '.')
    g_string_append_printf (number, "%s%s", self->decimal, amount + whole + 1);
  values[0] = number->str;
  return put_in (self->amount, names, values);
}
