/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A file goes through here once: rows are read, checked and gathered, and every
 * BATCH of them goes in in one transaction. */

#include "transfer-private.h"

#include <stdarg.h>
#include <string.h>

#include "backhaul/operators.h"

#define BATCH       5000
#define BATCH_BYTES (8 * 1024 * 1024)

/* ---- faults ------------------------------------------------------------------------- */

void
bh_import_fault (BhImport *self, int column, const char *reason)
{
  BhReject reject = { .line = self->line, .reason = reason, .again = self->faults > 0 };
  g_autofree char *shown = NULL;

  if (self->faults++ == 0)
    self->result->rejected++;
  if (self->options->reject == NULL)
    return;
  if (column >= 0) {
    reject.column = self->file_column[column];
    reject.column_name = self->transfer->columns[column].name;
  }
  reject.row = self->raw;
  if (!g_utf8_validate_len (self->raw, self->raw_size, NULL))
    reject.row = shown = bh_text_for_display (self->raw, self->raw_size, 4000);
  self->options->reject (&reject, self->options->data);
}

void
bh_import_faultf (BhImport *self, int column, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list values;

  va_start (values, format);
  reason = g_strdup_vprintf (format, values);
  va_end (values);
  bh_import_fault (self, column, reason);
}

/* ---- writing ------------------------------------------------------------------------ */

static gboolean
audit (BhImport *self, const char *what, GError **error)
{
  g_autofree char *counts = NULL;
  g_autofree char *name = bh_text_for_display (self->name, strlen (self->name), 200);
  GString *text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_c (text, '\\');
    g_string_append_c (text, *c);
  }
  /* the sum is of the whole file, so it is known at its end */
  counts =
      g_strdup_printf ("{\"file\":\"%s\",\"sha256\":%s%s%s,\"rows\":%" G_GINT64_FORMAT
                       ",\"added\":%" G_GINT64_FORMAT ",\"changed\":%" G_GINT64_FORMAT
                       ",\"unchanged\":%" G_GINT64_FORMAT ",\"rejected\":%" G_GINT64_FORMAT "}",
                       text->str, self->lines.ended ? "\"" : "",
                       self->lines.ended ? g_checksum_get_string (self->lines.sum) : "null",
                       self->lines.ended ? "\"" : "", self->result->rows, self->result->added,
                       self->result->changed, self->result->unchanged, self->result->rejected);
  g_string_free (text, TRUE);
  return bh_desk_audit (self->desk, self->act, what, self->transfer->kind, NULL, counts,
                        self->now_us, error);
}

static gboolean
begin (BhImport *self, GError **error)
{
  if (self->tx != NULL)
    return TRUE;
  /* people whose role it changes act by the new one at once */
  self->tx = g_str_equal (self->transfer->kind, "operators")
                 ? bh_desk_begin_rules (self->desk, error)
                 : bh_desk_begin (self->desk, error);
  if (self->tx == NULL)
    return FALSE;
  if (!self->empty || self->options->dry_run)
    return TRUE;
  /* asked again inside: another station may have begun the same load */
  if (!bh_store_table_is_empty (self->desk->store, self->transfer->load, &self->empty, error))
    return FALSE;
  if (self->empty)
    self->indexes = bh_store_drop_indexes (self->desk->store, self->transfer->load, error);
  return !self->empty || self->indexes != NULL;
}

static gboolean
commit (BhImport *self, GError **error)
{
  gboolean ok = self->options->dry_run || bh_tx_commit (self->tx, error);

  g_clear_pointer (&self->tx, bh_tx_end);
  if (ok)
    self->done = *self->result;
  return ok;
}

static void
count (BhImport *self, BhPut put)
{
  self->result->added += put == BH_PUT_ADDED;
  self->result->changed += put == BH_PUT_CHANGED;
  self->result->unchanged += put == BH_PUT_UNCHANGED;
}

static gboolean
put_batch (BhImport *self, GError **error)
{
  BhTableRow *rows = (BhTableRow *) self->batch->data;
  guint n = self->batch->len;
  gboolean write = !self->options->dry_run;

  if (self->transfer->put != NULL) {
    if (self->transfer->gather != NULL && !self->transfer->gather (self, rows, n, error))
      return FALSE;
    for (guint i = 0; i < n; i++) {
      self->line = rows[i].line;
      self->raw = rows[i].raw;
      self->raw_size = strlen (rows[i].raw);
      self->raw_is_text = TRUE;
      self->faults = 0;
      if (!self->transfer->put (self, &rows[i], error))
        return FALSE;
      if (self->faults == 0)
        count (self, rows[i].put);
    }
    return self->transfer->settle == NULL || self->transfer->settle (self, error);
  }
  if (!bh_store_put_rows (self->desk->store, &self->transfer->table, rows, n, self->empty, write,
                          error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    count (self, rows[i].put);
    if (write && rows[i].put != BH_PUT_UNCHANGED && self->transfer->written != NULL &&
        !self->transfer->written (self, &rows[i], error))
      return FALSE;
  }
  return TRUE;
}

/* A first load stays one transaction to its end, as its indexes are made then;
 * so does a trial, which is taken back. Else a batch is one. */
static gboolean
flush (BhImport *self, gboolean last, GError **error)
{
  gboolean trial = self->options->dry_run;
  gboolean whole;

  if (self->transfer->own_tx && !put_batch (self, error))
    return FALSE;
  /* the rows of a trial are only looked at, but an RMA's lines need each other */
  if ((!trial || (self->transfer->put != NULL && !self->transfer->own_tx)) &&
      (self->batch->len > 0 || last) && !begin (self, error))
    return FALSE;
  whole = self->empty || trial;
  if ((!self->transfer->own_tx && self->batch->len > 0 && !put_batch (self, error)) ||
      /* F6: what a killed import left is on record too */
      (!last && !whole && self->batches == 0 && !audit (self, "import-begin", error)) ||
      (last && self->indexes != NULL &&
       !bh_store_make_indexes (self->desk->store, self->indexes, error)) ||
      (last && !trial && !audit (self, "import", error)) ||
      ((last || !whole) && !commit (self, error)))
    return FALSE;
  self->batches++;
  g_array_set_size (self->batch, 0);
  g_string_chunk_clear (self->texts);
  self->bytes = 0;
  if (self->options->progress != NULL)
    self->options->progress (self->result->rows, self->options->data);
  return TRUE;
}

/* ---- one row ------------------------------------------------------------------------ */

static gboolean
check_refs (BhImport *self, const BhTableRow *row, GError **error)
{
  for (guint i = 0; i < self->transfer->n_columns; i++) {
    BhRef ref = self->transfer->columns[i].ref;
    const char *value = row->values[i].text;
    const char *first = value;
    const char *second = NULL;
    gboolean found = FALSE;

    if (ref == BH_REF_NONE || value == NULL)
      continue;
    if (ref == BH_REF_SITE) {
      first = row->values[i - 1].text; /* the account stands before its site */
      second = value;
      if (first == NULL) {
        bh_import_fault (self, (int) i, "a site needs its account");
        continue;
      }
    }
    if (!bh_import_refers (self, ref, first, second, &found, error))
      return FALSE;
    if (!found)
      bh_import_faultf (self, (int) i, "\"%s\" is not on record; import its %s first", value,
                        ref == BH_REF_ACCOUNT    ? "account"
                        : ref == BH_REF_SITE     ? "site"
                        : ref == BH_REF_PART     ? "product"
                        : ref == BH_REF_CALENDAR ? "calendar"
                                                 : "destination");
  }
  return TRUE;
}

/* A natural key comes once a file; an RMA's lines by serial. */
static gboolean
check_seen (BhImport *self, const BhTableRow *row, GError **error)
{
  char key[256]; /* keys are at most 64 bytes each */
  gint64 first = 0;
  guint second = self->transfer->second_key;

  g_strlcpy (key, row->values[0].text, sizeof key);
  if (second > 0) {
    g_strlcat (key, "\x1f", sizeof key);
    g_strlcat (key, row->values[second].text, sizeof key);
  }
  if (!bh_seen_add (self->seen, key, self->line, &first, error))
    return FALSE;
  if (first != 0)
    bh_import_faultf (self, (int) second,
                      "it is on line %" G_GINT64_FORMAT " of this file already; keep one of them",
                      first);
  return TRUE;
}

gboolean
bh_import_take_row (BhImport *self, const char *const *cells, const gsize *sizes, GError **error)
{
  BhTableRow row = { .line = self->line };

  for (guint i = 0; i < self->transfer->n_columns; i++) {
    if (cells[i] == NULL) {
      row.values[i].null = TRUE;
      continue;
    }
    row.stated |= 1u << i;
    bh_import_cell (self, i, cells[i], sizes[i], &row.values[i]);
  }
  if (self->faults == 0 &&
      ((self->transfer->check != NULL && !self->transfer->check (self, &row, error)) ||
       !check_refs (self, &row, error)))
    return FALSE;
  if (self->faults == 0 && !check_seen (self, &row, error))
    return FALSE;
  if (self->faults > 0)
    return TRUE;
  row.raw = g_string_chunk_insert_len (self->texts, self->raw, (gssize) self->raw_size);
  self->bytes += self->raw_size + sizeof row;
  g_array_append_val (self->batch, row);
  return (self->batch->len < BATCH && self->bytes < BATCH_BYTES) || flush (self, FALSE, error);
}

/* ---- the act -------------------------------------------------------------------------- */

static void
clear (BhImport *self)
{
  g_clear_pointer (&self->tx, bh_tx_end);
  bh_lines_clear (&self->lines);
  bh_seen_free (self->seen);
  bh_seen_free (self->seen_rmas);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->names);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->exports, g_ptr_array_unref);
  g_clear_pointer (&self->fresh, bh_fresh_free);
  g_array_unref (self->batch);
  g_string_chunk_free (self->texts);
  g_clear_pointer (&self->indexes, g_ptr_array_unref);
  g_free (self->act);
}

static gboolean
run (BhImport *self, GError **error)
{
  if (!self->transfer->own_tx &&
      !bh_store_table_is_empty (self->desk->store, self->transfer->load, &self->empty, error))
    return FALSE;
  if (!bh_lines_begin (&self->lines, self->name, error))
    return FALSE;
  if (self->transfer->own_tx && (g_str_has_suffix (self->name, ".ics") ||
                                 bh_lines_begins_with (&self->lines, "BEGIN:VCALENDAR")))
    return bh_import_ics (self, error) && flush (self, TRUE, error);
  if (!(self->options->format == BH_FORMAT_JSONL ? bh_import_jsonl (self, error)
                                                 : bh_import_csv (self, error)))
    return FALSE;
  return flush (self, TRUE, error);
}

gboolean
bh_desk_import (BhDesk *self, const char *kind, GInputStream *stream, const char *name,
                const BhImportOptions *options, gint64 now_us, BhImportResult *result,
                GError **error)
{
  static const BhImportOptions none = { 0 };
  BhImport import = { .desk = self, .name = name, .now_us = now_us, .result = result };
  gboolean ok;

  *result = (BhImportResult){ 0 };
  import.options = options != NULL ? options : &none;
  import.transfer = bh_transfer_find (kind, error);
  if (import.transfer == NULL || !bh_desk_require (self, BH_MAY_IMPORT, error) ||
      (g_str_equal (kind, "operators") && !bh_desk_may_enrol (self, error)))
    return FALSE;
  bh_lines_init (&import.lines, stream);
  import.seen = bh_seen_new ();
  import.seen_rmas = bh_seen_new ();
  import.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  import.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  import.batch = g_array_new (FALSE, FALSE, sizeof (BhTableRow));
  import.texts = g_string_chunk_new (64 * 1024);
  import.act = g_uuid_string_random ();
  ok = run (&import, error);
  if (!ok)
    *result = import.done;
  clear (&import);
  return ok;
}
