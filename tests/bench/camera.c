/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <sys/resource.h>

#include "backhaul/camera.h"

/* Run by scripts/bench camera: looks at @address for so many seconds and prints what was read of
 * it as JSON. usage: bench-camera ADDRESS SECONDS */

typedef struct {
  GMainLoop *loop;
  GArray *rates; /* of guint: frames decoded, a second each */
  guint scans;
  guint seconds;
  guint frames;
  gint64 first_us;
} Count;

static void
on_changed (BhCamera *camera, gpointer data)
{
  Count *count = data;
  g_autoptr (BhCameraView) view = bh_camera_view (camera);
  g_autoptr (GPtrArray) scans = bh_camera_take_scans (camera);

  count->scans += scans->len;
  if (view->state != BH_CAMERA_LIVE)
    return;
  count->frames++;
  if (count->first_us == 0)
    count->first_us = g_get_monotonic_time ();
}

static gboolean
on_second (gpointer data)
{
  Count *count = data;

  g_array_append_val (count->rates, count->frames);
  count->frames = 0;
  if (count->rates->len >= count->seconds)
    g_main_loop_quit (count->loop);
  return G_SOURCE_CONTINUE;
}

static double
seconds_of (struct timeval t)
{
  return (double) t.tv_sec + (double) t.tv_usec / 1e6;
}

int
main (int argc, char **argv)
{
  Count count = { 0 };
  struct rusage before;
  struct rusage after;
  gint64 started = g_get_monotonic_time ();
  BhCamera *camera;

  if (argc != 3)
    return 2;
  count.seconds = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  count.loop = g_main_loop_new (NULL, FALSE);
  count.rates = g_array_new (FALSE, FALSE, sizeof (guint));
  camera = bh_camera_open (argv[1], BH_SYMBOLOGIES_DEFAULT, on_changed, &count);
  while (count.first_us == 0)
    g_main_context_iteration (NULL, TRUE);
  count.frames = 0;
  getrusage (RUSAGE_SELF, &before);
  g_timeout_add_seconds (1, on_second, &count);
  g_main_loop_run (count.loop);
  getrusage (RUSAGE_SELF, &after);
  printf ("{\"first\": %.3f, \"scans\": %u, \"cpu\": %.3f, \"memory\": %ld, \"rates\": [",
          (double) (count.first_us - started) / 1e6, count.scans,
          (seconds_of (after.ru_utime) + seconds_of (after.ru_stime) -
           seconds_of (before.ru_utime) - seconds_of (before.ru_stime)) /
              count.seconds,
          after.ru_maxrss / 1024);
  for (guint i = 0; i < count.rates->len; i++)
    printf ("%s%u", i > 0 ? ", " : "", g_array_index (count.rates, guint, i));
  printf ("]}\n");
  bh_camera_close (camera);
  return 0;
}
