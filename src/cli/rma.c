/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <string.h>

#include "destroy.h"
#include "issue.h"
#include "rma-object.h"

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
                      "%s: no such column; sort by rma, status, account, case, serial, part, "
                      "created or urgency",
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
      cli_row (cli, g_ptr_array_index (rows, i));
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

static int
rma_show (Cli *cli, int argc, char **argv)
{
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (cli, "rma show: one RMA number is needed");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  return cli_answer_rma (cli, desk, argv[1], bh_now_us ());
}

static const struct {
  const char *word;
  int (*run) (Cli *cli, int argc, char **argv);
} words[] = {
  { "list", rma_list },
  { "show", rma_show },
  { "new", cli_rma_new },
  { "edit", cli_rma_edit },
  { "confirm", cli_rma_confirm },
  { "flag", cli_rma_flag },
  { "cancel", cli_rma_cancel },
  { "close", cli_rma_close },
  { "check", cli_rma_check },
  { "queue", cli_rma_queue },
  { "destroy", cli_rma_destroy },
  { "certificate", cli_rma_certificate },
  { "delivered", cli_rma_delivered },
  { "replacement", cli_rma_replacement },
};

static int
rma (Cli *cli, int argc, char **argv)
{
  /* options may stand before the word, too */
  for (int i = 1; i < argc; i++)
    for (guint w = 0; w < G_N_ELEMENTS (words); w++) {
      if (!g_str_equal (argv[i], words[w].word))
        continue;
      memmove (argv + i, argv + i + 1, sizeof (char *) * (gsize) (argc - i));
      return words[w].run (cli, argc - 1, argv);
    }
  return cli_usage (cli, "rma: say list, show, new, edit, confirm, flag, cancel, close, destroy, "
                         "certificate, delivered, replacement, check or queue");
}

const CliCommand cli_rma_commands[] = {
  { "rma",
    "show RMA | list [--status open|closed] [--account A] [--serial S] [--case C]\n"
    "    [--reference TEXT] [--search TEXT] [--sort COLUMN] [--descending] [--limit N]\n"
    "    [--after CURSOR]\n"
    "  new --case CASE --account A --site S --destination D --unit SERIAL[:ra|:fa]…\n"
    "    [--reference TEXT] [--contact NAME]\n"
    "  edit RMA [--reference TEXT] [--contact NAME] [--destination D]\n"
    "    [--unit SERIAL[:ra|:fa]]… [--remove SERIAL]…\n"
    "  confirm RMA [--override --reason TEXT] | flag RMA --line N ra|fa|none\n"
    "  cancel RMA [--line N] --reason TEXT [--purchase-order NO | --undo] | close RMA --reason "
    "TEXT\n"
    "  destroy RMA [--line N] --certificate FILE --reason TEXT | certificate CERTIFICATE -o FILE\n"
    "  delivered RMA [--line N] | replacement RMA [--line N] --unit SERIAL\n"
    "  check SERIAL… [--on DATE] [--destination D] | queue [--limit N]\n"
    "  each act: [--at TIME]",
    "Shows, lists and issues RMAs (F1, F3, N1 to N6)", rma },
  { NULL }
};
