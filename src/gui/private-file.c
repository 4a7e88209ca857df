/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "private-file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "backhaul/error.h"

static char *folder;
static GMutex folder_mutex;

char *
bh_private_path_of (const char *kind, const char *ending, GError **error)
{
  static guint n;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&folder_mutex);
  g_autofree char *name = NULL;

  if (folder == NULL)
    folder = g_dir_make_tmp ("backhaul-XXXXXX", error);
  if (folder == NULL)
    return NULL;
  name = g_strdup_printf ("%s-%u.%s", kind, ++n, ending);
  return g_build_filename (folder, name, NULL);
}

char *
bh_private_path (const char *kind, GError **error)
{
  return bh_private_path_of (kind, "pdf", error);
}

gboolean
bh_private_open (GtkWidget *from, const char *path, GError **error)
{
  GtkWidget *window = gtk_widget_get_toplevel (from);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (gtk_show_uri_on_window (GTK_WINDOW (window), uri, GDK_CURRENT_TIME, NULL))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE,
               _ ("It is ready, but no program here opens PDF files; print %s"), path);
  return FALSE;
}

void
bh_private_clean (void)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  if (folder != NULL)
    g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}
