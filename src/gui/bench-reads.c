/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

/* What else the Bench page reads: the site's lists, reports, photos. */

#include "bench-calls.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "backhaul/bench-report.h"
#include "private-file.h"

/* ---- lists ---------------------------------------------------------------------- */

void
bh_bench_lists_free (BhBenchLists *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < BH_LIST_LAST; i++)
    g_clear_pointer (&self->lists[i], g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_lists (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (BhBenchLists) all = g_new0 (BhBenchLists, 1);

  for (int i = 0; i < BH_LIST_LAST; i++)
    if ((all->lists[i] = bh_desk_code_list (desk, i, error)) == NULL)
      return NULL;
  return g_steal_pointer (&all);
}

void
bh_call_bench_lists_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (reads, read_lists, NULL, NULL, (GDestroyNotify) bh_bench_lists_free, callback,
                 data);
}

/* ---- reports -------------------------------------------------------------------- */

typedef struct {
  char *job;
  int version;
  const char *layout;
  char *path;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  g_free (report->job);
  g_free (report->path);
  g_free (report);
}

static gpointer
make_report (BhDesk *desk, gpointer data, GError **error)
{
  const Report *report = data;
  g_autoptr (BhReportPage) page =
      bh_desk_bench_report_as (desk, report->job, report->version, NULL, report->layout, error);
  g_autofree char *path = NULL;

  if (page == NULL)
    return NULL;
  path = report->path != NULL ? g_strdup (report->path) : bh_private_path ("report", error);
  return path != NULL && bh_report_page_save (page, path, error) ? g_steal_pointer (&path) : NULL;
}

void
bh_call_bench_report_async (BhWorker *reads, const char *job, int version, const char *layout,
                            const char *path, GAsyncReadyCallback callback, gpointer data)
{
  Report *report = g_new0 (Report, 1);

  *report = (Report){ g_strdup (job), version, layout, g_strdup (path) };
  bh_worker_run (reads, make_report, report, report_free, g_free, callback, data);
}

/* ---- photos --------------------------------------------------------------------- */

static gpointer
read_photo (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GBytes) bytes = bh_desk_attachment (desk, data, TRUE, NULL, error);
  g_autoptr (GInputStream) stream =
      bytes != NULL ? g_memory_input_stream_new_from_bytes (bytes) : NULL;

  return stream != NULL ? gdk_pixbuf_new_from_stream (stream, NULL, error) : NULL;
}

void
bh_call_bench_photo_async (BhWorker *reads, const char *sha256, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_search (reads, read_photo, g_strdup (sha256), g_free, g_object_unref, cancellable,
                    callback, data);
}
