/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/permissions.h"

#include "cli.h"

static void
show (Cli *cli, const BhPermission *row)
{
  const char *roles[BH_ROLE_LAST + 1];
  g_autofree char *text = NULL;
  guint n = 0;

  for (int role = 0; role < BH_ROLE_LAST; role++)
    if (bh_role_may ((BhRole) role, row->may))
      roles[n++] = bh_role_name ((BhRole) role);
  roles[n] = NULL;
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "act", row->act);
    cli_set (object, "what", row->what);
    cli_set (object, "right", bh_may_text (row->may));
    cli_set_list (object, "roles", (char **) roles);
    cli_set (object, "besides", row->rule);
    cli_emit (object);
    return;
  }
  text = g_strjoinv (", ", (char **) roles);
  cli_print ("%-18s %-56s %s\n", row->act, row->what, text);
}

static int
permissions (Cli *cli, int argc, char **argv)
{
  gboolean markdown = FALSE;
  const GOptionEntry entries[] = { { "markdown", 0, 0, G_OPTION_ARG_NONE, &markdown,
                                     "As the page docs/permissions.md", NULL },
                                   { NULL } };
  gsize n = 0;
  const BhPermission *rows = bh_permissions (&n);

  if (!cli_parse (cli, cli_find ("permissions"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 1 || (markdown && cli->json))
    return cli_usage (cli, "permissions: takes --markdown or --json, and no words");
  if (markdown) {
    g_autofree char *page = bh_permissions_page ();

    cli_print ("%s", page);
    return CLI_DONE;
  }
  for (gsize i = 0; i < n; i++)
    show (cli, &rows[i]);
  return CLI_DONE;
}

const CliCommand cli_permission_commands[] = {
  { "permissions", "[--markdown]", "Which role may do what; needs no store", permissions }, { NULL }
};
