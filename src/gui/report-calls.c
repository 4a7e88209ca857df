/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "report-calls.h"

#include "backhaul/chart.h"

BhReportAsk *
bh_report_ask_copy (const BhReportAsk *self)
{
  BhReportAsk *copy = g_memdup2 (self, sizeof *self);

  copy->account = g_strdup (self->account);
  copy->path = g_strdup (self->path);
  copy->save = g_strdup (self->save);
  return copy;
}

void
bh_report_ask_free (BhReportAsk *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->path);
  g_free (self->save);
  g_free (self);
}

void
bh_report_shown_free (BhReportShown *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->chart, bh_chart_free);
  g_free (self);
}

static gboolean
on_row (const BhReport *report, const char *const *cells, gpointer data, GError **error)
{
  BhReportShown *shown = data;
  char **row;

  if (shown->n++ >= BH_REPORT_SHOWN)
    return TRUE;
  row = g_new0 (char *, report->n_columns + 1);
  for (guint i = 0; i < report->n_columns; i++)
    row[i] = g_strdup (cells[i] != NULL ? cells[i] : "");
  g_ptr_array_add (shown->rows, row);
  return TRUE;
}

/* The file that is counted, read from its beginning each time. */
static gboolean
open_list (const BhReportAsk *ask, BhReportQuery *query, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) why = NULL;

  *query = (BhReportQuery){
    .from = ask->from, .to = ask->to, .account = ask->account, .file = ask->path
  };
  if (ask->path == NULL)
    return TRUE;
  file = g_file_new_for_path (ask->path);
  query->stream = G_INPUT_STREAM (g_file_read (file, NULL, &why));
  if (query->stream == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; choose a file that can be read",
                 ask->path, why->message);
  return query->stream != NULL;
}

static gboolean
save_csv (BhDesk *desk, const BhReportAsk *ask, const BhReportQuery *query, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (ask->save);
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, &why);

  if (stream == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; choose another place", ask->save,
                 why->message);
    return FALSE;
  }
  return bh_desk_write_report (desk, ask->report, query, bh_now_us (), BH_REPORT_AS_CSV,
                               G_OUTPUT_STREAM (stream), NULL, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

static gboolean
save_chart (BhDesk *desk, const BhReportAsk *ask, const BhReportQuery *query, GError **error)
{
  g_autoptr (BhChart) chart = bh_desk_report_chart (desk, ask->report, query, bh_now_us (), error);

  return chart != NULL && bh_chart_save (chart, ask->save, error);
}

static gboolean
gather (BhDesk *desk, const BhReportAsk *ask, const BhReportQuery *query, BhReportShown *shown,
        GError **error)
{
  BhReportQuery again;

  if (!bh_desk_report (desk, ask->report, query, bh_now_us (), on_row, shown, error) ||
      !open_list (ask, &again, error))
    return FALSE;
  shown->chart = bh_desk_report_chart (desk, ask->report, &again, bh_now_us (), error);
  g_clear_object (&again.stream);
  return shown->chart != NULL;
}

static gpointer
run_report (BhDesk *desk, gpointer data, GError **error)
{
  const BhReportAsk *ask = data;
  g_autoptr (BhReportShown) shown = g_new0 (BhReportShown, 1);
  BhReportQuery query;
  gboolean ok;

  shown->report = ask->report;
  shown->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (!open_list (ask, &query, error))
    return NULL;
  ok = ask->save == NULL                      ? gather (desk, ask, &query, shown, error)
       : g_str_has_suffix (ask->save, ".csv") ? save_csv (desk, ask, &query, error)
                                              : save_chart (desk, ask, &query, error);
  g_clear_object (&query.stream);
  return ok ? g_steal_pointer (&shown) : NULL;
}

void
bh_call_report_async (BhWorker *reads, const BhReportAsk *ask, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_search (reads, run_report, bh_report_ask_copy (ask),
                    (GDestroyNotify) bh_report_ask_free, (GDestroyNotify) bh_report_shown_free,
                    cancellable, callback, data);
}

BhReportShown *
bh_call_report_finish (GAsyncResult *result, GError **error)
{
  return bh_worker_finish (result, error);
}
