/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/print.h"
#include "cli.h"

typedef struct {
  char *language;
  int dpi;
  int darkness;
  int speed;
} Options;

static void
show (Cli *cli, const BhPrinter *printer)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%-16s %-22s %s %s %d dpi\n", printer->station, printer->kind, printer->target,
               printer->language, printer->dpi);
    return;
  }
  object = cli_object ();
  cli_set (object, "station", printer->station);
  cli_set (object, "kind", printer->kind);
  cli_set (object, "printer", printer->target);
  cli_set (object, "language", printer->language);
  cli_set_int (object, "dpi", printer->dpi);
  if (printer->darkness >= 0)
    cli_set_int (object, "darkness", printer->darkness);
  if (printer->speed >= 0)
    cli_set_int (object, "speed", printer->speed);
  cli_emit (object);
}

static int
list (Cli *cli, BhDesk *desk)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) printers = bh_desk_printers (desk, &error);

  if (printers == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < printers->len; i++)
    show (cli, g_ptr_array_index (printers, i));
  return CLI_DONE;
}

static int
set (Cli *cli, BhDesk *desk, const Options *options, char *kind, char *target)
{
  BhPrinter printer = { (char *) bh_desk_station (desk),
                        kind,
                        target,
                        options->language != NULL ? options->language : (char *) "zpl",
                        options->dpi,
                        options->darkness,
                        options->speed };
  GError *error = NULL;

  if (!bh_desk_set_printer (desk, &printer, bh_now_us (), &error))
    return cli_fail (cli, error);
  show (cli, &printer);
  return CLI_DONE;
}

static int
unset (Cli *cli, BhDesk *desk, const char *kind)
{
  GError *error = NULL;

  return bh_desk_unset_printer (desk, bh_desk_station (desk), kind, bh_now_us (), &error)
             ? CLI_DONE
             : cli_fail (cli, error);
}

static int
test (Cli *cli, BhDesk *desk, const char *kind)
{
  const char *station = bh_desk_station (desk);
  g_autoptr (BhPrinter) printer = NULL;
  GError *error = NULL;

  if (!bh_desk_test_printer (desk, station, kind, bh_now_us (), &error) ||
      !bh_desk_printer_for (desk, kind, &printer, &error))
    return cli_fail (cli, error);
  if (printer != NULL)
    show (cli, printer);
  return CLI_DONE;
}

static int
run (Cli *cli, const Options *options, int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : "";
  gboolean known = (g_str_equal (word, "list") && argc == 2) ||
                   (g_str_equal (word, "set") && argc == 4) ||
                   ((g_str_equal (word, "unset") || g_str_equal (word, "test")) && argc == 3);
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!known)
    return cli_usage (cli, "printer: say list, set KIND TARGET, unset KIND or test KIND");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (g_str_equal (word, "list"))
    return list (cli, desk);
  if (g_str_equal (word, "test"))
    return test (cli, desk, argv[2]);
  return g_str_equal (word, "set") ? set (cli, desk, options, argv[2], argv[3])
                                   : unset (cli, desk, argv[2]);
}

static int
printer_command (Cli *cli, int argc, char **argv)
{
  Options options = { .dpi = 203, .darkness = -1, .speed = -1 };
  const GOptionEntry entries[] = {
    { "dpi", 0, 0, G_OPTION_ARG_INT, &options.dpi, "Of the printer", "N" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, "zpl or pdf", "NAME" },
    { "darkness", 0, 0, G_OPTION_ARG_INT, &options.darkness, "0 to 30", "N" },
    { "speed", 0, 0, G_OPTION_ARG_INT, &options.speed, "Inches a second", "N" },
    { NULL }
  };
  int exit_code = CLI_USAGE;

  if (cli_parse (cli, cli_find ("printer"), entries, &argc, &argv))
    exit_code = run (cli, &options, argc, argv);
  g_free (options.language);
  return exit_code;
}

const CliCommand cli_printer_commands[] = {
  { "printer",
    "list | set KIND tcp:HOST:9100|usb:/dev/usb/lp0|cups:QUEUE [--dpi N] [--language zpl|pdf]\n"
    "    [--darkness N] [--speed N] | unset KIND | test KIND",
    "Says which label this station prints where, and prints a test label", printer_command },
  { NULL }
};
