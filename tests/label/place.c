/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"

#include <glib/gstdio.h>

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("bh-template-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "own.svg", NULL);
  place->pdf = g_build_filename (place->folder, "own.pdf", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_remove (place->path);
  g_remove (place->pdf);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
  g_free (place->pdf);
}

BhLabelTemplate *
load (Place *place, const char *svg, GError **error)
{
  g_assert_true (g_file_set_contents (place->path, svg, -1, NULL));
  return bh_label_template_load (place->path, error);
}

BhLabelTemplate *
load_body (Place *place, const char *body, GError **error)
{
  g_autofree char *svg = g_strconcat (HEAD, body, "</svg>\n", NULL);

  return load (place, svg, error);
}

GHashTable *
fields_with (const char *name, const char *value)
{
  GHashTable *fields = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (fields, (char *) name, (char *) value);
  return fields;
}

int
place_run (const PlaceTest *tests, guint n)
{
  for (guint i = 0; i < n; i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
