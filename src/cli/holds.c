/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* What the dock held: list, show, resolve (D4–D6, D9–D11). */

#include "backhaul/holds.h"

#include <string.h>

#include "backhaul/calendar.h"

#include "outcome-object.h"

typedef struct {
  gboolean accept_swap;
  gboolean under_serial;
  gboolean refuse;
  int line;
  char *reason;
  char *at;
  int photo;
  char *output;
} Hold;

static void
set_things (JsonBuilder *object, const BhHold *hold)
{
  json_builder_set_member_name (object, "scans");
  json_builder_begin_array (object);
  for (guint i = 0; i < hold->scans->len; i++) {
    const BhHoldScan *scan = g_ptr_array_index (hold->scans, i);

    json_builder_begin_object (object);
    cli_set (object, "text", scan->text);
    cli_set (object, "kind", scan->kind);
    if (scan->scanner != NULL)
      cli_set (object, "scanner", scan->scanner);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  json_builder_set_member_name (object, "photos");
  json_builder_begin_array (object);
  for (guint i = 0; i < hold->photos->len; i++) {
    const BhHoldPhoto *photo = g_ptr_array_index (hold->photos, i);

    json_builder_begin_object (object);
    cli_set_int (object, "photo", i + 1);
    cli_set (object, "name", photo->name);
    cli_set (object, "media_type", photo->media_type);
    cli_set_int (object, "bytes", photo->size);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  json_builder_set_member_name (object, "lines");
  json_builder_begin_array (object);
  for (guint i = 0; i < hold->lines->len; i++) {
    const BhHoldLine *line = g_ptr_array_index (hold->lines, i);

    json_builder_begin_object (object);
    cli_set_int (object, "line", line->line);
    cli_set (object, "serial", line->serial);
    cli_set (object, "part", line->part);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
}

static void
emit_hold (const BhHold *hold)
{
  const BhReceipt *receipt = &hold->receipt;
  JsonBuilder *object = cli_object ();

  cli_set (object, "receipt", receipt->receipt);
  cli_set (object, "box", receipt->box);
  cli_set_int (object, "unit", receipt->unit);
  cli_set (object, "rule", receipt->rule);
  cli_set (object, "rma", receipt->rma);
  if (receipt->line > 0)
    cli_set_int (object, "line", receipt->line);
  else
    cli_set_null (object, "line");
  cli_set (object, "serial", receipt->serial);
  cli_set (object, "part", receipt->part);
  cli_set (object, "account", receipt->account);
  cli_set_time (object, "at", receipt->at_us, NULL);
  cli_set (object, "dock", receipt->dock);
  cli_set (object, "operator", receipt->operator);
  cli_set (object, "message", receipt->message);
  cli_set (object, "discrepancy", receipt->discrepancy);
  cli_set_list (object, "near", hold->near);
  cli_set_list (object, "resolutions", hold->offered);
  cli_set (object, "opens", hold->opens);
  cli_set_charge (object, hold->charge, hold->currency, hold->charged_us);
  set_things (object, hold);
  cli_set (object, "resolved", receipt->resolved);
  cli_set_bool (object, "void", receipt->is_void);
  cli_set (object, "replaced_by", receipt->replaced_by);
  cli_set (object, "reason", receipt->void_reason);
  cli_set (object, "by", receipt->void_by);
  cli_set_time (object, "resolved_at", receipt->resolved != NULL ? receipt->void_us : 0, NULL);
  cli_emit (object);
}

static void
show_hold (Cli *cli, const BhHold *hold)
{
  const BhReceipt *receipt = &hold->receipt;
  g_autofree char *when = bh_time_format (receipt->at_us, NULL);
  g_autofree char *offered = NULL;

  if (cli->json) {
    emit_hold (hold);
    return;
  }
  offered = hold->offered != NULL ? g_strjoinv (", ", hold->offered) : g_strdup ("");
  cli_print ("%s  %s%s%s\n", receipt->receipt, when, receipt->dock != NULL ? "  dock " : "",
             receipt->dock != NULL ? receipt->dock : "");
  cli_print ("    %s\n", receipt->message);
  for (char **near = hold->near; near != NULL && *near != NULL; near++)
    cli_print ("    looks like %s\n", *near);
  if (hold->charge != NULL)
    cli_print ("    charged %s %s\n", hold->charge, hold->currency);
  if (hold->opens != NULL)
    cli_print ("    RMA %s is %s; taking the unit in opens it again\n", hold->opens,
               hold->opens_was);
  if (hold->photos->len > 0)
    cli_print ("    photos: %u\n", hold->photos->len);
  if (receipt->is_void)
    cli_print ("    %s by %s: %s\n", receipt->resolved != NULL ? receipt->resolved : "void",
               receipt->void_by, receipt->void_reason);
  else
    cli_print ("    may end by: %s\n", *offered != '\0' ? offered : "void only");
}

static int
list (Cli *cli, BhDesk *desk)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) holds = bh_desk_list_holds (desk, &error);

  if (holds == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < holds->len; i++)
    show_hold (cli, g_ptr_array_index (holds, i));
  return CLI_DONE;
}

static int
write_photo (Cli *cli, BhDesk *desk, const char *receipt, const Hold *options)
{
  GError *error = NULL;
  g_autoptr (GError) why = NULL;
  g_autoptr (GBytes) bytes =
      bh_desk_hold_photo (desk, receipt, (guint) MAX (options->photo, 0), &error);
  gsize size = 0;
  const char *data;

  if (bytes == NULL)
    return cli_fail (cli, error);
  data = g_bytes_get_data (bytes, &size);
  if (!g_file_set_contents (options->output, data, (gssize) size, &why))
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE, "%s: %s; name another file",
                                       options->output, why->message));
  return CLI_DONE;
}

static int
show (Cli *cli, BhDesk *desk, const char *receipt, const Hold *options)
{
  GError *error = NULL;
  g_autoptr (BhHold) hold = bh_desk_find_hold (desk, receipt, &error);
  int exit_code;

  if (hold == NULL)
    return cli_fail (cli, error);
  if (options->output != NULL &&
      (exit_code = write_photo (cli, desk, receipt, options)) != CLI_DONE)
    return exit_code;
  show_hold (cli, hold);
  return CLI_DONE;
}

static int
resolve (Cli *cli, BhDesk *desk, const char *receipt, const Hold *options)
{
  g_autofree char *act = g_uuid_string_random ();
  BhResolveOptions how = { .how = options->accept_swap    ? BH_RESOLVE_ACCEPT_SWAP
                                  : options->under_serial ? BH_RESOLVE_UNDER_SERIAL
                                                          : BH_RESOLVE_REFUSE,
                           .line = options->line,
                           .reason = options->reason,
                           .time_stated = options->at != NULL };
  g_autoptr (BhOutcome) outcome = NULL;
  GError *error = NULL;
  JsonBuilder *object;
  gint64 now_us;

  if (!cli_time (options->at, &now_us, &error) ||
      (outcome = bh_desk_resolve_hold (desk, act, receipt, &how, now_us, &error)) == NULL)
    return cli_fail (cli, error);
  if (!cli->json) {
    cli_show_outcome (cli, outcome);
    return CLI_DONE;
  }
  object = cli_object ();
  cli_set_outcome (object, outcome);
  cli_set (object, "resolves", receipt);
  cli_set (object, "resolution", bh_resolution_name (how.how));
  cli_set (object, "reason", options->reason);
  cli_set (object, "by", bh_desk_operator (desk));
  cli_emit (object);
  return CLI_DONE;
}

/* Said before the store is opened: what is wrong with the words alone. */
static int
check (Cli *cli, const char *verb, int argc, const Hold *options)
{
  int ways = options->accept_swap + options->under_serial + options->refuse;

  if (g_str_equal (verb, "list") && argc == 2)
    return CLI_DONE;
  if (g_str_equal (verb, "show") && argc == 3) {
    if ((options->output != NULL) != (options->photo != 0))
      return cli_usage (cli, "hold show: a photo needs --photo N and -o FILE, both");
    return CLI_DONE;
  }
  if (!g_str_equal (verb, "resolve") || argc != 3)
    return cli_usage (cli, "hold: say list, show RECEIPT, or resolve RECEIPT");
  if (ways != 1)
    return cli_usage (cli, "hold resolve: choose one of --accept-swap, --under-serial, --refuse");
  if (options->reason == NULL || *g_strstrip (options->reason) == '\0')
    return cli_usage (cli, "hold resolve: a reason is needed; add --reason TEXT");
  if (options->line < 0 || (options->line > 0 && !options->accept_swap))
    return cli_usage (cli, "hold resolve: --line goes with --accept-swap, and counts from 1");
  return CLI_DONE;
}

static int
hold (Cli *cli, int argc, char **argv)
{
  Hold options = { 0 };
  const GOptionEntry entries[] = {
    { "accept-swap", 0, 0, G_OPTION_ARG_NONE, &options.accept_swap, "Take it in on the RMA", NULL },
    { "under-serial", 0, 0, G_OPTION_ARG_NONE, &options.under_serial, "By its serial", NULL },
    { "refuse", 0, 0, G_OPTION_ARG_NONE, &options.refuse, "Back to the sender", NULL },
    { "line", 0, 0, G_OPTION_ARG_INT, &options.line, "Which line it is", "N" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened", "TIME" },
    { "photo", 0, 0, G_OPTION_ARG_INT, &options.photo, "Which picture", "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where to", "FILE" },
    { NULL }
  };
  int exit_code = CLI_USAGE;
  const char *verb;
  BhDesk *desk;

  if (cli_parse (cli, cli_find ("hold"), entries, &argc, &argv)) {
    verb = argc > 1 ? argv[1] : "";
    exit_code = check (cli, verb, argc, &options);
    if (exit_code == CLI_DONE && (desk = cli_desk (cli, BH_STORE_OPEN, &exit_code)) != NULL)
      exit_code = g_str_equal (verb, "list")   ? list (cli, desk)
                  : g_str_equal (verb, "show") ? show (cli, desk, argv[2], &options)
                                               : resolve (cli, desk, argv[2], &options);
  }
  g_free (options.reason);
  g_free (options.at);
  g_free (options.output);
  return exit_code;
}

const CliCommand cli_hold_commands[] = {
  { "hold",
    "list | show RECEIPT [--photo N -o FILE] |\n"
    "    resolve RECEIPT --accept-swap|--under-serial|--refuse --reason TEXT [--line N]\n"
    "    [--at TIME]",
    "Shows what the dock held, and ends a hold (D4-D6, D9-D11)", hold },
  { NULL }
};
