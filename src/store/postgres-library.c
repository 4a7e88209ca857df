/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "postgres-library.h"

#include <dlfcn.h>
#include <stddef.h>

#include "backhaul/error.h"

#define LIBRARY "libpq.so.5"

static const struct {
  const char *name;
  size_t offset;
} functions[] = {
#define X(name) { "PQ" #name, offsetof (BhPq, name) },
  BH_PQ_FUNCTIONS (X)
#undef X
};

const BhPq *
bh_pq_load (GError **error)
{
  static GMutex mutex;
  static BhPq table;
  static gboolean loaded;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  gpointer library;

  if (loaded)
    return &table;
  library = dlopen (LIBRARY, RTLD_NOW | RTLD_LOCAL);
  for (gsize i = 0; library != NULL && i < G_N_ELEMENTS (functions); i++) {
    gpointer *slot = (gpointer *) ((char *) &table + functions[i].offset);

    *slot = dlsym (library, functions[i].name);
    if (*slot == NULL)
      library = NULL; /* loaded, but no libpq that we know */
  }
  if (library == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "postgresql: %s; install libpq5, or name a store as sqlite:PATH", dlerror ());
    return NULL;
  }
  loaded = TRUE;
  return &table;
}
