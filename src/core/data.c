/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/data.h"

char *
bh_data_path (const char *relative)
{
  const char *root = g_getenv ("BACKHAUL_DATA");

  g_return_val_if_fail (relative != NULL, NULL);
  if (root == NULL || *root == '\0')
    root = PKGDATADIR;
  return g_build_filename (root, relative, NULL);
}
