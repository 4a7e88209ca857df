/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wrap.h"

#include <glib/gstdio.h>

struct _TestWrap {
  char *folder;
  char *uri;
};

TestWrap *
test_wrap_new (const char *engine)
{
  TestWrap *self = g_new0 (TestWrap, 1);

  self->folder = g_dir_make_tmp ("bh-desk-XXXXXX", NULL);
  self->uri = g_strdup_printf ("sqlite:%s/backhaul.db", self->folder);
  return self;
}

const char *
test_wrap_uri (TestWrap *self)
{
  return self->uri;
}

void
test_wrap_free (TestWrap *self)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strdup_printf ("%s/backhaul.db%s", self->folder, ends[i]);

    g_remove (path);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->uri);
  g_free (self);
}

const char *
test_wrap_engine_from_env (void)
{
  return "sqlite";
}
