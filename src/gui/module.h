/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part of the program that is loaded when it is first wanted. */
typedef struct {
  const char *file;
  const char *symbol; /* what it exports */
  const char *what;   /* in errors */
  GMutex mutex;
  gconstpointer loaded;
} BhModule;

/* Any thread. Errors: %BH_ERROR_STORE: it is not where it was installed. */
gconstpointer bh_module_load (BhModule *self, GError **error);

G_END_DECLS
