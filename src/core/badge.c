/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/badge.h"

#include <string.h>

/* A German keyboard exchanges Y and Z, and people 0 and O, 1 and I: what 32 signs can do without.
 */
static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWX23456789";

/* Behind an AIM prefix, "]C0", and blanks around it. */
static const char *
core_of (const char *text, gsize *size)
{
  if (*size > 3 && text[0] == ']' && g_ascii_isalpha (text[1]) && g_ascii_isalnum (text[2])) {
    text += 3;
    *size -= 3;
  }
  while (*size > 0 && g_ascii_isspace (*text)) {
    text++;
    (*size)--;
  }
  while (*size > 0 && g_ascii_isspace (text[*size - 1]))
    (*size)--;
  return text;
}

gboolean
bh_badge_is (const char *text, gsize size)
{
  const char *core = core_of (text, &size);
  gsize prefix = strlen (BH_BADGE_PREFIX);

  return size >= prefix && g_ascii_strncasecmp (core, BH_BADGE_PREFIX, prefix) == 0;
}

char *
bh_badge_parse (const char *text, gsize size)
{
  const char *core = core_of (text, &size);
  gsize prefix = strlen (BH_BADGE_PREFIX);

  if (!bh_badge_is (core, size) || size != prefix + BH_BADGE_CHANCE)
    return NULL;
  for (gsize i = prefix; i < size; i++)
    if (core[i] == '\0' || strchr (base32, g_ascii_toupper (core[i])) == NULL)
      return NULL;
  return g_ascii_strup (core, (gssize) size);
}

char *
bh_badge_text (const guchar *chance, gsize size)
{
  GString *text = g_string_new (BH_BADGE_PREFIX);
  guint bits = 0;
  guint n = 0;
  gsize used = 0;

  g_return_val_if_fail (size * 8 >= BH_BADGE_CHANCE * 5, NULL);
  for (guint i = 0; i < BH_BADGE_CHANCE; i++) {
    if (n < 5) {
      bits = (bits << 8 | chance[used++]) & 0xffff;
      n += 8;
    }
    n -= 5;
    g_string_append_c (text, base32[bits >> n & 31]);
  }
  return g_string_free (text, FALSE);
}

void
bh_badge_free (char *badge)
{
  if (badge != NULL)
    explicit_bzero (badge, strlen (badge));
  g_free (badge);
}
