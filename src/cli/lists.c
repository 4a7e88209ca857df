/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <string.h>

#include "backhaul/calendar.h"
#include "backhaul/clock.h"
#include "backhaul/receipt.h"
#include "backhaul/returns.h"
#include "cli.h"

static void
set_row (JsonBuilder *object, const BhReturnRow *row)
{
  cli_set (object, "rma", row->rma);
  cli_set (object, "status", row->status);
  cli_set (object, "state", row->state);
  cli_set (object, "account", row->account);
  cli_set (object, "account_name", row->account_name);
  cli_set (object, "case", row->case_no);
  cli_set (object, "reference", row->reference);
  cli_set (object, "serial", row->serial);
  cli_set (object, "part", row->part);
  cli_set_time (object, "created", row->created_us, row->zone);
  cli_set_time (object, "issued", row->issued_us, row->zone);
  cli_set (object, "return_by", row->return_by);
  cli_set_time (object, "received", row->received_us, row->zone);
  cli_set_int (object, "line", row->line);
  cli_set (object, "line_state", row->line_state);
  cli_set (object, "flag", row->flag);
  cli_set (object, "zone", row->zone);
}

/* Text is aligned by characters, not bytes. */
static void
print_cell (const char *text, int width)
{
  g_autofree char *shown = g_utf8_make_valid (text != NULL ? text : "", -1);
  glong length = g_utf8_strlen (shown, -1);

  cli_print ("%s%*s  ", shown, (int) MAX (0, width - length), "");
}

static void
print_row (Cli *cli, const BhReturnRow *row)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *created = NULL;

  if (cli->json) {
    JsonBuilder *object = cli_object ();

    set_row (object, row);
    cli_emit (object);
    return;
  }
  /* F1, left to right */
  zone = bh_zone (row->zone != NULL ? row->zone : "UTC");
  created = bh_time_format (row->created_us, zone);
  print_cell (row->rma, 11);
  print_cell (row->status, 6);
  print_cell (row->account_name, 24);
  print_cell (row->case_no, 16);
  print_cell (row->serial, 16);
  print_cell (row->part, 16);
  cli_print ("%s %s\n", created, row->zone != NULL ? row->zone : "UTC");
}

static int
rma_list (Cli *cli, int argc, char **argv)
{
  g_autofree char *status = NULL;
  g_autofree char *account = NULL;
  g_autofree char *serial = NULL;
  g_autofree char *case_no = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *sort = NULL;
  g_autofree char *after = NULL;
  g_autofree char *search = NULL;
  gboolean descending = FALSE;
  int limit = 0;
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_STRING, &status, "open or closed", "STATUS" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, "Of this account", "A" },
    { "serial", 0, 0, G_OPTION_ARG_STRING, &serial, "With this serial", "S" },
    { "case", 0, 0, G_OPTION_ARG_STRING, &case_no, "Of this case", "C" },
    { "reference", 0, 0, G_OPTION_ARG_STRING, &reference, "Words of the reference", "TEXT" },
    { "search", 0, 0, G_OPTION_ARG_STRING, &search, "Any of F3's keys, or its beginning", "TEXT" },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &sort, "By which column", "COLUMN" },
    { "descending", 0, 0, G_OPTION_ARG_NONE, &descending, "Last first", NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "So many rows", "N" },
    { "after", 0, 0, G_OPTION_ARG_STRING, &after, "Go on after this page", "CURSOR" },
    { NULL }
  };
  BhReturnsQuery query = { 0 };
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  g_autofree char *cursor = NULL;
  gint64 left;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_usage (cli, "rma list: %s: no such argument; name it by an option", argv[1]);
  if (status != NULL && !g_str_equal (status, "open") && !g_str_equal (status, "closed"))
    return cli_usage (cli, "%s: no such status; say open or closed", status);
  if (sort != NULL && !bh_returns_sort_parse (sort, &query.sort))
    return cli_usage (cli,
                      "%s: no such column; sort by rma, status, account, case, serial, part "
                      "or created",
                      sort);
  if (limit < 0)
    return cli_usage (cli, "--limit %d: it must be 1 or more", limit);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  query.text = search;
  query.status = status;
  query.account = account;
  query.serial = serial;
  query.case_no = case_no;
  query.reference = reference;
  query.descending = descending;
  cursor = g_strdup (after);
  left = limit > 0 ? limit : G_MAXINT64;
  /* page by page: a list of a million needs no more memory than one of ten */
  do {
    g_autofree char *next = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    query.after = cursor;
    query.limit = (guint) MIN (left, 500);
    rows = bh_desk_list_returns (desk, &query, &next, &error);
    if (rows == NULL)
      return cli_fail (cli, error);
    for (guint i = 0; i < rows->len; i++)
      print_row (cli, g_ptr_array_index (rows, i));
    left -= rows->len;
    g_free (cursor);
    cursor = g_steal_pointer (&next);
  } while (cursor != NULL && left > 0);
  if (limit > 0 && cursor != NULL) {
    if (cli->json) {
      JsonBuilder *object = cli_object ();

      cli_set (object, "next", cursor);
      cli_emit (object);
    } else {
      cli_say ("more follows: --after %s", cursor);
    }
  }
  return CLI_DONE;
}

static void
set_clock (JsonBuilder *object, const BhClockRow *clock)
{
  cli_set (object, "kind", clock->kind);
  cli_set (object, "state", clock->state);
  cli_set_time (object, "started", clock->started_us, clock->zone);
  if (clock->due != NULL || clock->due_us == 0)
    cli_set (object, "due", clock->due);
  else
    cli_set_time (object, "due", clock->due_us, clock->zone);
}

static void
emit_page (const BhRmaPage *page)
{
  JsonBuilder *object = cli_object ();
  const BhReturnRow *first = page->lines->len > 0 ? g_ptr_array_index (page->lines, 0) : NULL;

  cli_set (object, "rma", page->rma);
  cli_set (object, "status", page->status);
  cli_set (object, "state", page->state);
  cli_set (object, "account", page->account);
  cli_set (object, "account_name", page->account_name);
  cli_set (object, "site", page->site);
  cli_set (object, "case", page->case_no);
  cli_set (object, "contact", page->contact);
  cli_set (object, "reference", page->reference);
  cli_set (object, "serial", first != NULL ? first->serial : NULL);
  cli_set (object, "part", first != NULL ? first->part : NULL);
  cli_set_time (object, "created", page->created_us, page->zone);
  cli_set_time (object, "issued", page->issued_us, page->zone);
  cli_set (object, "return_by", first != NULL ? first->return_by : NULL);
  cli_set_time (object, "received", first != NULL ? first->received_us : 0, page->zone);
  cli_set_time (object, "closed", page->closed_us, page->zone);
  cli_set (object, "destination", page->destination);
  json_builder_set_member_name (object, "lines");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    json_builder_begin_object (object);
    cli_set_int (object, "line", line->line);
    cli_set (object, "serial", line->serial);
    cli_set (object, "part", line->part);
    cli_set (object, "state", line->line_state);
    cli_set (object, "flag", line->flag);
    cli_set (object, "return_by", line->return_by);
    cli_set_time (object, "received", line->received_us, page->zone);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  json_builder_set_member_name (object, "clocks");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->clocks->len; i++) {
    const BhClockRow *clock = g_ptr_array_index (page->clocks, i);

    json_builder_begin_object (object);
    set_clock (object, clock);
    cli_set_int (object, "line", clock->line);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  cli_emit (object);
}

static void
print_page (const BhRmaPage *page)
{
  cli_print ("RMA %s: %s (%s)\n", page->rma, page->status, page->state);
  cli_print ("  account      %s %s\n", page->account, page->account_name);
  if (page->case_no != NULL)
    cli_print ("  case         %s\n", page->case_no);
  if (page->reference != NULL)
    cli_print ("  reference    %s\n", page->reference);
  if (page->destination != NULL)
    cli_print ("  destination  %s\n", page->destination);
  cli_print ("\nLines\n");
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    cli_print ("  %d  ", line->line);
    print_cell (line->serial, 16);
    print_cell (line->part, 16);
    print_cell (line->line_state, 9);
    cli_print ("%s\n", line->return_by != NULL ? line->return_by : "");
  }
  if (page->clocks->len > 0)
    cli_print ("\nClocks\n");
  for (guint i = 0; i < page->clocks->len; i++) {
    const BhClockRow *clock = g_ptr_array_index (page->clocks, i);

    cli_print ("  %s  line %d  %-7s due %s\n", clock->kind, clock->line, clock->state,
               clock->due != NULL ? clock->due : "");
  }
  if (page->history->len > 0)
    cli_print ("\nHistory\n");
  for (guint i = 0; i < page->history->len; i++) {
    const BhHistoryRow *row = g_ptr_array_index (page->history, i);
    g_autofree char *when = bh_time_format (row->at_us, NULL);

    cli_print ("  %s  %s\n", when, row->text);
  }
}

static int
rma_show (Cli *cli, int argc, char **argv)
{
  g_autoptr (BhRmaPage) page = NULL;
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (cli, "rma show: one RMA number is needed");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  page = bh_desk_rma_page (desk, argv[1], g_get_real_time (), &error);
  if (page == NULL)
    return cli_fail (cli, error);
  if (cli->json)
    emit_page (page);
  else
    print_page (page);
  return CLI_DONE;
}

static int
rma (Cli *cli, int argc, char **argv)
{
  /* options may stand before the word, too */
  for (int i = 1; i < argc; i++) {
    gboolean list = g_str_equal (argv[i], "list");

    if (!list && !g_str_equal (argv[i], "show"))
      continue;
    memmove (argv + i, argv + i + 1, sizeof (char *) * (gsize) (argc - i));
    return list ? rma_list (cli, argc - 1, argv) : rma_show (cli, argc - 1, argv);
  }
  return cli_usage (cli, "rma: say list or show");
}

typedef struct {
  Cli *cli;
  guint rows;
  gboolean late;
} Due;

static gboolean
on_due (const BhClockRow *clock, gpointer data)
{
  Due *due = data;

  due->rows++;
  due->late = due->late || g_str_equal (clock->state, "late");
  if (due->cli->json) {
    JsonBuilder *object = cli_object ();

    set_clock (object, clock);
    cli_set (object, "rma", clock->rma);
    if (clock->line > 0)
      cli_set_int (object, "line", clock->line);
    else
      cli_set_null (object, "line");
    cli_set (object, "serial", clock->serial);
    cli_set (object, "account", clock->account);
    cli_set_int (object, "days_left", clock->days_left);
    if (clock->case_no != NULL)
      cli_set (object, "case", clock->case_no);
    cli_emit (object);
    return TRUE;
  }
  print_cell (clock->kind, 2);
  print_cell (clock->state, 6);
  print_cell (clock->due, 10);
  cli_print ("%4d  ", clock->days_left);
  print_cell (clock->rma, 11);
  print_cell (clock->serial, 16);
  cli_print ("%s\n", clock->account);
  return TRUE;
}

static int
due (Cli *cli, int argc, char **argv)
{
  g_autofree char *on = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *state = NULL;
  gboolean tell = FALSE;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, "As of this date", "DATE" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "C1 to C6", "KIND" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &state, "late, amber, open or paused", "STATE" },
    { "exit-code", 0, 0, G_OPTION_ARG_NONE, &tell, "Exit 1 when a clock is late", NULL },
    { NULL }
  };
  static const char *const states[] = { "late", "amber", "open", "paused", NULL };
  Due rows = { cli, 0, FALSE };
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
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_due (desk, kind != NULL ? bh_clock_kind_name (which) : NULL, state, day,
                    g_get_real_time (), on_due, &rows, &error))
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
emit_life (const BhUnitLife *life)
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
  cli_set (object, "location", life->location);
  json_builder_set_member_name (object, "rmas");
  json_builder_begin_array (object);
  for (guint i = 0; i < life->lines->len; i++) {
    json_builder_begin_object (object);
    set_row (object, g_ptr_array_index (life->lines, i));
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
  if (life == NULL)
    return cli_fail (cli, error);
  if (cli->json) {
    emit_life (life);
    return CLI_DONE;
  }
  cli_print ("%s  %s  %s\n", life->serial, life->part != NULL ? life->part : "",
             life->account_name != NULL ? life->account_name : "");
  if (life->location != NULL)
    cli_print ("  now at %s\n", life->location);
  for (guint i = 0; i < life->lines->len; i++)
    print_row (cli, g_ptr_array_index (life->lines, i));
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
                           g_get_real_time (), &error);
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
  { "rma",
    "show RMA | list [--status open|closed] [--account A] [--serial S] [--case C]\n"
    "    [--reference TEXT] [--search TEXT] [--sort COLUMN] [--descending] [--limit N]\n"
    "    [--after CURSOR]",
    "Shows one RMA, or lists the lines of many (F1, F3)", rma },
  { "due", "[--on DATE] [--kind C1…C6] [--state late|amber|open|paused] [--exit-code]",
    "Lists the clocks that run, soonest first", due },
  { "unit", "show SERIAL", "Tells the life of a serial", unit },
  { "stats", "[--from DATE] [--to DATE]", "Counts received, accepted, held, refused, late", stats },
  { NULL }
};
