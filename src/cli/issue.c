/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* Issuing, changing and ending an RMA (N1–N6, O4). */

#include "issue.h"

#include <string.h>

#include "rma-object.h"

/* What each of these acts takes, and what it is answered from. */
typedef struct {
  Cli *cli;
  BhDesk *desk;
  char *act;
  char *at;
  char *reason;
  BhWhen when;
} Call;

static void
call_clear (Call *self)
{
  g_free (self->act);
  g_free (self->at);
  g_free (self->reason);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

#define AT(call)                                                                                   \
  {                                                                                                \
    "at", 0, 0, G_OPTION_ARG_STRING, &(call).at, "When it happened", "TIME"                        \
  }
#define REASON(call)                                                                               \
  {                                                                                                \
    "reason", 0, 0, G_OPTION_ARG_STRING, &(call).reason, "Why", "TEXT"                             \
  }

/* The store and the instant; FALSE: said so already, *exit_code says how. */
static gboolean
begin (Call *self, int *exit_code)
{
  GError *error = NULL;

  self->desk = cli_desk (self->cli, BH_STORE_OPEN, exit_code);
  if (self->desk == NULL)
    return FALSE;
  if (!cli_time (self->at, &self->when.at_us, &error)) {
    *exit_code = cli_fail (self->cli, error);
    return FALSE;
  }
  self->act = g_uuid_string_random ();
  self->when.act = self->act;
  self->when.time_stated = self->at != NULL;
  return TRUE;
}

/* One RMA and nothing else is named; a reason, where the act needs one, is no blank. */
static gboolean
one_rma (Call *self, const char *word, int argc, char **argv, gboolean needs_reason, int *exit_code)
{
  if (argc != 2)
    *exit_code = cli_usage (self->cli, "rma %s: one RMA number is needed", word);
  else if (needs_reason && (self->reason == NULL || *g_strstrip (self->reason) == '\0'))
    *exit_code = cli_usage (self->cli, "rma %s: a reason is needed; add --reason TEXT", word);
  else
    return begin (self, exit_code);
  return FALSE;
}

/* The RMA as it is now, with what a CSR should know of it. */
static int
answer (Call *self, const char *rma, GPtrArray *advice)
{
  GError *error = NULL;
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (self->desk, rma, self->when.at_us, &error);
  JsonBuilder *object;

  if (page == NULL)
    return cli_fail (self->cli, error);
  if (!self->cli->json) {
    for (guint i = 0; i < advice->len; i++)
      cli_say ("%s", (const char *) g_ptr_array_index (advice, i));
    cli_show_rma (self->cli, page);
    return CLI_DONE;
  }
  g_ptr_array_add (advice, NULL);
  object = cli_object ();
  cli_set_rma (object, page);
  cli_set_list (object, "advice", (char **) advice->pdata);
  cli_emit (object);
  return CLI_DONE;
}

/* ---- units -------------------------------------------------------------------------- */

/* SERIAL[:ra|:fa]; cuts the flag off the argument. */
static gboolean
parse_unit (Cli *cli, char *text, BhIssueUnit *unit, int *exit_code)
{
  char *colon = strrchr (text, ':');

  unit->serial = text;
  unit->flag = NULL;
  if (colon == NULL)
    return TRUE;
  *colon = '\0';
  unit->flag = colon + 1;
  if (g_str_equal (unit->flag, "ra") || g_str_equal (unit->flag, "fa"))
    return TRUE;
  *exit_code = cli_usage (cli, "--unit %s:%s: no such flag (N6); say :ra or :fa", text, unit->flag);
  return FALSE;
}

/* NULL: said so already */
static BhIssueUnit *
parse_units (Cli *cli, char **texts, gsize *n, int *exit_code)
{
  g_autofree BhIssueUnit *units = NULL;

  *n = texts != NULL ? g_strv_length (texts) : 0;
  units = g_new0 (BhIssueUnit, *n + 1);
  for (gsize i = 0; i < *n; i++)
    if (!parse_unit (cli, texts[i], &units[i], exit_code))
      return NULL;
  return g_steal_pointer (&units);
}

/* ---- the words ------------------------------------------------------------------------ */

static int
issue (Call *call, BhIssue *issue, char **texts)
{
  g_autofree BhIssueUnit *units = NULL;
  g_autoptr (GPtrArray) advice = NULL;
  g_autofree char *rma = NULL;
  GError *error = NULL;
  int exit_code = CLI_USAGE;

  if (issue->case_no == NULL || issue->account == NULL || issue->site == NULL ||
      issue->destination == NULL || texts == NULL)
    return cli_usage (call->cli, "rma new: --case, --account, --site, --destination and at least "
                                 "one --unit are needed");
  if ((units = parse_units (call->cli, texts, &issue->n_units, &exit_code)) == NULL ||
      !begin (call, &exit_code))
    return exit_code;
  issue->units = units;
  if (!bh_desk_issue (call->desk, &call->when, issue, &rma, &advice, &error))
    return cli_fail (call->cli, error);
  return answer (call, rma, advice);
}

int
cli_rma_new (Cli *cli, int argc, char **argv)
{
  g_auto (Call) call = { .cli = cli };
  g_autofree char *case_no = NULL;
  g_autofree char *account = NULL;
  g_autofree char *site = NULL;
  g_autofree char *destination = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *contact = NULL;
  g_auto (GStrv) units = NULL;
  const GOptionEntry entries[] = {
    { "case", 0, 0, G_OPTION_ARG_STRING, &case_no, "From which case", "CASE" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, "For which account", "A" },
    { "site", 0, 0, G_OPTION_ARG_STRING, &site, "From which site", "S" },
    { "destination", 0, 0, G_OPTION_ARG_STRING, &destination, "Where it goes", "D" },
    { "unit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &units, "A unit, for RA or FA", "SERIAL[:ra|:fa]" },
    { "reference", 0, 0, G_OPTION_ARG_STRING, &reference, "The customer's (I3)", "TEXT" },
    { "contact", 0, 0, G_OPTION_ARG_STRING, &contact, "Whom to ask", "NAME" },
    AT (call),
    { NULL }
  };
  BhIssue what = { 0 };

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_usage (cli, "rma new: %s: no such argument; name it by an option", argv[1]);
  what.case_no = case_no;
  what.account = account;
  what.site = site;
  what.destination = destination;
  what.reference = reference;
  what.contact = contact;
  return issue (&call, &what, units);
}

int
cli_rma_confirm (Cli *cli, int argc, char **argv)
{
  g_auto (Call) call = { .cli = cli };
  g_autoptr (GPtrArray) advice = g_ptr_array_new ();
  gboolean override = FALSE;
  const GOptionEntry entries[] = { { "override", 0, 0, G_OPTION_ARG_NONE, &override,
                                     "Without coverage (N2)", NULL },
                                   REASON (call),
                                   AT (call),
                                   { NULL } };
  GError *error = NULL;
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (!override && call.reason != NULL)
    return cli_usage (cli, "rma confirm: a reason is that of an override (N2); add --override");
  if (!one_rma (&call, "confirm", argc, argv, override, &exit_code))
    return exit_code;
  if (!bh_desk_confirm (call.desk, &call.when, argv[1], override ? call.reason : NULL, &error))
    return cli_fail (cli, error);
  return answer (&call, argv[1], advice);
}

int
cli_rma_edit (Cli *cli, int argc, char **argv)
{
  g_auto (Call) call = { .cli = cli };
  g_autoptr (GPtrArray) advice = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *destination = NULL;
  g_auto (GStrv) add = NULL;
  g_auto (GStrv) drop = NULL;
  g_autofree BhIssueUnit *units = NULL;
  const GOptionEntry entries[] = {
    { "reference", 0, 0, G_OPTION_ARG_STRING, &reference, "The customer's (I3)", "TEXT" },
    { "contact", 0, 0, G_OPTION_ARG_STRING, &contact, "Whom to ask", "NAME" },
    { "destination", 0, 0, G_OPTION_ARG_STRING, &destination, "Where it goes, of a draft", "D" },
    { "unit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &add, "Onto a draft", "SERIAL[:ra|:fa]" },
    { "remove", 0, 0, G_OPTION_ARG_STRING_ARRAY, &drop, "Off a draft", "SERIAL" },
    AT (call),
    { NULL }
  };
  BhIssueEdit edit = { 0 };
  GError *error = NULL;
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (reference == NULL && contact == NULL && destination == NULL && add == NULL && drop == NULL)
    return cli_usage (cli, "rma edit: nothing to change; see `backhaulctl help rma`");
  if ((units = parse_units (cli, add, &edit.n_add, &exit_code)) == NULL ||
      !one_rma (&call, "edit", argc, argv, FALSE, &exit_code))
    return exit_code;
  edit.reference = reference;
  edit.contact = contact;
  edit.destination = destination;
  edit.add = units;
  edit.remove = (const char *const *) drop;
  if (!bh_desk_edit_rma (call.desk, &call.when, argv[1], &edit, &advice, &error))
    return cli_fail (cli, error);
  return answer (&call, argv[1], advice);
}

int
cli_rma_flag (Cli *cli, int argc, char **argv)
{
  g_auto (Call) call = { .cli = cli };
  g_autoptr (GPtrArray) advice = NULL;
  static const char *const flags[] = { "ra", "fa", "none", NULL };
  int line = 0;
  const GOptionEntry entries[] = { { "line", 0, 0, G_OPTION_ARG_INT, &line, "Which line", "N" },
                                   AT (call),
                                   { NULL } };
  GError *error = NULL;
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 3 || line < 1 || !g_strv_contains (flags, argv[2]))
    return cli_usage (cli, "rma flag: say RMA --line N and ra, fa or none (N6)");
  if (!begin (&call, &exit_code))
    return exit_code;
  if (!bh_desk_flag_line (call.desk, &call.when, argv[1], line,
                          g_str_equal (argv[2], "none") ? NULL : argv[2], &advice, &error))
    return cli_fail (cli, error);
  return answer (&call, argv[1], advice);
}

int
cli_rma_cancel (Cli *cli, int argc, char **argv)
{
  g_auto (Call) call = { .cli = cli };
  g_autoptr (GPtrArray) advice = g_ptr_array_new ();
  g_autofree char *order = NULL;
  int line = 0;
  const GOptionEntry entries[] = { { "line", 0, 0, G_OPTION_ARG_INT, &line, "Only this line", "N" },
                                   { "purchase-order", 0, 0, G_OPTION_ARG_STRING, &order,
                                     "The customer buys it (O4)", "NO" },
                                   REASON (call),
                                   AT (call),
                                   { NULL } };
  GError *error = NULL;
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (line < 0 || (order != NULL && *g_strstrip (order) == '\0'))
    return cli_usage (cli, "rma cancel: a line counts from 1, and a purchase order has a number");
  if (!one_rma (&call, "cancel", argc, argv, TRUE, &exit_code))
    return exit_code;
  if (!bh_desk_cancel (call.desk, &call.when, argv[1], line, call.reason, order, &error))
    return cli_fail (cli, error);
  return answer (&call, argv[1], advice);
}

int
cli_rma_close (Cli *cli, int argc, char **argv)
{
  g_auto (Call) call = { .cli = cli };
  g_autoptr (GPtrArray) advice = g_ptr_array_new ();
  const GOptionEntry entries[] = { REASON (call), AT (call), { NULL } };
  GError *error = NULL;
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (!one_rma (&call, "close", argc, argv, TRUE, &exit_code))
    return exit_code;
  if (!bh_desk_close_rma (call.desk, &call.when, argv[1], call.reason, &error))
    return cli_fail (cli, error);
  return answer (&call, argv[1], advice);
}
