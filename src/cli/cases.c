/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* Support cases: new, update, close, escalate, show, list (I2, C6, F2, F5). */

#include <string.h>

#include "case-object.h"

/* Every option of every word; each word takes some of them. */
typedef struct {
  char *account;
  char *site;
  char *priority;
  char *contact;
  char *platform;
  char *message;
  char *serial;
  gboolean internal;
  char *kind;
  char *owner;
  char *reason;
  char *at;
  char *status;
  char *search;
  char *sort;
  gboolean descending;
  int limit;
  char *after;
} Case;

static void
case_clear (Case *self)
{
  char **texts[] = { &self->account,  &self->site,    &self->priority, &self->contact,
                     &self->platform, &self->message, &self->serial,   &self->kind,
                     &self->owner,    &self->reason,  &self->at,       &self->status,
                     &self->search,   &self->sort,    &self->after };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

/* ---- list ------------------------------------------------------------------------------ */

static int
check_list (Cli *cli, const Case *options, BhCasesQuery *query)
{
  if (options->status != NULL && !g_str_equal (options->status, "open") &&
      !g_str_equal (options->status, "closed"))
    return cli_usage (cli, "%s: no such status; say open or closed", options->status);
  if (options->sort != NULL && !bh_cases_sort_parse (options->sort, &query->sort))
    return cli_usage (cli,
                      "%s: no such column; sort by case, status, site, contact, modified, "
                      "platform, priority or account",
                      options->sort);
  query->priority = bh_case_priority (options->priority);
  if (options->priority != NULL && query->priority == NULL)
    return cli_usage (cli, "%s: no such priority; say P1, P2, P3 or P4", options->priority);
  if (options->limit < 0)
    return cli_usage (cli, "--limit %d: it must be 1 or more", options->limit);
  return CLI_DONE;
}

static void
tell_next (Cli *cli, const char *cursor)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_say ("more follows: --after %s", cursor);
    return;
  }
  object = cli_object ();
  cli_set (object, "next", cursor);
  cli_emit (object);
}

static int
list (Cli *cli, const Case *options)
{
  BhCasesQuery query = { .text = options->search,
                         .status = options->status,
                         .account = options->account,
                         .descending = options->descending };
  g_autofree char *cursor = g_strdup (options->after);
  gint64 left = options->limit > 0 ? options->limit : G_MAXINT64;
  int exit_code = check_list (cli, options, &query);
  GError *error = NULL;
  BhDesk *desk;

  if (exit_code != CLI_DONE || (desk = cli_desk (cli, BH_STORE_OPEN, &exit_code)) == NULL)
    return exit_code;
  /* page by page: a list of a million needs no more memory than one of ten */
  do {
    g_autofree char *next = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    query.after = cursor;
    query.limit = (guint) MIN (left, 500);
    rows = bh_desk_list_cases (desk, &query, &next, &error);
    if (rows == NULL)
      return cli_fail (cli, error);
    for (guint i = 0; i < rows->len; i++)
      cli_case_row (cli, g_ptr_array_index (rows, i));
    left -= rows->len;
    g_free (cursor);
    cursor = g_steal_pointer (&next);
  } while (cursor != NULL && left > 0);
  if (options->limit > 0 && cursor != NULL)
    tell_next (cli, cursor);
  return CLI_DONE;
}

/* ---- one case ---------------------------------------------------------------------------- */

static int
answer (Cli *cli, BhDesk *desk, const char *number, gint64 now_us)
{
  GError *error = NULL;
  g_autoptr (BhCasePage) page = bh_desk_case_page (desk, number, now_us, &error);

  if (page == NULL)
    return cli_fail (cli, error);
  cli_show_case (cli, page);
  return CLI_DONE;
}

static gboolean
do_new (BhDesk *desk, const BhWhen *when, const char *number, const Case *options, GError **error)
{
  const BhCaseDraft draft = { .case_no = number,
                              .account = options->account,
                              .site = options->site,
                              .priority = options->priority,
                              .contact = options->contact,
                              .platform = options->platform,
                              .serial = options->serial,
                              .text = options->message };

  return bh_desk_open_case (desk, when, &draft, error);
}

static gboolean
do_update (BhDesk *desk, const BhWhen *when, const char *number, const Case *options,
           GError **error)
{
  const BhCaseChange change = { .message = options->message,
                                .priority = options->priority,
                                .site = options->site,
                                .contact = options->contact,
                                .platform = options->platform,
                                .internal = options->internal };

  return bh_desk_update_case (desk, when, number, &change, error);
}

static gboolean
do_close (BhDesk *desk, const BhWhen *when, const char *number, const Case *options, GError **error)
{
  return bh_desk_close_case (desk, when, number, options->reason, error);
}

static gboolean
do_reopen (BhDesk *desk, const BhWhen *when, const char *number, const Case *options,
           GError **error)
{
  return bh_desk_reopen_case (desk, when, number, options->reason, error);
}

static gboolean
do_escalate (BhDesk *desk, const BhWhen *when, const char *number, const Case *options,
             GError **error)
{
  return bh_desk_escalate_case (desk, when, number, options->kind, options->owner, options->reason,
                                error);
}

/* The words that change a case. */
static const struct {
  const char *word;
  gboolean (*run) (BhDesk *desk, const BhWhen *when, const char *number, const Case *options,
                   GError **error);
  const char *needs; /* told when one of them is missing */
} words[] = {
  { "new", do_new, "--account A and --priority P1…P4 are" },
  { "update", do_update, NULL },
  { "close", do_close, NULL },
  { "reopen", do_reopen, "--reason TEXT is" },
  { "escalate", do_escalate, "--kind KIND and --owner LOGIN are" },
};

static gboolean
has_all (const char *word, const Case *options)
{
  if (g_str_equal (word, "new"))
    return options->account != NULL && options->priority != NULL;
  if (g_str_equal (word, "reopen"))
    return options->reason != NULL && *g_strstrip (options->reason) != '\0';
  if (g_str_equal (word, "escalate"))
    return options->kind != NULL && options->owner != NULL && *g_strstrip (options->owner) != '\0';
  return TRUE;
}

static int
act (Cli *cli, guint word, const char *number, const Case *options)
{
  g_autofree char *uuid = g_uuid_string_random ();
  BhWhen when = { .act = uuid, .time_stated = options->at != NULL };
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!has_all (words[word].word, options))
    return cli_usage (cli, "case %s: %s needed; see `backhaulctl help case`", words[word].word,
                      words[word].needs);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!cli_time (options->at, &when.at_us, &error) ||
      !words[word].run (desk, &when, number, options, &error))
    return cli_fail (cli, error);
  return answer (cli, desk, number, when.at_us);
}

static int
one_case (Cli *cli, const char *word, int argc, char **argv, const Case *options)
{
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (argc != 3)
    return cli_usage (cli, "case %s: one case number is needed", word);
  if (g_str_equal (word, "show")) {
    desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
    return desk != NULL ? answer (cli, desk, argv[2], bh_now_us ()) : exit_code;
  }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      return act (cli, i, argv[2], options);
  return CLI_USAGE;
}

static int
cases (Cli *cli, int argc, char **argv)
{
  static const char *const known[] = { "new",      "update", "close", "reopen",
                                       "escalate", "show",   "list",  NULL };
  g_auto (Case) options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, "Of this account", "A" },
    { "site", 0, 0, G_OPTION_ARG_STRING, &options.site, "At this site", "S" },
    { "priority", 0, 0, G_OPTION_ARG_STRING, &options.priority, "P1 to P4", "P" },
    { "contact", 0, 0, G_OPTION_ARG_STRING, &options.contact, "Who asks", "NAME" },
    { "platform", 0, 0, G_OPTION_ARG_STRING, &options.platform, "About what", "TEXT" },
    { "message", 0, 0, G_OPTION_ARG_STRING, &options.message, "What was reported, or told",
      "TEXT" },
    { "serial", 0, 0, G_OPTION_ARG_STRING, &options.serial, "The unit that it is about", "S" },
    { "internal", 0, 0, G_OPTION_ARG_NONE, &options.internal, "Nobody was told", NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "Of escalation", "KIND" },
    { "owner", 0, 0, G_OPTION_ARG_STRING, &options.owner, "Who takes it on", "LOGIN" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened", "TIME" },
    { "status", 0, 0, G_OPTION_ARG_STRING, &options.status, "open or closed", "STATUS" },
    { "search", 0, 0, G_OPTION_ARG_STRING, &options.search, "Any key, or its beginning", "TEXT" },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, "By which column", "COLUMN" },
    { "descending", 0, 0, G_OPTION_ARG_NONE, &options.descending, "Last first", NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, "So many rows", "N" },
    { "after", 0, 0, G_OPTION_ARG_STRING, &options.after, "Go on after this page", "CURSOR" },
    { NULL }
  };

  if (!cli_parse (cli, cli_find ("case"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc < 2 || !g_strv_contains (known, argv[1]))
    return cli_usage (cli, "case: say new, update, close, reopen, escalate, show or list");
  if (!g_str_equal (argv[1], "list"))
    return one_case (cli, argv[1], argc, argv, &options);
  return argc == 2
             ? list (cli, &options)
             : cli_usage (cli, "case list: %s: no such argument; name it by an option", argv[2]);
}

const CliCommand cli_case_commands[] = {
  { "case",
    "new CASE --account A --site S --priority P1…P4 [--contact NAME] [--platform TEXT]\n"
    "      [--serial S] [--message TEXT] |\n"
    "    update CASE [--message TEXT] [--priority P] [--site S] [--contact NAME]\n"
    "      [--platform TEXT] [--internal] |\n"
    "    close CASE [--reason TEXT] | reopen CASE --reason TEXT |\n"
    "    escalate CASE --kind KIND --owner LOGIN [--reason TEXT] |\n"
    "    show CASE | list [--status open|closed] [--account A] [--priority P] [--search TEXT]\n"
    "      [--sort COLUMN] [--descending] [--limit N] [--after CURSOR]; acts take [--at TIME]",
    "Opens, updates, escalates, closes and lists support cases (I2, C6, F2, F5)", cases },
  { NULL }
};
