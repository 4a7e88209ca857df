/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <limits.h>

#include "backhaul/operators.h"
#include "labels.h"
#include "pin-prompt.h"

static void
show_operator (Cli *cli, const BhOperatorRow *row)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%-16s %-14s %-24s%s%s%s%s\n", row->login, row->role, row->name,
               row->authorised ? "  authorised technician" : "", row->disabled ? "  disabled" : "",
               row->pin_hash == NULL ? "  no PIN yet" : "", row->badge_us != 0 ? "  badge" : "");
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
  cli_set_time (object, "badge", row->badge_us, NULL);
  cli_set_time (object, "last_sign_in", row->seen_us, NULL);
  cli_set (object, "last_station", row->seen_at);
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
  BhWhen when = { act, bh_now_us (), FALSE };
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
  BhWhen when = { act, bh_now_us (), FALSE };
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
  BhWhen when = { act, bh_now_us (), FALSE };
  GError *error = NULL;

  return bh_desk_disable_operator (desk, &when, login, disabled, &error) ? answer (cli, desk, login)
                                                                         : cli_fail (cli, error);
}

/* As statements for who keeps the database, or at once. */
static int
database (Cli *cli, BhDesk *desk, gboolean as_sql)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, bh_now_us (), FALSE };
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

/* What is not named stays as it is. */
static int
change (Cli *cli, BhDesk *desk, const BhOperatorRow *named, gboolean unauthorised)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, bh_now_us (), FALSE };
  GError *error = NULL;
  g_autoptr (BhOperatorRow) there = bh_desk_find_operator (desk, named->login, &error);
  BhOperatorRow row;

  if (there == NULL)
    return cli_fail (cli, error);
  row = *named;
  row.name = named->name != NULL ? named->name : there->name;
  row.role = named->role != NULL ? named->role : there->role;
  row.email = named->email != NULL ? named->email : there->email;
  row.authorised = (there->authorised || named->authorised) && !unauthorised;
  return bh_desk_change_operator (desk, &when, &row, &error) ? answer (cli, desk, row.login)
                                                             : cli_fail (cli, error);
}

static int
withdraw (Cli *cli, BhDesk *desk, const char *login)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { act, bh_now_us (), FALSE };
  GError *error = NULL;

  return bh_desk_set_badge (desk, &when, login, NULL, &error) ? answer (cli, desk, login)
                                                              : cli_fail (cli, error);
}

typedef struct {
  char *name;
  char *role;
  char *email;
  char *output;
  gboolean authorised;
  gboolean unauthorised;
  gboolean withdraw;
  gboolean sql;
} Options;

/* NULL: well said. */
static const char *
fault_of (const Options *options, const char *verb, int n)
{
  gboolean badge = g_str_equal (verb, "badge");

  if (options->sql && !g_str_equal (verb, "database"))
    return "operator: --sql is of database";
  if (g_str_equal (verb, "list") || g_str_equal (verb, "database"))
    return n == 0 ? NULL : "operator list, operator database: they take no LOGIN";
  if (g_str_equal (verb, "add"))
    return n == 1 && options->name != NULL && options->role != NULL && !options->unauthorised
               ? NULL
               : "operator add: give one LOGIN, --name and --role";
  if (g_str_equal (verb, "change"))
    return n == 1 && (options->name != NULL || options->role != NULL || options->email != NULL ||
                      options->authorised != options->unauthorised)
               ? NULL
               : "operator change: give one LOGIN, and --name, --role, --email, "
                 "--authorised-technician or --unauthorised";
  if (badge)
    return n >= 1 && (options->output != NULL) != options->withdraw &&
                   (n == 1 || !options->withdraw)
               ? NULL
               : "operator badge: give a LOGIN and -o FILE, or one and --withdraw";
  if (n == 1 &&
      (g_str_equal (verb, "pin") || g_str_equal (verb, "disable") || g_str_equal (verb, "enable")))
    return NULL;
  return "operator: say list or database, or add, change, badge, pin, disable or enable and a "
         "LOGIN";
}

static int
act (Cli *cli, BhDesk *desk, const Options *options, const char *verb, int n, char **logins)
{
  /* borrowed, not copied */
  const BhOperatorRow row = { .login = n > 0 ? logins[0] : NULL,
                              .name = options->name,
                              .role = options->role,
                              .authorised = options->authorised,
                              .email = options->email };
  const CliLabel label = {
    .output = options->output, .dpi = 300, .copies = 1, .darkness = INT_MIN, .speed = INT_MIN
  };

  if (g_str_equal (verb, "list"))
    return list (cli, desk);
  if (g_str_equal (verb, "database"))
    return database (cli, desk, options->sql);
  if (g_str_equal (verb, "add"))
    return add (cli, desk, &row);
  if (g_str_equal (verb, "change"))
    return change (cli, desk, &row, options->unauthorised);
  if (g_str_equal (verb, "badge"))
    return options->withdraw ? withdraw (cli, desk, logins[0])
                             : cli_badges (cli, desk, &label, n, logins);
  return g_str_equal (verb, "pin") ? set_pin (cli, desk, logins[0])
                                   : disable (cli, desk, logins[0], g_str_equal (verb, "disable"));
}

static int
operator_command (Cli *cli, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "The person's name", "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role,
      "receiver, technician, csr, supervisor or administrator", "ROLE" },
    { "authorised-technician", 0, 0, G_OPTION_ARG_NONE, &options.authorised,
      "May post results of repair (RA8)", NULL },
    { "unauthorised", 0, 0, G_OPTION_ARG_NONE, &options.unauthorised,
      "May post them no more (change)", NULL },
    { "email", 0, 0, G_OPTION_ARG_STRING, &options.email, "Where mail reaches them", "ADDRESS" },
    { "sql", 0, 0, G_OPTION_ARG_NONE, &options.sql, "Print the statements, run none (database)",
      NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where to (badge)", "FILE" },
    { "withdraw", 0, 0, G_OPTION_ARG_NONE, &options.withdraw, "Without a new one (badge)", NULL },
    { NULL }
  };
  int exit_code = CLI_USAGE;
  const char *verb;
  const char *fault;
  BhDesk *desk;

  if (cli_parse (cli, cli_find ("operator"), entries, &argc, &argv)) {
    verb = argc > 1 ? argv[1] : "";
    fault = options.sql && cli->json ? "operator: --sql prints no JSON"
                                     : fault_of (&options, verb, argc - 2);
    if (fault != NULL)
      exit_code = cli_usage (cli, "%s", fault);
    else if ((desk = cli_desk (cli, BH_STORE_OPEN, &exit_code)) != NULL)
      exit_code = act (cli, desk, &options, verb, argc - 2, argv + 2);
  }
  g_free (options.name);
  g_free (options.role);
  g_free (options.email);
  g_free (options.output);
  return exit_code;
}

const CliCommand cli_operator_commands[] = {
  { "operator",
    "list | database [--sql] | add LOGIN --name NAME --role ROLE [--authorised-technician] "
    "[--email ADDRESS] |\n"
    "    change LOGIN [--name NAME] [--role ROLE] [--authorised-technician|--unauthorised]\n"
    "    [--email ADDRESS] | badge LOGIN… -o FILE | badge LOGIN --withdraw | pin|disable|enable "
    "LOGIN",
    "Who works here and may sign in; a new PIN is read from BACKHAUL_NEW_PIN or the terminal",
    operator_command },
  { NULL }
};
