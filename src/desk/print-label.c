/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* L1: a label from wherever one stands: into the queue, each once. */

#include "backhaul/identifier.h"
#include "backhaul/label-fields.h"
#include "backhaul/returns.h"
#include "mail-private.h"
#include "print-private.h"

static BhPrintJob *
job_new (BhDesk *self, const char *template, gint64 now_us)
{
  BhPrintJob *job = g_new0 (BhPrintJob, 1);

  job->job = bh_uuid (now_us);
  job->template = g_strdup (template);
  job->state = g_strdup ("queued");
  job->station = g_strdup (self->station);
  job->at_us = now_us;
  job->copies = 1;
  return job;
}

/* The labels that are wanted, in order. */
static GPtrArray *
jobs_of (BhDesk *self, const BhPrintWish *wish, gint64 now_us, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_print_job_free);
  BhPrintJob *job;

  if (wish->receipt != NULL) {
    const char *template = NULL;
    g_autoptr (GHashTable) fields = bh_desk_receipt_label (self, wish->receipt, &template, error);

    if (fields == NULL)
      return NULL;
    if (template == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: its verdict makes no label",
                   wish->receipt);
      return NULL;
    }
    job = job_new (self, template, now_us);
    job->receipt = g_strdup (wish->receipt);
    job->rma = g_strdup (g_hash_table_lookup (fields, "rma.number"));
    g_ptr_array_add (jobs, job);
  } else if (wish->serial != NULL) {
    g_autoptr (BhUnitLife) life = bh_desk_unit_life (self, wish->serial, error);

    if (life == NULL)
      return NULL;
    job = job_new (self, "unit-plate-50x25", now_us);
    job->serial = g_strdup (life->serial);
    g_ptr_array_add (jobs, job);
  } else {
    g_autoptr (BhRmaPage) page = bh_desk_rma_page (self, wish->rma, now_us, error);

    for (guint i = 0; page != NULL && i < page->lines->len; i++) {
      const BhReturnRow *line = g_ptr_array_index (page->lines, i);

      if (wish->line != 0 && wish->line != line->line)
        continue;
      job = job_new (self, "box-4x6", now_us + (gint64) jobs->len);
      job->rma = g_strdup (page->rma);
      job->line = line->line;
      g_ptr_array_add (jobs, job);
    }
    if (page == NULL)
      return NULL;
    if (jobs->len == 0) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: it has no such line, so no label",
                   page->rma);
      return NULL;
    }
  }
  return g_steal_pointer (&jobs);
}

/* *job becomes the one that is on record. */
static gboolean
queue_one (BhDesk *self, BhPrintJob **job, gint64 now_us, GError **error)
{
  g_autoptr (BhPrintJob) before = NULL;
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("print:", (*job)->job, NULL);

  if (!bh_store_print_job_like (self->store, *job, &before, error))
    return FALSE;
  if (before != NULL && !g_str_equal (before->state, "cancelled")) {
    /* it is wanted here now, wherever it has waited */
    if (!g_str_equal (before->state, "printed") ||
        g_strcmp0 (before->station, (*job)->station) == 0) {
      g_free (before->station);
      before->station = g_strdup ((*job)->station);
      bh_print_job_free (*job);
      *job = g_steal_pointer (&before);
      return bh_desk_put_back_print (self, *job, now_us, error);
    }
    if (!bh_desk_require (self, BH_MAY_REPRINT, error))
      return FALSE;
    (*job)->copy = TRUE;
  }
  return bh_store_add_print_job (self->store, *job, error) &&
         bh_desk_audit (self, act, "print-queue", entity, NULL, (*job)->template, now_us, error);
}

GPtrArray *
bh_desk_print_labels (BhDesk *self, const BhPrintWish *wish, gint64 now_us, GError **error)
{
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (BhTx) tx = NULL;

  if (!bh_desk_require (self, BH_MAY_PRINT, error) ||
      (jobs = jobs_of (self, wish, now_us, error)) == NULL ||
      (tx = bh_desk_begin (self, error)) == NULL)
    return NULL;
  for (guint i = 0; i < jobs->len; i++)
    if (!queue_one (self, (BhPrintJob **) &g_ptr_array_index (jobs, i), now_us, error))
      return NULL;
  return bh_tx_commit (tx, error) ? g_steal_pointer (&jobs) : NULL;
}

gboolean
bh_desk_printer_for (BhDesk *self, const char *template, BhPrinter **printer, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) &&
         bh_store_printer_for (self->store, self->station, template, printer, error);
}
