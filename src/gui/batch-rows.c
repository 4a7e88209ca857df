/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "batch-rows.h"

#include "backhaul/print.h"

/* of a search that finds everything */
#define MOST 10000
#define PAGE 1000

BhBatchRow *
bh_batch_row_new (const char *rma, int line)
{
  BhBatchRow *row = g_new0 (BhBatchRow, 1);

  row->rma = g_strdup (rma);
  row->line = line;
  return row;
}

void
bh_batch_row_free (BhBatchRow *self)
{
  g_free (self->rma);
  g_free (self);
}

typedef struct {
  char *text; /* of the search; NULL: the rows are there */
  BhReturnsQuery query;
  GPtrArray *rows;
} Which;

static void
which_free (gpointer data)
{
  Which *which = data;

  g_free (which->text);
  g_clear_pointer (&which->rows, g_ptr_array_unref);
  g_free (which);
}

void
bh_batch_found_free (BhBatchFound *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->where);
  g_free (self);
}

static gboolean
find_all (BhDesk *desk, const Which *which, BhBatchFound *found, GError **error)
{
  g_autofree char *after = NULL;

  do {
    BhReturnsQuery query = which->query;
    g_autofree char *next = NULL;
    g_autoptr (GPtrArray) page = NULL;

    query.text = which->text;
    query.after = after;
    query.limit = PAGE;
    page = bh_desk_list_returns (desk, &query, &next, error);
    if (page == NULL)
      return FALSE;
    for (guint i = 0; i < page->len; i++) {
      const BhReturnRow *row = g_ptr_array_index (page, i);

      g_ptr_array_add (found->rows, bh_batch_row_new (row->rma, row->line));
    }
    g_free (after);
    after = g_steal_pointer (&next);
  } while (after != NULL && found->rows->len < MOST);
  found->more = after != NULL;
  return TRUE;
}

static gpointer
find (BhDesk *desk, gpointer data, GError **error)
{
  const Which *which = data;
  g_autoptr (BhBatchFound) found = g_new0 (BhBatchFound, 1);
  g_autoptr (BhPrinter) printer = NULL;

  found->rows = which->rows != NULL
                    ? g_ptr_array_ref (which->rows)
                    : g_ptr_array_new_with_free_func ((GDestroyNotify) bh_batch_row_free);
  if ((which->rows == NULL && !find_all (desk, which, found, error)) ||
      !bh_desk_printer_for (desk, BH_BATCH_TEMPLATE, &printer, error))
    return NULL;
  found->printer = printer != NULL;
  found->where = g_strdup (printer != NULL ? printer->target : bh_desk_station (desk));
  return g_steal_pointer (&found);
}

void
bh_batch_find_async (BhWorker *reads, const BhReturnsQuery *query, GPtrArray *rows,
                     GAsyncReadyCallback callback, gpointer data)
{
  Which *which = g_new0 (Which, 1);

  which->rows = rows;
  if (query != NULL) {
    which->query = *query;
    which->text = g_strdup (query->text);
  }
  bh_worker_run (reads, find, which, which_free, (GDestroyNotify) bh_batch_found_free, callback,
                 data);
}
