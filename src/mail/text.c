/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <gio/gio.h>
#include <string.h>

#include "backhaul/message.h"

/* Of a local part: RFC 5321's atoms. Quoted ones are allowed there and used by nobody but
 * who wants to smuggle something. */
#define LOCAL_MARKS     "!#$%&'*+-/=?^_`{|}~."
#define LONGEST_LOCAL   64
#define LONGEST_ADDRESS 254

/* Marks that turn the writing direction, tags, and the byte order mark: they show
 * nothing, and can make one name look like another. Joiners stay: scripts need them. */
static gboolean
hidden (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe007f);
}

static gboolean
ends_a_line (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;
}

char *
bh_mail_one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (hidden (c))
      continue;
    if (!ends_a_line (c))
      g_string_append_unichar (line, c);
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  }
  return g_strstrip (g_string_free (line, FALSE));
}

static gboolean
local_ok (const char *text, gsize size)
{
  if (size == 0 || size > LONGEST_LOCAL || text[0] == '.' || text[size - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (LOCAL_MARKS, text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
domain_ok (const char *text)
{
  gsize size = strlen (text);

  if (size == 0 || text[0] == '.' || text[0] == '-' || text[size - 1] == '.' ||
      strstr (text, "..") != NULL)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '.')
      return FALSE;
  return TRUE;
}

char *
bh_mail_address_ascii (const char *address, GError **error)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;
  g_autofree char *domain = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *shown = NULL;

  if (at != NULL && strlen (address) <= LONGEST_ADDRESS &&
      local_ok (address, (gsize) (at - address)) && g_utf8_validate (at, -1, NULL)) {
    domain = g_hostname_is_non_ascii (at + 1) ? g_hostname_to_ascii (at + 1) : g_strdup (at + 1);
    whole = domain != NULL && domain_ok (domain)
                ? g_strdup_printf ("%.*s@%s", (int) (at - address), address, domain)
                : NULL;
  }
  if (whole != NULL && strlen (whole) <= LONGEST_ADDRESS)
    return g_steal_pointer (&whole);
  shown = bh_mail_one_line (address != NULL ? address : "");
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "\"%s\": not an e-mail address; correct it, as name@example.com", shown);
  return NULL;
}

gboolean
bh_mail_address_check (const char *address, GError **error)
{
  g_autofree char *ascii = bh_mail_address_ascii (address, error);

  return ascii != NULL;
}
