/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "destroy.h"

#include "backhaul/destroy.h"
#include "rma-object.h"

typedef struct {
  int line;
  char *certificate;
  char *reason;
  char *at;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->certificate);
  g_free (self->reason);
  g_free (self->at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
destroy (Cli *cli, const char *rma, const Options *options)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *name = g_path_get_basename (options->certificate);
  g_autofree char *content = NULL;
  g_autofree char *type = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) why = NULL;
  BhWhen when = { .act = act, .time_stated = options->at != NULL };
  BhDestruction destruction = {
    .rma = rma, .line = options->line, .name = name, .reason = options->reason
  };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  gsize size = 0;
  BhDesk *desk;

  if (!g_file_get_contents (options->certificate, &text, &size, &why))
    return cli_fail (cli,
                     g_error_new (BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a file that can be read",
                                  options->certificate, why->message));
  content = g_content_type_guess (options->certificate, (const guchar *) text, size, NULL);
  type = g_content_type_get_mime_type (content);
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  destruction.type = type;
  destruction.document = bytes;
  if (!cli_time (options->at, &when.at_us, &error))
    return cli_fail (cli, error);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_destroy (desk, &when, &destruction, &error))
    return cli_fail (cli, error);
  return cli_answer_rma (cli, desk, rma, when.at_us);
}

int
cli_rma_destroy (Cli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_INT, &options.line, "Only this line", "N" },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate,
      "The certificate of destruction", "FILE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened (supervisor)", "TIME" },
    { NULL }
  };

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2 || options.certificate == NULL || options.line < 0)
    return cli_usage (cli, "rma destroy: an RMA and --certificate FILE are needed; a line counts "
                           "from 1");
  if (!cli_has_reason (cli, "rma destroy", options.reason))
    return CLI_USAGE;
  return destroy (cli, argv[1], &options);
}

int
cli_rma_certificate (Cli *cli, int argc, char **argv)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where to", "FILE" }, { NULL }
  };
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) why = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("rma"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2 || output == NULL)
    return cli_usage (cli, "rma certificate: a CERTIFICATE, as `rma show` names it, and -o FILE "
                           "are needed");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  document = bh_desk_certificate (desk, argv[1], &error);
  if (document == NULL)
    return cli_fail (cli, error);
  if (!g_file_set_contents (output, g_bytes_get_data (document, NULL),
                            (gssize) g_bytes_get_size (document), &why))
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE, "%s: %s; name another file",
                                       output, why->message));
  if (!cli->json)
    cli_print ("%s: done\n", output);
  return CLI_DONE;
}
