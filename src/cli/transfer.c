/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/transfer.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

typedef struct {
  Cli *cli;
  const char *name;
  FILE *rejects;
  BhFormat format;
  gboolean shown; /* a progress line stands on the terminal */
} Import;

/* All faults are told, one a line: file:line:column (V10). */
static void
on_reject (const BhReject *reject, gpointer data)
{
  Import *import = data;

  cli_say ("%s:%" G_GINT64_FORMAT ":%u: %s%s%s", import->name, reject->line,
           MAX (reject->column, 1), reject->column_name != NULL ? reject->column_name : "",
           reject->column_name != NULL ? ": " : "", reject->reason);
  if (import->cli->json) {
    JsonBuilder *object = cli_object ();

    json_builder_set_member_name (object, "error");
    json_builder_begin_object (object);
    cli_set (object, "code", "bad-input");
    cli_set (object, "message", reject->reason);
    cli_set (object, "file", import->name);
    cli_set_int (object, "line", reject->line);
    cli_set_int (object, "column", reject->column);
    cli_set (object, "name", reject->column_name);
    json_builder_end_object (object);
    cli_emit (object);
  }
  /* a row with several faults is one bad row */
  if (import->rejects != NULL && !reject->again) {
    g_autofree char *reason = g_strescape (reject->reason, NULL);

    fprintf (import->rejects, "%s:%" G_GINT64_FORMAT ":%u: %s: %s\n", import->name, reject->line,
             MAX (reject->column, 1), reason, reject->row != NULL ? reject->row : "");
  }
}

static void
on_progress (gint64 rows, gpointer data)
{
  Import *import = data;

  if (!isatty (STDERR_FILENO))
    return;
  fprintf (stderr, "\r%s: %" G_GINT64_FORMAT " rows", import->name, rows);
  import->shown = TRUE;
}

static GInputStream *
open_input (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) why = NULL;
  GInputStream *stream;

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  stream = G_INPUT_STREAM (g_file_read (file, NULL, &why));
  if (stream == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a file that can be read", path,
                 why->message);
  return stream;
}

static int
import_file (Import *import, BhDesk *desk, const char *kind, const char *path, gboolean dry_run)
{
  BhImportOptions options = { .format = import->format,
                              .dry_run = dry_run,
                              .reject = on_reject,
                              .progress = on_progress,
                              .data = import };
  BhImportResult result = { 0 };
  GError *error = NULL;
  g_autoptr (GInputStream) stream = open_input (path, &error);
  gboolean ok;

  import->name = path;
  ok = stream != NULL &&
       bh_desk_import (desk, kind, stream, path, &options, bh_now_us (), &result, &error);
  if (import->shown)
    fputc ('\n', stderr);
  import->shown = FALSE;
  if (!ok)
    return cli_fail (import->cli, error);
  if (import->cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "file", path);
    cli_set (object, "kind", kind);
    cli_set_int (object, "rows", result.rows);
    cli_set_int (object, "added", result.added);
    cli_set_int (object, "changed", result.changed);
    cli_set_int (object, "unchanged", result.unchanged);
    cli_set_int (object, "rejected", result.rejected);
    cli_set_bool (object, "dry_run", dry_run);
    cli_emit (object);
  } else {
    cli_print ("%s: %" G_GINT64_FORMAT " rows: %" G_GINT64_FORMAT " added, %" G_GINT64_FORMAT
               " changed, %" G_GINT64_FORMAT " unchanged, %" G_GINT64_FORMAT " rejected%s\n",
               path, result.rows, result.added, result.changed, result.unchanged, result.rejected,
               dry_run ? " (nothing was written)" : "");
  }
  return result.rejected > 0 ? CLI_INPUT : CLI_DONE;
}

/* Told by the option, else by the name, else CSV. */
static gboolean
choose_format (Cli *cli, const char *named, const char *path, BhFormat *format)
{
  *format = BH_FORMAT_CSV;
  if (g_strcmp0 (named, "jsonl") == 0 ||
      (named == NULL && path != NULL && g_str_has_suffix (path, ".jsonl")))
    *format = BH_FORMAT_JSONL;
  else if (named != NULL && !g_str_equal (named, "csv")) {
    cli_usage (cli, "%s: no such format; say csv or jsonl", named);
    return FALSE;
  }
  return TRUE;
}

static int
import (Cli *cli, int argc, char **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *rejects = NULL;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, "csv or jsonl", "NAME" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Check all, write nothing", NULL },
    { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &rejects, "Where bad rows go", "FILE" },
    { NULL }
  };
  Import import = { .cli = cli };
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("import"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc < 3)
    return cli_usage (cli, "import: a KIND and a FILE are needed; see `backhaulctl help import`");
  if (!bh_kind_is_importable (argv[1]))
    return cli_usage (cli,
                      "%s: no such kind; say accounts, sites, products, units, rmas, "
                      "calendars, destinations or operators",
                      argv[1]);
  if (!choose_format (cli, format, argv[2], &import.format))
    return CLI_USAGE;
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (rejects != NULL && (import.rejects = fopen (rejects, "w")) == NULL)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_STORE,
                                       "%s: %s; name a file that can be written", rejects,
                                       g_strerror (errno)));
  exit_code = CLI_DONE;
  for (int i = 2; i < argc; i++) {
    if (!choose_format (cli, format, argv[i], &import.format))
      return CLI_USAGE;
    exit_code = cli_worse (exit_code, import_file (&import, desk, argv[1], argv[i], dry_run));
  }
  if (import.rejects != NULL && fclose (import.rejects) != 0)
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_FULL,
                                       "%s: cannot write; make room on the disk", rejects));
  return exit_code;
}

static int export(Cli *cli, int argc, char **argv)
{
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &named, "csv or jsonl", "NAME" }, { NULL }
  };
  g_autoptr (GOutputStream) raw = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  GError *error = NULL;
  BhFormat format;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("export"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (cli, "export: one KIND is needed; see `backhaulctl help export`");
  if (!bh_kind_is_importable (argv[1]))
    return cli_usage (cli, "%s: no such kind; see `backhaulctl help export`", argv[1]);
  if (!choose_format (cli, named, NULL, &format))
    return CLI_USAGE;
  if (named == NULL && cli->json)
    format = BH_FORMAT_JSONL;
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  raw = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  stream = g_buffered_output_stream_new_sized (raw, 1 << 16);
  if (!bh_desk_export (desk, argv[1], format, stream, &error) ||
      !g_output_stream_flush (stream, NULL, &error))
    return cli_fail (cli, error);
  return CLI_DONE;
}

const CliCommand cli_transfer_commands[] = {
  { "import", "KIND FILE… [--format csv|jsonl] [--dry-run] [--rejects FILE]",
    "Reads accounts, sites, products, units, rmas, calendars, destinations, operators", import },
  { "export", "KIND [--format csv|jsonl]", "Writes what import reads", export },
  { NULL }
};
