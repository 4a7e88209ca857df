/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/digest.h"

#include <gcrypt.h>

#define SIZE 32 /* of a sum, in bytes */

char *
bh_sha256_of (GBytes *bytes)
{
  static gsize ready = 0;
  guint8 sum[SIZE];
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  GString *text = g_string_sized_new (2 * SIZE);

  /* it begins with its first call, which must be alone */
  if (g_once_init_enter (&ready)) {
    gcry_check_version (NULL);
    g_once_init_leave (&ready, 1);
  }
  gcry_md_hash_buffer (GCRY_MD_SHA256, sum, data != NULL ? data : "", size);
  for (int i = 0; i < SIZE; i++)
    g_string_append_printf (text, "%02x", sum[i]);
  return g_string_free (text, FALSE);
}
