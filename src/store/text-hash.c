/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "text-hash.h"

#include <string.h>

guint
bh_text_hash (gconstpointer text)
{
  const char *at = text;
  gsize left = strlen (at);
  guint64 hash = left;

  while (left > 0) {
    guint64 word = 0;
    gsize n = MIN (left, sizeof word);

    memcpy (&word, at, n);
    hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    hash ^= hash >> 29;
    at += n;
    left -= n;
  }
  return (guint) (hash ^ hash >> 32);
}
