/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* `move`: chain of custody (RA4). */

#include "backhaul/custody.h"

#include "backhaul/calendar.h"
#include "rma-object.h"

static void
show_moved (Cli *cli, const BhMoved *moved, gint64 at_us)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%s  %s → %s%s%s", moved->serial, moved->from != NULL ? moved->from : "-",
               moved->location, moved->tote != NULL ? " in " : "",
               moved->tote != NULL ? moved->tote : "");
    if (moved->clock != NULL)
      cli_print ("  %s runs, due %s", moved->clock, moved->due != NULL ? moved->due : "-");
    cli_print ("\n");
    return;
  }
  object = cli_object ();
  cli_set (object, "serial", moved->serial);
  cli_set (object, "from", moved->from);
  cli_set (object, "location", moved->location);
  cli_set (object, "tote", moved->tote);
  cli_set (object, "rma", moved->rma);
  cli_set (object, "clock", moved->clock);
  cli_set (object, "due", moved->due);
  cli_set_time (object, "at", at_us, NULL);
  cli_emit (object);
}

static int
list (Cli *cli, gboolean in_transit, const char *at)
{
  g_autoptr (GPtrArray) places = NULL;
  gint64 now_us = bh_now_us ();
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);

  if (desk == NULL)
    return exit_code;
  places = in_transit ? bh_desk_in_transit (desk, &error) : bh_desk_units_at (desk, at, &error);
  if (places == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < places->len; i++) {
    const BhWhereabouts *place = g_ptr_array_index (places, i);
    gint64 hours = (now_us - place->since_us) / G_TIME_SPAN_HOUR;
    JsonBuilder *object;

    if (!cli->json) {
      g_autofree char *since = bh_time_format (place->since_us, NULL);

      cli_cell (place->serial, 16);
      cli_cell (place->came_from != NULL ? place->came_from : "-", 14);
      cli_cell (place->location, 14);
      cli_cell (place->tote, 14);
      cli_print ("%s  %" G_GINT64_FORMAT " h\n", since, hours);
      continue;
    }
    object = cli_object ();
    cli_set (object, "serial", place->serial);
    cli_set (object, "from", place->came_from);
    cli_set (object, "location", place->location);
    cli_set (object, "tote", place->tote);
    cli_set_time (object, "since", place->since_us, NULL);
    cli_set_int (object, "hours", hours);
    cli_set (object, "operator", place->operator);
    cli_emit (object);
  }
  if (places->len == 0 && !cli->json)
    cli_say ("%s", in_transit ? "nothing is on its way" : "no unit is there");
  return CLI_DONE;
}

static int
act (Cli *cli, char **serials, const char *to, const char *tote, const char *at)
{
  g_autofree char *id = g_uuid_string_random ();
  BhWhen when = { .act = id, .time_stated = at != NULL };
  BhMove move = { .serials = (const char *const *) serials, .to = to, .tote = tote };
  g_autoptr (GPtrArray) moved = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_time (at, &when.at_us, &error))
    return cli_fail (cli, error);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  moved = bh_desk_move (desk, &when, &move, &error);
  if (moved == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < moved->len; i++)
    show_moved (cli, g_ptr_array_index (moved, i), when.at_us);
  return CLI_DONE;
}

static int
move_command (Cli *cli, int argc, char **argv)
{
  g_autofree char *to = NULL;
  g_autofree char *tote = NULL;
  g_autofree char *at = NULL;
  g_autofree char *place = NULL;
  gboolean in_transit = FALSE;
  gboolean no_tote = FALSE;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Where to", "LOCATION" },
    { "tote", 0, 0, G_OPTION_ARG_STRING, &tote, "Into this pallet or tote", "tote:CODE" },
    { "no-tote", 0, 0, G_OPTION_ARG_NONE, &no_tote, "Out of its pallet or tote", NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "When it happened (supervisor)", "TIME" },
    { "in-transit", 0, 0, G_OPTION_ARG_NONE, &in_transit, "list: what left and did not arrive",
      NULL },
    { "location", 0, 0, G_OPTION_ARG_STRING, &place, "list: what is there", "LOCATION" },
    { NULL }
  };

  if (!cli_parse (cli, cli_find ("move"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "list")) {
    if (to != NULL || tote != NULL || in_transit == (place != NULL))
      return cli_usage (cli, "move list: say --in-transit, or --location LOCATION");
    return list (cli, in_transit, place);
  }
  if (in_transit || place != NULL)
    return cli_usage (cli, "move: --in-transit and --location go with `move list`");
  if (argc < 2 || (to == NULL && tote == NULL && !no_tote) || (tote != NULL && no_tote))
    return cli_usage (cli, "move: a SERIAL (or tote:CODE) and --to LOCATION are needed, or a tote");
  return act (cli, argv + 1, to, no_tote ? "" : tote, at);
}

const CliCommand cli_move_commands[] = {
  { "move",
    "SERIAL|tote:CODE… --to dock:CODE|shelf:CODE|transit:CODE|repair:CODE|bench:CODE|stock|scrap|"
    "customer\n"
    "    [--tote tote:CODE|--no-tote] [--at TIME] | list --in-transit|--location LOCATION",
    "Moves units: a scan out and a scan in (RA4, C2, C3)", move_command },
  { NULL }
};
