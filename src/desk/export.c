/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What import reads, row by row out of one snapshot. */

#include "transfer-private.h"

#include <string.h>

#include "backhaul/rma-table.h"

#define CHUNK (256 * 1024)

typedef struct {
  const BhTransfer *transfer;
  BhFormat format;
  GOutputStream *stream;
  GString *text; /* waits to be written */
} BhExport;

static gboolean
write_out (BhExport *self, gsize least, GError **error)
{
  if (self->text->len < least)
    return TRUE;
  if (!g_output_stream_write_all (self->stream, self->text->str, self->text->len, NULL, NULL,
                                  error))
    return FALSE;
  g_string_truncate (self->text, 0);
  return TRUE;
}

static gboolean
add_row (BhExport *self, const char *const *cells, GError **error)
{
  if (self->format == BH_FORMAT_JSONL) {
    bh_jsonl_add (self->text, self->transfer, cells);
  } else {
    for (guint i = 0; i < self->transfer->n_columns; i++)
      bh_csv_add (self->text, i == 0, cells[i]);
    g_string_append_c (self->text, '\n');
  }
  return write_out (self, CHUNK, error);
}

static void
add_header (BhExport *self)
{
  if (self->format == BH_FORMAT_JSONL)
    return;
  for (guint i = 0; i < self->transfer->n_columns; i++)
    bh_csv_add (self->text, i == 0, self->transfer->columns[i].name);
  g_string_append_c (self->text, '\n');
}

static gboolean
export_table (BhExport *self, BhStore *store, GError **error)
{
  const BhTable *table = &self->transfer->table;
  g_autoptr (BhTableReader) reader = bh_table_read (store, table, error);
  gboolean more = FALSE;
  BhTableRow row;

  if (reader == NULL)
    return FALSE;
  while (bh_table_reader_next (reader, &row, &more, error)) {
    const char *cells[BH_TABLE_MAX] = { NULL };
    g_autofree char *price = NULL;

    if (!more)
      return TRUE;
    for (guint i = 0; i < self->transfer->n_columns; i++)
      if (self->transfer->columns[i].cell == BH_CELL_YES_NO)
        cells[i] = row.values[i].number != 0 ? "yes" : "no";
      else if (self->transfer->columns[i].cell != BH_CELL_PRICE)
        cells[i] = row.values[i].text;
      else if (!row.values[i].null)
        cells[i] = price = bh_price_format (row.values[i].number, row.values[i + 1].text);
    if (!add_row (self, cells, error))
      return FALSE;
  }
  return FALSE;
}

/* A line that came to its end before its RMA did has a state of its own. */
static const char *
state_of (const BhRmaHead *head, const BhRmaLine *line)
{
  static const char *const ends[] = { "cancelled", "charged", "waived", "closed", NULL };

  if (g_strv_contains (ends, line->state))
    return line->state;
  if (g_str_equal (line->state, "received") && g_str_equal (head->state, "open"))
    return "received";
  return head->state;
}

static gboolean
export_rmas (BhExport *self, BhStore *store, GError **error)
{
  g_autoptr (BhRmaReader) reader = bh_store_read_rmas (store, error);
  gboolean more = FALSE;
  BhRmaHead head;
  BhRmaLine line;
  const char *priority;
  const char *zone_name;

  if (reader == NULL)
    return FALSE;
  while (bh_rma_reader_next (reader, &head, &line, &priority, &zone_name, &more, error)) {
    g_autoptr (GTimeZone) zone = NULL;
    g_autofree char *created = NULL;
    g_autofree char *confirmed = NULL;
    g_autofree char *received = NULL;
    g_autofree char *closed = NULL;

    if (!more)
      return TRUE;
    zone = bh_zone (zone_name);
    created = bh_instant_format (head.created_us, zone);
    confirmed = head.confirmed_us != 0 ? bh_instant_format (head.confirmed_us, zone) : NULL;
    received = line.received_us != 0 ? bh_instant_format (line.received_us, zone) : NULL;
    if (head.closed_us != 0 && g_str_equal (bh_rma_status_of (state_of (&head, &line)), "closed"))
      closed = bh_instant_format (head.closed_us, zone);
    const char *const cells[] = {
      head.rma,  head.case_no, priority,         head.account,
      head.site, head.contact, head.reference,   line.serial,
      line.part, line.flag,    head.destination, created,
      confirmed, received,     closed,           state_of (&head, &line)
    };
    if (!add_row (self, cells, error))
      return FALSE;
  }
  return FALSE;
}

gboolean
bh_desk_export (BhDesk *self, const char *kind, BhFormat format, GOutputStream *stream,
                GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  BhExport export = { .format = format, .stream = stream };
  gboolean ok;

  export.transfer = bh_transfer_find (kind, error);
  if (export.transfer == NULL || !bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL)
    return FALSE;
  export.text = g_string_sized_new (CHUNK + 4096);
  add_header (&export);
  ok = (export.transfer->table.name != NULL ? export_table (&export, self->store, error)
                                            : export_rmas (&export, self->store, error)) &&
       write_out (&export, 0, error);
  g_string_free (export.text, TRUE);
  return ok;
}
