/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "camera.h"

#include "module.h"

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static BhModule module = { "libbackhaul-camera.so", "bh_cameras", "the camera" };
  GError *error = NULL;
  gconstpointer cameras = bh_module_load (&module, &error);

  if (cameras == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, (gpointer) cameras, NULL);
}

void
bh_cameras_async (GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_task_set_source_tag (task, (gpointer) bh_cameras_async);
  g_task_run_in_thread (task, load);
}

const BhCameras *
bh_cameras_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) bh_cameras_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
