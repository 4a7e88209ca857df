/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-photos FOLDER N
 *
 * N photos of box labels, the same for the same N: each at its own slant and with its own
 * noise, from large and easy to small and hard. truth.txt lists "FILE TEXT" of each code. */
#include "backhaul/scene.h"

int
main (int argc, char **argv)
{
  static const guint widths[] = { 1600, 1200, 900, 700 };
  g_autoptr (GString) truth = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *list = NULL;

  if (argc != 3)
    g_error ("usage: bench-photos FOLDER N");
  for (guint i = 0; i < g_ascii_strtoull (argv[2], NULL, 10); i++) {
    guint width = widths[i % G_N_ELEMENTS (widths)];
    g_autofree char *rma = g_strdup_printf ("R%010u", 9000 + i);
    g_autofree char *serial = g_strdup_printf ("SX%08u", i * 7919 % 99999989);
    g_autofree char *name = g_strdup_printf ("box-%04u.png", i);
    g_autofree char *path = g_build_filename (argv[1], name, NULL);
    char *codes[] = { rma, serial, NULL };
    g_autoptr (GBytes) png = bh_scene_png ("Return", codes, i, width, width * 3 / 4, &error);

    if (png == NULL || !g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                             (gssize) g_bytes_get_size (png), &error))
      g_error ("%s", error->message);
    g_string_append_printf (truth, "%s %s\n%s %s\n", name, rma, name, serial);
  }
  list = g_build_filename (argv[1], "truth.txt", NULL);
  if (!g_file_set_contents (list, truth->str, -1, &error))
    g_error ("%s", error->message);
  return 0;
}
