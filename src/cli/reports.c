/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/reports.h"

#include "backhaul/chart.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

typedef struct {
  char *from;
  char *to;
  char *account;
  char *format;
  char *output;
  char *chart;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self->account);
  g_free (self->format);
  g_free (self->output);
  g_free (self->chart);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
list (Cli *cli)
{
  guint n = 0;
  const BhReport *const *reports = bh_reports (&n);

  for (guint i = 0; i < n; i++) {
    const BhReport *report = reports[i];
    JsonBuilder *object;

    if (!cli->json) {
      cli_print ("%-18s %s\n%-18s   %s\n", report->name, report->title, "", report->explanation);
      continue;
    }
    object = cli_object ();
    cli_set (object, "report", report->name);
    cli_set (object, "title", report->title);
    cli_set (object, "explanation", report->explanation);
    json_builder_set_member_name (object, "columns");
    json_builder_begin_array (object);
    for (guint c = 0; c < report->n_columns; c++)
      json_builder_add_string_value (object, report->columns[c].name);
    json_builder_end_array (object);
    cli_emit (object);
  }
  return CLI_DONE;
}

static gboolean
choose_format (Cli *cli, const char *named, BhReportFormat *format)
{
  static const char *const names[] = { "text", "csv", "jsonl" };

  *format = cli->json ? BH_REPORT_AS_JSONL : BH_REPORT_AS_TEXT;
  if (named == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (named, names[i])) {
      *format = (BhReportFormat) i;
      return TRUE;
    }
  cli_usage (cli, "%s: no such format; say text, csv or jsonl", named);
  return FALSE;
}

static gboolean
read_day (const char *text, BhDay *day, GError **error)
{
  *day = text != NULL ? bh_day_parse (text) : BH_DAY_NONE;
  if (text == NULL || *day != BH_DAY_NONE)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: no such date; write YYYY-MM-DD", text);
  return FALSE;
}

/* A report that failed half way leaves a file of before as it was. */
static gboolean
write_file (BhDesk *desk, const BhReport *report, const BhReportQuery *query, BhReportFormat format,
            const char *path, guint64 *rows, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GCancellable) never = g_cancellable_new ();
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, &why);

  if (stream == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; name a file that can be written", path,
                 why->message);
    return FALSE;
  }
  if (bh_desk_write_report (desk, report, query, bh_now_us (), format, G_OUTPUT_STREAM (stream),
                            rows, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
  g_cancellable_cancel (never);
  g_output_stream_close (G_OUTPUT_STREAM (stream), never, NULL);
  return FALSE;
}

static gboolean
write_stdout (BhDesk *desk, const BhReport *report, const BhReportQuery *query,
              BhReportFormat format, guint64 *rows, GError **error)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  return bh_desk_write_report (desk, report, query, bh_now_us (), format, stream, rows, error);
}

typedef struct {
  Cli *cli;
  guint faults;
} Faults;

/* All faults of a carrier's list are told, one a line (V10). */
static void
on_fault (const char *message, gpointer data)
{
  Faults *faults = data;

  JsonBuilder *object;

  faults->faults++;
  cli_say ("%s", message);
  if (!faults->cli->json)
    return;
  object = cli_object ();
  json_builder_set_member_name (object, "error");
  json_builder_begin_object (object);
  cli_set (object, "code", "bad-input");
  cli_set (object, "message", message);
  json_builder_end_object (object);
  cli_emit (object);
  fflush (stdout); /* the rows go past stdio */
}

static GInputStream *
open_list (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) why = NULL;
  GInputStream *stream;

  if (path == NULL)
    return NULL;
  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  stream = G_INPUT_STREAM (g_file_read (file, NULL, &why));
  if (stream == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a file that can be read", path,
                 why->message);
  return stream;
}

static gboolean
draw (BhDesk *desk, const BhReport *report, const BhReportQuery *query, const char *path,
      GError **error)
{
  g_autoptr (BhChart) chart = bh_desk_report_chart (desk, report, query, bh_now_us (), error);

  return chart != NULL && bh_chart_save (chart, path, error);
}

static gboolean
is_chart_name (Cli *cli, const char *path)
{
  if (path == NULL || g_str_has_suffix (path, ".pdf") || g_str_has_suffix (path, ".png"))
    return TRUE;
  cli_usage (cli, "%s: a chart is saved as PDF or PNG; end the name in .pdf or .png", path);
  return FALSE;
}

static int
make (Cli *cli, const char *name, const char *path, const Options *options)
{
  Faults faults = { cli, 0 };
  g_autoptr (GInputStream) stream = NULL;
  const BhReport *report;
  BhReportQuery query = {
    .account = options->account, .file = path, .fault = on_fault, .fault_data = &faults
  };
  BhReportFormat format;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  guint64 rows = 0;
  BhDesk *desk;
  gboolean ok;

  if (!choose_format (cli, options->format, &format) || !is_chart_name (cli, options->chart))
    return CLI_USAGE;
  if ((report = bh_report_find (name, &error)) == NULL ||
      ((stream = open_list (path, &error)) == NULL && error != NULL) ||
      !read_day (options->from, &query.from, &error) || !read_day (options->to, &query.to, &error))
    return cli_fail (cli, error);
  query.stream = stream;
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (options->chart != NULL) {
    if (!draw (desk, report, &query, options->chart, &error))
      return cli_fail (cli, error);
    return faults.faults > 0 ? CLI_INPUT : CLI_DONE;
  }
  ok = options->output != NULL
           ? write_file (desk, report, &query, format, options->output, &rows, &error)
           : write_stdout (desk, report, &query, format, &rows, &error);
  if (!ok)
    return cli_fail (cli, error);
  if (rows == 0 && format == BH_REPORT_AS_TEXT)
    cli_say ("%s: nothing to tell", name);
  return faults.faults > 0 ? CLI_INPUT : CLI_DONE;
}

int
cli_report (Cli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Last day", "DATE" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, "Only that account", "ACCOUNT" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, "text, csv or jsonl", "NAME" },
    { "chart", 0, 0, G_OPTION_ARG_FILENAME, &options.chart, "Draws it instead", "FILE.pdf|.png" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where it goes", "FILE" },
    { NULL }
  };

  if (!cli_parse (cli, cli_find ("report"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc < 2)
    return cli_usage (cli, "report: which one? `report list` names them");
  if (argc > 3)
    return cli_usage (cli, "report: %s: no such argument", argv[3]);
  if (g_str_equal (argv[1], "list"))
    return list (cli);
  return make (cli, argv[1], argc > 2 ? argv[2] : NULL, &options);
}
