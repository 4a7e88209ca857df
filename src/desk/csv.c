/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RFC 4180 by libcsv, row by row. A row that cannot be read costs that line
 * alone: its further lines are read again as rows of their own. */

#include "transfer-private.h"

#include <csv.h>
#include <string.h>

/* Bytes that may be read twice: without a limit a file of opening quotes would
 * be read as often as it has lines. */
#define READ_AGAIN (64 * 1024 * 1024)

struct _BhCsv {
  BhLines *lines;
  gsize max_row;
  gsize again; /* bytes that were read twice so far */
  struct csv_parser parser;
  GString *raw;
  gsize first_line; /* of raw: bytes of its first physical line */
  GString *texts;
  gsize starts[BH_MAX_CELLS];
  gsize sizes[BH_MAX_CELLS];
  const char *cells[BH_MAX_CELLS];
  guint n_cells;
  guint n_rows;
};

/* RFC 4180: blanks are part of a cell */
static int
no_space (unsigned char c)
{
  return 0;
}

static void
start_parser (BhCsv *self)
{
  csv_init (&self->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  csv_set_space_func (&self->parser, no_space);
}

BhCsv *
bh_csv_new (BhLines *lines, gsize max_row)
{
  BhCsv *self = g_new0 (BhCsv, 1);

  self->lines = lines;
  self->max_row = max_row;
  self->raw = g_string_new (NULL);
  self->texts = g_string_new (NULL);
  start_parser (self);
  return self;
}

void
bh_csv_free (BhCsv *self)
{
  if (self == NULL)
    return;
  csv_free (&self->parser);
  g_string_free (self->raw, TRUE);
  g_string_free (self->texts, TRUE);
  g_free (self);
}

static void
on_cell (void *text, size_t size, void *data)
{
  BhCsv *self = data;

  if (self->n_rows == 0 && self->n_cells < BH_MAX_CELLS) {
    self->starts[self->n_cells] = self->texts->len;
    self->sizes[self->n_cells] = size;
    g_string_append_len (self->texts, text, (gssize) size);
    g_string_append_c (self->texts, '\0');
  }
  if (self->n_rows == 0)
    self->n_cells++;
}

static void
on_row (int end, void *data)
{
  ((BhCsv *) data)->n_rows++;
}

static void
begin_row (BhCsv *self)
{
  g_string_truncate (self->raw, 0);
  g_string_truncate (self->texts, 0);
  self->first_line = 0;
  self->n_cells = 0;
  self->n_rows = 0;
}

/* Gives up the row: only its first line is lost, what follows is read again. */
static void
give_up (BhCsv *self, BhRawRow *row, const char *fault)
{
  gsize rest = self->raw->len - self->first_line;

  row->fault = fault;
  row->fault_column = self->n_rows == 0 ? self->n_cells + 1 : 0;
  csv_free (&self->parser);
  start_parser (self);
  if (rest > 0 && self->again + rest <= READ_AGAIN) {
    self->again += rest;
    bh_lines_unread (self->lines, self->raw->str + self->first_line, rest, row->line);
    g_string_truncate (self->raw, self->first_line);
  }
}

static void
take_row (BhCsv *self, BhRawRow *row)
{
  row->n_cells = self->n_cells;
  for (guint i = 0; i < MIN (self->n_cells, BH_MAX_CELLS); i++)
    self->cells[i] = self->texts->str + self->starts[i];
  row->cells = self->cells;
  row->sizes = self->sizes;
}

gboolean
bh_csv_next (BhCsv *self, BhRawRow *row, gboolean *more, GError **error)
{
  static const char too_long[] = "the row is too long, or a quote is never closed; close it";
  static const char unbalanced[] =
      "a quote that is not closed, or inside a cell without quotes; write it twice inside quotes";
  const char *line;
  gsize size;
  gboolean cut = FALSE;

  begin_row (self);
  *row = (BhRawRow){ .line = self->lines->number + 1 };
  *more = TRUE;
  while (self->n_rows == 0 && row->fault == NULL) {
    if (!bh_lines_next (self->lines, self->max_row, &line, &size, &cut, error))
      return FALSE;
    if (size == 0 && self->raw->len == 0) {
      *more = FALSE;
      return TRUE;
    }
    g_string_append_len (self->raw, line, (gssize) size);
    if (self->first_line == 0)
      self->first_line = size;
    if (cut || self->raw->len > self->max_row)
      give_up (self, row, too_long);
    else if (size == 0 ? csv_fini (&self->parser, on_cell, on_row, self) != 0
                       : csv_parse (&self->parser, line, size, on_cell, on_row, self) != size)
      give_up (self, row, unbalanced);
    else if (self->n_rows == 0 && self->n_cells == 0 &&
             (g_str_equal (self->raw->str, "\n") || g_str_equal (self->raw->str, "\r\n"))) {
      begin_row (self);
      row->line = self->lines->number + 1;
    }
  }
  if (row->fault == NULL && self->n_rows > 1)
    row->fault = "a carriage return ends the line; end lines with a line feed";
  if (row->fault == NULL)
    take_row (self, row);
  while (self->raw->len > 0 &&
         (self->raw->str[self->raw->len - 1] == '\n' || self->raw->str[self->raw->len - 1] == '\r'))
    g_string_truncate (self->raw, self->raw->len - 1);
  row->raw = self->raw->str;
  row->raw_size = self->raw->len;
  return TRUE;
}

/* ---- cells that a spreadsheet would run ------------------------------------------------ */

/* Any number of apostrophes and then one of = + - @ TAB CR */
gboolean
bh_csv_is_formula (const char *cell, gsize size)
{
  gsize at = 0;

  while (at < size && cell[at] == '\'')
    at++;
  return at < size && memchr ("=+-@\t\r", cell[at], 6) != NULL;
}

const char *
bh_csv_unguard (const char *cell, gsize *size)
{
  if (*size == 0 || *cell != '\'' || !bh_csv_is_formula (cell, *size))
    return cell;
  (*size)--;
  return cell + 1;
}

void
bh_csv_add (GString *row, gboolean first, const char *cell)
{
  gboolean quote;

  if (!first)
    g_string_append_c (row, ',');
  if (cell == NULL)
    return;
  quote = strpbrk (cell, ",\"\r\n") != NULL || *cell == ' ' || *cell == '\t';
  if (quote)
    g_string_append_c (row, '"');
  if (bh_csv_is_formula (cell, strlen (cell)))
    g_string_append_c (row, '\'');
  for (; *cell != '\0'; cell++) {
    if (*cell == '"')
      g_string_append_c (row, '"');
    g_string_append_c (row, *cell);
  }
  if (quote)
    g_string_append_c (row, '"');
}
