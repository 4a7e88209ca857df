/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/data.h"

/* how far above the program its source tree may begin: TREE/_build/src/cli/backhaulctl */
#define MOST_PARENTS 6

static gboolean
is_tree (const char *folder)
{
  g_autofree char *labels = g_build_filename (folder, "labels", "box-4x6.svg", NULL);
  g_autofree char *mail = g_build_filename (folder, "data", "mail", NULL);

  return g_file_test (labels, G_FILE_TEST_IS_REGULAR) && g_file_test (mail, G_FILE_TEST_IS_DIR);
}

/* The source tree that the running program was built in; NULL: none. */
static char *
find_tree (void)
{
  char *folder = g_file_read_link ("/proc/self/exe", NULL);

  for (int i = 0; folder != NULL && i < MOST_PARENTS; i++) {
    char *parent = g_path_get_dirname (folder);

    g_free (folder);
    folder = parent;
    if (is_tree (folder))
      return folder;
  }
  g_free (folder);
  return NULL;
}

/* Whoever starts a program that is not installed means the files beside it. */
static const char *
data_root (void)
{
  static gsize once;
  static char *tree;
  const char *root = g_getenv ("BACKHAUL_DATA");

  if (root != NULL && *root != '\0')
    return root;
  if (g_once_init_enter (&once)) {
    tree = find_tree ();
    g_once_init_leave (&once, 1);
  }
  return tree != NULL ? tree : PKGDATADIR;
}

char *
bh_data_path (const char *relative)
{
  g_return_val_if_fail (relative != NULL, NULL);
  return g_build_filename (data_root (), relative, NULL);
}
