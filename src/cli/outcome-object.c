/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* A verdict as CLI.md's keys, and as text for people. */

#include "outcome-object.h"

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

void
cli_set_outcome (JsonBuilder *object, const BhOutcome *outcome)
{
  cli_set (object, "box", outcome->box);
  cli_set_int (object, "unit", outcome->unit);
  cli_set (object, "verdict", bh_verdict_name (outcome->ruling->verdict));
  cli_set (object, "rule", outcome->ruling->rule);
  cli_set (object, "rma", outcome->rma);
  if (outcome->line > 0)
    cli_set_int (object, "line", outcome->line);
  else
    cli_set_null (object, "line");
  cli_set (object, "serial", outcome->serial);
  cli_set (object, "part", outcome->part);
  cli_set (object, "account", outcome->account);
  cli_set (object, "account_name", outcome->account_name);
  cli_set_bool (object, "late", outcome->late);
  cli_set (object, "return_by", outcome->return_by);
  cli_set (object, "destination", outcome->destination);
  cli_set_list (object, "labels", outcome->labels);
  cli_set (object, "message", outcome->message);
  cli_set (object, "receipt", outcome->receipt);
  cli_set_time (object, "at", outcome->at_us, NULL);
  cli_set (object, "discrepancy", outcome->ruling->discrepancy);
  cli_set (object, "expected", outcome->expected);
  cli_set_charge (object, outcome->charge, outcome->currency, outcome->charged_us);
  cli_set_list (object, "near", outcome->near);
  cli_set (object, "seen_before", outcome->seen_before);
  cli_set_bool (object, "provisional", outcome->provisional);
}

void
cli_show_outcome (Cli *cli, const BhOutcome *outcome)
{
  JsonBuilder *object;

  if (cli->json) {
    object = cli_object ();
    cli_set_outcome (object, outcome);
    cli_emit (object);
    return;
  }
  cli_print ("%s %s\n", shape_of (outcome->ruling->verdict), outcome->message);
  for (char **near = outcome->near; near != NULL && *near != NULL; near++)
    cli_print ("    looks like %s\n", *near);
  if (outcome->seen_before != NULL)
    cli_print ("    seen before: %s\n", outcome->seen_before);
}
