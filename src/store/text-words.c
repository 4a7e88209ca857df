/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "text-words.h"

char **
bh_text_words (const char *text)
{
  g_autoptr (GPtrArray) words = NULL;
  const char *end;

  /* numbers, accounts and addresses mostly are ASCII: no tables are asked for them */
  if (!g_str_is_ascii (text))
    return g_str_tokenize_and_fold (text, "C", NULL);
  words = g_ptr_array_new ();
  for (const char *at = text; *at != '\0'; at = end) {
    for (end = at; g_ascii_isalnum (*end);)
      end++;
    if (end > at)
      g_ptr_array_add (words, g_ascii_strdown (at, end - at));
    else
      end++;
  }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
