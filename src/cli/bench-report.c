/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/bench-report.h"

#include "bench-object.h"

int
cli_bench_report (Cli *cli, int argc, char **argv)
{
  g_autofree char *output = NULL;
  g_autofree char *language = NULL;
  g_autofree char *layout = NULL;
  int version = 0;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_INT, &version, "Which one; the newest else", "N" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "As de; the customer's else", "LANGUAGE" },
    { "layout", 0, 0, G_OPTION_ARG_STRING, &layout, "As 8d; the whole job else", "LAYOUT" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where to", "FILE.pdf" },
    { NULL }
  };
  g_autoptr (BhReportPage) page = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("bench"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 3 || output == NULL || version < 0)
    return cli_usage (cli, "bench report: one JOB and -o FILE.pdf are needed; versions count "
                           "from 1");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  page = bh_desk_bench_report_as (desk, argv[2], version, language, layout, &error);
  if (page == NULL || !bh_report_page_save (page, output, &error))
    return cli_fail (cli, error);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "job", argv[2]);
    cli_set (object, "file", output);
    cli_set (object, "title", page->title);
    cli_emit (object);
  } else {
    cli_print ("%s: done\n", output);
  }
  return CLI_DONE;
}
