/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bench without a screen. usage: poster URI LOGIN FIRST LAST START WHAT
 *
 * WHAT "post": takes SN-000000 … SN-(N-1) from the dock to the repair center, writes down a
 * symptom and four photos of each, posts its result, and says "JOB VERSION" on standard output
 * once that is durable. It is killed and begun again: what it did already it finds done.
 *
 * WHAT "race": begins the job of each; who is told that another has it takes it over. Writes a
 * symptom down, and says what became of each: "SERIAL began|told log|lost". */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/bench.h"
#include "backhaul/custody.h"
#include "backhaul/identifier.h"

#define PHOTOS 4

typedef struct {
  BhDesk *desk;
  char *act;
  BhWhen when;
} Poster;

static const BhWhen *
now (Poster *self)
{
  g_free (self->act);
  self->when.at_us = g_get_real_time ();
  self->when.act = self->act = bh_uuid (self->when.at_us);
  return &self->when;
}

/* Noise, so that it is as large as a photo of its size, and like no other. */
static GBytes *
photo_of (guint64 seed)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 96, 96);
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) seed);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  char *saved = NULL;
  gsize size = 0;

  for (int i = 0; i < gdk_pixbuf_get_rowstride (pixbuf) * 95; i++)
    pixels[i] = (guint8) g_rand_int_range (random, 0, 256);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &saved, &size, "jpeg", NULL, "quality", "95", NULL))
    g_error ("no JPEG can be made");
  return g_bytes_new_take (saved, size);
}

static gboolean
say (const char *one, const char *other, const char *third)
{
  g_autofree char *text = g_strdup_printf ("%s %s%s%s\n", one, other, third != NULL ? " " : "",
                                           third != NULL ? third : "");

  return write (STDOUT_FILENO, text, strlen (text)) >= 0;
}

static gboolean
move (Poster *self, const char *serial, const char *to, GError **error)
{
  const char *serials[] = { serial, NULL };
  const BhMove asked = { .serials = serials, .to = to };
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) moved = bh_desk_move (self->desk, now (self), &asked, &why);

  /* there already: a life before this one did it */
  if (moved != NULL || g_error_matches (why, BH_ERROR, BH_ERROR_REFUSED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
log_all (Poster *self, const char *job, guint64 unit, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  BhNote notes[PHOTOS + 1] = { { .kind = BH_ENTRY_SYMPTOM, .value = "no power" } };

  for (guint i = 0; i < PHOTOS; i++) {
    g_ptr_array_add (files, photo_of (unit * PHOTOS + i));
    notes[i + 1] = (BhNote){ .kind = BH_ENTRY_PHOTO,
                             .name = "photo.jpg",
                             .file = g_ptr_array_index (files, i) };
  }
  return bh_desk_bench_log (self->desk, now (self), job, notes, PHOTOS + 1, error);
}

static gboolean
post (Poster *self, const char *serial, guint64 unit, GError **error)
{
  BhResult result = { .disposition = "no-fault-found" };
  g_auto (BhPosted) posted = { 0 };
  g_autoptr (BhJob) found = NULL;
  g_autofree char *job = NULL;

  if (!move (self, serial, "repair:RC1", error))
    return FALSE;
  found = bh_desk_job (self->desk, serial, self->when.at_us, NULL);
  if (found != NULL && g_str_equal (found->state, "posted"))
    return say (found->job, "1", NULL);
  if (!bh_desk_bench_start (self->desk, now (self), serial, BH_REPAIR_RA, NULL, &job, NULL,
                            error) ||
      !log_all (self, job, unit, error))
    return FALSE;
  result.job = job;
  return bh_desk_bench_post (self->desk, now (self), &result, &posted, error) &&
         say (job, "1", NULL);
}

static gboolean
race (Poster *self, const char *serial, GError **error)
{
  const BhNote note = { .kind = BH_ENTRY_SYMPTOM, .value = "no power" };
  g_autoptr (GError) why = NULL;
  g_autofree char *job = NULL;
  gboolean began =
      bh_desk_bench_start (self->desk, now (self), serial, BH_REPAIR_RA, NULL, &job, NULL, &why);

  if (!began && (!g_error_matches (why, BH_ERROR, BH_ERROR_REFUSED) ||
                 strstr (why->message, "has it in hand") == NULL)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  g_clear_error (&why);
  if (!began && !bh_desk_bench_take (self->desk, now (self), serial, "my turn", error))
    return FALSE;
  if (bh_desk_bench_log (self->desk, now (self), serial, &note, 1, &why))
    return say (serial, began ? "began" : "told", "log");
  /* taken over between the two */
  if (strstr (why->message, "has it in hand") != NULL)
    return say (serial, began ? "began" : "told", "lost");
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Poster self = { 0 };
  guint64 first = 0;
  guint64 last = 0;
  guint64 start = 0;

  if (argc != 7 || !g_ascii_string_to_unsigned (argv[3], 10, 0, 1000000, &first, NULL) ||
      !g_ascii_string_to_unsigned (argv[4], 10, 0, 1000000, &last, NULL) ||
      !g_ascii_string_to_unsigned (argv[5], 10, 0, G_MAXINT64, &start, NULL))
    return 2;
  self.desk = bh_desk_open (argv[1], BH_STORE_OPEN, argv[2], NULL, argv[2], &error);
  while ((gint64) start > g_get_real_time ())
    g_usleep (50);
  for (guint64 unit = first; self.desk != NULL && unit < last; unit++) {
    g_autofree char *serial = g_strdup_printf ("SN-%06" G_GUINT64_FORMAT, unit);

    if (!(g_str_equal (argv[6], "race") ? race (&self, serial, &error)
                                        : post (&self, serial, unit, &error)))
      break;
  }
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  if (self.desk != NULL)
    bh_desk_close (self.desk);
  g_free (self.act);
  return error == NULL ? 0 : 1;
}
