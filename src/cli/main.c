/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/decode.h"
#include "backhaul/operators.h"
#include "cli.h"
#include "pin-prompt.h"

static const struct {
  const char *heading;
  const CliCommand *commands;
} groups[] = {
  { "Dock", cli_dock_commands },          { "Holds", cli_hold_commands },
  { "Cases", cli_case_commands },         { "RMAs", cli_rma_commands },
  { "Lists", cli_list_commands },         { "Labels", cli_label_commands },
  { "Print queue", cli_print_commands },  { "Printers", cli_printer_commands },
  { "Calendars", cli_calendar_commands }, { "Clocks", cli_clock_commands },
  { "Not back", cli_chase_commands },     { "Claims", cli_claim_commands },
  { "Mail", cli_mail_commands },          { "Policy", cli_policy_commands },
  { "Data", cli_transfer_commands },      { "Store", cli_store_commands },
  { "Custody", cli_move_commands },       { "Bench", cli_bench_commands },
  { "Journal", cli_audit_commands },      { "People", cli_operator_commands },
  { "Rights", cli_permission_commands },  { "Scanner", cli_doctor_commands },
};

const CliCommand *
cli_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const CliCommand *command = groups[i].commands; command->name != NULL; command++)
      if (g_strcmp0 (command->name, name) == 0)
        return command;
  return NULL;
}

static GOptionContext *
context_for (Cli *cli, const char *synopsis, const GOptionEntry *entries)
{
  const GOptionEntry everywhere[] = {
    { "store", 0, 0, G_OPTION_ARG_STRING, &cli->store, "sqlite:PATH or postgresql://…", "URI" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "One JSON object a line", NULL },
    { "operator", 0, 0, G_OPTION_ARG_STRING, &cli->operator, "Who acts", "LOGIN" },
    { "dock", 0, 0, G_OPTION_ARG_STRING, &cli->dock, "At which dock", "CODE" },
    { "station", 0, 0, G_OPTION_ARG_STRING, &cli->station, "At which station", "NAME" },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (synopsis);

  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, everywhere, NULL);
  return context;
}

gboolean
cli_parse (Cli *cli, const CliCommand *command, const GOptionEntry *entries, int *argc,
           char ***argv)
{
  g_autoptr (GOptionContext) context = context_for (cli, command->synopsis, entries);
  g_autoptr (GError) error = NULL;

  if (g_option_context_parse (context, argc, argv, &error)) {
    /* "--" ends the options; it is no argument */
    for (int i = 1; i < *argc; i++)
      if (g_str_equal ((*argv)[i], "--")) {
        memmove (*argv + i, *argv + i + 1, sizeof (char *) * (gsize) (*argc - i));
        (*argc)--;
        break;
      }
    return TRUE;
  }
  cli_usage (cli, "%s: %s; see `backhaulctl help %s`", command->name, error->message,
             command->name);
  return FALSE;
}

void
cli_name_store (Cli *cli)
{
  const char *named = g_getenv ("BACKHAUL_STORE");

  if (cli->store != NULL)
    return;
  cli->store = named != NULL && *named != '\0'
                   ? g_strdup (named)
                   : g_strdup_printf ("sqlite:%s/backhaul/backhaul.db", g_get_user_data_dir ());
}

BhDesk *
cli_open (Cli *cli, BhStoreFlags flags, GError **error)
{
  const char *named = g_getenv ("BACKHAUL_OPERATOR");
  g_autoptr (BhDesk) desk = NULL;

  cli_name_store (cli);
  if (cli->operator== NULL && named != NULL && * named != '\0')
    cli->operator= g_strdup (named);
  desk = bh_desk_open (cli->store, flags, cli->operator, cli->dock, cli->station, error);
  return desk != NULL && cli_sign_in (desk, bh_desk_operator (desk), error)
             ? g_steal_pointer (&desk)
             : NULL;
}

/* A person at the terminal, or whoever reads a station's journal, is told why it pauses. */
static void
on_link (BhLinkState state, const char *what, gpointer data)
{
  BhLinkState *before = data;

  if (state != *before || state == BH_LINK_ALONE)
    cli_say ("%s", what);
  *before = state;
}

BhDesk *
cli_desk_opened (Cli *cli, GError *error, int *exit_code)
{
  g_autofree char *warning = NULL;

  if (cli->desk == NULL) {
    /* a store that is not there is a failure of the store, not an answer */
    if (error->code == BH_ERROR_NOT_FOUND)
      error->code = BH_ERROR_STORE;
    *exit_code = cli_fail (cli, error);
    return NULL;
  }
  bh_store_on_link (bh_desk_store (cli->desk), on_link, &cli->link);
  warning = bh_desk_clock_warning (cli->desk);
  if (warning != NULL)
    cli_say ("%s", warning);
  if (bh_desk_unenrolled (cli->desk))
    cli_say ("no operators are enrolled in this store: %s acts as supervisor",
             bh_desk_operator (cli->desk));
  return cli->desk;
}

BhDesk *
cli_desk (Cli *cli, BhStoreFlags flags, int *exit_code)
{
  GError *error = NULL;

  if (cli->desk != NULL)
    return cli->desk;
  cli->desk = cli_open (cli, flags, &error);
  return cli_desk_opened (cli, error, exit_code);
}

static void
print_overview (void)
{
  cli_print ("backhaulctl: the returns desk on the command line\n\n"
             "usage: backhaulctl [--store URI] [--json] COMMAND [ARGUMENT…]\n");
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    cli_print ("\n%s\n", groups[i].heading);
    for (const CliCommand *command = groups[i].commands; command->name != NULL; command++)
      cli_print ("  %-13s %s\n", command->name, command->summary);
  }
  cli_print ("\nOptions of every command\n"
             "  --store URI        sqlite:PATH or postgresql://… (or BACKHAUL_STORE)\n"
             "  --json             one JSON object a line on standard output\n"
             "  --operator LOGIN   who acts (or BACKHAUL_OPERATOR); the PIN: BACKHAUL_PIN\n"
             "  --dock CODE        at which dock\n"
             "  --station NAME     at which station\n\n"
             "Exit: 0 done; 1 a business 'no'; 2 usage; 3 bad input; 4 store or device; "
             "5 not permitted.\n"
             "`backhaulctl help COMMAND` tells more, and so does `man backhaulctl`.\n");
}

static int
help (Cli *cli, int argc, char **argv)
{
  const CliCommand *command = argc > 1 ? cli_find (argv[1]) : NULL;

  if (argc > 1 && command == NULL)
    return cli_usage (cli, "%s: no such command; `backhaulctl help` lists them", argv[1]);
  if (command == NULL)
    print_overview ();
  else
    cli_print ("usage: backhaulctl %s %s\n\n%s.\n", command->name, command->synopsis,
               command->summary);
  return CLI_DONE;
}

/* What stands before the command: options of every command only. */
static int
run (Cli *cli, int argc, char **argv)
{
  g_autoptr (GOptionContext) context = context_for (cli, "COMMAND", NULL);
  g_autoptr (GError) error = NULL;
  const CliCommand *command;
  g_autofree char **rest = NULL;

  g_option_context_set_strict_posix (context, TRUE);
  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))) {
    print_overview ();
    return CLI_DONE;
  }
  if (argc > 1 && g_str_equal (argv[1], "--version")) {
    cli_print ("backhaulctl %s\n", BACKHAUL_VERSION);
    return CLI_DONE;
  }
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return cli_usage (cli, "%s; see `backhaulctl help`", error->message);
  if (argc < 2)
    return cli_usage (cli, "no command given; see `backhaulctl help`");
  if (g_str_equal (argv[1], "help"))
    return help (cli, argc - 1, argv + 1);
  command = cli_find (argv[1]);
  if (command == NULL)
    return cli_usage (cli, "%s: no such command; `backhaulctl help` lists them", argv[1]);
  for (int i = 2; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--help"))
      return help (cli, 2, argv);
  /* a copy of the pointers: the parser moves them about */
  rest = g_memdup2 (argv + 1, sizeof (char *) * (gsize) argc);
  return command->run (cli, argc - 1, rest);
}

int
main (int argc, char **argv)
{
  Cli cli = { 0 };
  int exit_code;

  bh_pin_no_core ();
  setlocale (LC_ALL, "");
  /* arguments and output are UTF-8 whatever the terminal's locale says */
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
  /* numbers are written for programs, not for the reader's country */
  setlocale (LC_NUMERIC, "C");
  exit_code = run (&cli, argc, argv);
  /* an answer that did not reach its reader is not done */
  if (fflush (stdout) != 0 && exit_code == CLI_DONE) {
    cli_say ("standard output: cannot write; look at the disk or the pipe");
    exit_code = CLI_STORE;
  }
  cli_sign (&cli, FALSE);
  bh_desk_close (cli.desk);
  g_free (cli.store);
  g_free (cli.operator);
  g_free (cli.dock);
  g_free (cli.station);
  return exit_code;
}
