/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* L3: labels that wait: looking at them, putting them back, taking them away, as PDF. */

#include <glib/gstdio.h>
#include <limits.h>

#include "backhaul/label-fields.h"
#include "backhaul/print.h"
#include "backhaul/zpl.h"
#include "mail-private.h"

GPtrArray *
bh_desk_print_jobs (BhDesk *self, const char *state, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_print_jobs (self->store, state, error)
             : NULL;
}

BhPrintJob *
bh_desk_find_print_job (BhDesk *self, const char *job, GError **error)
{
  BhPrintJob *found = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_find_print_job (self->store, job, &found, error))
    return NULL;
  if (found == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such label; `print queue` names them",
                 job);
  return found;
}

/* Not on its way by a program that lives. */
static gboolean
is_free (const BhPrintJob *job, gint64 now_us, GError **error)
{
  if (job->claimed_by == NULL || job->claimed_until_us < now_us ||
      bh_process_gone (job->claimed_by))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it is on its way; look again in a moment",
               job->job);
  return FALSE;
}

static gboolean
becomes (BhDesk *self, BhPrintJob *job, const char *what, const char *state, gint64 now_us,
         GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("print:", job->job, NULL);
  g_autofree char *before = g_steal_pointer (&job->state);
  gboolean settled = FALSE;

  job->state = g_strdup (state);
  g_clear_pointer (&job->error, g_free);
  job->next_us = 0;
  job->copy = job->copy || job->claimed_by != NULL;
  if (!bh_store_settle_print_job (self->store, job, job->claimed_by, &settled, error))
    return FALSE;
  if (!settled) {
    g_set_error (error, BH_ERROR, BH_ERROR_BUSY, "%s: another has it; try again", job->job);
    return FALSE;
  }
  return bh_desk_audit (self, act, what, entity, before, state, now_us, error);
}

gboolean
bh_desk_retry_print_job (BhDesk *self, const char *job, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);
  g_autoptr (BhPrintJob) found = tx != NULL ? bh_desk_find_print_job (self, job, error) : NULL;
  gboolean printed = found != NULL && g_str_equal (found->state, "printed");

  if (found == NULL || !bh_desk_require (self, printed ? BH_MAY_REPRINT : BH_MAY_PRINT, error) ||
      !is_free (found, now_us, error))
    return FALSE;
  if (g_str_equal (found->state, "cancelled")) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it is cancelled; make a label of the receipt that holds", job);
    return FALSE;
  }
  found->copy = found->copy || printed;
  return becomes (self, found, "print-retry", "queued", now_us, error) && bh_tx_commit (tx, error);
}

gboolean
bh_desk_cancel_print_job (BhDesk *self, const char *job, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);
  g_autoptr (BhPrintJob) found = tx != NULL ? bh_desk_find_print_job (self, job, error) : NULL;

  if (found == NULL || !bh_desk_require (self, BH_MAY_PRINT, error) ||
      !is_free (found, now_us, error))
    return FALSE;
  if (g_str_equal (found->state, "printed") || g_str_equal (found->state, "cancelled")) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it is %s; only what waits is cancelled",
                 job, found->state);
    return FALSE;
  }
  return becomes (self, found, "print-cancel", "cancelled", now_us, error) &&
         bh_tx_commit (tx, error);
}

/* What stands on the label, from what is on record now. */
static GHashTable *
fields_of (BhDesk *self, const BhPrintJob *job, BhLabelTemplate **label, GError **error)
{
  const char *name = NULL;
  g_autoptr (GHashTable) fields = bh_label_is_of_job (job->receipt)
                                      ? bh_desk_job_label (self, job->receipt, error)
                                      : bh_desk_receipt_label (self, job->receipt, &name, error);

  if (fields == NULL || (*label = bh_label_template_load (job->template, error)) == NULL)
    return NULL;
  if (job->copy)
    g_hash_table_insert (fields, g_strdup ("copy"), g_strdup ("COPY"));
  return g_steal_pointer (&fields);
}

gboolean
bh_desk_save_print_job (BhDesk *self, const BhPrintJob *job, const char *path, guint dpi,
                        GError **error)
{
  g_autoptr (BhLabelTemplate) label = NULL;
  g_autoptr (GHashTable) fields = fields_of (self, job, &label, error);
  g_autoptr (BhLabelDocument) document =
      fields != NULL ? bh_label_document_new (path, dpi, error) : NULL;

  return document != NULL && bh_label_document_add (document, label, fields, error) &&
         bh_label_document_finish (document, error);
}

static GBytes *
pdf_of (BhDesk *self, const BhPrintJob *job, guint dpi, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *folder = g_dir_make_tmp ("backhaul-print-XXXXXX", &why);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "label.pdf", NULL) : NULL;
  char *data = NULL;
  gsize size = 0;
  gboolean ok = path != NULL && bh_desk_save_print_job (self, job, path, dpi, error);

  if ((path == NULL || (ok && !g_file_get_contents (path, &data, &size, &why))))
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "label: %s; look at TMPDIR", why->message);
  if (path != NULL)
    g_remove (path);
  if (folder != NULL)
    g_rmdir (folder);
  return data != NULL ? g_bytes_new_take (data, size) : NULL;
}

GBytes *
bh_desk_print_bytes (BhDesk *self, const BhPrintJob *job, const BhPrinter *printer, GError **error)
{
  const BhZplSettings settings = { job->copies, printer->darkness < 0 ? INT_MIN : printer->darkness,
                                   printer->speed < 0 ? INT_MIN : printer->speed };
  g_autoptr (BhLabelTemplate) label = NULL;
  g_autoptr (GHashTable) fields = NULL;

  if (g_str_equal (printer->language, "pdf"))
    return pdf_of (self, job, (guint) printer->dpi, error);
  fields = fields_of (self, job, &label, error);
  return fields != NULL ? bh_label_zpl (label, fields, (guint) printer->dpi, &settings, error)
                        : NULL;
}
