/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "at-bench.h"

#include <string.h>

#include "backhaul/custody.h"
#include "backhaul/identifier.h"

void
at_bench_end (const GError *error)
{
  g_error ("%s", error != NULL ? error->message : "it cannot be done here");
}

void
at_bench_open (AtBench *self, const char *store, const char *who)
{
  g_autoptr (GError) error = NULL;

  *self = (AtBench){ 0 };
  self->desk = bh_desk_open (store, BH_STORE_OPEN, who, "main", "bench-1", &error);
  must (self->desk != NULL, error);
}

void
at_bench_close (AtBench *self)
{
  bh_desk_close (self->desk);
  g_free (self->act);
}

const BhWhen *
at_bench_now (AtBench *self)
{
  g_free (self->act);
  self->when.at_us = g_get_real_time ();
  self->when.act = self->act = bh_uuid (self->when.at_us);
  return &self->when;
}

char **
lines_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  must (g_file_get_contents (path, &text, NULL, &error), error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

char *
serial_of (const char *line)
{
  const char *blank = strchr (line, ' ');

  return g_strdup (blank != NULL ? blank + 1 : line);
}

void
at_bench_arrive (AtBench *self, const char *serial)
{
  const char *serials[] = { serial, NULL };
  const BhMove move = { .serials = serials, .to = "repair:RC1" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) moved = bh_desk_move (self->desk, at_bench_now (self), &move, &error);

  must (moved != NULL, error);
}

char *
at_bench_start (AtBench *self, const char *serial)
{
  g_autoptr (GError) error = NULL;
  char *job = NULL;

  must (bh_desk_bench_start (self->desk, at_bench_now (self), serial, BH_REPAIR_RA, "bench", &job,
                             NULL, &error),
        error);
  return job;
}

GBytes *
photo_of (guint seed, int width, int height, gsize bytes)
{
  int w = width * 2 / 5;
  int h = height * 2 / 5;
  g_autoptr (GdkPixbuf) small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, w, h);
  g_autoptr (GdkPixbuf) large = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint8 *pixels = gdk_pixbuf_get_pixels (small);
  GBytes *best = NULL;

  for (int i = 0; i < h * gdk_pixbuf_get_rowstride (small); i++)
    pixels[i] = (guint8) g_rand_int_range (random, 0, 256);
  large = gdk_pixbuf_scale_simple (small, width, height, GDK_INTERP_BILINEAR);
  for (int quality = 95; quality >= 20; quality -= 5) {
    g_autofree char *text = g_strdup_printf ("%d", quality);
    char *saved = NULL;
    gsize size = 0;

    must (gdk_pixbuf_save_to_buffer (large, &saved, &size, "jpeg", NULL, "quality", text, NULL),
          NULL);
    g_clear_pointer (&best, g_bytes_unref);
    best = g_bytes_new_take (saved, size);
    if (size <= bytes * 11 / 10)
      break;
  }
  return best;
}
