/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The rows of a file, whatever its format, as cells in the order of the kind. */

#include "transfer-private.h"

#include <string.h>

/* A fault of the file's own column, which may be none of the kind's. */
static void
fault_at (BhImport *self, guint file_column, const char *name, const char *reason)
{
  BhReject reject = { self->line, file_column, name, reason, self->raw, self->faults > 0 };
  g_autofree char *shown = NULL;

  if (self->faults++ == 0)
    self->result->rejected++;
  if (!self->raw_is_text)
    reject.row = shown = bh_text_for_display (self->raw, self->raw_size, 4000);
  if (self->options->reject != NULL)
    self->options->reject (&reject, self->options->data);
}

static void
begin_row (BhImport *self, const BhRawRow *raw)
{
  self->line = raw->line;
  self->raw = raw->raw;
  self->raw_size = raw->raw_size;
  self->faults = 0;
  self->raw_is_text = g_utf8_validate_len (self->raw, self->raw_size, NULL);
}

/* ---- CSV ------------------------------------------------------------------------------ */

/* Tells every fault of the header at once; *of: the kind's column of each of the file's. */
static gboolean
read_header (BhImport *self, const BhRawRow *raw, int *of, GError **error)
{
  guint faults = 0;

  begin_row (self, raw);
  for (guint i = 0; raw->fault == NULL && i < MIN (raw->n_cells, BH_MAX_CELLS); i++) {
    g_autofree char *name = bh_text_for_display (raw->cells[i], raw->sizes[i], 40);

    of[i] = strlen (raw->cells[i]) == raw->sizes[i]
                ? bh_transfer_column (self->transfer, raw->cells[i])
                : -1;
    if (of[i] < 0)
      fault_at (self, i + 1, name, "there is no such column; take it out or mend its name");
    else if (self->file_column[of[i]] != 0)
      fault_at (self, i + 1, name, "the column is there twice; take one out");
    else
      self->file_column[of[i]] = i + 1;
  }
  if (raw->fault != NULL)
    fault_at (self, raw->fault_column, NULL, raw->fault);
  else if (raw->n_cells > BH_MAX_CELLS)
    fault_at (self, BH_MAX_CELLS + 1, NULL, "there are far too many columns");
  for (guint i = 0; raw->fault == NULL && i < self->transfer->n_columns; i++)
    if (self->file_column[i] == 0 && !(self->transfer->columns[i].flags & BH_COLUMN_OPTIONAL))
      fault_at (self, 0, self->transfer->columns[i].name,
                "the column is missing; add it to the header");
  faults = self->faults;
  self->result->rejected = 0;
  if (faults == 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s:1: the header has %u fault%s; write the columns of %s as the manual lists them",
               self->name, faults, faults > 1 ? "s" : "", self->transfer->kind);
  return FALSE;
}

gboolean
bh_import_csv (BhImport *self, GError **error)
{
  g_autoptr (BhCsv) csv = bh_csv_new (&self->lines, self->transfer->max_row);
  int of[BH_MAX_CELLS];
  guint n_columns;
  BhRawRow raw;
  gboolean more = FALSE;

  if (!bh_csv_next (csv, &raw, &more, error))
    return FALSE;
  if (!more) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:1: the file is empty; begin it with a header line", self->name);
    return FALSE;
  }
  if (!read_header (self, &raw, of, error))
    return FALSE;
  n_columns = raw.n_cells;
  while (bh_csv_next (csv, &raw, &more, error)) {
    const char *cells[BH_TABLE_MAX] = { NULL };
    gsize sizes[BH_TABLE_MAX] = { 0 };

    if (!more)
      return TRUE;
    self->result->rows++;
    begin_row (self, &raw);
    if (raw.fault != NULL) {
      fault_at (self, raw.fault_column, NULL, raw.fault);
      continue;
    }
    if (raw.n_cells != n_columns) {
      bh_import_faultf (self, -1, "it has %u columns, the header has %u", raw.n_cells, n_columns);
      continue;
    }
    for (guint i = 0; i < n_columns; i++) {
      sizes[of[i]] = raw.sizes[i];
      cells[of[i]] = bh_csv_unguard (raw.cells[i], &sizes[of[i]]);
    }
    if (!bh_import_take_row (self, cells, sizes, error))
      return FALSE;
  }
  return FALSE;
}

/* ---- JSON Lines --------------------------------------------------------------------------- */

gboolean
bh_import_jsonl (BhImport *self, GError **error)
{
  g_autoptr (BhJsonl) jsonl = bh_jsonl_new (&self->lines, self->transfer);
  BhRawRow raw;
  gboolean more = FALSE;

  for (guint i = 0; i < self->transfer->n_columns; i++)
    self->file_column[i] = i + 1;
  while (bh_jsonl_next (jsonl, &raw, &more, error)) {
    if (!more)
      return TRUE;
    self->result->rows++;
    begin_row (self, &raw);
    if (raw.fault != NULL) {
      fault_at (self, raw.fault_column, NULL, raw.fault);
      continue;
    }
    for (guint i = 0; i < self->transfer->n_columns; i++)
      if (raw.cells[i] == NULL && !(self->transfer->columns[i].flags & BH_COLUMN_OPTIONAL))
        bh_import_fault (self, (int) i, "the key is missing; write null for no value");
    if (self->faults == 0 && !bh_import_take_row (self, raw.cells, raw.sizes, error))
      return FALSE;
  }
  return FALSE;
}
