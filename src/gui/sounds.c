/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "sounds.h"

#include "backhaul/data.h"
#include "media.h"

/* Opening the sound device takes tens of milliseconds, and for ever where its
 * server hangs: a thread of its own plays, and what comes too fast is left out. */
#define MAX_QUEUED 3

static void
play (gpointer data, gpointer user_data)
{
  static gboolean silent;
  g_autofree char *path = data;
  g_autoptr (GError) error = NULL;
  const BhMedia *media = silent ? NULL : bh_media (&error);

  if (silent || (media != NULL && media->play (path, &error)))
    return;
  g_debug ("no sound: %s", error->message);
  /* looking for a device again costs each scan what it cost this one */
  silent = TRUE;
}

void
bh_sounds_play (const char *name)
{
  static GThreadPool *pool;
  g_autofree char *file = NULL;

  if (name == NULL)
    return;
  if (pool == NULL)
    pool = g_thread_pool_new (play, NULL, 1, FALSE, NULL);
  if (g_thread_pool_unprocessed (pool) >= MAX_QUEUED)
    return;
  file = g_strdup_printf ("ui/sounds/%s.wav", name);
  g_thread_pool_push (pool, bh_data_path (file), NULL);
}
