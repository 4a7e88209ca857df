/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <stdio.h>

#include "backhaul/print.h"
#include "cli.h"

typedef struct {
  char *state;
  char *output;
  int dpi;
} Options;

static void
show (const BhPrintJob *job, gpointer data)
{
  Cli *cli = data;
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%s  %-20s %-9s %d  %s%s%s%s\n", job->job, job->template, job->state, job->tries,
               job->rma != NULL ? job->rma : "-", job->copy ? "  copy" : "",
               job->error != NULL ? "  " : "", job->error != NULL ? job->error : "");
  } else {
    object = cli_object ();
    cli_set (object, "job", job->job);
    cli_set (object, "template", job->template);
    cli_set (object, "receipt", job->receipt);
    cli_set (object, "rma", job->rma);
    cli_set (object, "station", job->station);
    cli_set (object, "state", job->state);
    cli_set_int (object, "tries", job->tries);
    cli_set_bool (object, "copy", job->copy);
    cli_set (object, "printer", job->printer);
    cli_set (object, "error", job->error);
    cli_set_time (object, "queued", job->at_us, NULL);
    cli_set_time (object, "printed", job->printed_us, NULL);
    cli_set (object, "printed_by", job->printed_by);
    cli_emit (object);
  }
  /* a reader of the lines sees each when it is so */
  fflush (stdout);
}

static int
queue (Cli *cli, BhDesk *desk, const char *state)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) jobs = bh_desk_print_jobs (desk, state, &error);

  if (jobs == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < jobs->len; i++)
    show (g_ptr_array_index (jobs, i), cli);
  return CLI_DONE;
}

static int
send_all (Cli *cli, BhDesk *desk)
{
  BhPrintTally tally = { 0 };
  GError *error = NULL;

  if (!bh_desk_send_prints (desk, show, cli, &tally, &error))
    return cli_fail (cli, error);
  if (!cli->json)
    cli_say ("%u printed, %u wait, %u failed", tally.printed, tally.waiting, tally.failed);
  if (tally.waiting > 0)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE,
                                       "print: %u labels wait for their printer; `print queue` "
                                       "says why, `print save` makes a PDF",
                                       tally.waiting));
  return tally.failed > 0 ? CLI_INPUT : CLI_DONE;
}

static int
each (Cli *cli, BhDesk *desk, int n, char **ids,
      gboolean (*act) (BhDesk *desk, const char *job, gint64 now_us, GError **error))
{
  int worst = CLI_DONE;

  for (int i = 0; i < n; i++) {
    GError *error = NULL;
    g_autoptr (BhPrintJob) job = NULL;

    if (act (desk, ids[i], bh_now_us (), &error) &&
        (job = bh_desk_find_print_job (desk, ids[i], &error)) != NULL)
      show (job, cli);
    else
      worst = cli_worse (worst, cli_fail (cli, error));
  }
  return worst;
}

static int
save (Cli *cli, BhDesk *desk, const char *id, const Options *options)
{
  GError *error = NULL;
  g_autoptr (BhPrintJob) job = bh_desk_find_print_job (desk, id, &error);

  if (job == NULL ||
      !bh_desk_save_print_job (desk, job, options->output, (guint) options->dpi, &error))
    return cli_fail (cli, error);
  show (job, cli);
  return CLI_DONE;
}

static int
run (Cli *cli, const Options *options, int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : "";
  gboolean known = ((g_str_equal (word, "queue") || g_str_equal (word, "send")) && argc == 2) ||
                   ((g_str_equal (word, "retry") || g_str_equal (word, "cancel")) && argc > 2) ||
                   (g_str_equal (word, "save") && argc == 3 && options->output != NULL);
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!known)
    return cli_usage (cli, "print: say queue, send, retry JOB, cancel JOB or save JOB -o FILE.pdf");
  if (options->state != NULL && !g_str_equal (options->state, "queued") &&
      !g_str_equal (options->state, "printed") && !g_str_equal (options->state, "failed") &&
      !g_str_equal (options->state, "cancelled"))
    return cli_usage (cli, "%s: no such state; say queued, printed, failed or cancelled",
                      options->state);
  if (options->dpi != 152 && options->dpi != 203 && options->dpi != 300 && options->dpi != 600)
    return cli_usage (cli, "--dpi %d: say 152, 203, 300 or 600", options->dpi);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (g_str_equal (word, "queue"))
    return queue (cli, desk, options->state);
  if (g_str_equal (word, "send"))
    return send_all (cli, desk);
  if (g_str_equal (word, "save"))
    return save (cli, desk, argv[2], options);
  return each (cli, desk, argc - 2, argv + 2,
               g_str_equal (word, "retry") ? bh_desk_retry_print_job : bh_desk_cancel_print_job);
}

static int
print_command (Cli *cli, int argc, char **argv)
{
  Options options = { .dpi = 300 };
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &options.state, "queued, printed …", "STATE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where to", "FILE" },
    { "dpi", 0, 0, G_OPTION_ARG_INT, &options.dpi, "Of the PDF's printer", "N" },
    { NULL }
  };
  int exit_code = CLI_USAGE;

  if (cli_parse (cli, cli_find ("print"), entries, &argc, &argv))
    exit_code = run (cli, &options, argc, argv);
  g_free (options.state);
  g_free (options.output);
  return exit_code;
}

const CliCommand cli_print_commands[] = {
  { "print",
    "queue [--state queued|printed|failed|cancelled] | send | retry JOB… | cancel JOB… |\n"
    "    save JOB -o FILE.pdf [--dpi N]",
    "Labels that acts made: what waits, sends it, puts it back", print_command },
  { NULL }
};
