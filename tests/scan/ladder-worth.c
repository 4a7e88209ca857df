/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: ladder-worth FOLDER [REGIONS]
 *
 * What each step of the ladder reads of the scenes in FOLDER (made by make-scenes), and what it
 * costs. Then the order in which they are worth most: at each place the step that reads the
 * most of what is left for its time. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "../../src/scan/ladder.h"

typedef struct {
  guint level;
  guint kind;
  gboolean *read; /* a step */
  double *ms;
  double cut[2][BH_PIECES]; /* by kind of region and scale */
} Scene;

static guint n_steps, max_regions = 6;
static double find_ms;
static const BhStep *steps;

static BhGrey *
load (const char *path)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_file (path, NULL);
  BhGrey *grey = g_new0 (BhGrey, 1);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (picture);

  grey->width = (guint) gdk_pixbuf_get_width (picture);
  grey->height = (guint) gdk_pixbuf_get_height (picture);
  grey->pixels = g_malloc ((gsize) grey->width * grey->height);
  for (guint y = 0; y < grey->height; y++)
    bh_grey_from_rgb (grey->pixels + (gsize) y * grey->width,
                      gdk_pixbuf_get_pixels (picture) + y * stride, grey->width, 3);
  return grey;
}

static double
since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / 1000;
}

/* As the ladder cuts: once a scale, for whichever step comes first. */
static void
cut (Scene *scene, const BhGrey *grey, GArray *regions, const BhStep *step)
{
  GArray *reads = bh_reads_new ();
  gint64 began;
  double first;
  guint kind = step->on == BH_ON_BARS ? BH_REGION_BARS : BH_REGION_MATRIX;

  if (step->on == BH_ON_PICTURE || step->turn > 0 || scene->cut[kind][step->scale] > 0)
    return;
  began = g_get_monotonic_time ();
  bh_ladder_step (step, grey, regions, BH_SYMBOLOGIES_DEFAULT, reads);
  first = since (began);
  began = g_get_monotonic_time ();
  bh_ladder_step (step, grey, regions, BH_SYMBOLOGIES_DEFAULT, reads);
  scene->cut[kind][step->scale] = MAX (first - since (began), 0.001);
  g_array_unref (reads);
}

static void
measure (Scene *scene, const BhGrey *grey, const char *text, gsize size, guint *wrong)
{
  gint64 found = g_get_monotonic_time ();
  GArray *regions = bh_regions_find (grey, max_regions);

  find_ms += since (found);
  for (guint i = 0; i < n_steps; i++) {
    GArray *reads = bh_reads_new ();
    gint64 began;

    cut (scene, grey, regions, &steps[i]);
    began = g_get_monotonic_time ();
    bh_ladder_step (&steps[i], grey, regions, BH_SYMBOLOGIES_DEFAULT, reads);
    scene->ms[i] = since (began);
    for (guint k = 0; k < reads->len; k++) {
      const BhRead *read = &g_array_index (reads, BhRead, k);

      if (g_bytes_get_size (read->symbol->bytes) == size &&
          memcmp (g_bytes_get_data (read->symbol->bytes, NULL), text, size) == 0)
        scene->read[i] = scene->read[i] || bh_reads_holds (reads, k);
      else if (bh_reads_holds (reads, k))
        wrong[i]++;
    }
    g_array_unref (reads);
  }
  g_array_unref (regions);
}

/* Of what is left: reads, and milliseconds of all that is left, with the cutting out of its
 * pieces unless a step before did it. */
static double
worth (GPtrArray *left, guint step, const gboolean *taken, guint *reads, double *ms)
{
  const BhStep *one = &steps[step];
  guint kind = one->on == BH_ON_BARS ? BH_REGION_BARS : BH_REGION_MATRIX;
  gboolean cuts = one->on != BH_ON_PICTURE && !(one->turn > 0);

  for (guint i = 0; i < n_steps; i++)
    if (taken[i] && steps[i].on == one->on && steps[i].scale == one->scale && !(steps[i].turn > 0))
      cuts = FALSE;
  *reads = 0;
  *ms = 0;
  for (guint i = 0; i < left->len; i++) {
    const Scene *scene = g_ptr_array_index (left, i);

    *reads += scene->read[step];
    *ms += scene->ms[step] + (cuts ? scene->cut[kind][one->scale] : 0);
  }
  return *reads / MAX (*ms, 0.001);
}

static void
print_order (GPtrArray *scenes)
{
  g_autofree gboolean *taken = g_new0 (gboolean, n_steps);

  g_print ("\n%-24s %6s %9s %6s\n", "in order of worth", "reads", "ms a try", "left");
  for (guint place = 0; place < n_steps; place++) {
    guint best = n_steps, reads, best_reads = 0;
    double most = 0, ms, best_ms = 0;

    for (guint i = 0; i < n_steps; i++)
      if (!taken[i]) {
        double one = worth (scenes, i, taken, &reads, &ms);

        if (one > most) {
          most = one;
          best = i;
          best_reads = reads;
          best_ms = ms / MAX (scenes->len, 1);
        }
      }
    if (best == n_steps)
      break;
    taken[best] = TRUE;
    for (guint k = 0; k < scenes->len;)
      if (((Scene *) g_ptr_array_index (scenes, k))->read[best])
        g_ptr_array_remove_index_fast (scenes, k);
      else
        k++;
    g_print ("%-24s %6u %9.2f %6u\n", steps[best].name, best_reads, best_ms, scenes->len);
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *list = g_build_filename (argc > 1 ? argv[1] : "", "truth.txt", NULL);
  g_autoptr (GPtrArray) scenes = g_ptr_array_new ();
  g_autofree char *truth = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree gboolean *none = NULL;
  guint wrong[64] = { 0 };

  if (argc > 2)
    max_regions = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  if (argc < 2 || !g_file_get_contents (list, &truth, NULL, NULL))
    g_error ("usage: ladder-worth FOLDER [REGIONS]");
  steps = bh_ladder_steps (&n_steps);
  lines = g_strsplit (truth, "\n", -1);
  for (char **line = lines; **line != '\0'; line++) {
    g_auto (GStrv) words = g_strsplit (*line, " ", 4);
    g_autofree char *path = g_build_filename (argv[1], words[0], NULL);
    g_autoptr (BhGrey) grey = load (path);
    Scene *scene = g_new0 (Scene, 1);
    gsize size = 0;
    g_autofree guchar *text = g_base64_decode (words[3], &size);

    scene->read = g_new0 (gboolean, n_steps);
    scene->ms = g_new0 (double, n_steps);
    scene->level = words[1][0] - '0';
    measure (scene, grey, (const char *) text, size, wrong);
    if (scene->level < 9)
      g_ptr_array_add (scenes, scene);
  }
  none = g_new0 (gboolean, n_steps);
  g_print ("%u scenes, regions found in %.2f ms\n%-24s %6s %6s %9s   by level\n", scenes->len,
           find_ms / MAX (scenes->len, 1), "step", "reads", "wrong", "ms a try");
  for (guint i = 0; i < n_steps; i++) {
    guint reads, by[10] = { 0 };
    double ms;

    worth (scenes, i, none, &reads, &ms);
    for (guint k = 0; k < scenes->len; k++)
      by[((Scene *) g_ptr_array_index (scenes, k))->level] +=
          ((Scene *) g_ptr_array_index (scenes, k))->read[i];
    g_print ("%-24s %6u %6u %9.2f   %u %u %u %u %u\n", steps[i].name, reads, wrong[i],
             ms / scenes->len, by[0], by[1], by[2], by[3], by[4]);
  }
  print_order (scenes);
  return 0;
}
