/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/operators.h"
#include "pin-prompt.h"

static void
show_operator (Cli *cli, const BhOperatorRow *row)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%-16s %-14s %-24s%s%s%s\n", row->login, row->role, row->name,
               row->authorised ? "  authorised technician" : "", row->disabled ? "  disabled" : "",
               row->pin_hash == NULL ? "  no PIN yet" : "");
    return;
  }
  object = cli_object ();
  cli_set (object, "operator", row->login);
  cli_set (object, "login", row->login);
  cli_set (object, "name", row->name);
  cli_set (object, "role", row->role);
  cli_set_bool (object, "authorised_technician", row->authorised);
  cli_set (object, "email", row->email);
  cli_set_bool (object, "pin", row->pin_hash != NULL);
  cli_set_bool (object, "disabled", row->disabled);
  cli_emit (object);
}

/* What stands on record after the act. */
static int
answer (Cli *cli, BhDesk *desk, const char *login)
{
  GError *error = NULL;
  g_autoptr (BhOperatorRow) row = bh_desk_find_operator (desk, login, &error);

  if (row == NULL) {
    /* the first PIN closed the desk to who had none: what was done stands */
    if (!g_error_matches (error, BH_ERROR, BH_ERROR_FORBIDDEN))
      return cli_fail (cli, error);
    g_error_free (error);
    return CLI_DONE;
  }
  show_operator (cli, row);
  return CLI_DONE;
}

static int
list (Cli *cli, BhDesk *desk)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = bh_desk_operators (desk, &error);

  if (rows == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < rows->len; i++)
    show_operator (cli, g_ptr_array_index (rows, i));
  if (rows->len == 0 && !cli->json)
    cli_say ("nobody is enrolled; `operator add` enrols the first, a supervisor or administrator");
  return CLI_DONE;
}

/* NULL: said so already. */
static char *
new_pin (Cli *cli, const char *login, int *exit_code)
{
  g_autofree char *question = g_strdup_printf ("New PIN of %s: ", login);
  char *pin = cli_pin ("BACKHAUL_NEW_PIN", question);

  if (pin == NULL)
    *exit_code = cli_usage (cli, "operator: no PIN; set BACKHAUL_NEW_PIN, or run it on a terminal");
  return pin;
}

static int
add (Cli *cli, BhDesk *desk, const BhOperatorRow *row)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, g_get_real_time (), FALSE };
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  char *pin = new_pin (cli, row->login, &exit_code);
  gboolean ok;

  if (pin == NULL)
    return exit_code;
  ok = bh_desk_add_operator (desk, &when, row, pin, &error);
  bh_pin_free (pin);
  return ok ? answer (cli, desk, row->login) : cli_fail (cli, error);
}

static int
set_pin (Cli *cli, BhDesk *desk, const char *login)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, g_get_real_time (), FALSE };
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  char *pin = new_pin (cli, login, &exit_code);
  gboolean ok;

  if (pin == NULL)
    return exit_code;
  ok = bh_desk_set_pin (desk, &when, login, pin, &error);
  bh_pin_free (pin);
  return ok ? answer (cli, desk, login) : cli_fail (cli, error);
}

static int
disable (Cli *cli, BhDesk *desk, const char *login, gboolean disabled)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, g_get_real_time (), FALSE };
  GError *error = NULL;

  return bh_desk_disable_operator (desk, &when, login, disabled, &error) ? answer (cli, desk, login)
                                                                         : cli_fail (cli, error);
}

/* As statements for who keeps the database, or at once. */
static int
database (Cli *cli, BhDesk *desk, gboolean as_sql)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, g_get_real_time (), FALSE };
  GError *error = NULL;

  if (as_sql) {
    g_autofree char *sql = bh_desk_database_sql (desk, &error);

    if (sql == NULL)
      return cli_fail (cli, error);
    cli_print ("%s", sql);
    return CLI_DONE;
  }
  return bh_desk_set_database (desk, &when, &error) ? list (cli, desk) : cli_fail (cli, error);
}

static int
operator_command (Cli *cli, int argc, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *role = NULL;
  g_autofree char *email = NULL;
  gboolean authorised = FALSE;
  gboolean as_sql = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "The person's name", "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role,
      "receiver, technician, csr, supervisor or administrator", "ROLE" },
    { "authorised-technician", 0, 0, G_OPTION_ARG_NONE, &authorised,
      "May post results of repair (RA8)", NULL },
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, "Where mail reaches them", "ADDRESS" },
    { "sql", 0, 0, G_OPTION_ARG_NONE, &as_sql, "Of database: print the statements, run none",
      NULL },
    { NULL }
  };
  int exit_code = CLI_USAGE;
  const char *verb;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("operator"), entries, &argc, &argv))
    return CLI_USAGE;
  verb = argc > 1 ? argv[1] : "";
  if (g_str_equal (verb, "add") && (argc != 3 || name == NULL || role == NULL))
    return cli_usage (cli, "operator add: give one LOGIN, --name and --role");
  if (as_sql && (!g_str_equal (verb, "database") || cli->json))
    return cli_usage (cli, "operator: --sql is of database, without --json");
  if (!(argc == 2 && (g_str_equal (verb, "list") || g_str_equal (verb, "database"))) &&
      !(argc == 3 && (g_str_equal (verb, "add") || g_str_equal (verb, "pin") ||
                      g_str_equal (verb, "disable") || g_str_equal (verb, "enable"))))
    return cli_usage (cli, "operator: say list or database, or add, pin, disable or enable and a "
                           "LOGIN");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (g_str_equal (verb, "list"))
    return list (cli, desk);
  if (g_str_equal (verb, "database"))
    return database (cli, desk, as_sql);
  if (g_str_equal (verb, "add")) {
    /* borrowed, not copied */
    const BhOperatorRow row = {
      .login = argv[2], .name = name, .role = role, .authorised = authorised, .email = email
    };

    return add (cli, desk, &row);
  }
  return g_str_equal (verb, "pin") ? set_pin (cli, desk, argv[2])
                                   : disable (cli, desk, argv[2], g_str_equal (verb, "disable"));
}

const CliCommand cli_operator_commands[] = {
  { "operator",
    "list | database [--sql] | add LOGIN --name NAME --role ROLE [--authorised-technician] "
    "[--email ADDRESS] |"
    " pin|disable|enable LOGIN",
    "Who works here and may sign in; a new PIN is read from BACKHAUL_NEW_PIN or the terminal",
    operator_command },
  { NULL }
};
