/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "media.h"

#include <dlfcn.h>

#include "backhaul/error.h"

/* found by the program's own run path: beside it in a build, in the library folder installed */
#define MODULE "libbackhaul-media.so"

const BhMedia *
bh_media (GError **error)
{
  static GMutex mutex;
  static const BhMedia *media;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  gpointer module;

  if (media != NULL)
    return media;
  /* not g_module_open(): it would look along its own library's run path */
  module = dlopen (MODULE, RTLD_NOW | RTLD_LOCAL);
  media = module != NULL ? dlsym (module, "bh_media_module") : NULL;
  if (media == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "pictures and labels: %s; install the program anew", dlerror ());
  return media;
}
