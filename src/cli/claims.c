/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* Proof-of-delivery claims (O5). */

#include "backhaul/chase.h"
#include "cli.h"

typedef struct {
  int line;
  char *carrier;
  char *tracking;
  char *delivered;
  char *signed_by;
  char *document;
  char *reason;
  char *at;
  char *state;
  char *output;
  gboolean accept;
  gboolean reject;
  gboolean undo;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->carrier);
  g_free (self->tracking);
  g_free (self->delivered);
  g_free (self->signed_by);
  g_free (self->document);
  g_free (self->reason);
  g_free (self->at);
  g_free (self->state);
  g_free (self->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- what is answered -------------------------------------------------------------------- */

static void
set_claim (JsonBuilder *object, const BhClaim *claim)
{
  cli_set (object, "claim", claim->claim);
  cli_set (object, "rma", claim->rma);
  cli_set_int (object, "line", claim->line);
  cli_set (object, "serial", claim->serial);
  cli_set (object, "account", claim->account);
  cli_set (object, "state", claim->state);
  cli_set (object, "carrier", claim->carrier);
  cli_set (object, "tracking", claim->tracking);
  cli_set (object, "delivered", claim->delivered);
  cli_set (object, "signed_by", claim->signed_by);
  cli_set (object, "document", claim->document_name);
  cli_set (object, "sha256", claim->document_sha256);
  cli_set_time (object, "at", claim->at_us, NULL);
  cli_set (object, "operator", claim->operator);
  cli_set_time (object, "decided", claim->decided_us, NULL);
  cli_set (object, "decided_by", claim->decided_by);
  cli_set (object, "reason", claim->reason);
}

static void
print_claim (const BhClaim *claim)
{
  cli_print ("%s  %s  %s line %d  %s\n", claim->claim, claim->state, claim->rma, claim->line,
             claim->serial);
  cli_print ("  %s %s, delivered %s, signed by %s%s%s\n", claim->carrier, claim->tracking,
             claim->delivered, claim->signed_by, claim->document_name != NULL ? ", document " : "",
             claim->document_name != NULL ? claim->document_name : "");
  if (claim->reason != NULL)
    cli_print ("  %s by %s: %s\n", claim->state, claim->decided_by, claim->reason);
}

static void
print_page (const BhClaimPage *page)
{
  print_claim (&page->claim);
  if (page->matches->len == 0)
    cli_print ("  the dock read nothing like it\n");
  for (guint i = 0; i < page->matches->len; i++) {
    const BhClaimMatch *match = g_ptr_array_index (page->matches, i);
    g_autofree char *at = bh_time_format (match->at_us, NULL);

    cli_print ("  %-7s  %s  %s  box %s\n", bh_match_name (match->match), at, match->code,
               match->box);
  }
}

static int
answer_page (Cli *cli, const BhClaimPage *page)
{
  JsonBuilder *object;

  if (!cli->json) {
    print_page (page);
    return CLI_DONE;
  }
  object = cli_object ();
  set_claim (object, &page->claim);
  json_builder_set_member_name (object, "matches");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->matches->len; i++) {
    const BhClaimMatch *match = g_ptr_array_index (page->matches, i);

    json_builder_begin_object (object);
    cli_set (object, "box", match->box);
    cli_set (object, "receipt", match->receipt);
    cli_set (object, "match", bh_match_name (match->match));
    cli_set (object, "code", match->code);
    cli_set_time (object, "at", match->at_us, NULL);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  cli_emit (object);
  return CLI_DONE;
}

/* ---- the words ------------------------------------------------------------------------------ */

static gboolean
begin (Cli *cli, const Options *options, BhDesk **desk, BhWhen *when, int *exit_code)
{
  GError *error = NULL;

  when->time_stated = options->at != NULL;
  if (!cli_time (options->at, &when->at_us, &error)) {
    *exit_code = cli_fail (cli, error);
    return FALSE;
  }
  *desk = cli_desk (cli, BH_STORE_OPEN, exit_code);
  return *desk != NULL;
}

static gboolean
read_document (const char *path, BhClaimRequest *request, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *type = NULL;
  char *text = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a file that can be read", path,
                 why->message);
    return FALSE;
  }
  request->document = g_bytes_new_take (text, size);
  type = g_content_type_guess (path, (const guchar *) text, size, NULL);
  request->document_type = g_content_type_get_mime_type (type);
  request->document_name = g_path_get_basename (path);
  return TRUE;
}

static int
new_claim (Cli *cli, const char *rma, const Options *options)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { .act = act };
  BhClaimRequest request = { .rma = rma,
                             .line = options->line,
                             .carrier = options->carrier,
                             .tracking = options->tracking,
                             .delivered = options->delivered,
                             .signed_by = options->signed_by };
  g_autoptr (BhClaimPage) page = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk = NULL;

  if (options->carrier == NULL || options->tracking == NULL || options->delivered == NULL ||
      options->signed_by == NULL)
    return cli_usage (cli, "claim new: --carrier, --tracking, --delivered and --signed-by are "
                           "needed");
  if (options->document != NULL && !read_document (options->document, &request, &error))
    return cli_fail (cli, error);
  if (begin (cli, options, &desk, &when, &exit_code)) {
    page = bh_desk_claim (desk, &when, &request, &error);
    exit_code = page != NULL ? answer_page (cli, page) : cli_fail (cli, error);
  }
  g_clear_pointer (&request.document, g_bytes_unref);
  g_free ((char *) request.document_name);
  g_free ((char *) request.document_type);
  return exit_code;
}

/* @state: what is taken back */
static int
take_back (Cli *cli, const char *command, const char *claim, const char *state,
           const Options *options)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { .act = act };
  g_autoptr (BhClaimPage) page = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk = NULL;

  if (!cli_has_reason (cli, command, options->reason))
    return CLI_USAGE;
  if (!begin (cli, options, &desk, &when, &exit_code))
    return exit_code;
  if (!bh_desk_take_back_claim (desk, &when, claim, state, options->reason, &error))
    return cli_fail (cli, error);
  page = bh_desk_claim_page (desk, claim, &error);
  return page != NULL ? answer_page (cli, page) : cli_fail (cli, error);
}

static int
decide (Cli *cli, const char *claim, const Options *options)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { .act = act };
  g_autoptr (BhClaimPage) page = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk = NULL;

  if (options->accept + options->reject + options->undo != 1)
    return cli_usage (cli, "claim decide: say --accept, --reject or --undo");
  if (options->undo)
    return take_back (cli, "claim decide --undo", claim, NULL, options);
  if (!cli_has_reason (cli, "claim decide", options->reason))
    return CLI_USAGE;
  if (!begin (cli, options, &desk, &when, &exit_code))
    return exit_code;
  page = bh_desk_decide_claim (desk, &when, claim, options->accept, options->reason, &error);
  return page != NULL ? answer_page (cli, page) : cli_fail (cli, error);
}

static int
list (Cli *cli, BhDesk *desk, const char *state, const char *rma)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) claims = bh_desk_claims (desk, state, rma, &error);

  if (claims == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < claims->len; i++) {
    JsonBuilder *object;

    if (!cli->json) {
      print_claim (g_ptr_array_index (claims, i));
      continue;
    }
    object = cli_object ();
    set_claim (object, g_ptr_array_index (claims, i));
    cli_emit (object);
  }
  if (claims->len == 0 && !cli->json)
    cli_say ("there is no such claim");
  return CLI_DONE;
}

static int
document (Cli *cli, BhDesk *desk, const char *claim, const char *output)
{
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;
  g_autoptr (GError) why = NULL;

  if (!bh_desk_claim_document (desk, claim, &bytes, &error))
    return cli_fail (cli, error);
  if (bytes == NULL)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_NOT_FOUND,
                                       "%s: no document is kept of it; `claim show` tells", claim));
  if (!g_file_set_contents (output, g_bytes_get_data (bytes, NULL),
                            (gssize) g_bytes_get_size (bytes), &why))
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE, "%s: %s; name another file",
                                       output, why->message));
  if (!cli->json)
    cli_print ("%s: done\n", output);
  return CLI_DONE;
}

static int
show (Cli *cli, const char *word, const char *claim, const Options *options)
{
  g_autoptr (BhClaimPage) page = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);

  if (desk == NULL)
    return exit_code;
  if (g_str_equal (word, "list"))
    return list (cli, desk, options->state, claim);
  if (g_str_equal (word, "document"))
    return document (cli, desk, claim, options->output);
  page = bh_desk_claim_page (desk, claim, &error);
  return page != NULL ? answer_page (cli, page) : cli_fail (cli, error);
}

static int
claim_command (Cli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_INT, &options.line, "Which line", "N" },
    { "carrier", 0, 0, G_OPTION_ARG_STRING, &options.carrier, "Who delivered", "C" },
    { "tracking", 0, 0, G_OPTION_ARG_STRING, &options.tracking, "The carrier's number", "T" },
    { "delivered", 0, 0, G_OPTION_ARG_STRING, &options.delivered, "When", "DATE" },
    { "signed-by", 0, 0, G_OPTION_ARG_STRING, &options.signed_by, "Who signed", "NAME" },
    { "document", 0, 0, G_OPTION_ARG_FILENAME, &options.document, "The proof", "FILE" },
    { "accept", 0, 0, G_OPTION_ARG_NONE, &options.accept, "It was delivered", NULL },
    { "reject", 0, 0, G_OPTION_ARG_NONE, &options.reject, "It was not", NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &options.undo, "Take the decision back", NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options.state,
      "pending, accepted, rejected or withdrawn", "S" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened (supervisor)", "TIME" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where to", "FILE" },
    { NULL }
  };
  const char *word;

  if (!cli_parse (cli, cli_find ("claim"), entries, &argc, &argv))
    return CLI_USAGE;
  word = argc > 1 ? argv[1] : "";
  if (argc == 3 && g_str_equal (word, "new"))
    return new_claim (cli, argv[2], &options);
  if (argc == 3 && g_str_equal (word, "decide"))
    return decide (cli, argv[2], &options);
  if (argc == 3 && g_str_equal (word, "withdraw"))
    return take_back (cli, "claim withdraw", argv[2], "pending", &options);
  if ((argc == 3 && g_str_equal (word, "show")) ||
      (argc == 3 && g_str_equal (word, "document") && options.output != NULL) ||
      (g_str_equal (word, "list") && argc <= 3))
    return show (cli, word, argc == 3 ? argv[2] : NULL, &options);
  /* CLI.md's short form */
  if (argc == 2 && options.carrier != NULL)
    return new_claim (cli, word, &options);
  return cli_usage (cli, "claim: say new RMA, decide CLAIM, withdraw CLAIM, list, show CLAIM or "
                         "document CLAIM -o FILE");
}

const CliCommand cli_claim_commands[] = {
  { "claim",
    "new RMA [--line N] --carrier C --tracking T --delivered DATE --signed-by NAME\n"
    "    [--document FILE] | decide CLAIM --accept|--reject|--undo --reason TEXT |\n"
    "    withdraw CLAIM --reason TEXT | list [RMA] [--state pending|accepted|rejected|withdrawn] "
    "|\n    show CLAIM | document CLAIM -o FILE\n"
    "  each act: [--at TIME]",
    "Proofs of delivery, beside what the dock read (O5)", claim_command },
  { NULL }
};
