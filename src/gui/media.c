/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "media.h"

#include <gmodule.h>

#include "backhaul/error.h"

/* found by the program's own run path: beside it in a build, in the library folder installed */
#define MODULE "libbackhaul-media.so"

const BhMedia *
bh_media (GError **error)
{
  static GMutex mutex;
  static const BhMedia *media;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  gpointer symbol = NULL;
  GModule *module;

  if (media != NULL)
    return media;
  module = g_module_open (MODULE, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (module == NULL || !g_module_symbol (module, "bh_media_module", &symbol)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "pictures and labels: %s; install the program anew", g_module_error ());
    return NULL;
  }
  g_module_make_resident (module);
  media = symbol;
  return media;
}
