/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "media.h"

#include "module.h"

const BhMedia *
bh_media (GError **error)
{
  static BhModule module = { "libbackhaul-media.so", "bh_media_module", "pictures and labels" };

  return bh_module_load (&module, error);
}
