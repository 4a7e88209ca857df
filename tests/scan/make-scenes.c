/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: make-scenes FOLDER SEED N EMPTY
 *
 * N scenes of each symbology and level into FOLDER, and EMPTY pictures without codes, the same
 * for the same SEED. truth.txt lists "FILE LEVEL SYMBOLOGY TEXT-IN-BASE64" of each. */
#include <string.h>

#include "scenes.h"

static void
save (const char *folder, const char *name, const Canvas *canvas, guint quality)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) jpeg = scene_jpeg (canvas, quality);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, g_bytes_get_data (jpeg, NULL), (gssize) g_bytes_get_size (jpeg),
                            &error))
    g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) truth = g_string_new (NULL);
  g_autofree char *list = NULL;
  guint32 seed;

  if (argc != 5)
    g_error ("usage: make-scenes FOLDER SEED N EMPTY");
  seed = (guint32) g_ascii_strtoull (argv[2], NULL, 10) * 100000;
  for (guint i = 0; i < g_ascii_strtoull (argv[3], NULL, 10); i++)
    for (guint kind = 0; kind < G_N_ELEMENTS (scene_kinds); kind++)
      for (guint level = 0; level < SCENE_LEVELS; level++) {
        g_autofree char *text = NULL;
        g_autoptr (Canvas) canvas = scene_new (seed + i, kind, level, &text);
        g_autofree char *name = g_strdup_printf ("%u-%u-%04u.jpg", level, kind, i);
        g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));

        save (argv[1], name, canvas, scene_quality (seed + i, level));
        g_string_append_printf (truth, "%s %u %s %s\n", name, level, scene_kinds[kind].name,
                                base64);
      }
  for (guint i = 0; i < g_ascii_strtoull (argv[4], NULL, 10); i++) {
    g_autoptr (Canvas) canvas = scene_empty (seed + i);
    g_autofree char *name = g_strdup_printf ("none-%04u.jpg", i);

    save (argv[1], name, canvas, 80);
    g_string_append_printf (truth, "%s 9 none -\n", name);
  }
  list = g_build_filename (argv[1], "truth.txt", NULL);
  return g_file_set_contents (list, truth->str, -1, NULL) ? 0 : 1;
}
