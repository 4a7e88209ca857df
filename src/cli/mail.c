/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/mail.h"
#include "cli.h"
#include "mail-object.h"
#include "mail-preview.h"

typedef struct {
  char *state;
  char *smtp;
  char *maildir;
  char *language;
  char *to;
  gboolean html;
} Options;

static gboolean
on_row (const BhMail *mail, gpointer data)
{
  cli_show_mail (data, mail);
  return TRUE;
}

static int
list (Cli *cli, BhDesk *desk, const Options *options)
{
  GError *error = NULL;

  return bh_desk_each_mail (desk, options->state, on_row, cli, &error) ? CLI_DONE
                                                                       : cli_fail (cli, error);
}

/* ---- sending --------------------------------------------------------------------------- */

typedef struct {
  Cli *cli;
  guint n;
  gboolean terminal;
} Progress;

static void
on_told (const BhMail *mail, gpointer data)
{
  Progress *progress = data;

  cli_show_mail (progress->cli, mail);
  /* a reader of the lines sees each when it is so */
  fflush (stdout);
  progress->n++;
  if (progress->terminal)
    fprintf (stderr, "\r%u mails", progress->n);
}

static int
end_of_run (Cli *cli, const BhMailTally *tally)
{
  if (!cli->json)
    cli_say ("%u sent, %u to try again, %u failed", tally->sent,
             tally->later + tally->lost + tally->broken, tally->failed);
  if (tally->unreachable != NULL)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE,
                                       "mail: %s; what is queued stays queued, try again",
                                       tally->unreachable));
  if (tally->lost > 0)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE,
                                       "mail: the connection broke on %u of them; they go again "
                                       "with the same Message-ID, try again",
                                       tally->lost));
  if (tally->broken > 0)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_INPUT,
                                       "mail: %u could not be made; `mail list` says why, and "
                                       "`mail preview` finds broken templates",
                                       tally->broken));
  return tally->failed + tally->later > 0 ? CLI_NO : CLI_DONE;
}

/* A Maildir, or a server: named here, else by the site's setting. NULL: *exit_code says. */
static BhMailer *
mailer_for (Cli *cli, BhDesk *desk, const Options *options, int *exit_code)
{
  g_autofree char *setting = NULL;
  GError *error = NULL;
  BhMailer *mailer;

  if (options->maildir == NULL && options->smtp == NULL &&
      !bh_desk_mail_setting (desk, "smtp", &setting, &error)) {
    *exit_code = cli_fail (cli, error);
    return NULL;
  }
  if (options->maildir == NULL && options->smtp == NULL && setting == NULL) {
    *exit_code =
        cli_usage (cli, "mail send: say --smtp URL or --maildir DIR, or `mail set smtp URL`");
    return NULL;
  }
  mailer = options->maildir != NULL
               ? bh_mailer_new_maildir (options->maildir, &error)
               : bh_mailer_new (options->smtp != NULL ? options->smtp : setting, &error);
  if (mailer == NULL)
    *exit_code = cli_fail (cli, error);
  return mailer;
}

static int
send_all (Cli *cli, BhDesk *desk, const Options *options)
{
  int exit_code = CLI_USAGE;
  g_autoptr (BhMailer) mailer = NULL;
  g_auto (BhMailTally) tally = { 0 };
  Progress progress = { cli, 0, isatty (STDERR_FILENO) && !isatty (STDOUT_FILENO) };
  GError *error = NULL;
  gboolean ok;

  if (options->smtp != NULL && options->maildir != NULL)
    return cli_usage (cli, "mail send: --smtp or --maildir, not both");
  mailer = mailer_for (cli, desk, options, &exit_code);
  if (mailer == NULL)
    return exit_code;
  ok = bh_desk_send_mail (desk, mailer, on_told, &progress, &tally, &error);
  if (progress.terminal && progress.n > 0)
    fputc ('\n', stderr);
  return ok ? end_of_run (cli, &tally) : cli_fail (cli, error);
}

/* ---- one mail ---------------------------------------------------------------------------- */

static int
show (Cli *cli, BhDesk *desk, const char *id, gboolean html)
{
  GError *error = NULL;
  g_autoptr (BhMail) mail = bh_desk_find_mail (desk, id, &error);
  g_autoptr (BhMessage) message = NULL;

  if (mail == NULL || (message = bh_desk_compose_mail (desk, mail, &error)) == NULL)
    return cli_fail (cli, error);
  cli_show_message (cli, mail, message, html);
  return CLI_DONE;
}

static int
retry (Cli *cli, BhDesk *desk, const Options *options, int n, char **ids)
{
  int worst = CLI_DONE;

  for (int i = 0; i < n; i++) {
    GError *error = NULL;
    g_autoptr (BhMail) mail = NULL;

    if (bh_desk_retry_mail (desk, ids[i], options->to, bh_now_us (), &error) &&
        (mail = bh_desk_find_mail (desk, ids[i], &error)) != NULL)
      cli_show_mail (cli, mail);
    else
      worst = cli_worse (worst, cli_fail (cli, error));
  }
  return worst;
}

/* All of a file, or of standard input for "-". */
static gboolean
read_report (const char *path, char **data, gsize *size, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (g_file_get_contents (g_str_equal (path, "-") ? "/dev/stdin" : path, data, size, &why))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a file that can be read", path,
               why->message);
  return FALSE;
}

static int
bounce (Cli *cli, BhDesk *desk, int n, char **paths)
{
  int worst = CLI_DONE;

  for (int i = 0; i < n; i++) {
    GError *error = NULL;
    g_auto (BhBounce) report = { 0 };
    g_autoptr (BhMail) mail = NULL;
    g_autofree char *data = NULL;
    gsize size = 0;

    if (!read_report (paths[i], &data, &size, &error)) {
      worst = cli_worse (worst, cli_fail (cli, error));
    } else if (!bh_bounce_read (&report, data, size, &error)) {
      g_prefix_error (&error, "%s: ", paths[i]);
      worst = cli_worse (worst, cli_fail (cli, error));
    } else if ((mail = bh_desk_bounce_mail (desk, &report, bh_now_us (), &error)) == NULL) {
      worst = cli_worse (worst, cli_fail (cli, error));
    } else {
      cli_show_mail (cli, mail);
    }
  }
  return worst;
}

static int
set (Cli *cli, BhDesk *desk, const char *key, const char *value)
{
  GError *error = NULL;

  if (!bh_desk_set_mail_setting (desk, key, value, bh_now_us (), &error))
    return cli_fail (cli, error);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "setting", key);
    cli_set (object, "value", value);
    cli_emit (object);
  } else {
    cli_print ("%s: %s\n", key, value);
  }
  return CLI_DONE;
}

/* ---- which ------------------------------------------------------------------------------- */

static int
run (Cli *cli, const Options *options, int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : "";
  int n = argc - 2;
  int exit_code = CLI_USAGE;
  BhDesk *desk;
  static const struct {
    const char *word;
    int least;
    int most;
  } words[] = {
    { "list", 0, 0 },
    { "send", 0, 0 },
    { "show", 1, 1 },
    { "preview", 0, 1 },
    { "retry", 1, G_MAXINT32 },
    { "set", 2, 2 },
    { "bounce", 1, G_MAXINT32 },
  };
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    known =
        known || (g_str_equal (word, words[i].word) && n >= words[i].least && n <= words[i].most);
  if (!known)
    return cli_usage (cli, "mail: say list, send, show MAIL, preview [KIND], retry MAIL, "
                           "bounce FILE or set KEY VALUE; see `backhaulctl help mail`");
  if (options->state != NULL && !g_str_equal (options->state, "queued") &&
      !g_str_equal (options->state, "sent") && !g_str_equal (options->state, "failed"))
    return cli_usage (cli, "%s: no such state; say queued, sent or failed", options->state);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (g_str_equal (word, "list"))
    return list (cli, desk, options);
  if (g_str_equal (word, "send"))
    return send_all (cli, desk, options);
  if (g_str_equal (word, "show"))
    return show (cli, desk, argv[2], options->html);
  if (g_str_equal (word, "preview"))
    return cli_preview_mail (cli, desk, n > 0 ? argv[2] : NULL, options->language, options->html);
  if (g_str_equal (word, "bounce"))
    return bounce (cli, desk, n, argv + 2);
  return g_str_equal (word, "retry") ? retry (cli, desk, options, n, argv + 2)
                                     : set (cli, desk, argv[2], argv[3]);
}

static int
mail_command (Cli *cli, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &options.state, "queued, sent or failed", "STATE" },
    { "smtp", 0, 0, G_OPTION_ARG_STRING, &options.smtp, "To this mail server", "URL" },
    { "maildir", 0, 0, G_OPTION_ARG_FILENAME, &options.maildir, "Into this Maildir", "DIR" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, "In this language", "L" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "To this address", "ADDRESS" },
    { "html", 0, 0, G_OPTION_ARG_NONE, &options.html, "The markup", NULL },
    { NULL }
  };
  int exit_code = CLI_USAGE;

  if (cli_parse (cli, cli_find ("mail"), entries, &argc, &argv))
    exit_code = run (cli, &options, argc, argv);
  g_free (options.state);
  g_free (options.smtp);
  g_free (options.maildir);
  g_free (options.language);
  g_free (options.to);
  return exit_code;
}

const CliCommand cli_mail_commands[] = {
  { "mail",
    "list [--state queued|sent|failed] | send [--smtp URL | --maildir DIR] |\n"
    "    show MAIL [--html] | preview [KIND] [--language L] [--html] | retry MAIL… [--to ADDRESS] "
    "|\n"
    "    bounce FILE… | set from|vendor|smtp|templates|survey VALUE",
    "Lists, sends and previews the mails to customers; each goes once", mail_command },
  { NULL }
};
