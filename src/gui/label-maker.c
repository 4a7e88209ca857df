/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "label-maker.h"

#include "calls.h"
#include "media.h"
#include "private-file.h"

#define PREVIEW_HEIGHT 230

typedef struct {
  char *receipt;
  BhWorker *reads;
  BhLabelWords *words;
} Making;

void
bh_made_label_free (BhMadeLabel *self)
{
  if (self == NULL)
    return;
  g_free (self->receipt);
  g_free (self->path);
  g_clear_object (&self->preview);
  g_free (self);
}

static void
making_free (gpointer data)
{
  Making *self = data;

  g_free (self->receipt);
  g_clear_object (&self->reads);
  g_clear_pointer (&self->words, bh_label_words_free);
  g_free (self);
}

static GdkPixbuf *
preview_of (GBytes *png, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (png);

  return gdk_pixbuf_new_from_stream_at_scale (stream, -1, PREVIEW_HEIGHT, TRUE, NULL, error);
}

static void
draw (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Making *making = data;
  g_autoptr (BhMadeLabel) made = g_new0 (BhMadeLabel, 1);
  g_autoptr (GBytes) png = NULL;
  GError *error = NULL;
  const BhMedia *media = bh_media (&error);

  made->receipt = g_strdup (making->receipt);
  if (media == NULL || (made->path = bh_private_path ("label", &error)) == NULL ||
      (png = media->draw (making->words->template, making->words->fields, made->path, &error)) ==
          NULL ||
      (made->preview = preview_of (png, &error)) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&made), (GDestroyNotify) bh_made_label_free);
}

static void
on_words_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  making->words = bh_call_label_finish (result, &error);
  if (making->words == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, draw);
}

void
bh_label_maker_async (BhWorker *reads, const char *receipt, const char *rma,
                      GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, callback, data);
  Making *making = g_new0 (Making, 1);

  g_task_set_source_tag (task, (gpointer) bh_label_maker_async);
  making->receipt = g_strdup (receipt);
  making->reads = g_object_ref (reads);
  g_task_set_task_data (task, making, making_free);
  bh_call_label_async (reads, receipt, rma, on_words_ready, task);
}

BhMadeLabel *
bh_label_maker_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) bh_label_maker_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
