/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-repair STORE AWAITED BEFORE FOLDER N
 *
 * Units of AWAITED ("RMA SERIAL" a line, received already) go to the repair center, 300 of
 * them onto the bench. Then N scans of units at the bench, of these and of BEFORE (a serial a
 * line, jobs of years ago), the queue, ten posts with ten photos of 4 MB each, and their
 * reports. FOLDER is for the plain copies that a post is compared with. Prints a line of JSON a
 * measure, in seconds. */
#include "at-bench.h"
#include "bare.h"

#include <fcntl.h>
#include <unistd.h>

#include "backhaul/bench-report.h"
#include "backhaul/photo.h"

#define AT_REPAIR 600
#define ON_BENCH  300
#define POSTS     10
#define PHOTOS    10
#define PHOTO     (4 * 1000 * 1000) /* bytes */

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

static void
arrive (AtBench *self, char **awaited)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < AT_REPAIR; i++) {
    g_autofree char *serial = serial_of (awaited[i]);
    g_autofree char *job = NULL;
    gint64 started;

    at_bench_arrive (self, serial);
    if (i >= ON_BENCH)
      continue;
    started = g_get_monotonic_time ();
    job = at_bench_start (self, serial);
    took (times, started);
  }
  print ("scan of a unit: its job begun and committed", times);
}

static void
scan (AtBench *self, char **awaited, char **before, guint n)
{
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (double));
  guint all = g_strv_length (before);

  for (guint i = 0; i < n; i++) {
    gboolean open = i % 2 == 0;
    g_autofree char *serial =
        open ? serial_of (awaited[i / 2 % ON_BENCH]) : g_strdup (before[(guint64) i * all / n]);
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
queue (AtBench *self, const char *state, const char *what)
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
write_all (AtBench *self, const char *job, GPtrArray *files)
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
  must (
      bh_desk_bench_log (self->desk, at_bench_now (self), job, notes, G_N_ELEMENTS (notes), &error),
      error);
}

static void
post (AtBench *self, char **awaited, const char *folder)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) copies = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint p = 0; p < POSTS; p++) {
    g_autofree char *serial = serial_of (awaited[p]);
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    const BhResult result = { .job = serial, .disposition = "repaired-to-stock" };
    g_auto (BhPosted) posted = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (BhReportPage) page = NULL;
    g_autoptr (GBytes) pdf = NULL;
    double plain;
    gint64 written;
    gint64 started;

    for (guint i = 0; i < PHOTOS; i++)
      g_ptr_array_add (files, photo_of (p * PHOTOS + i, 4000, 3000, PHOTO));
    plain = plain_copies (folder, files);
    g_array_append_val (copies, plain);
    started = g_get_monotonic_time ();
    write_all (self, serial, files);
    written = g_get_monotonic_time ();
    must (bh_desk_bench_post (self->desk, at_bench_now (self), &result, &posted, &error), error);
    took (alone, written);
    took (times, started);
    started = g_get_monotonic_time ();
    page = bh_desk_bench_report (self->desk, serial, 0, NULL, &error);
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
  g_auto (GStrv) awaited = NULL;
  g_auto (GStrv) before = NULL;
  AtBench self;
  guint64 n = 0;

  if (argc != 6 || !g_ascii_string_to_unsigned (argv[5], 10, 2, 1000000, &n, NULL))
    return 2;
  awaited = lines_of (argv[2]);
  before = lines_of (argv[3]);
  at_bench_open (&self, argv[1], "tina");
  arrive (&self, awaited);
  scan (&self, awaited, before, (guint) n);
  queue (&self, "open", "queue of open jobs, a page of 100");
  queue (&self, "waiting", "units that wait, a page of 100");
  queue (&self, "posted", "posted jobs, a page of 100");
  post (&self, awaited, argv[4]);
  at_bench_close (&self);
  return 0;
}
