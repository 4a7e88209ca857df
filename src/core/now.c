/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/now.h"

#include <time.h>

static GMutex mutex;
static gboolean follows;
static gint64 ahead_us; /* of bh_boot_us() */

gint64
bh_boot_us (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void
bh_now_follow (gint64 server_us, gint64 boot_us)
{
  g_mutex_lock (&mutex);
  ahead_us = server_us - boot_us;
  follows = TRUE;
  g_mutex_unlock (&mutex);
}

gint64
bh_now_us (void)
{
  gint64 now_us = 0;

  g_mutex_lock (&mutex);
  if (follows)
    now_us = bh_boot_us () + ahead_us;
  g_mutex_unlock (&mutex);
  return now_us != 0 ? now_us : g_get_real_time ();
}
