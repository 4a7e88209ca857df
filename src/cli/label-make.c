/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "labels.h"

/* so many labels between two words of progress */
#define EVERY 50

static volatile sig_atomic_t cancelled;

static void
on_signal (int number)
{
  cancelled = 1;
}

gboolean
cli_labels_begin (CliLabels *self, GError **error)
{
  const struct sigaction action = { .sa_handler = on_signal };

  /* before the file is begun: what is half written is taken away, not left behind */
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  self->document = bh_label_document_new (self->options->output, (guint) self->options->dpi, error);
  if (self->document == NULL)
    return FALSE;
  self->batch = bh_label_batch_new ((guint) self->options->dpi);
  self->templates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) bh_label_template_free);
  return TRUE;
}

void
cli_labels_refuse (CliLabels *self, const char *what, const GError *why)
{
  self->failed++;
  if (self->cli->json) {
    JsonBuilder *object = cli_object ();

    json_builder_set_member_name (object, "error");
    json_builder_begin_object (object);
    cli_set (object, "code", "input");
    cli_set (object, "message", why->message);
    cli_set (object, "label", what);
    json_builder_end_object (object);
    cli_emit (object);
  }
  cli_say ("%s: %s", what, why->message);
}

static gboolean
took (const BhLabelChecked *checked, const GError *why, gpointer data, GError **error)
{
  CliLabels *self = data;
  const char *rma = g_hash_table_lookup (checked->fields, "rma.number");
  g_autoptr (GError) bad = why != NULL ? g_error_copy (why) : NULL;

  if (bad == NULL && cancelled != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_BUSY, "label: cancelled; nothing was written");
    return FALSE;
  }
  if (bad == NULL)
    bh_label_document_put (self->document, checked, &bad);
  if (bad != NULL && self->lenient && g_error_matches (bad, BH_ERROR, BH_ERROR_INPUT)) {
    cli_labels_refuse (self, rma != NULL ? rma : "label", bad);
    return TRUE;
  }
  if (bad != NULL) {
    g_propagate_error (error, g_steal_pointer (&bad));
    return FALSE;
  }
  if (++self->pages % EVERY == 0 && isatty (STDERR_FILENO))
    g_printerr ("\r%u labels", self->pages);
  return TRUE;
}

gboolean
cli_labels_add (CliLabels *self, GHashTable *fields, const char *name, GError **error)
{
  BhLabelTemplate *label;

  if (self->options->template != NULL)
    name = self->options->template;
  else if (name == NULL)
    name = "box-4x6";
  label = g_hash_table_lookup (self->templates, name);
  if (label == NULL) {
    label = bh_label_template_load (name, error);
    if (label == NULL)
      return FALSE;
    g_hash_table_insert (self->templates, g_strdup (name), label);
  }
  for (int copy = 0; copy < self->options->copies; copy++)
    if (!bh_label_batch_add (self->batch, label, fields, took, self, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
cli_label_fields (BhDesk *desk, const CliLabel *options, const char *what, const char **name,
                  GError **error)
{
  GPtrArray *labels;
  GHashTable *fields;

  if (bh_label_is_of_job (what)) {
    *name = "return-to-customer-4x6";
    fields = bh_desk_job_label (desk, what, error);
  } else if (strlen (what) != 36 || what[8] != '-') {
    return options->template != NULL && g_str_has_prefix (options->template, "packing-slip")
               ? bh_desk_packing_slips (desk, what, error)
               : bh_desk_rma_labels (desk, what, error);
  } else {
    fields = bh_desk_receipt_label (desk, what, name, error);
  }
  if (fields == NULL)
    return NULL;
  labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_ptr_array_add (labels, fields);
  return labels;
}

gboolean
cli_labels_add_named (CliLabels *self, BhDesk *desk, const char *what, GError **error)
{
  const char *name = NULL;
  g_autoptr (GPtrArray) labels = cli_label_fields (desk, self->options, what, &name, error);

  if (labels == NULL)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    if (!cli_labels_add (self, g_ptr_array_index (labels, i), name, error))
      return FALSE;
  return TRUE;
}

static void
tell (Cli *cli, const CliLabel *options, guint pages, guint failed)
{
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "file", options->output);
    cli_set_int (object, "pages", pages);
    cli_set_int (object, "failed", failed);
    cli_set_int (object, "dpi", options->dpi);
    cli_set_bool (object, "verified", TRUE);
    cli_emit (object);
  } else {
    cli_print ("%s: %u labels, each read again\n", options->output, pages);
  }
}

int
cli_labels_end (CliLabels *self, gboolean ok, GError *error)
{
  int exit_code = self->failed > 0 ? CLI_INPUT : CLI_DONE;

  ok = ok && bh_label_batch_finish (self->batch, took, self, &error);
  if (self->pages >= EVERY && isatty (STDERR_FILENO))
    g_printerr ("\r");
  if (ok && self->pages == 0 && self->failed > 0)
    exit_code = CLI_INPUT; /* no label, no file */
  else if (ok && self->pages == 0)
    exit_code = cli_usage (self->cli, "label: the list is empty");
  else if (ok && bh_label_document_finish (self->document, &error))
    tell (self->cli, self->options, self->pages, self->failed);
  if (self->failed > 0 && error == NULL)
    exit_code = CLI_INPUT;
  g_clear_pointer (&self->batch, bh_label_batch_free);
  g_clear_pointer (&self->document, bh_label_document_free);
  g_clear_pointer (&self->templates, g_hash_table_unref);
  return error != NULL ? cli_fail (self->cli, error) : exit_code;
}

/* A file of one label: a picture or a drawing. */
static gboolean
write_one (BhDesk *desk, const CliLabel *options, const char *what, GError **error)
{
  const char *name = "box-4x6";
  g_autoptr (GPtrArray) labels = cli_label_fields (desk, options, what, &name, error);
  g_autoptr (BhLabelTemplate) label = NULL;
  g_autoptr (GBytes) made = NULL;
  g_autoptr (GError) why = NULL;
  gboolean svg = g_str_equal (options->format, "svg");
  GHashTable *fields;

  if (labels != NULL && labels->len != 1) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: it has %u labels, and %s has room for one; use --format pdf", what,
                 labels->len, options->format);
    return FALSE;
  }
  if (labels == NULL || (label = bh_label_template_load (
                             options->template != NULL ? options->template : name, error)) == NULL)
    return FALSE;
  fields = g_ptr_array_index (labels, 0);
  made = svg ? bh_label_svg (label, fields, (guint) options->dpi, error)
             : bh_label_png (label, fields, (guint) options->dpi, error);
  if (made == NULL)
    return FALSE;
  if (g_file_set_contents (options->output, g_bytes_get_data (made, NULL),
                           (gssize) g_bytes_get_size (made), &why))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; look at the path and the disk",
               options->output, why->message);
  return FALSE;
}

int
cli_label_make (Cli *cli, BhDesk *desk, const CliLabel *options, int n, char **what)
{
  CliLabels labels = { .cli = cli, .options = options };
  GError *error = NULL;
  gboolean ok;

  if (options->format != NULL && !g_str_equal (options->format, "pdf")) {
    if (n != 1 || options->copies != 1)
      return cli_usage (cli, "label: %s has one label; use --format pdf for several",
                        options->format);
    if (!write_one (desk, options, what[0], &error))
      return cli_fail (cli, error);
    tell (cli, options, 1, 0);
    return CLI_DONE;
  }
  ok = cli_labels_begin (&labels, &error);
  if (!ok)
    return cli_fail (cli, error);
  for (int i = 0; i < n && ok; i++)
    ok = cli_labels_add_named (&labels, desk, what[i], &error);
  return cli_labels_end (&labels, ok, error);
}
