/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "module.h"

#include <dlfcn.h>

#include "backhaul/error.h"

gconstpointer
bh_module_load (BhModule *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gpointer library;

  if (self->loaded != NULL)
    return self->loaded;
  /* found by the program's own run path: beside it in a build, in the library folder installed;
   * not g_module_open(): it would look along its own library's run path */
  library = dlopen (self->file, RTLD_NOW | RTLD_LOCAL);
  self->loaded = library != NULL ? dlsym (library, self->symbol) : NULL;
  if (self->loaded == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; install the program anew", self->what,
                 dlerror ());
  return self->loaded;
}
