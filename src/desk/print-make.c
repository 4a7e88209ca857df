/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* L2, L3: what a label's printer is sent, and the same as PDF. */

#include <glib/gstdio.h>
#include <limits.h>
#include <string.h>

#include "backhaul/label-fields.h"
#include "backhaul/zpl.h"
#include "print-private.h"

/* What stands on it, from what is on record now. */
GHashTable *
bh_desk_print_fields (BhDesk *self, const BhPrintJob *job, GError **error)
{
  g_autoptr (GHashTable) fields = NULL;
  const char *name = NULL;

  if (job->receipt != NULL && bh_label_is_of_job (job->receipt))
    fields = bh_desk_job_label (self, job->receipt, error);
  else if (job->receipt != NULL)
    fields = bh_desk_receipt_label (self, job->receipt, &name, error);
  else if (job->serial != NULL)
    fields = bh_desk_unit_label (self, job->serial, error);
  else
    fields = bh_desk_line_label (self, job->rma, job->line, error);
  if (fields != NULL && job->copy)
    g_hash_table_insert (fields, g_strdup ("copy"), g_strdup ("COPY"));
  return g_steal_pointer (&fields);
}

gboolean
bh_desk_write_pdf (BhLabelTemplate *label, GHashTable *fields, const char *path, guint dpi,
                   GError **error)
{
  g_autoptr (BhLabelDocument) document = bh_label_document_new (path, dpi, error);

  return document != NULL && bh_label_document_add (document, label, fields, error) &&
         bh_label_document_finish (document, error);
}

gboolean
bh_desk_save_print_job (BhDesk *self, const BhPrintJob *job, const char *path, guint dpi,
                        GError **error)
{
  g_autoptr (GHashTable) fields = bh_desk_print_fields (self, job, error);
  g_autoptr (BhLabelTemplate) label =
      fields != NULL ? bh_label_template_load (job->template, error) : NULL;

  return label != NULL && bh_desk_write_pdf (label, fields, path, dpi, error);
}

static GBytes *
pdf_of (BhLabelTemplate *label, GHashTable *fields, guint dpi, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *folder = g_dir_make_tmp ("backhaul-print-XXXXXX", &why);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "label.pdf", NULL) : NULL;
  char *data = NULL;
  gsize size = 0;
  gboolean ok = path != NULL && bh_desk_write_pdf (label, fields, path, dpi, error);

  if ((path == NULL || (ok && !g_file_get_contents (path, &data, &size, &why))))
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "label: %s; look at TMPDIR", why->message);
  if (path != NULL)
    g_remove (path);
  if (folder != NULL)
    g_rmdir (folder);
  return data != NULL ? g_bytes_new_take (data, size) : NULL;
}

GBytes *
bh_desk_make_print (BhLabelTemplate *label, GHashTable *fields, const BhPrinter *printer,
                    int copies, GError **error)
{
  const BhZplSettings settings = { copies, printer->darkness < 0 ? INT_MIN : printer->darkness,
                                   printer->speed < 0 ? INT_MIN : printer->speed };

  return g_str_equal (printer->language, "pdf")
             ? pdf_of (label, fields, (guint) printer->dpi, error)
             : bh_label_zpl (label, fields, (guint) printer->dpi, &settings, error);
}

gboolean
bh_desk_hand_over_print (const BhPrinter *printer, const char *title, int copies, GBytes *bytes,
                         BhPrintEnd *end, GError **error)
{
  g_autoptr (BhQueue) queue = NULL;
  gboolean zpl = g_str_equal (printer->language, "zpl");

  *end = BH_PRINT_AWAY;
  if (!g_str_has_prefix (printer->target, "cups:"))
    return bh_printer_send_raw (printer->target, bytes, end, error);
  queue = bh_queue_find (printer->target + strlen ("cups:"), error);
  if (queue == NULL)
    return FALSE;
  if (queue->raw != zpl) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: the queue takes %s; set --language %s",
                 printer->target, queue->raw ? "ZPL alone" : "no ZPL", queue->raw ? "zpl" : "pdf");
    return FALSE;
  }
  return bh_queue_send (queue, bytes, title, zpl ? 1 : copies, end, error) > 0;
}
