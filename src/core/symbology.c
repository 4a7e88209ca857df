/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/symbology.h"

#include <string.h>

static const char *const names[] = { "CODE-128", "CODE-39",     "Data-Matrix", "QR-Code",
                                     "CODE-93",  "Codabar",     "EAN-13",      "EAN-8",
                                     "DataBar",  "DataBar-Exp", "I2/5" };

const char *
bh_symbology_name (BhSymbologies one)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((guint) one == 1u << i)
      return names[i];
  return NULL;
}

/* "code128" is "CODE-128" too: nobody remembers where the dash stands. */
static gboolean
is_name (const char *word, const char *name)
{
  for (;; word++, name++) {
    while (*word == '-')
      word++;
    while (*name == '-')
      name++;
    if (g_ascii_tolower (*word) != g_ascii_tolower (*name))
      return FALSE;
    if (*word == '\0')
      return TRUE;
  }
}

gboolean
bh_symbologies_parse (const char *text, guint *set)
{
  g_auto (GStrv) words = g_strsplit (text, ",", 32);
  guint found = 0;

  for (char **word = words; *word != NULL; word++) {
    guint i = 0;

    g_strstrip (*word);
    if (is_name (*word, "default"))
      found |= BH_SYMBOLOGIES_DEFAULT;
    else if (is_name (*word, "all"))
      found |= BH_SYMBOLOGIES_ALL;
    else {
      while (i < G_N_ELEMENTS (names) && !is_name (*word, names[i]))
        i++;
      if (i == G_N_ELEMENTS (names))
        return FALSE;
      found |= 1u << i;
    }
  }
  if (found == 0)
    return FALSE;
  *set = found;
  return TRUE;
}

char *
bh_symbologies_text (guint set)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (set & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", names[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
