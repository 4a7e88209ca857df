/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "print-calls.h"

#include <glib/gi18n.h>

#include "backhaul/trail.h"
#include "sender.h"
#include "words.h"

#define NEWEST 300

/* ---- the queue ----------------------------------------------------------------- */

static gpointer
load_queue (BhDesk *desk, gpointer state, GError **error)
{
  return bh_desk_newest_print_jobs (desk, state, NEWEST, error);
}

void
bh_call_print_queue_async (BhWorker *reads, const char *state, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_search (reads, load_queue, g_strdup (state), g_free, (GDestroyNotify) g_ptr_array_unref,
                    cancellable, callback, data);
}

static gpointer
retry (BhDesk *desk, gpointer job, GError **error)
{
  return bh_desk_retry_print_job (desk, job, bh_now_us (), error) ? g_strdup (job) : NULL;
}

void
bh_call_print_retry_async (BhWorker *acts, const char *job, GAsyncReadyCallback callback,
                           gpointer data)
{
  bh_worker_run (acts, retry, g_strdup (job), g_free, g_free, callback, data);
}

static gpointer
cancel (BhDesk *desk, gpointer job, GError **error)
{
  return bh_desk_cancel_print_job (desk, job, bh_now_us (), error) ? g_strdup (job) : NULL;
}

void
bh_call_print_cancel_async (BhWorker *acts, const char *job, GAsyncReadyCallback callback,
                            gpointer data)
{
  bh_worker_run (acts, cancel, g_strdup (job), g_free, g_free, callback, data);
}

/* ---- printers ------------------------------------------------------------------ */

void
bh_printer_list_free (BhPrinterList *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_free (self->station);
  g_clear_pointer (&self->act, bh_trail_row_free);
  g_free (self);
}

/* What the newest label that it had says of it; a port does not tell more. */
static char *
last_words (const BhPrinter *printer, GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++) {
    const BhPrintJob *job = g_ptr_array_index (jobs, i);
    g_autofree char *when = NULL;

    if (g_strcmp0 (job->printer, printer->target) != 0)
      continue;
    if (job->error != NULL)
      return g_strdup_printf ("▲ %s", job->error);
    if (job->printed_us == 0)
      continue;
    when = bh_time_words (job->printed_us, NULL);
    return g_strdup_printf (_ ("✓ last label %s"), when);
  }
  return g_strdup (_ ("no label yet: print a test"));
}

static gpointer
load_printers (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (BhPrinterList) list = g_new0 (BhPrinterList, 1);
  const BhSender *sender = bh_sender (error);
  g_autoptr (GPtrArray) jobs = bh_desk_newest_print_jobs (desk, NULL, NEWEST, error);

  if (sender == NULL || jobs == NULL || (list->printers = bh_desk_printers (desk, error)) == NULL)
    return NULL;
  list->states = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < list->printers->len; i++) {
    const BhPrinter *printer = g_ptr_array_index (list->printers, i);
    char *state = sender->printer_state (printer);

    g_ptr_array_add (list->states, state != NULL ? state : last_words (printer, jobs));
  }
  list->station = g_strdup (bh_desk_station (desk));
  /* who it was is not worth the list */
  bh_desk_last_act (desk, data, &list->act, NULL);
  list->may_set = bh_role_may (bh_desk_role (desk), BH_MAY_PRINTERS);
  return g_steal_pointer (&list);
}

void
bh_call_printers_async (BhWorker *slow, char *of, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (slow, load_printers, of, g_free, (GDestroyNotify) bh_printer_list_free, callback,
                 data);
}

static gpointer
set (BhDesk *desk, gpointer data, GError **error)
{
  const BhPrinter *printer = data;

  return bh_desk_set_printer (desk, printer, bh_now_us (), error) ? g_strdup (printer->kind) : NULL;
}

void
bh_call_printer_set_async (BhWorker *acts, BhPrinter *printer, GAsyncReadyCallback callback,
                           gpointer data)
{
  bh_worker_run (acts, set, printer, (GDestroyNotify) bh_printer_free, g_free, callback, data);
}

/* Only which: the rest of it stays empty. */
static BhPrinter *
which_new (const char *station, const char *kind)
{
  BhPrinter *which = g_new0 (BhPrinter, 1);

  which->station = g_strdup (station);
  which->kind = g_strdup (kind);
  return which;
}

static gpointer
unset (BhDesk *desk, gpointer data, GError **error)
{
  const BhPrinter *which = data;

  return bh_desk_unset_printer (desk, which->station, which->kind, bh_now_us (), error)
             ? g_strdup (which->kind)
             : NULL;
}

void
bh_call_printer_unset_async (BhWorker *acts, const char *station, const char *kind,
                             GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (acts, unset, which_new (station, kind), (GDestroyNotify) bh_printer_free, g_free,
                 callback, data);
}

static gpointer
test (BhDesk *desk, gpointer data, GError **error)
{
  const BhPrinter *which = data;
  const BhSender *sender = bh_sender (error);

  return sender != NULL && sender->test (desk, which->station, which->kind, error)
             ? g_strdup (which->kind)
             : NULL;
}

void
bh_call_printer_test_async (BhWorker *slow, const char *station, const char *kind,
                            GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (slow, test, which_new (station, kind), (GDestroyNotify) bh_printer_free, g_free,
                 callback, data);
}
