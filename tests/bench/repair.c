/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-repair STORE AWAITED BEFORE FOLDER N
 *
 * Units of AWAITED ("RMA SERIAL" a line, received already) go to the repair center, 300 of
 * them onto the bench. Then N scans of units at the bench, of these and of BEFORE (a serial a
 * line, jobs of years ago), the queue, ten posts with ten photos of 4 MB each, and their
 * reports. FOLDER is for the plain copies that a post is compared with. Prints a line of JSON a
 * measure, in seconds. */
#include "bare.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/bench-report.h"
#include "backhaul/custody.h"
#include "backhaul/identifier.h"
#include "backhaul/photo.h"

#define AT_REPAIR 600
#define ON_BENCH  300
#define POSTS     10
#define PHOTOS    10
#define PHOTO     (4 * 1000 * 1000) /* bytes */

typedef struct {
  BhDesk *desk;
  char *act;
  BhWhen when;
} Bench;

static const BhWhen *
now (Bench *self)
{
  g_free (self->act);
  self->when.at_us = g_get_real_time ();
  self->when.act = self->act = bh_uuid (self->when.at_us);
  return &self->when;
}

static void
took (GArray *times, gint64 started)
{
  double seconds = (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;

  g_array_append_val (times, seconds);
}

static void
print (const char *what, GArray *times)
{
  sort_times (times);
  g_print ("{\"what\":\"%s\",\"n\":%u,\"median\":%.6f,\"p99\":%.6f,\"max\":%.6f}\n", what,
           times->len, quantile (times, 0.5), quantile (times, 0.99), quantile (times, 1));
}

static char **
lines_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "it cannot be done here");
}

/* Noise in blocks, at the quality that comes nearest to a phone's 12 megapixels in 4 MB. */
static GBytes *
photo_of (guint seed)
{
  g_autoptr (GdkPixbuf) small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1600, 1200);
  g_autoptr (GdkPixbuf) large = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint8 *pixels = gdk_pixbuf_get_pixels (small);
  GBytes *best = NULL;

  for (int i = 0; i < 1600 * 1200 * 3; i++)
    pixels[i] = (guint8) g_rand_int_range (random, 0, 256);
  large = gdk_pixbuf_scale_simple (small, 4000, 3000, GDK_INTERP_BILINEAR);
  for (int quality = 95; quality >= 20; quality -= 5) {
    g_autofree char *text = g_strdup_printf ("%d", quality);
    char *saved = NULL;
    gsize size = 0;

    must (gdk_pixbuf_save_to_buffer (large, &saved, &size, "jpeg", NULL, "quality", text, NULL),
          NULL);
    g_clear_pointer (&best, g_bytes_unref);
    best = g_bytes_new_take (saved, size);
    if (size <= PHOTO * 11 / 10)
      break;
  }
  return best;
}

static void
arrive (Bench *self, char **awaited)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < AT_REPAIR; i++) {
    g_auto (GStrv) words = g_strsplit (awaited[i], " ", 2);
    const char *serials[] = { words[1], NULL };
    const BhMove move = { .serials = serials, .to = "repair:RC1" };
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) moved = bh_desk_move (self->desk, now (self), &move, &error);
    g_autofree char *job = NULL;
    gint64 started;

    must (moved != NULL, error);
    if (i >= ON_BENCH)
      continue;
    started = g_get_monotonic_time ();
    must (bh_desk_bench_start (self->desk, now (self), words[1], BH_REPAIR_RA, "bench", &job, NULL,
                               &error),
          error);
    took (times, started);
  }
  print ("scan of a unit: its job begun and committed", times);
}

static void
scan (Bench *self, char **awaited, char **before, guint n)
{
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (double));
  guint all = g_strv_length (before);

  for (guint i = 0; i < n; i++) {
    gboolean open = i % 2 == 0;
    g_auto (GStrv) words = g_strsplit (awaited[i / 2 % ON_BENCH], " ", 2);
    const char *serial = open ? words[1] : before[(guint64) i * all / n];
    gint64 started = g_get_monotonic_time ();
    g_autoptr (GError) error = NULL;
    g_autoptr (BhJob) job = bh_desk_job (self->desk, serial, started, &error);

    must (job != NULL, error);
    took (open ? fresh : old, started);
  }
  print ("scan of a unit: its open job with all of it", fresh);
  print ("scan of a unit: its job of years ago", old);
}

static void
queue (Bench *self, const char *state, const char *what)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < 200; i++) {
    const BhJobQuery query = { .state = state };
    gint64 started = g_get_monotonic_time ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) jobs = bh_desk_jobs (self->desk, &query, g_get_real_time (), &error);

    must (jobs != NULL && jobs->len == 100, error);
    took (times, started);
  }
  print (what, times);
}

/* What it costs to have the same bytes on the disk, and nothing else. */
static double
plain_copies (const char *folder, GPtrArray *files)
{
  gint64 started = g_get_monotonic_time ();

  for (guint i = 0; i < files->len; i++) {
    g_autofree char *name = g_strdup_printf ("%s/photo-%u.jpg", folder, i);
    int fd = open (name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    gsize size = 0;
    const char *data = g_bytes_get_data (g_ptr_array_index (files, i), &size);

    must (fd >= 0 && write (fd, data, size) == (gssize) size && fdatasync (fd) == 0, NULL);
    close (fd);
    unlink (name);
  }
  return (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
}

static void
write_all (Bench *self, const char *job, GPtrArray *files)
{
  BhNote notes[PHOTOS + 24] = { { .kind = BH_ENTRY_SYMPTOM, .value = "restarts under load" },
                                { .kind = BH_ENTRY_REPRODUCED, .value = "yes" },
                                { .kind = BH_ENTRY_FAULT, .value = "POWER" },
                                { .kind = BH_ENTRY_ACTION, .value = "supply replaced" } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    notes[4 + i] = (BhNote){ .kind = BH_ENTRY_READING,
                             .name = g_intern_string (g_strdup_printf ("V%u", i)),
                             .value = "5.01",
                             .low = "4.75",
                             .high = "5.25" };
  for (guint i = 0; i < PHOTOS; i++)
    notes[24 + i] = (BhNote){ .kind = BH_ENTRY_PHOTO,
                              .name = "photo.jpg",
                              .file = g_ptr_array_index (files, i) };
  must (bh_desk_bench_log (self->desk, now (self), job, notes, G_N_ELEMENTS (notes), &error),
        error);
}

static void
post (Bench *self, char **awaited, const char *folder)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) copies = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint p = 0; p < POSTS; p++) {
    g_auto (GStrv) words = g_strsplit (awaited[p], " ", 2);
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    const BhResult result = { .job = words[1], .disposition = "repaired-to-stock" };
    g_auto (BhPosted) posted = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (BhReportPage) page = NULL;
    g_autoptr (GBytes) pdf = NULL;
    double plain;
    gint64 written;
    gint64 started;

    for (guint i = 0; i < PHOTOS; i++)
      g_ptr_array_add (files, photo_of (p * PHOTOS + i));
    plain = plain_copies (folder, files);
    g_array_append_val (copies, plain);
    started = g_get_monotonic_time ();
    write_all (self, words[1], files);
    written = g_get_monotonic_time ();
    must (bh_desk_bench_post (self->desk, now (self), &result, &posted, &error), error);
    took (alone, written);
    took (times, started);
    started = g_get_monotonic_time ();
    page = bh_desk_bench_report (self->desk, words[1], 0, NULL, &error);
    must (page != NULL && (pdf = bh_report_page_pdf (page, &error)) != NULL, error);
    took (reports, started);
  }
  print ("ten photos of 4 MB written down, and the result posted", times);
  print ("the result posted, its ten photos written down as they were taken", alone);
  print ("plain copies", copies);
  print ("report as PDF, ten photos and 20 readings", reports);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) awaited = NULL;
  g_auto (GStrv) before = NULL;
  Bench self = { 0 };
  guint64 n = 0;

  if (argc != 6 || !g_ascii_string_to_unsigned (argv[5], 10, 2, 1000000, &n, NULL))
    return 2;
  awaited = lines_of (argv[2]);
  before = lines_of (argv[3]);
  self.desk = bh_desk_open (argv[1], BH_STORE_OPEN, "tina", "main", "bench-1", &error);
  must (self.desk != NULL, error);
  arrive (&self, awaited);
  scan (&self, awaited, before, (guint) n);
  queue (&self, "open", "queue of open jobs, a page of 100");
  queue (&self, "waiting", "units that wait, a page of 100");
  queue (&self, "posted", "posted jobs, a page of 100");
  post (&self, awaited, argv[4]);
  bh_desk_close (self.desk);
  g_free (self.act);
  return 0;
}
