/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/calendar.h"
#include "backhaul/clock.h"
#include "backhaul/receipt.h"
#include "bench-object.h"
#include "issue.h"
#include "rma-object.h"

typedef struct {
  Cli *cli;
  const char *account; /* only its clocks; NULL: all */
  guint rows;
  gboolean late;
} Due;

static gboolean
on_due (const BhClockRow *clock, gpointer data)
{
  Due *due = data;

  if (due->account != NULL && g_strcmp0 (due->account, clock->account) != 0)
    return TRUE;
  due->rows++;
  due->late = due->late || g_str_equal (clock->state, "late");
  if (due->cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set_clock (object, clock);
    cli_set (object, "rma", clock->rma);
    if (clock->line > 0)
      cli_set_int (object, "line", clock->line);
    else
      cli_set_null (object, "line");
    cli_set (object, "serial", clock->serial);
    cli_set (object, "account", clock->account);
    if (clock->due != NULL)
      cli_set_int (object, "days_left", clock->days_left);
    else
      cli_set_null (object, "days_left"); /* paused without an end */
    if (clock->case_no != NULL)
      cli_set (object, "case", clock->case_no);
    cli_set_int (object, "urgency", clock->urgency);
    cli_emit (object);
    return TRUE;
  }
  cli_cell (clock->kind, 2);
  cli_cell (clock->state, 6);
  cli_cell (clock->due, 10);
  cli_print ("%4d  ", clock->days_left);
  cli_cell (clock->rma != NULL ? clock->rma : clock->case_no, 11);
  cli_cell (clock->serial, 16);
  cli_print ("%s\n", clock->account);
  return TRUE;
}

static int
due (Cli *cli, int argc, char **argv)
{
  g_autofree char *on = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *state = NULL;
  g_autofree char *account = NULL;
  gboolean tell = FALSE;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, "As of this date", "DATE" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "C1 to C6", "KIND" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &state, "late, amber, open or paused", "STATE" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, "Only of this account", "ACCOUNT" },
    { "exit-code", 0, 0, G_OPTION_ARG_NONE, &tell, "Exit 1 when a clock is late", NULL },
    { NULL }
  };
  static const char *const states[] = { "late", "amber", "open", "paused", NULL };
  Due rows = { .cli = cli };
  GError *error = NULL;
  BhClockKind which;
  BhDay day = BH_DAY_NONE;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("due"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_usage (cli, "due: %s: no such argument", argv[1]);
  if (kind != NULL && !bh_clock_kind_parse (kind, &which))
    return cli_usage (cli, "%s: no such clock; say C1 to C6", kind);
  if (state != NULL && !g_strv_contains (states, state))
    return cli_usage (cli, "%s: no such state; say late, amber, open or paused", state);
  if (on != NULL && (day = bh_day_parse (on)) == BH_DAY_NONE)
    return cli_fail (
        cli, g_error_new (BH_ERROR, BH_ERROR_INPUT, "%s: no such date; write YYYY-MM-DD", on));
  rows.account = account;
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_due (desk, kind != NULL ? bh_clock_kind_name (which) : NULL, state, day,
                    bh_now_us (), on_due, &rows, &error))
    return cli_fail (cli, error);
  if (rows.rows == 0 && !cli->json)
    cli_say ("no clock runs that fits");
  return tell && rows.late ? CLI_NO : CLI_DONE;
}

static void
set_receipt (JsonBuilder *object, const BhReceipt *receipt)
{
  json_builder_begin_object (object);
  cli_set (object, "receipt", receipt->receipt);
  cli_set (object, "box", receipt->box);
  cli_set (object, "verdict", receipt->verdict);
  cli_set (object, "rule", receipt->rule);
  cli_set (object, "rma", receipt->rma);
  cli_set_time (object, "at", receipt->at_us, NULL);
  cli_set (object, "dock", receipt->dock);
  cli_set (object, "operator", receipt->operator);
  cli_set_bool (object, "void", receipt->is_void);
  json_builder_end_object (object);
}

static void
emit_life (const BhUnitLife *life, const BhUnitCheck *check)
{
  JsonBuilder *object = cli_object ();

  cli_set (object, "serial", life->serial);
  cli_set_bool (object, "known", life->known);
  cli_set (object, "part", life->part);
  cli_set (object, "description", life->description);
  cli_set (object, "platform", life->platform);
  cli_set (object, "account", life->account);
  cli_set (object, "account_name", life->account_name);
  cli_set (object, "site", life->site);
  cli_set (object, "shipped", life->shipped);
  cli_set (object, "contract", life->contract);
  cli_set (object, "contract_level", life->contract_level);
  cli_set (object, "contract_until", life->contract_until);
  cli_set_coverage (object, &check->coverage, check->on);
  cli_set (object, "location", life->location);
  json_builder_set_member_name (object, "rmas");
  json_builder_begin_array (object);
  for (guint i = 0; i < life->lines->len; i++) {
    json_builder_begin_object (object);
    cli_set_row (object, g_ptr_array_index (life->lines, i));
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  json_builder_set_member_name (object, "jobs");
  json_builder_begin_array (object);
  for (guint i = 0; i < life->jobs->len; i++) {
    json_builder_begin_object (object);
    cli_set_job (object, g_ptr_array_index (life->jobs, i));
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  json_builder_set_member_name (object, "receipts");
  json_builder_begin_array (object);
  for (guint i = 0; i < life->receipts->len; i++)
    set_receipt (object, g_ptr_array_index (life->receipts, i));
  json_builder_end_array (object);
  json_builder_set_member_name (object, "history");
  json_builder_begin_array (object);
  for (guint i = 0; i < life->history->len; i++) {
    const BhHistoryRow *row = g_ptr_array_index (life->history, i);

    json_builder_begin_object (object);
    cli_set_time (object, "at", row->at_us, NULL);
    cli_set (object, "what", row->what);
    cli_set (object, "text", row->text);
    cli_set (object, "operator", row->operator);
    cli_set (object, "station", row->station);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  cli_emit (object);
}

static int
unit (Cli *cli, int argc, char **argv)
{
  g_autoptr (BhUnitLife) life = NULL;
  g_autoptr (BhUnitCheck) check = NULL;
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("unit"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc != 3 || !g_str_equal (argv[1], "show"))
    return cli_usage (cli, "unit: say show and one SERIAL");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  life = bh_desk_unit_life (desk, argv[2], &error);
  if (life == NULL ||
      (check = bh_desk_check_unit (desk, argv[2], NULL, BH_DAY_NONE, bh_now_us (), &error)) == NULL)
    return cli_fail (cli, error);
  if (cli->json) {
    emit_life (life, check);
    return CLI_DONE;
  }
  cli_print ("%s  %s  %s\n", life->serial, life->part != NULL ? life->part : "",
             life->account_name != NULL ? life->account_name : "");
  cli_print_coverage (&check->coverage);
  if (life->location != NULL)
    cli_print ("  now at %s\n", life->location);
  for (guint i = 0; i < life->lines->len; i++)
    cli_row (cli, g_ptr_array_index (life->lines, i));
  for (guint i = 0; i < life->jobs->len; i++)
    cli_print_job_row (g_ptr_array_index (life->jobs, i));
  for (guint i = 0; i < life->history->len; i++) {
    const BhHistoryRow *row = g_ptr_array_index (life->history, i);
    g_autofree char *when = bh_time_format (row->at_us, NULL);

    cli_print ("  %s  %s\n", when, row->text);
  }
  return CLI_DONE;
}

static int
stats (Cli *cli, int argc, char **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = { { "from", 0, 0, G_OPTION_ARG_STRING, &from, "First day",
                                     "DATE" },
                                   { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Last day", "DATE" },
                                   { NULL } };
  g_autoptr (GPtrArray) figures = NULL;
  GError *error = NULL;
  BhDay first = BH_DAY_NONE;
  BhDay last = BH_DAY_NONE;
  JsonBuilder *object = NULL;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("stats"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_usage (cli, "stats: %s: no such argument", argv[1]);
  if ((from != NULL && (first = bh_day_parse (from)) == BH_DAY_NONE) ||
      (to != NULL && (last = bh_day_parse (to)) == BH_DAY_NONE))
    return cli_fail (
        cli, g_error_new (BH_ERROR, BH_ERROR_INPUT, "stats: no such date; write YYYY-MM-DD"));
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  figures = bh_desk_stats (desk, first != BH_DAY_NONE ? bh_day_start_us (first, NULL) : 0,
                           last != BH_DAY_NONE ? bh_day_start_us (last + 1, NULL) : G_MAXINT64,
                           bh_now_us (), &error);
  if (figures == NULL)
    return cli_fail (cli, error);
  if (cli->json)
    object = cli_object ();
  for (guint i = 0; i < figures->len; i++) {
    const BhFigure *figure = g_ptr_array_index (figures, i);
    g_autofree char *name = figure->rule != NULL
                                ? g_strdup_printf ("%s.%s", figure->name, figure->rule)
                                : g_strdup (figure->name);

    if (object != NULL)
      cli_set_int (object, name, figure->value);
    else
      cli_print ("%-24s %" G_GINT64_FORMAT "\n", name, figure->value);
  }
  if (object != NULL)
    cli_emit (object);
  return CLI_DONE;
}

const CliCommand cli_list_commands[] = {
  { "due",
    "[--on DATE] [--kind C1…C6] [--state late|amber|open|paused] [--account ACCOUNT] [--exit-code]",
    "Lists the clocks that run, soonest first", due },
  { "unit", "show SERIAL", "Tells the life of a serial", unit },
  { "stats", "[--from DATE] [--to DATE]", "Counts received, accepted, held, refused, late", stats },
  { "morning", "[--role ROLE]", "What to know before the day begins: due, held, late, failed",
    cli_morning },
  { "report",
    "list | NAME [FILE] [--from DATE] [--to DATE] [--account ACCOUNT] [--format text|csv|jsonl]\n"
    "    [-o FILE] [--chart FILE.pdf|.png]",
    "Figures: what is not back, reminders, turn-round, the dock by day, return rates", cli_report },
  { NULL }
};
