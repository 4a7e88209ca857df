/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "store-calls.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "backhaul/desk.h"
#include "backhaul/transfer.h"
#include "store-password.h"

char *
bh_store_of_this_computer (void)
{
  return g_strdup_printf ("sqlite:%s/backhaul/backhaul.db", g_get_user_data_dir ());
}

gboolean
bh_store_is_on_this_computer (void)
{
  g_autofree char *uri = bh_store_of_this_computer ();

  return g_file_test (uri + strlen ("sqlite:"), G_FILE_TEST_EXISTS);
}

static void
run (GTask *task, GTaskThreadFunc thread)
{
  g_task_run_in_thread (task, thread);
  g_object_unref (task);
}

char *
bh_call_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- testing --------------------------------------------------------------------- */

static void
test (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (BhStore) store = bh_store_open (data, BH_STORE_READ_ONLY, &error);

  if (store == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (
        task,
        g_strdup_printf (_ ("It answers: a store of Backhaul, version %d, as this program needs."),
                         bh_store_version (store)),
        g_free);
}

void
bh_call_store_test_async (const char *uri, const char *password, GAsyncReadyCallback callback,
                          gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, callback, data);

  if (password != NULL)
    bh_store_password_try (uri, password);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  run (task, test);
}

/* ---- making ---------------------------------------------------------------------- */

static void
make (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *uri = bh_store_of_this_computer ();
  g_autofree char *folder = g_path_get_dirname (uri + strlen ("sqlite:"));
  g_autoptr (BhDesk) desk = NULL;
  GError *error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_set_error (&error, BH_ERROR, BH_ERROR_STORE, _ ("%s: %s; look at the rights of its folder"),
                 folder, g_strerror (errno));
  else
    desk = bh_desk_open (uri, BH_STORE_MIGRATE, NULL, NULL, NULL, &error);
  if (desk != NULL && (!GPOINTER_TO_INT (data) || bh_desk_make_demo (desk, bh_now_us (), &error)))
    g_task_return_pointer (task, g_steal_pointer (&uri), g_free);
  else
    g_task_return_error (task, error);
}

void
bh_call_store_make_async (gboolean sample, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, callback, data);

  g_task_set_task_data (task, GINT_TO_POINTER (sample), NULL);
  run (task, make);
}

/* ---- keeping a password ------------------------------------------------------------ */

static void
keep (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (bh_store_password_keep (data, &error))
    g_task_return_pointer (task, g_strdup (""), g_free);
  else
    g_task_return_error (task, error);
}

static void
keep_in_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *path = bh_store_password_file (data, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

void
bh_call_store_keep_async (const BhStoreAddress *address, gboolean in_file,
                          GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, callback, data);
  BhStoreAddress *copy = g_new0 (BhStoreAddress, 1);

  *copy = (BhStoreAddress){ g_strdup (address->hosts), g_strdup (address->database),
                            g_strdup (address->user), g_strdup (address->password),
                            g_strdup (address->rest) };
  g_task_set_task_data (task, copy, (GDestroyNotify) bh_store_address_free);
  run (task, in_file ? keep_in_file : keep);
}
