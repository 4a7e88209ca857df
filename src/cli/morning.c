/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/morning.h"

#include "cli.h"

static void
tell (Cli *cli, const BhMorningFigure *figure)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print (figure->count > 0 ? "%s %-62s  %s\n" : "%s %s\n", figure->alarm ? "!" : " ",
               figure->text, figure->command);
    return;
  }
  object = cli_object ();
  cli_set (object, "figure", figure->name);
  cli_set_int (object, "count", figure->count);
  cli_set_bool (object, "alarm", figure->alarm);
  cli_set (object, "text", figure->text);
  cli_set (object, "page", figure->page);
  cli_set (object, "filter", figure->filter);
  cli_set (object, "command", figure->command);
  cli_emit (object);
}

int
cli_morning (Cli *cli, int argc, char **argv)
{
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &named, "As that role sees it", "ROLE" }, { NULL }
  };
  g_autoptr (GPtrArray) list = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhRole role = BH_ROLE_LAST;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("morning"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_usage (cli, "morning: %s: no such argument", argv[1]);
  if (named != NULL && !bh_role_parse (named, &role))
    return cli_usage (cli,
                      "%s: no such role; say receiver, technician, csr, supervisor or "
                      "administrator",
                      named);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  list = bh_desk_morning (desk, named != NULL ? role : bh_desk_role (desk), bh_now_us (), &error);
  if (list == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < list->len; i++)
    tell (cli, g_ptr_array_index (list, i));
  return CLI_DONE;
}
