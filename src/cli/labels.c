/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <string.h>

#include "backhaul/label-fields.h"
#include "backhaul/label.h"
#include "backhaul/scan.h"
#include "backhaul/sheet.h"
#include "cli.h"
#include "demo.h"

typedef struct {
  char *template;
  char *format;
  char *output;
  char *kind;
  char *verify;
  int dpi;
  int copies;
} Label;

static int
verify (Cli *cli, const char *path, guint dpi)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) checks = bh_label_verify (path, dpi, &error);
  gboolean ok = TRUE;

  if (checks == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < checks->len; i++) {
    const BhLabelCheck *check = g_ptr_array_index (checks, i);

    ok = ok && check->ok;
    if (cli->json) {
      JsonBuilder *object = cli_object ();

      cli_set (object, "file", path);
      cli_set_int (object, "page", check->page);
      cli_set (object, "symbology", check->symbology);
      cli_set (object, "text", check->text);
      json_builder_set_member_name (object, "module_dots");
      json_builder_add_double_value (object, check->module_dots);
      json_builder_set_member_name (object, "quiet_modules");
      json_builder_add_double_value (object, check->quiet_modules);
      cli_set_bool (object, "ok", check->ok);
      cli_set (object, "reason", check->reason);
      cli_emit (object);
    } else {
      g_autofree char *shown = bh_text_for_display (check->text, strlen (check->text), 200);

      cli_print ("page %u: %-8s %s: %s, module %.0f dots, quiet zone %.1f modules\n", check->page,
                 check->symbology, shown, check->ok ? "good" : check->reason, check->module_dots,
                 check->quiet_modules);
    }
  }
  if (ok)
    return CLI_DONE;
  cli_say ("%s: the label does not meet its standard; print it anew", path);
  return CLI_INPUT;
}

static int
command_sheet (Cli *cli, const char *path)
{
  static const struct {
    BhCommand command;
    const char *title;
  } rows[] = {
    { BH_COMMAND_NEXT_BOX, "Next box: this one is finished" },
    { BH_COMMAND_UNDO, "Undo: void the last verdict" },
    { BH_COMMAND_NO_NUMBER, "There is no RMA number on the box" },
    { BH_COMMAND_UNREADABLE, "The serial cannot be read" },
    { BH_COMMAND_MANUAL, "The text that was scanned is the serial" },
    { BH_COMMAND_HOLD, "Hold: put aside for a CSR" },
    { BH_COMMAND_REFUSE, "Refuse" },
    { BH_COMMAND_PHOTO, "Photo" },
    { BH_COMMAND_REPRINT, "Print the last label again" },
  };
  BhSheetEntry entries[G_N_ELEMENTS (rows)];
  char *codes[G_N_ELEMENTS (rows)][2];
  GError *error = NULL;
  gboolean ok;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    codes[i][0] = bh_command_text (rows[i].command);
    codes[i][1] = NULL;
    entries[i] = (BhSheetEntry){ rows[i].title, NULL, codes[i] };
  }
  ok = bh_sheet_write (
      path, "Command sheet",
      "Scan a line in place of pressing its key. Hang it where the scanner reaches.", entries,
      G_N_ELEMENTS (rows), &error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free (codes[i][0]);
  return ok ? CLI_DONE : cli_fail (cli, error);
}

/* One argument: an RMA in any spelling, or a receipt. Adds its pages. */
static gboolean
add_pages (BhDesk *desk, const Label *options, const char *what, BhLabelDocument *document,
           guint *pages, GError **error)
{
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (BhLabelTemplate) template = NULL;
  const char *name = options->template != NULL ? options->template : "box-4x6";

  if (strlen (what) == 36 && what[8] == '-') {
    const char *own = NULL;
    GHashTable *fields = bh_desk_receipt_label (desk, what, &own, error);

    if (fields == NULL)
      return FALSE;
    labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
    g_ptr_array_add (labels, fields);
    if (options->template == NULL && own != NULL)
      name = own;
  } else if ((labels = bh_desk_rma_labels (desk, what, error)) == NULL) {
    return FALSE;
  }
  template = bh_label_template_load (name, error);
  if (template == NULL)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    for (int copy = 0; copy < options->copies; copy++, (*pages)++)
      if (!bh_label_document_add (document, template, g_ptr_array_index (labels, i), error))
        return FALSE;
  return TRUE;
}

static gboolean
write_png (BhDesk *desk, const Label *options, const char *what, GError **error)
{
  g_autoptr (GPtrArray) labels = bh_desk_rma_labels (desk, what, error);
  g_autoptr (BhLabelTemplate) template = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GError) why = NULL;

  if (labels == NULL ||
      (template = bh_label_template_load (options->template != NULL ? options->template : "box-4x6",
                                          error)) == NULL ||
      (png = bh_label_png (template, g_ptr_array_index (labels, 0), (guint) options->dpi, error)) ==
          NULL)
    return FALSE;
  if (g_file_set_contents (options->output, g_bytes_get_data (png, NULL),
                           (gssize) g_bytes_get_size (png), &why))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; look at the path and the disk",
               options->output, why->message);
  return FALSE;
}

static int
make (Cli *cli, BhDesk *desk, const Label *options, int n, char **what)
{
  g_autoptr (BhLabelDocument) document = NULL;
  GError *error = NULL;
  guint pages = 0;

  if (g_strcmp0 (options->format, "png") == 0) {
    if (n != 1)
      return cli_usage (cli, "label: a PNG has one label; use --format pdf for several");
    if (!write_png (desk, options, what[0], &error))
      return cli_fail (cli, error);
    pages = 1;
  } else {
    document = bh_label_document_new (options->output, (guint) options->dpi, &error);
    if (document == NULL)
      return cli_fail (cli, error);
    for (int i = 0; i < n; i++)
      if (!add_pages (desk, options, what[i], document, &pages, &error))
        return cli_fail (cli, error);
    if (!bh_label_document_finish (document, &error))
      return cli_fail (cli, error);
  }
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "file", options->output);
    cli_set_int (object, "pages", pages);
    cli_set_int (object, "dpi", options->dpi);
    cli_set_bool (object, "verified", TRUE);
    cli_emit (object);
  } else {
    cli_print ("%s: %u labels, each read again\n", options->output, pages);
  }
  return CLI_DONE;
}

static int
run (Cli *cli, const Label *options, int n, char **what)
{
  int exit_code = CLI_STORE;
  BhDesk *desk;

  if (options->dpi != 152 && options->dpi != 203 && options->dpi != 300 && options->dpi != 600)
    return cli_usage (cli, "--dpi %d: say 152, 203, 300 or 600", options->dpi);
  if (options->copies < 1 || options->copies > 1000)
    return cli_usage (cli, "--copies %d: say 1 to 1000", options->copies);
  if (options->verify != NULL)
    return verify (cli, options->verify, (guint) options->dpi);
  if (options->output == NULL)
    return cli_usage (cli, "label: say where to with -o FILE");
  if (options->format != NULL && !g_str_equal (options->format, "pdf") &&
      !g_str_equal (options->format, "png"))
    return cli_usage (cli, "%s: labels are made as pdf or png", options->format);
  if (g_strcmp0 (options->kind, "command-sheet") == 0)
    return command_sheet (cli, options->output);
  if (options->kind != NULL && !g_str_equal (options->kind, "practice-boxes"))
    return cli_usage (cli, "%s: no such sheet; say command-sheet or practice-boxes", options->kind);
  if (options->kind == NULL && n == 0)
    return cli_usage (cli, "label: an RMA number or a receipt is needed");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  return options->kind != NULL ? cli_practice_sheet (cli, desk, options->output)
                               : make (cli, desk, options, n, what);
}

static int
label (Cli *cli, int argc, char **argv)
{
  Label options = { .dpi = 203, .copies = 1 };
  const GOptionEntry entries[] = {
    { "template", 0, 0, G_OPTION_ARG_STRING, &options.template, "Which label", "NAME" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, "pdf or png", "NAME" },
    { "dpi", 0, 0, G_OPTION_ARG_INT, &options.dpi, "Of the printer", "N" },
    { "copies", 0, 0, G_OPTION_ARG_INT, &options.copies, "Of each", "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where to", "FILE" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "A sheet in place of a label", "KIND" },
    { "verify", 0, 0, G_OPTION_ARG_FILENAME, &options.verify, "Read this label again", "FILE" },
    { NULL }
  };
  int exit_code = CLI_USAGE;

  if (cli_parse (cli, cli_find ("label"), entries, &argc, &argv))
    exit_code = run (cli, &options, argc - 1, argv + 1);
  g_free (options.template);
  g_free (options.format);
  g_free (options.output);
  g_free (options.kind);
  g_free (options.verify);
  return exit_code;
}

const CliCommand cli_label_commands[] = {
  { "label",
    "RMA|RECEIPT… [--template NAME] [--format pdf|png] [--dpi N] [--copies N] -o FILE |\n"
    "    --verify FILE [--dpi N] | --kind command-sheet|practice-boxes -o FILE",
    "Makes labels, each read again before it is handed out; checks a given one", label },
  { NULL }
};
