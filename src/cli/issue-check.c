/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* What is known before there is an RMA: coverage of units, and the queue of drafts. */

#include "issue.h"
#include "rma-object.h"

static void
set_day (JsonBuilder *object, const char *key, BhDay day)
{
  g_autofree char *text = day != BH_DAY_NONE ? bh_day_format (day) : NULL;

  cli_set (object, key, text);
}

void
cli_set_coverage (JsonBuilder *object, const BhCoverage *coverage, BhDay on)
{
  const BhLevel *level = coverage->level;

  json_builder_set_member_name (object, "coverage");
  json_builder_begin_object (object);
  cli_set (object, "kind", bh_cover_kind_name (coverage->kind));
  cli_set_bool (object, "entitled", bh_coverage_entitles (coverage));
  set_day (object, "on", on);
  set_day (object, "from", coverage->from);
  set_day (object, "until", coverage->until);
  cli_set (object, "rule", coverage->rule);
  cli_set (object, "reason", coverage->reason);
  cli_set (object, "doubt", coverage->doubt);
  cli_set (object, "level", level != NULL ? level->name : NULL);
  cli_set (object, "replacement",
           bh_replacement_name (level != NULL ? level->replacement : BH_REPLACE_NONE));
  cli_set (object, "promise", level != NULL ? bh_promise_name (level->promise) : NULL);
  if (level != NULL && level->hours > 0)
    cli_set_int (object, "hours", level->hours);
  else
    cli_set_null (object, "hours");
  cli_set_bool (object, "onsite", level != NULL && level->onsite);
  cli_set (object, "grants", level != NULL ? level->grants : NULL);
  json_builder_end_object (object);
}

void
cli_print_coverage (const BhCoverage *coverage)
{
  cli_print ("  coverage     %s\n", coverage->reason);
  if (coverage->level != NULL)
    cli_print ("  grants       %s\n", coverage->level->grants);
  if (coverage->doubt != NULL)
    cli_print ("  in doubt     %s\n", coverage->doubt);
}

/* RA3, RA5, RA6 under "ra" and "fa", in the words of `bench eligible`. */
static void
set_repair (JsonBuilder *object, const BhUnitCheck *check)
{
  for (guint i = 0; i < BH_REPAIR_LAST; i++) {
    const BhEligibility *may = &check->repair[i];

    json_builder_set_member_name (object, bh_repair_kind_name (i));
    json_builder_begin_object (object);
    cli_set_bool (object, "eligible", may->eligible == BH_ELIGIBLE);
    cli_set_bool (object, "approval", may->eligible == BH_ELIGIBLE_NEEDS_APPROVAL);
    cli_set (object, "rule", may->rule);
    cli_set (object, "reason", may->reason);
    set_day (object, "until", may->until);
    json_builder_end_object (object);
  }
}

static void
emit_check (const BhUnitCheck *check)
{
  const BhUnitRecord *unit = &check->unit;
  JsonBuilder *object = cli_object ();

  cli_set (object, "serial", unit->serial);
  cli_set_bool (object, "known", unit->known);
  cli_set (object, "part", unit->part);
  cli_set (object, "description", unit->description);
  cli_set_bool (object, "third_party", unit->third_party);
  cli_set (object, "account", unit->account);
  cli_set (object, "account_name", unit->account_name);
  cli_set (object, "site", unit->site);
  cli_set (object, "shipped", unit->shipped);
  cli_set (object, "registered", unit->registered);
  cli_set (object, "distributor", unit->distributor);
  cli_set (object, "contract", unit->contract);
  cli_set (object, "contract_level", unit->contract_level);
  cli_set (object, "contract_until", unit->contract_until);
  cli_set_coverage (object, &check->coverage, check->on);
  set_repair (object, check);
  cli_set_int (object, "returns", unit->returns);
  cli_set (object, "awaited_under", unit->awaited_under);
  cli_set (object, "drafted_under", unit->drafted_under);
  cli_emit (object);
}

static void
print_check (const BhUnitCheck *check)
{
  const BhUnitRecord *unit = &check->unit;

  cli_print ("%s  %s  %s\n", unit->serial, unit->part != NULL ? unit->part : "",
             unit->account_name != NULL ? unit->account_name : "");
  cli_print_coverage (&check->coverage);
  for (guint i = 0; i < BH_REPAIR_LAST; i++)
    cli_print ("  %s           %s (%s): %s\n", i == BH_REPAIR_RA ? "RA" : "FA",
               bh_eligible_name (check->repair[i].eligible), check->repair[i].rule,
               check->repair[i].reason);
  if (unit->awaited_under != NULL)
    cli_print ("  awaited      under RMA %s\n", unit->awaited_under);
  if (unit->drafted_under != NULL)
    cli_print ("  drafted      under RMA %s\n", unit->drafted_under);
  cli_print ("  RMAs so far  %" G_GINT64_FORMAT "\n", unit->returns);
}

/* One serial: done when an RMA for it could be confirmed that day. */
static int
check_one (Cli *cli, BhDesk *desk, const char *serial, const char *destination, BhDay on)
{
  GError *error = NULL;
  g_autoptr (BhUnitCheck) check =
      bh_desk_check_unit (desk, serial, destination, on, bh_now_us (), &error);

  if (check == NULL)
    return cli_fail (cli, error);
  if (cli->json)
    emit_check (check);
  else
    print_check (check);
  return bh_coverage_entitles (&check->coverage) && check->unit.awaited_under == NULL ? CLI_DONE
                                                                                      : CLI_NO;
}

int
cli_rma_check (Cli *cli, int argc, char **argv)
{
  g_autofree char *destination = NULL;
  g_autofree char *on = NULL;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, "As of this date", "DATE" },
    { "destination", 0, 0, G_OPTION_ARG_STRING, &destination, "Today there", "D" },
    { NULL }
  };
  BhDay day = BH_DAY_NONE;
  int exit_code = CLI_USAGE;
  int worst = CLI_DONE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc < 2)
    return cli_usage (cli, "rma check: at least one SERIAL is needed");
  if (on != NULL && (day = bh_day_parse (on)) == BH_DAY_NONE)
    return cli_fail (
        cli, g_error_new (BH_ERROR, BH_ERROR_INPUT, "%s: no such date; write YYYY-MM-DD", on));
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  for (int i = 1; i < argc; i++)
    worst = cli_worse (worst, check_one (cli, desk, argv[i], destination, day));
  return worst;
}

int
cli_rma_queue (Cli *cli, int argc, char **argv)
{
  g_autoptr (GPtrArray) numbers = NULL;
  GError *error = NULL;
  int limit = 0;
  const GOptionEntry entries[] = { { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "So many", "N" },
                                   { NULL } };
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1 || limit < 0)
    return cli_usage (cli, "rma queue: it takes --limit N, 1 or more, and nothing else");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  numbers = bh_desk_drafts (desk, (guint) limit, &error);
  if (numbers == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < numbers->len; i++) {
    exit_code = cli_answer_rma (cli, desk, g_ptr_array_index (numbers, i), bh_now_us ());
    if (exit_code != CLI_DONE)
      return exit_code;
  }
  return CLI_DONE;
}
