/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* A verdict as CLI.md's keys, and as text for people. */

#include "outcome-object.h"

#include "json-line.h"

static const char *
shape_of (BhVerdict verdict)
{
  static const char *const shapes[] = {
    [BH_VERDICT_WAITING] = "...", [BH_VERDICT_ACCEPT] = "[+]",           [BH_VERDICT_HOLD] = "[!]",
    [BH_VERDICT_REFUSE] = "[x]",  [BH_VERDICT_ALREADY_RECEIVED] = "[=]",
  };

  return shapes[verdict];
}

void
cli_set_charge (JsonBuilder *object, const char *amount, const char *currency, gint64 at_us)
{
  if (amount == NULL) {
    cli_set_null (object, "charge");
    return;
  }
  json_builder_set_member_name (object, "charge");
  json_builder_begin_object (object);
  json_builder_set_member_name (object, "amount");
  json_builder_add_double_value (object, g_ascii_strtod (amount, NULL));
  cli_set (object, "currency", currency);
  cli_set_time (object, "at", at_us, NULL);
  json_builder_end_object (object);
}

static void
add_charge (GString *line, const BhOutcome *outcome)
{
  g_autoptr (GString) charge = NULL;

  if (outcome->charge == NULL) {
    cli_line_set (line, "charge", NULL);
    return;
  }
  charge = cli_line_new ();
  cli_line_set_raw (charge, "amount", outcome->charge);
  cli_line_set (charge, "currency", outcome->currency);
  cli_line_set_time (charge, "at", outcome->charged_us);
  g_string_append_c (charge, '}');
  cli_line_set_raw (line, "charge", charge->str);
}

void
cli_add_outcome (GString *line, const BhOutcome *outcome)
{
  cli_line_set (line, "box", outcome->box);
  cli_line_set_int (line, "unit", outcome->unit);
  cli_line_set (line, "verdict", bh_verdict_name (outcome->ruling->verdict));
  cli_line_set (line, "rule", outcome->ruling->rule);
  cli_line_set (line, "rma", outcome->rma);
  if (outcome->line > 0)
    cli_line_set_int (line, "line", outcome->line);
  else
    cli_line_set_raw (line, "line", "null");
  cli_line_set (line, "serial", outcome->serial);
  cli_line_set (line, "part", outcome->part);
  cli_line_set (line, "account", outcome->account);
  cli_line_set (line, "account_name", outcome->account_name);
  cli_line_set_bool (line, "late", outcome->late);
  cli_line_set (line, "return_by", outcome->return_by);
  cli_line_set (line, "destination", outcome->destination);
  cli_line_set_list (line, "labels", outcome->labels);
  cli_line_set (line, "message", outcome->message);
  cli_line_set (line, "receipt", outcome->receipt);
  cli_line_set_time (line, "at", outcome->at_us);
  cli_line_set (line, "discrepancy", outcome->ruling->discrepancy);
  cli_line_set (line, "expected", outcome->expected);
  add_charge (line, outcome);
  cli_line_set_list (line, "near", outcome->near);
  cli_line_set (line, "seen_before", outcome->seen_before);
  cli_line_set_bool (line, "provisional", outcome->provisional);
}

void
cli_show_outcome (Cli *cli, const BhOutcome *outcome)
{
  if (cli->json) {
    GString *line = cli_line_new ();

    cli_add_outcome (line, outcome);
    cli_line_print (line);
    return;
  }
  cli_print ("%s %s\n", shape_of (outcome->ruling->verdict), outcome->message);
  for (char **near = outcome->near; near != NULL && *near != NULL; near++)
    cli_print ("    looks like %s\n", *near);
  if (outcome->seen_before != NULL)
    cli_print ("    seen before: %s\n", outcome->seen_before);
}
