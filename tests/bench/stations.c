/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-stations CTL STORE AWAITED SKIP STATIONS EACH
 *
 * So many stations (`CTL receive -`), each given one box of the lines of AWAITED after SKIP
 * ("RMA SERIAL" each) and the next when its verdict is there, so that each box is one commit.
 * Prints a line a box as pgbench logs its transactions: station, number of the box,
 * microseconds to its verdict, 0, and when that was (seconds and microseconds). */
#include <glib-unix.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  GPid process;
  int to;
  int from;
  GString *heard;
  guint given;
  gint64 since_us;
} Station;

typedef struct {
  char **lines; /* of AWAITED, after SKIP */
  guint n;
  guint each;
  Station *stations;
} Dock;

static void
start (Dock *self, guint i, const char *ctl, const char *store)
{
  g_autofree char *name = g_strdup_printf ("bench%u", i);
  const char *const command[] = { ctl,  "--store", store, "--json", "--station",
                                  name, "receive", "-",   NULL };
  g_autoptr (GError) error = NULL;
  Station *station = &self->stations[i];

  if (!g_spawn_async_with_pipes (NULL, (char **) command, NULL,
                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                                 &station->process, &station->to, &station->from, NULL, &error))
    g_error ("%s", error->message);
  station->heard = g_string_new (NULL);
}

static void
give (Dock *self, guint i)
{
  Station *station = &self->stations[i];
  /* each takes every so many-th, as boxes are dealt */
  g_auto (GStrv) words = g_strsplit (self->lines[station->given * self->n + i], " ", 2);
  g_autofree char *box = g_strdup_printf ("%s\n%s\n\n", words[0], words[1]);

  station->since_us = g_get_monotonic_time ();
  if (write (station->to, box, strlen (box)) != (gssize) strlen (box))
    g_error ("station %u takes no box", i);
  station->given++;
}

/* TRUE: its verdict is there. */
static gboolean
hear (Dock *self, guint i)
{
  Station *station = &self->stations[i];
  char text[4096];
  gssize n = read (station->from, text, sizeof text);
  gint64 took_us = g_get_monotonic_time () - station->since_us;
  gint64 now_us = g_get_real_time ();

  if (n <= 0)
    g_error ("station %u has ended", i);
  g_string_append_len (station->heard, text, n);
  if (station->heard->str[station->heard->len - 1] != '\n')
    return FALSE;
  if (strstr (station->heard->str, "\"verdict\":\"accept\"") == NULL)
    g_error ("station %u: %s", i, station->heard->str);
  g_string_truncate (station->heard, 0);
  printf ("%u %u %" G_GINT64_FORMAT " 0 %" G_GINT64_FORMAT " %06" G_GINT64_FORMAT "\n", i,
          station->given - 1, took_us, now_us / G_USEC_PER_SEC, now_us % G_USEC_PER_SEC);
  return TRUE;
}

static void
work (Dock *self)
{
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, self->n);
  guint at_work = self->n;

  for (guint i = 0; i < self->n; i++) {
    fds[i] = (struct pollfd){ .fd = self->stations[i].from, .events = POLLIN };
    give (self, i);
  }
  while (at_work > 0 && poll (fds, self->n, -1) > 0)
    for (guint i = 0; i < self->n; i++) {
      if (fds[i].revents == 0 || !hear (self, i))
        continue;
      if (self->stations[i].given < self->each) {
        give (self, i);
        continue;
      }
      fds[i].fd = -1;
      at_work--;
    }
}

static void
end (Dock *self)
{
  for (guint i = 0; i < self->n; i++)
    close (self->stations[i].to);
  for (guint i = 0; i < self->n; i++) {
    int status = 0;

    waitpid (self->stations[i].process, &status, 0);
    if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
      g_error ("station %u: status %d", i, status);
    close (self->stations[i].from);
    g_string_free (self->stations[i].heard, TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Dock dock = { 0 };
  guint skip;

  if (argc != 7)
    g_error ("usage: bench-stations CTL STORE AWAITED SKIP STATIONS EACH");
  if (!g_file_get_contents (argv[3], &text, NULL, &error))
    g_error ("%s", error->message);
  lines = g_strsplit (text, "\n", -1);
  skip = (guint) g_ascii_strtoull (argv[4], NULL, 10);
  dock.n = (guint) g_ascii_strtoull (argv[5], NULL, 10);
  dock.each = (guint) g_ascii_strtoull (argv[6], NULL, 10);
  if (g_strv_length (lines) < skip + dock.n * dock.each)
    g_error ("%s: it has fewer than %u lines", argv[3], skip + dock.n * dock.each);
  dock.lines = lines + skip;
  dock.stations = g_new0 (Station, dock.n);
  for (guint i = 0; i < dock.n; i++)
    start (&dock, i, argv[1], argv[2]);
  work (&dock);
  end (&dock);
  g_free (dock.stations);
  return 0;
}
