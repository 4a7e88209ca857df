/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* Units that do not come back: the daily run, charge, waive, credit (RULES §6). */

#include "backhaul/chase.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mail-object.h"
#include "rma-object.h"

/* ---- the daily run -------------------------------------------------------------------- */

typedef struct {
  Cli *cli;
  guint rows;
  guint done; /* of them, not "none" */
} Shown;

static void
on_row (const BhChaseRow *row, gpointer data)
{
  Shown *shown = data;
  JsonBuilder *object;

  shown->rows++;
  shown->done += row->action != BH_CHASE_NONE;
  if (!shown->cli->json) {
    cli_cell (bh_chase_action_name (row->action), 7);
    cli_cell (row->return_by, 10);
    cli_print ("%4d  ", row->days_left);
    cli_cell (row->rma, 11);
    cli_cell (row->serial, 16);
    cli_print ("%s%s%s\n", row->account, row->why != NULL ? "  " : "",
               row->why != NULL ? row->why : "");
    return;
  }
  object = cli_object ();
  cli_set (object, "action", bh_chase_action_name (row->action));
  cli_set (object, "rma", row->rma);
  cli_set_int (object, "line", row->line);
  cli_set (object, "serial", row->serial);
  cli_set (object, "account", row->account);
  cli_set (object, "return_by", row->return_by);
  cli_set_int (object, "days_left", row->days_left);
  cli_set (object, "mail", row->mail);
  if (row->why != NULL)
    cli_set (object, "why", row->why);
  cli_emit (object);
}

static void
on_progress (guint done, guint of, gpointer data)
{
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\rlooked at %u of %u%s", done, of, done == of ? "\n" : "");
}

/* "R2000000001" or "R2000000001/2", taken apart in place. */
static gboolean
read_chosen (char *text, BhChosenLine *chosen)
{
  char *slash = strchr (text, '/');
  gint64 line = 0;

  if (slash != NULL && !g_ascii_string_to_signed (slash + 1, 10, 1, 9999, &line, NULL))
    return FALSE;
  if (slash != NULL)
    *slash = '\0';
  *chosen = (BhChosenLine){ text, (int) line };
  return TRUE;
}

static int
withdraw (Cli *cli, const char *mail, const char *reason)
{
  g_autofree char *act = g_uuid_string_random ();
  const BhWhen when = { act, bh_now_us (), FALSE };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_has_reason (cli, "chase --undo", reason))
    return CLI_USAGE;
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_unremind (desk, &when, mail, reason, &error))
    return cli_fail (cli, error);
  return cli_answer_mail (cli, desk, mail);
}

static int
chase (Cli *cli, int argc, char **argv)
{
  g_autofree char *on = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *reason = NULL;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, "As if it were that day", "DATE" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Only tell what would be done", NULL },
    { "undo", 0, 0, G_OPTION_ARG_STRING, &undo, "Withdraw a reminder that waits", "MAIL" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "Why it is withdrawn", "TEXT" },
    { NULL }
  };
  Shown shown = { .cli = cli };
  BhChaseOptions options = { .each = on_row, .progress = on_progress, .data = &shown };
  g_autofree BhChosenLine *chosen = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("chase"), entries, &argc, &argv))
    return CLI_USAGE;
  if (undo != NULL)
    return argc > 1 ? cli_usage (cli, "chase --undo: name the mail alone")
                    : withdraw (cli, undo, reason);
  if (on != NULL && (options.on = bh_day_parse (on)) == BH_DAY_NONE)
    return cli_fail (
        cli, g_error_new (BH_ERROR, BH_ERROR_INPUT, "%s: no such date; write YYYY-MM-DD", on));
  options.n_chosen = (gsize) argc - 1;
  if (argc > 1)
    options.chosen = chosen = g_new0 (BhChosenLine, options.n_chosen);
  for (gsize i = 0; i < options.n_chosen; i++)
    if (!read_chosen (argv[i + 1], &chosen[i]))
      return cli_usage (cli,
                        "chase: %s: no such line; say RMA or RMA/LINE, the day is named by --on",
                        argv[i + 1]);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  options.dry_run = dry_run;
  if (!(chosen != NULL ? bh_desk_remind : bh_desk_chase) (desk, &options, bh_now_us (), &error))
    return cli_fail (cli, error);
  if (shown.rows == 0 && !cli->json)
    cli_say ("nothing is due for a reminder or a decision");
  return chosen != NULL && shown.done == 0 ? CLI_NO : CLI_DONE;
}

/* ---- charge, waive, credit --------------------------------------------------------------- */

static void
set_charge (JsonBuilder *object, gint64 minor, const char *currency, gint64 at_us)
{
  g_autofree char *amount = bh_money_format (minor, currency);

  json_builder_set_member_name (object, "amount");
  json_builder_add_double_value (object, g_ascii_strtod (amount, NULL));
  cli_set_int (object, "minor_units", minor);
  cli_set (object, "currency", currency);
  cli_set_time (object, "at", at_us, NULL);
}

/* What was charged in all; two currencies have no sum. */
static void
set_total (JsonBuilder *object, GPtrArray *charges)
{
  const BhChargeRow *first = charges->len > 0 ? g_ptr_array_index (charges, 0) : NULL;
  gint64 total = 0;
  gboolean one = first != NULL;

  for (guint i = 0; i < charges->len; i++) {
    const BhChargeRow *row = g_ptr_array_index (charges, i);

    one = one && g_strcmp0 (row->currency, first->currency) == 0;
    total += row->amount;
  }
  json_builder_set_member_name (object, "charge");
  if (!one) {
    json_builder_add_null_value (object);
    return;
  }
  json_builder_begin_object (object);
  set_charge (object, total, first->currency, first->at_us);
  json_builder_end_object (object);
}

static void
set_charge_row (JsonBuilder *object, const BhChargeRow *row)
{
  cli_set (object, "rma", row->rma);
  cli_set_int (object, "line", row->line);
  cli_set (object, "serial", row->serial);
  cli_set (object, "part", row->part);
  cli_set (object, "description", row->description);
  cli_set (object, "account", row->account);
  cli_set (object, "account_name", row->account_name);
  cli_set (object, "reference", row->reference);
  cli_set (object, "case", row->case_no);
  cli_set (object, "return_by", row->return_by);
  set_charge (object, row->amount, row->currency, row->at_us);
  cli_set (object, "operator", row->operator);
  cli_set (object, "reason", row->reason);
  cli_set_time (object, "received", row->received_us, NULL);
  cli_set_time (object, "credited", row->credited_us, NULL);
  cli_set_bool (object, "to_credit",
                row->credited_us == 0 && (row->received_us != 0 || row->claim_accepted));
}

static int
answer_charge (Cli *cli, BhDesk *desk, const char *rma, GPtrArray *charges, gint64 now_us)
{
  GError *error = NULL;
  g_autoptr (BhRmaPage) page = NULL;
  JsonBuilder *object;

  if (!cli->json) {
    for (guint i = 0; i < charges->len; i++) {
      const BhChargeRow *row = g_ptr_array_index (charges, i);
      g_autofree char *amount = bh_money_format (row->amount, row->currency);

      cli_print ("%s line %d, %s: charged %s %s\n", row->rma, row->line, row->serial, amount,
                 row->currency);
    }
    return CLI_DONE;
  }
  page = bh_desk_rma_page (desk, rma, now_us, &error);
  if (page == NULL)
    return cli_fail (cli, error);
  object = cli_object ();
  cli_set_rma (object, page);
  set_total (object, charges);
  json_builder_set_member_name (object, "charges");
  json_builder_begin_array (object);
  for (guint i = 0; i < charges->len; i++) {
    json_builder_begin_object (object);
    set_charge_row (object, g_ptr_array_index (charges, i));
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  cli_emit (object);
  return CLI_DONE;
}

typedef enum { CHARGE, WAIVE, CREDIT, UNDO_WAIVE, UNDO_CHARGE } Decision;

static const char *const decisions[] = { "charge", "waive", "charge credit", "waive --undo",
                                         "charge --undo" };

static int
decide (Cli *cli, Decision what, const char *rma, int line, const char *reason, const char *at)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { .act = act, .time_stated = at != NULL };
  g_autoptr (GPtrArray) charges = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;
  gboolean ok;

  if (!cli_has_reason (cli, decisions[what], reason))
    return CLI_USAGE;
  if (!cli_time (at, &when.at_us, &error))
    return cli_fail (cli, error);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  ok = what == CHARGE        ? bh_desk_charge (desk, &when, rma, line, reason, &charges, &error)
       : what == WAIVE       ? bh_desk_waive (desk, &when, rma, line, reason, &error)
       : what == UNDO_WAIVE  ? bh_desk_take_back (desk, &when, rma, line, "waived", reason, &error)
       : what == UNDO_CHARGE ? bh_desk_take_back (desk, &when, rma, line, "charged", reason, &error)
                             : bh_desk_credit (desk, &when, rma, line, reason, &error);
  if (!ok)
    return cli_fail (cli, error);
  return what == CHARGE ? answer_charge (cli, desk, rma, charges, when.at_us)
                        : cli_answer_rma (cli, desk, rma, when.at_us);
}

/* ---- the list of charges -------------------------------------------------------------------- */

static int
list_charges (Cli *cli, gboolean to_credit, const char *from, const char *to, gboolean csv)
{
  BhDay first = from != NULL ? bh_day_parse (from) : BH_DAY_NONE;
  BhDay last = to != NULL ? bh_day_parse (to) : BH_DAY_NONE;
  g_autoptr (GPtrArray) charges = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if ((from != NULL && first == BH_DAY_NONE) || (to != NULL && last == BH_DAY_NONE))
    return cli_fail (
        cli, g_error_new (BH_ERROR, BH_ERROR_INPUT, "charge: no such date; write YYYY-MM-DD"));
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  charges =
      bh_desk_charges (desk, to_credit ? BH_CHARGES_TO_CREDIT : BH_CHARGES_ALL, NULL,
                       first != BH_DAY_NONE ? bh_day_start_us (first, NULL) : 0,
                       last != BH_DAY_NONE ? bh_day_start_us (last + 1, NULL) : G_MAXINT64, &error);
  if (charges == NULL)
    return cli_fail (cli, error);
  if (csv) {
    g_autofree char *text = bh_charges_csv (charges);

    cli_print ("%s", text);
    return CLI_DONE;
  }
  for (guint i = 0; i < charges->len; i++) {
    const BhChargeRow *row = g_ptr_array_index (charges, i);
    g_autofree char *amount = bh_money_format (row->amount, row->currency);
    JsonBuilder *object;

    if (cli->json) {
      object = cli_object ();
      set_charge_row (object, row);
      cli_emit (object);
      continue;
    }
    cli_cell (row->rma, 11);
    cli_cell (row->serial, 16);
    cli_cell (row->account, 12);
    cli_print ("%12s %s%s\n", amount, row->currency,
               row->credited_us != 0                          ? "  credited"
               : row->received_us != 0 || row->claim_accepted ? "  to be credited"
                                                              : "");
  }
  if (charges->len == 0 && !cli->json)
    cli_say (to_credit ? "no charge is to be credited" : "nothing was charged");
  return CLI_DONE;
}

static int
charge (Cli *cli, int argc, char **argv)
{
  int line = 0;
  gboolean to_credit = FALSE;
  gboolean undo = FALSE;
  g_autofree char *reason = NULL;
  g_autofree char *at = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_INT, &line, "Only this line", "N" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "Why", "TEXT" },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, "Credit it and expect the unit again", NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "When it happened (supervisor)", "TIME" },
    { "to-credit", 0, 0, G_OPTION_ARG_NONE, &to_credit, "Those that are to be credited", NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "First day", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Last day", "DATE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, "csv or jsonl", "FORMAT" },
    { NULL }
  };
  const char *word;

  if (!cli_parse (cli, cli_find ("charge"), entries, &argc, &argv))
    return CLI_USAGE;
  word = argc > 1 ? argv[1] : "";
  if (format != NULL && !g_str_equal (format, "csv") && !g_str_equal (format, "jsonl"))
    return cli_usage (cli, "%s: no such format; say csv or jsonl", format);
  if (argc == 2 && (g_str_equal (word, "list") || g_str_equal (word, "export"))) {
    gboolean csv = g_str_equal (word, "export") && g_strcmp0 (format, "jsonl") != 0;

    cli->json = cli->json || (g_str_equal (word, "export") && !csv);
    return list_charges (cli, to_credit, from, to, csv);
  }
  if (argc == 3 && g_str_equal (word, "credit"))
    return decide (cli, CREDIT, argv[2], line, reason, at);
  if (argc != 2)
    return cli_usage (cli, "charge: one RMA is needed, or say list, export or credit RMA");
  return decide (cli, undo ? UNDO_CHARGE : CHARGE, word, line, reason, at);
}

static int
waive (Cli *cli, int argc, char **argv)
{
  int line = 0;
  gboolean undo = FALSE;
  g_autofree char *reason = NULL;
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_INT, &line, "Only this line", "N" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "Why", "TEXT" },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, "Take a waiver back", NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "When it happened (supervisor)", "TIME" },
    { NULL }
  };

  if (!cli_parse (cli, cli_find ("waive"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (cli, "waive: one RMA is needed");
  return decide (cli, undo ? UNDO_WAIVE : WAIVE, argv[1], line, reason, at);
}

const CliCommand cli_chase_commands[] = {
  { "chase", "[RMA[/LINE]…] [--on DATE] [--dry-run] | --undo MAIL --reason TEXT",
    "The daily run: reminds, tells what is overdue, lists what to decide; or reminds of chosen "
    "lines "
    "(O1)",
    chase },
  { "charge",
    "RMA [--line N] --reason TEXT [--undo] [--at TIME] | credit RMA [--line N] --reason TEXT [--at "
    "TIME] |\n"
    "    list [--to-credit] [--from DATE] [--to DATE] | export [--format csv|jsonl] [--to-credit]\n"
    "    [--from DATE] [--to DATE]",
    "Charges what is overdue at its list price, takes it back, lists charges (O2, O3)", charge },
  { "waive", "RMA [--line N] --reason TEXT [--undo] [--at TIME]",
    "Expects a unit no more, or again (O2)", waive },
  { NULL }
};
