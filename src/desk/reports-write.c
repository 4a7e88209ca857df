/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A report as text, CSV or JSON Lines. */

#include "backhaul/json-text.h"
#include "reports-private.h"

#include <string.h>

#include "transfer-private.h"

#define CHUNK (64 * 1024)

typedef struct {
  BhReportFormat format;
  GOutputStream *stream;
  GString *text; /* waits to be written */
  guint64 rows;
} Writer;

static gboolean
write_out (Writer *writer, gsize least, GError **error)
{
  if (writer->text->len < least)
    return TRUE;
  if (!g_output_stream_write_all (writer->stream, writer->text->str, writer->text->len, NULL, NULL,
                                  error))
    return FALSE;
  g_string_truncate (writer->text, 0);
  return TRUE;
}

static gboolean
is_figure (BhReportType type)
{
  return type == BH_REPORT_COUNT || type == BH_REPORT_NUMBER;
}

/* Places of a terminal that @text takes; *end: where the first @most of them end. */
static guint
places (const char *text, guint most, const char **end)
{
  guint n = 0;

  *end = NULL;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar sign = g_utf8_get_char (c);
    guint takes = g_unichar_iszerowidth (sign) ? 0 : g_unichar_iswide (sign) ? 2 : 1;

    if (*end == NULL && n + takes > most)
      *end = c;
    n += takes;
  }
  return n;
}

/* A cell on one line; a name that is much too long for its column ends in "…", which only
 * this format does. */
static char *
shown_cell (const BhReportColumn *column, const char *cell)
{
  char *shown = g_strdup (cell != NULL ? cell : "-");
  const char *end;

  for (char *c = shown; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      *c = ' ';
  if (column->type == BH_REPORT_TEXT &&
      places (shown, 2 * column->width, &end) > 2 * column->width) {
    char *cut = g_strdup_printf ("%.*s…", (int) (end - shown), shown);

    g_free (shown);
    return cut;
  }
  return shown;
}

/* One cell of a table for people: figures to the right. */
static void
add_aligned (GString *text, const BhReportColumn *column, const char *cell, gboolean last)
{
  g_autofree char *shown = shown_cell (column, cell);
  const char *end;
  guint length = places (shown, G_MAXUINT, &end);
  guint width = MAX (column->width, (guint) strlen (column->title));
  guint blanks = width > length ? width - length : 0;

  for (guint i = 0; is_figure (column->type) && i < blanks; i++)
    g_string_append_c (text, ' ');
  g_string_append (text, shown);
  for (guint i = 0; !last && !is_figure (column->type) && i < blanks; i++)
    g_string_append_c (text, ' ');
  g_string_append (text, last ? "\n" : "  ");
}

static void
add_object (GString *text, const BhReport *report, const char *const *cells)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; i < report->n_columns; i++) {
    json_builder_set_member_name (builder, report->columns[i].name);
    if (cells[i] == NULL)
      json_builder_add_null_value (builder);
    else if (report->columns[i].type == BH_REPORT_COUNT)
      json_builder_add_int_value (builder, g_ascii_strtoll (cells[i], NULL, 10));
    else if (report->columns[i].type == BH_REPORT_NUMBER)
      json_builder_add_double_value (builder, g_ascii_strtod (cells[i], NULL));
    else
      json_builder_add_string_value (builder, cells[i]);
  }
  line = bh_json_end (builder);
  g_string_append (text, line);
  g_string_append_c (text, '\n');
}

static gboolean
on_row (const BhReport *report, const char *const *cells, gpointer data, GError **error)
{
  Writer *writer = data;

  writer->rows++;
  if (writer->format == BH_REPORT_AS_JSONL) {
    add_object (writer->text, report, cells);
    return write_out (writer, CHUNK, error);
  }
  for (guint i = 0; i < report->n_columns; i++)
    if (writer->format == BH_REPORT_AS_CSV)
      bh_csv_add (writer->text, i == 0, cells[i]);
    else
      add_aligned (writer->text, &report->columns[i], cells[i], i + 1 == report->n_columns);
  if (writer->format == BH_REPORT_AS_CSV)
    g_string_append_c (writer->text, '\n');
  return write_out (writer, CHUNK, error);
}

static void
add_header (Writer *writer, const BhReport *report)
{
  for (guint i = 0; i < report->n_columns; i++)
    if (writer->format == BH_REPORT_AS_CSV)
      bh_csv_add (writer->text, i == 0, report->columns[i].name);
    else if (writer->format == BH_REPORT_AS_TEXT)
      add_aligned (writer->text, &report->columns[i], report->columns[i].title,
                   i + 1 == report->n_columns);
  if (writer->format == BH_REPORT_AS_CSV)
    g_string_append_c (writer->text, '\n');
}

gboolean
bh_desk_write_report (BhDesk *self, const BhReport *report, const BhReportQuery *query,
                      gint64 now_us, BhReportFormat format, GOutputStream *stream, guint64 *rows,
                      GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (CHUNK + 4096);
  Writer writer = { format, stream, text, 0 };
  gboolean ok;

  add_header (&writer, report);
  ok = bh_desk_report (self, report, query, now_us, on_row, &writer, error) &&
       write_out (&writer, 0, error);
  if (rows != NULL)
    *rows = writer.rows;
  return ok;
}
