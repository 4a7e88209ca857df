/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <glib/gstdio.h>
#include <limits.h>
#include <sys/stat.h>

#include "labels.h"

/* A file is put in the place of what bears its name: of a device that would be the end. */
static gboolean
can_be_file (const char *path)
{
  GStatBuf about;

  return g_stat (path, &about) != 0 || S_ISREG (about.st_mode);
}

static int
run (Cli *cli, const CliLabel *options, int n, char **what)
{
  int exit_code = CLI_STORE;
  gboolean zpl;
  BhDesk *desk;

  if (options->dpi != 152 && options->dpi != 203 && options->dpi != 300 && options->dpi != 600)
    return cli_usage (cli, "--dpi %d: say 152, 203, 300 or 600", options->dpi);
  if (options->copies < 1 || options->copies > 1000)
    return cli_usage (cli, "--copies %d: say 1 to 1000", options->copies);
  if (options->verify != NULL)
    return cli_label_verify (cli, options->verify, (guint) options->dpi);
  if (options->check != NULL)
    return cli_label_check (cli, options->check);
  if ((options->output != NULL) + (options->to != NULL) + (options->printer != NULL) != 1)
    return cli_usage (cli, "label: say where to: -o FILE, --print PRINTER or --to tcp:HOST:9100");
  if (options->output != NULL && !can_be_file (options->output))
    return cli_usage (cli, "-o %s: there is something that is no file; say another path",
                      options->output);
  zpl = options->output == NULL || g_strcmp0 (options->format, "zpl") == 0;
  if (options->format != NULL && !g_str_equal (options->format, "zpl") &&
      !g_str_equal (options->format, "pdf") && !g_str_equal (options->format, "png") &&
      !g_str_equal (options->format, "svg"))
    return cli_usage (cli, "%s: labels are made as pdf, png, svg or zpl", options->format);
  if (options->output == NULL && options->format != NULL)
    return cli_usage (cli, "label: a printer decides its language; --format is for -o FILE");
  if (!zpl && (options->darkness != INT_MIN || options->speed != INT_MIN || options->reprint))
    return cli_usage (cli, "label: --darkness, --speed and --reprint are for a printer or zpl");
  if (zpl && (options->kind != NULL || (n == 1 && g_str_equal (what[0], "-"))))
    return cli_usage (cli, "label: lists and sheets are made as pdf, into a file");
  if (zpl && options->copies > 999)
    return cli_usage (cli, "--copies %d: a printer makes 1 to 999", options->copies);
  if (options->kind != NULL)
    return cli_label_sheet (cli, options, n, what);
  if (n == 0)
    return cli_usage (cli, "label: an RMA number or a receipt is needed, or - for a list");
  if (n == 1 && g_str_equal (what[0], "-"))
    return cli_label_list (cli, options);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  return zpl ? cli_label_print (cli, desk, options, n, what)
             : cli_label_make (cli, desk, options, n, what);
}

static int
label (Cli *cli, int argc, char **argv)
{
  CliLabel options = { .dpi = 203, .copies = 1, .darkness = INT_MIN, .speed = INT_MIN };
  const GOptionEntry entries[] = {
    { "template", 0, 0, G_OPTION_ARG_STRING, &options.template, "Which label", "NAME" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, "pdf, png, svg or zpl", "NAME" },
    { "dpi", 0, 0, G_OPTION_ARG_INT, &options.dpi, "Of the printer", "N" },
    { "copies", 0, 0, G_OPTION_ARG_INT, &options.copies, "Of each", "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where to", "FILE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Raw: tcp:HOST:PORT, usb:/dev/…", "WHERE" },
    { "print", 0, 0, G_OPTION_ARG_STRING, &options.printer, "A queue of CUPS", "PRINTER" },
    { "darkness", 0, 0, G_OPTION_ARG_INT, &options.darkness, "0 to 30", "N" },
    { "speed", 0, 0, G_OPTION_ARG_INT, &options.speed, "Inches a second", "N" },
    { "reprint", 0, 0, G_OPTION_ARG_NONE, &options.reprint, "Marked as a copy", NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "A sheet in place of a label", "KIND" },
    { "check-template", 0, 0, G_OPTION_ARG_FILENAME, &options.check, "Look at a template", "FILE" },
    { "verify", 0, 0, G_OPTION_ARG_FILENAME, &options.verify, "Read this label again", "FILE" },
    { NULL }
  };
  int exit_code = CLI_USAGE;

  if (cli_parse (cli, cli_find ("label"), entries, &argc, &argv))
    exit_code = run (cli, &options, argc - 1, argv + 1);
  g_free (options.template);
  g_free (options.format);
  g_free (options.output);
  g_free (options.to);
  g_free (options.printer);
  g_free (options.kind);
  g_free (options.verify);
  g_free (options.check);
  return exit_code;
}

const CliCommand cli_label_commands[] = {
  { "label",
    "RMA|RECEIPT…|- [--template NAME|FILE.svg] [--format pdf|png|svg|zpl] [--dpi N] [--copies N]\n"
    "    -o FILE | RMA|RECEIPT… --print PRINTER|--to tcp:HOST:9100|--to usb:/dev/usb/lp0\n"
    "    [--dpi N] [--copies N] [--darkness N] [--speed N] [--reprint] |\n"
    "    --verify FILE [--dpi N] | --check-template FILE.svg |\n"
    "    --kind command-sheet|practice-boxes|scanner-doctor|operator-badge [LOGIN…] -o FILE",
    "Makes labels, each read again before it is handed out; checks a given one", label },
  { NULL }
};
