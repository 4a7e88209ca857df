/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <glib/gstdio.h>
#include <limits.h>
#include <string.h>

#include "backhaul/print.h"
#include "backhaul/printer.h"
#include "backhaul/zpl.h"
#include "labels.h"

/* `label` in a printer's language, into a file or straight to a printer. Every label of the call
 * is made and read again before the first byte goes out. */

typedef struct {
  const CliLabel *options;
  const char *target;
  gboolean zpl;
  BhLabelDocument *document; /* unless ZPL */
  GString *text;             /* ZPL */
  char *folder;
  char *part;
  guint labels;
} Job;

static gboolean
begin (Job *job, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (job->zpl) {
    job->text = g_string_new (NULL);
    return TRUE;
  }
  job->folder = g_dir_make_tmp ("backhaul-print-XXXXXX", &why);
  if (job->folder == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "label: %s; look at TMPDIR", why->message);
    return FALSE;
  }
  job->part = g_build_filename (job->folder, "labels.pdf", NULL);
  job->document = bh_label_document_new (job->part, (guint) job->options->dpi, error);
  return job->document != NULL;
}

static gboolean
add (Job *job, BhLabelTemplate *label, GHashTable *fields, GError **error)
{
  const CliLabel *options = job->options;
  const BhZplSettings settings = { options->copies, options->darkness, options->speed };
  g_autoptr (GBytes) zpl = NULL;

  if (options->reprint)
    g_hash_table_insert (fields, g_strdup ("copy"), g_strdup ("COPY"));
  job->labels++;
  if (!job->zpl)
    return bh_label_document_add (job->document, label, fields, error);
  zpl = bh_label_zpl (label, fields, (guint) options->dpi, &settings, error);
  if (zpl == NULL)
    return FALSE;
  g_string_append_len (job->text, g_bytes_get_data (zpl, NULL), (gssize) g_bytes_get_size (zpl));
  return TRUE;
}

static GBytes *
end (Job *job, GError **error)
{
  g_autoptr (GError) why = NULL;
  char *data = NULL;
  gsize size = 0;

  if (job->zpl)
    return g_string_free_to_bytes (g_steal_pointer (&job->text));
  if (!bh_label_document_finish (job->document, error))
    return NULL;
  if (g_file_get_contents (job->part, &data, &size, &why))
    return g_bytes_new_take (data, size);
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "label: %s; look at TMPDIR", why->message);
  return NULL;
}

static void
clear (Job *job)
{
  g_clear_pointer (&job->document, bh_label_document_free);
  if (job->part != NULL)
    g_remove (job->part);
  if (job->folder != NULL)
    g_rmdir (job->folder);
  if (job->text != NULL)
    g_string_free (job->text, TRUE);
  g_free (job->part);
  g_free (job->folder);
}

static gboolean
make (Job *job, BhDesk *desk, int n, char **what, GError **error)
{
  if (!begin (job, error))
    return FALSE;
  for (int i = 0; i < n; i++) {
    const char *name = "box-4x6";
    g_autoptr (GPtrArray) labels = cli_label_fields (desk, job->options, what[i], &name, error);
    g_autoptr (BhLabelTemplate) label = NULL;

    if (labels == NULL)
      return FALSE;
    label = bh_label_template_load (job->options->template != NULL ? job->options->template : name,
                                    error);
    if (label == NULL)
      return FALSE;
    for (guint j = 0; j < labels->len; j++)
      if (!add (job, label, g_ptr_array_index (labels, j), error))
        return FALSE;
  }
  return TRUE;
}

static gboolean
hand_out (const Job *job, GBytes *made, const BhQueue *queue, const char *title, GError **error)
{
  const CliLabel *options = job->options;
  g_autoptr (GError) why = NULL;
  BhPrintEnd what_became;

  if (queue != NULL)
    return bh_queue_send (queue, made, title, job->zpl ? 1 : options->copies, &what_became, error) >
           0;
  if (options->to != NULL)
    return bh_printer_send_raw (options->to, made, &what_became, error);
  if (g_file_set_contents (options->output, g_bytes_get_data (made, NULL),
                           (gssize) g_bytes_get_size (made), &why))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; look at the path and the disk",
               options->output, why->message);
  return FALSE;
}

static gboolean
record (const Job *job, BhDesk *desk, int n, char **what, GError **error)
{
  if (job->target == NULL)
    return TRUE;
  for (int i = 0; i < n; i++)
    if (!bh_desk_record_print (desk, what[i], job->target, job->options->copies, bh_now_us (),
                               error)) {
      g_prefix_error (error, "label: printed, but not recorded: ");
      return FALSE;
    }
  return TRUE;
}

static void
tell (Cli *cli, const Job *job, const BhQueue *queue)
{
  const CliLabel *options = job->options;
  const char *where = job->target != NULL ? job->target : options->output;

  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, job->target != NULL ? "printer" : "file", where);
    if (queue != NULL) {
      cli_set (object, "state", queue->state);
      cli_set (object, "reasons", queue->reasons);
    }
    cli_set (object, "language", job->zpl ? "zpl" : "pdf");
    cli_set_int (object, "labels", job->labels);
    cli_set_int (object, "copies", options->copies);
    cli_set_int (object, "dpi", options->dpi);
    cli_set_bool (object, "verified", TRUE);
    cli_emit (object);
  } else {
    cli_print ("%s: %u labels, %d of each, each read again\n", where, job->labels, options->copies);
  }
}

int
cli_label_print (Cli *cli, BhDesk *desk, const CliLabel *options, int n, char **what)
{
  Job job = { .options = options };
  g_autoptr (BhQueue) queue = NULL;
  g_autoptr (GBytes) made = NULL;
  GError *error = NULL;
  gboolean ok;

  job.target = options->to != NULL ? options->to : options->printer;
  /* who may, and where to, before labels are made */
  if ((job.target != NULL &&
       !bh_desk_require (desk, options->reprint ? BH_MAY_REPRINT : BH_MAY_PRINT, &error)) ||
      (options->to != NULL && !bh_printer_check_raw (options->to, &error)) ||
      (options->printer != NULL && (queue = bh_queue_find (options->printer, &error)) == NULL))
    return cli_fail (cli, error);
  job.zpl = queue == NULL || queue->raw;
  if (!job.zpl && (options->darkness != INT_MIN || options->speed != INT_MIN))
    return cli_usage (cli, "label: %s prints PDF; darkness and speed are for label printers",
                      options->printer);
  ok = make (&job, desk, n, what, &error) && (made = end (&job, &error)) != NULL &&
       hand_out (&job, made, queue, what[0], &error) && record (&job, desk, n, what, &error);
  if (ok)
    tell (cli, &job, queue);
  clear (&job);
  return ok ? CLI_DONE : cli_fail (cli, error);
}
