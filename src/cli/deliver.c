/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/deliver.h"

#include "destroy.h"
#include "rma-object.h"

int
cli_rma_delivered (Cli *cli, int argc, char **argv)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *at = NULL;
  int line = 0;
  const GOptionEntry entries[] = { { "line", 0, 0, G_OPTION_ARG_INT, &line, "Only this line", "N" },
                                   { "at", 0, 0, G_OPTION_ARG_STRING, &at,
                                     "When it happened (supervisor)", "TIME" },
                                   { NULL } };
  BhWhen when = { .act = act };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2 || line < 0)
    return cli_usage (cli, "rma delivered: one RMA number is needed; a line counts from 1");
  when.time_stated = at != NULL;
  if (!cli_time (at, &when.at_us, &error))
    return cli_fail (cli, error);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_deliver (desk, &when, argv[1], line, &error))
    return cli_fail (cli, error);
  return cli_answer_rma (cli, desk, argv[1], when.at_us);
}

int
cli_rma_replacement (Cli *cli, int argc, char **argv)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *at = NULL;
  g_autofree char *unit = NULL;
  int line = 1;
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_INT, &line, "Which line; 1 else", "N" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, "What went out for it", "SERIAL" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "When it happened (supervisor)", "TIME" },
    { NULL }
  };
  BhWhen when = { .act = act };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2 || line < 1 || unit == NULL)
    return cli_usage (cli, "rma replacement: one RMA number and --unit SERIAL are needed");
  when.time_stated = at != NULL;
  if (!cli_time (at, &when.at_us, &error))
    return cli_fail (cli, error);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_set_replacement (desk, &when, argv[1], line, unit, &error))
    return cli_fail (cli, error);
  return cli_answer_rma (cli, desk, argv[1], when.at_us);
}
