/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/care.h"
#include "backhaul/operators.h"
#include "cli.h"
#include "demo.h"

static int
init (Cli *cli, int argc, char **argv)
{
  gboolean demo = FALSE;
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, &demo, "Fill it with a sample operation", NULL }, { NULL }
  };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("init"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_usage (cli, "init: takes no argument; the store is named by --store");
  desk = cli_desk (cli, BH_STORE_MIGRATE, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_renew_database (desk, &error))
    return cli_fail (cli, error);
  if (demo && (exit_code = cli_make_demo (cli, desk)) != CLI_DONE)
    return exit_code;
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "store", bh_store_uri (bh_desk_store (desk)));
    cli_set (object, "engine", bh_store_engine (bh_desk_store (desk)));
    cli_set_int (object, "version", bh_store_version (bh_desk_store (desk)));
    cli_set_bool (object, "demo", demo);
    cli_emit (object);
  } else {
    cli_print ("The store %s is ready (version %d)\n", bh_store_uri (bh_desk_store (desk)),
               bh_store_version (bh_desk_store (desk)));
  }
  return CLI_DONE;
}

typedef struct {
  Cli *cli;
  guint n;
} Found;

static void
on_found (const char *what, gpointer data)
{
  Found *found = data;

  found->n++;
  if (found->cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "fault", what);
    cli_emit (object);
  } else {
    cli_print ("%s\n", what);
  }
}

static int
check (Cli *cli, int argc, char **argv)
{
  Found found = { cli, 0 };
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("check"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_usage (cli, "check: takes no argument; the store is named by --store");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_require (desk, BH_MAY_READ, &error) ||
      !bh_desk_check (desk, on_found, &found, &error))
    return cli_fail (cli, error);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set_bool (object, "ok", found.n == 0);
    cli_set_int (object, "faults", found.n);
    cli_emit (object);
  } else if (found.n == 0) {
    cli_print ("The store is in order\n");
  }
  if (found.n > 0)
    cli_say ("%s: %u faults found; restore the last backup and tell who looks after the store",
             cli->store, found.n);
  return found.n == 0 ? CLI_DONE : CLI_STORE;
}

static int
answer_file (Cli *cli, const char *key, const char *path)
{
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, key, path);
    cli_set (object, "store", cli->store);
    cli_emit (object);
  } else {
    cli_print ("%s: done\n", path);
  }
  return CLI_DONE;
}

static int
backup (Cli *cli, int argc, char **argv)
{
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("backup"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (cli, "backup: one FILE is needed");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_require (desk, BH_MAY_BACKUP, &error) ||
      !bh_store_backup (bh_desk_store (desk), argv[1], &error))
    return cli_fail (cli, error);
  return answer_file (cli, "backup", argv[1]);
}

/* The right is asked of the store that is there; one that is missing or damaged
 * can only be restored. */
static gboolean
may_restore (Cli *cli, int *exit_code)
{
  g_autoptr (BhDesk) desk = NULL;
  GError *error = NULL;

  desk = cli_open (cli, BH_STORE_OPEN, &error);
  if (desk == NULL && (error->code == BH_ERROR_NOT_FOUND || error->code == BH_ERROR_CORRUPT)) {
    g_error_free (error);
    return TRUE;
  }
  if (desk != NULL && bh_desk_require (desk, BH_MAY_BACKUP, &error))
    return TRUE;
  *exit_code = cli_fail (cli, error);
  return FALSE;
}

static int
restore (Cli *cli, int argc, char **argv)
{
  GError *error = NULL;
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("restore"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (cli, "restore: one FILE is needed");
  if (!may_restore (cli, &exit_code))
    return exit_code;
  if (!bh_store_restore (cli->store, argv[1], &error))
    return cli_fail (cli, error);
  return answer_file (cli, "restored", argv[1]);
}

const CliCommand cli_store_commands[] = {
  { "init", "[--demo]", "Creates the store, or brings it up to date", init },
  { "check", "", "Looks through the whole store; exit 4 if anything is off", check },
  { "backup", "FILE", "Writes a consistent copy while stations work", backup },
  { "restore", "FILE", "Puts a backup in place of the store", restore },
  { NULL }
};
