/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "sounds.h"

#include <gsound.h>

#include "backhaul/data.h"

/* Opening the sound device takes tens of milliseconds, and for ever where its
 * server hangs: a thread of its own plays, and what comes too fast is left out. */
#define MAX_QUEUED 3

static void
play (gpointer data, gpointer user_data)
{
  static GSoundContext *context;
  static gboolean silent;
  g_autofree char *path = data;
  g_autoptr (GError) error = NULL;

  if (!silent && context == NULL)
    context = gsound_context_new (NULL, &error);
  if (silent || context == NULL ||
      !gsound_context_play_simple (context, NULL, &error, GSOUND_ATTR_MEDIA_FILENAME, path,
                                   GSOUND_ATTR_MEDIA_ROLE, "event", NULL)) {
    if (!silent)
      g_debug ("no sound: %s", error != NULL ? error->message : "no device");
    silent = TRUE; /* looking for a device again costs each scan what it cost this one */
  }
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
