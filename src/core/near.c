/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/near.h"

#include <string.h>

#define ALPHABET   "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./"
#define MAX_LENGTH 32
/* 2^6: look-alikes are tried together in at most so many places */
#define MAX_LOOKALIKES 6

/* what a tired eye or a worn plate takes for the other (RULES D18) */
static const char lookalikes[][2] = { { 'O', '0' }, { 'I', '1' }, { 'B', '8' }, { 'S', '5' },
                                      { 'Z', '2' }, { 'G', '6' }, { 'Q', '0' }, { 'L', '1' } };

static char
lookalike_of (char c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lookalikes); i++) {
    if (lookalikes[i][0] == c)
      return lookalikes[i][1];
    if (lookalikes[i][1] == c)
      return lookalikes[i][0];
  }
  return '\0';
}

static void
take (GPtrArray *to, GHashTable *seen, const char *text)
{
  if (!g_hash_table_contains (seen, text)) {
    char *copy = g_strdup (text);

    g_ptr_array_add (to, copy);
    g_hash_table_add (seen, copy);
  }
}

static void
take_lookalikes (GPtrArray *to, GHashTable *seen, const char *value)
{
  guint places[MAX_LOOKALIKES];
  guint n = 0;

  for (guint i = 0; value[i] != '\0' && n < MAX_LOOKALIKES; i++)
    if (lookalike_of (value[i]) != '\0')
      places[n++] = i;
  for (guint set = 1; set < 1u << n; set++) {
    g_autofree char *text = g_strdup (value);

    for (guint i = 0; i < n; i++)
      if (set & (1u << i))
        text[places[i]] = lookalike_of (value[places[i]]);
    take (to, seen, text);
  }
}

GPtrArray *
bh_near_variants (const char *value)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize length = strlen (value);
  char text[MAX_LENGTH + 2];

  if (length == 0 || length > MAX_LENGTH)
    return all;
  g_hash_table_add (seen, (gpointer) value);
  /* the likeliest first: they are also shown first */
  take_lookalikes (all, seen, value);
  for (gsize i = 0; i + 1 < length; i++) {
    memcpy (text, value, length + 1);
    text[i] = value[i + 1];
    text[i + 1] = value[i];
    take (all, seen, text);
  }
  for (gsize i = 0; i < length; i++) {
    memcpy (text, value, length + 1);
    for (const char *c = ALPHABET; *c != '\0'; c++) {
      text[i] = *c;
      take (all, seen, text);
    }
    memcpy (text, value, i);
    memcpy (text + i, value + i + 1, length - i);
    take (all, seen, text);
  }
  for (gsize i = 0; i <= length && length < MAX_LENGTH; i++) {
    memcpy (text, value, i);
    memcpy (text + i + 1, value + i, length - i + 1);
    for (const char *c = ALPHABET; *c != '\0'; c++) {
      text[i] = *c;
      take (all, seen, text);
    }
  }
  return all;
}
