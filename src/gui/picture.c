/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "picture.h"

#include "media.h"
#include "step.h"

#define MAX_BYTES (64 * 1024 * 1024)

void
bh_picture_free (BhPicture *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->photo, bh_photo_free);
  g_clear_pointer (&self->scans, g_ptr_array_unref);
  g_free (self);
}

static BhPhoto *
load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *type = NULL;
  BhPhoto *photo;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            cancellable, error);
  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_BYTES) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: larger than 64 MiB; take a smaller picture",
                 shown);
    return NULL;
  }
  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  if (bytes == NULL)
    return NULL;
  type =
      g_content_type_guess (NULL, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  photo = g_new0 (BhPhoto, 1);
  photo->name = g_steal_pointer (&shown);
  photo->media_type = g_content_type_get_mime_type (type);
  photo->bytes = g_steal_pointer (&bytes);
  return photo;
}

/* A picture on its way. */
typedef struct {
  GFile *file;    /* NULL: it is in memory */
  BhPhoto *photo; /* NULL: it is in a file */
  guint symbologies;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_clear_object (&self->file);
  g_clear_pointer (&self->photo, bh_photo_free);
  g_free (self);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (BhPicture) picture = g_new0 (BhPicture, 1);
  Wish *wish = data;
  GError *error = NULL;
  const BhMedia *media = bh_media (&error);

  if (media != NULL)
    picture->photo = wish->file != NULL ? load (wish->file, cancellable, &error)
                                        : g_steal_pointer (&wish->photo);
  if (picture->photo == NULL ||
      (picture->scans = media->read (picture->photo->bytes, wish->symbologies, picture->photo->name,
                                     &error)) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&picture), (GDestroyNotify) bh_picture_free);
}

/* In the worker's thread. */
static gpointer
profile (BhDesk *desk, gpointer data, GError **error)
{
  return GUINT_TO_POINTER (bh_desk_policy (desk)->symbologies);
}

static void
on_profile (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Wish *wish = g_task_get_task_data (task);

  wish->symbologies = GPOINTER_TO_UINT (bh_worker_finish (result, &error));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, run);
}

void
bh_call_profile_async (BhWorker *worker, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (worker, profile, NULL, NULL, NULL, callback, data);
}

static void
take (Wish *wish, BhWorker *worker, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_task_set_source_tag (task, (gpointer) bh_picture_async);
  g_task_set_task_data (task, wish, wish_free);
  bh_call_profile_async (worker, on_profile, g_object_ref (task));
}

void
bh_picture_async (GFile *file, BhWorker *worker, GAsyncReadyCallback callback, gpointer data)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->file = g_object_ref (file);
  take (wish, worker, callback, data);
}

void
bh_picture_of_bytes_async (GBytes *bytes, const char *name, const char *media_type,
                           BhWorker *worker, GAsyncReadyCallback callback, gpointer data)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->photo = g_new0 (BhPhoto, 1);
  *wish->photo = (BhPhoto){ g_strdup (name), g_strdup (media_type), g_bytes_ref (bytes) };
  take (wish, worker, callback, data);
}

BhPicture *
bh_picture_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) bh_picture_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
