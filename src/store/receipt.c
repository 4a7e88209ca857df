/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/receipt.h"
#include "rows-text.h"
#include "store-private.h"

/* ---- what is on record (I6) ------------------------------------------------ */

/* one statement each; a serial is known when a unit or any line has it */
static const char *const on_record[] = {
  [BH_RECORD_RMA] = "SELECT 1 FROM rma WHERE rma = $1",
  [BH_RECORD_CASE] = "SELECT 1 FROM support_case WHERE case_no = $1",
  [BH_RECORD_AWAITED] = "SELECT 1 FROM rma_line WHERE serial = $1 AND awaited = 1",
  [BH_RECORD_SERIAL] = "SELECT 1 WHERE EXISTS (SELECT 1 FROM unit WHERE serial = $1)"
                       " OR EXISTS (SELECT 1 FROM rma_line WHERE serial = $1)",
  [BH_RECORD_PART] = "SELECT 1 FROM product WHERE part = $1",
  [BH_RECORD_TRACKING] = "SELECT 1 FROM box WHERE tracking = $1 LIMIT 1",
};

gboolean
bh_store_on_record (BhStore *self, BhRecord record, const char *value, gboolean *found,
                    GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, on_record[record], error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", value) &&
         bh_stmt_next (stmt, found, error);
}

gboolean
bh_store_rma_state (BhStore *self, const char *rma, char **state, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT state FROM rma WHERE rma = $1", error);
  gboolean row = FALSE;

  *state = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", rma) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *state = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

/* ---- lines ------------------------------------------------------------------ */

#define LINE_COLUMNS                                                                               \
  "SELECT l.id, l.rma_id, l.rma, r.state, r.status, l.line, l.serial, l.part,"                     \
  " l.state, l.awaited, l.received_us, l.return_by, l.account, l.account_name,"                    \
  " l.case_no, r.destination, d.time_zone, d.calendar, a.email,"                                   \
  " l.coverage, l.level,"                                                                          \
  " c.amount, c.currency, c.at_us, r.confirmed_us"                                                 \
  " FROM rma_line l JOIN rma r ON r.id = l.rma_id"                                                 \
  " LEFT JOIN destination d ON d.destination = r.destination"                                      \
  " LEFT JOIN account a ON a.account = l.account"                                                  \
  " LEFT JOIN charge c ON c.id = (SELECT max(k.id) FROM charge k"                                  \
  "                               WHERE k.line_id = l.id AND k.credited_us IS NULL)"

enum {
  ID,
  RMA_ID,
  RMA,
  RMA_STATE,
  RMA_STATUS,
  LINE,
  SERIAL,
  PART,
  STATE,
  AWAITED,
  RECEIVED,
  RETURN_BY,
  ACCOUNT,
  ACCOUNT_NAME,
  CASE_NO,
  DESTINATION,
  ZONE,
  CALENDAR,
  EMAIL,
  COVERAGE,
  LEVEL,
  CHARGED,
  CURRENCY,
  CHARGED_AT,
  CONFIRMED
};

void
bh_awaited_line_clear (BhAwaitedLine *self)
{
  g_free (self->rma);
  g_free (self->rma_state);
  g_free (self->rma_status);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->state);
  g_free (self->return_by);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->case_no);
  g_free (self->destination);
  g_free (self->zone);
  g_free (self->calendar);
  g_free (self->email);
  g_free (self->coverage);
  g_free (self->level);
  g_free (self->currency);
  *self = (BhAwaitedLine){ 0 };
}

static void
read_line (BhStmt *stmt, BhAwaitedLine *line)
{
  line->id = bh_stmt_int64 (stmt, ID);
  line->rma_id = bh_stmt_int64 (stmt, RMA_ID);
  line->rma = bh_stmt_dup_text (stmt, RMA);
  line->rma_state = bh_stmt_dup_text (stmt, RMA_STATE);
  line->rma_status = bh_stmt_dup_text (stmt, RMA_STATUS);
  line->line = (int) bh_stmt_int64 (stmt, LINE);
  line->serial = bh_stmt_dup_text (stmt, SERIAL);
  line->part = bh_stmt_dup_text (stmt, PART);
  line->state = bh_stmt_dup_text (stmt, STATE);
  line->awaited = bh_stmt_int64 (stmt, AWAITED) != 0;
  line->received_us = bh_stmt_int64 (stmt, RECEIVED);
  line->return_by = bh_stmt_dup_text (stmt, RETURN_BY);
  line->account = bh_stmt_dup_text (stmt, ACCOUNT);
  line->account_name = bh_stmt_dup_text (stmt, ACCOUNT_NAME);
  line->case_no = bh_stmt_dup_text (stmt, CASE_NO);
  line->destination = bh_stmt_dup_text (stmt, DESTINATION);
  line->zone = bh_stmt_dup_text (stmt, ZONE);
  line->calendar = bh_stmt_dup_text (stmt, CALENDAR);
  line->email = bh_stmt_dup_text (stmt, EMAIL);
  line->coverage = bh_stmt_dup_text (stmt, COVERAGE);
  line->level = bh_stmt_dup_text (stmt, LEVEL);
  line->charged = bh_stmt_int64 (stmt, CHARGED);
  line->currency = bh_stmt_dup_text (stmt, CURRENCY);
  line->charged_us = bh_stmt_int64 (stmt, CHARGED_AT);
  line->confirmed_us = bh_stmt_int64 (stmt, CONFIRMED);
}

static gboolean
one_line (BhStmt *stmt, BhAwaitedLine *line, GError **error)
{
  gboolean row = FALSE;

  bh_awaited_line_clear (line);
  if (!bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    read_line (stmt, line);
  return TRUE;
}

gboolean
bh_store_line_by_id (BhStore *self, gint64 id, BhAwaitedLine *line, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, LINE_COLUMNS " WHERE l.id = $1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "i", id) && one_line (stmt, line, error);
}

static void
line_free (gpointer line)
{
  bh_awaited_line_clear (line);
  g_free (line);
}

GPtrArray *
bh_store_lines_not_here (BhStore *self, const char *rma, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     LINE_COLUMNS " WHERE l.rma = $1 AND l.received_us IS NULL"
                                  " AND l.state <> 'draft' ORDER BY l.line",
                     error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", rma))
    return NULL;
  while (row) {
    BhAwaitedLine *line;

    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (!row)
      break;
    line = g_new0 (BhAwaitedLine, 1);
    read_line (stmt, line);
    g_ptr_array_add (lines, line);
  }
  return g_steal_pointer (&lines);
}

gboolean
bh_store_line_awaited (BhStore *self, const char *serial, BhAwaitedLine *line, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, LINE_COLUMNS " WHERE l.serial = $1 AND l.awaited = 1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", serial) && one_line (stmt, line, error);
}

gboolean
bh_store_line_of (BhStore *self, const char *rma, const char *serial, BhAwaitedLine *line,
                  GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, LINE_COLUMNS " WHERE l.serial = $1 AND l.rma = $2 ORDER BY l.id LIMIT 1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "tt", serial, rma) &&
         one_line (stmt, line, error);
}

gboolean
bh_store_line_received (BhStore *self, const char *serial, BhAwaitedLine *line, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     LINE_COLUMNS " WHERE l.serial = $1 AND l.received_us IS NOT NULL"
                                  " ORDER BY l.received_us DESC, l.id DESC LIMIT 1",
                     error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", serial) && one_line (stmt, line, error);
}

gboolean
bh_store_set_line_received (BhStore *self, const BhAwaitedLine *line, gint64 at_us, GError **error)
{
  /* the RMA is received when its last line is; it stays open until closed */
  return bh_store_post (self, error,
                        "UPDATE rma_line SET state = 'received', awaited = 0, received_us = $1"
                        " WHERE id = $2",
                        "ii", at_us, line->id) &&
         bh_store_post (self, error,
                        "UPDATE rma SET state = 'received' WHERE id = $1 AND state = 'open'"
                        " AND NOT EXISTS (SELECT 1 FROM rma_line WHERE rma_id = $1"
                        "                 AND state = 'awaited')",
                        "i", line->rma_id);
}

gboolean
bh_store_undo_line_received (BhStore *self, gint64 line_id, const char *was, GError **error)
{
  /* goes back to what it was: a line of a closed RMA, or one that was charged before it
   * came in (D13); on an open RMA a charge that was credited since leaves it awaited */
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET received_us = NULL, state = CASE"
                       " WHEN coalesce($1, 'charged') <> 'charged' OR ($1 = 'charged'"
                       " AND status <> 'open') THEN $1 WHEN EXISTS (SELECT 1 FROM charge c"
                       " WHERE c.line_id = $2 AND c.credited_us IS NULL) THEN 'charged'"
                       " ELSE 'awaited' END"
                       " WHERE id = $2",
                       "ti", was, line_id) &&
         bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET awaited = 1 WHERE id = $1 AND status = 'open'"
                       " AND state IN ('awaited', 'charged')",
                       "i", line_id) &&
         bh_store_run (self, NULL, error,
                       "UPDATE rma SET state = 'open' WHERE state = 'received'"
                       " AND id = (SELECT rma_id FROM rma_line WHERE id = $1"
                       "           AND state = 'awaited')",
                       "i", line_id);
}

/* ---- box and scans ------------------------------------------------------------ */

gboolean
bh_store_put_box (BhStore *self, const char *box, const char *dock, const char *station,
                  const char *operator, const char * carrier, const char *tracking, gboolean done,
                  gint64 at_us, gboolean *fresh, GError **error)
{
  const char *state = done ? "done" : "open";
  gint64 added = 0;

  if (!bh_store_run (self, &added, error,
                     "INSERT INTO box (box, state, dock, station, operator, carrier, tracking,"
                     " opened_us, closed_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                     " ON CONFLICT (box) DO NOTHING",
                     done ? "tttttttii" : "tttttttin", box, state, dock, station, operator, carrier,
                     tracking, at_us, at_us))
    return FALSE;
  *fresh = added > 0;
  return *fresh ||
         (bh_store_run (self, NULL, error,
                        "UPDATE box SET state = $1, carrier = coalesce($2, carrier),"
                        " tracking = coalesce($3, tracking), closed_us = $5 WHERE box = $4",
                        done ? "tttti" : "ttttn", state, carrier, tracking, box, at_us) &&
          /* receipts carry a copy (F3); the number may be read after the first unit */
          (tracking == NULL ||
           bh_store_run (self, NULL, error,
                         "UPDATE receipt SET tracking = $1 WHERE box = $2 AND void = 0"
                         " AND tracking IS DISTINCT FROM $1",
                         "tt", tracking, box)));
}

gboolean
bh_store_count_scans (BhStore *self, const char *box, gint64 *count, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT count(*) FROM box_scan WHERE box = $1", error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", box) || !bh_stmt_one_row (stmt, error))
    return FALSE;
  *count = bh_stmt_int64 (stmt, 0);
  return TRUE;
}

static const char *const source_names[] = {
  [BH_SCAN_SCANNED] = "scanned",
  [BH_SCAN_TYPED] = "typed",
  [BH_SCAN_PICTURE] = "picture",
  [BH_SCAN_CAMERA] = "camera",
};

#define SCAN_COLUMNS 9 /* of each read; the box is the statement's first parameter */

static gboolean
bind_scan (BhStmt *stmt, int at, gint64 n, const BhScanRow *row, GError **error)
{
  const BhScan *scan = row->scan;
  gsize size = 0;
  gconstpointer bytes = g_bytes_get_data (scan->bytes, &size);

  return bh_stmt_bind_int64 (stmt, at, n, error) &&
         bh_stmt_lend_blob (stmt, at + 1, bytes, size, error) &&
         bh_stmt_bind_text (stmt, at + 2, row->code, error) &&
         bh_stmt_bind_text (stmt, at + 3, scan->symbology, error) &&
         bh_stmt_bind_text (stmt, at + 4, scan->identifier, error) &&
         bh_stmt_bind_text (stmt, at + 5, source_names[scan->source], error) &&
         bh_stmt_bind_text (stmt, at + 6, bh_kind_name (row->kind), error) &&
         bh_stmt_bind_int64 (stmt, at + 7, scan->at_us, error) &&
         bh_stmt_bind_text (stmt, at + 8, scan->scanner, error);
}

static gboolean
add_some (BhStore *self, const char *box, gint64 first, const BhScanRow *rows, guint n,
          GError **error)
{
  static BhRowsText text = { "INSERT INTO box_scan (box, n, bytes, code, symbology, identifier,"
                             " source, kind, at_us, scanner) VALUES ",
                             SCAN_COLUMNS,
                             { 0 } };
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, bh_rows_text (&text, n), error);

  if (stmt == NULL || !bh_stmt_bind_text (stmt, 1, box, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!bind_scan (stmt, (int) (2 + i * SCAN_COLUMNS), first + i, &rows[i], error))
      return FALSE;
  return bh_stmt_post (stmt, error);
}

gboolean
bh_store_add_scans (BhStore *self, const char *box, gint64 first, const BhScanRow *rows, guint n,
                    GError **error)
{
  guint most = bh_store_driver (self)->rows_at_once;

  for (guint i = 0; i < n; i += most)
    if (!add_some (self, box, first + i, rows + i, MIN (n - i, most), error))
      return FALSE;
  return TRUE;
}

GPtrArray *
bh_store_box_scans (BhStore *self, const char *box, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT bytes, symbology, identifier, source, at_us, scanner"
                     " FROM box_scan WHERE box = $1 ORDER BY n",
                     error);
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
  gboolean row = FALSE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", box))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    g_autoptr (GBytes) bytes = NULL;
    BhScanSource source = BH_SCAN_SCANNED;
    BhScan *scan;

    if (!row)
      return g_steal_pointer (&scans);
    bytes = bh_stmt_dup_blob (stmt, 0);
    for (guint i = 0; i < G_N_ELEMENTS (source_names); i++)
      if (g_strcmp0 (bh_stmt_text (stmt, 3), source_names[i]) == 0)
        source = (BhScanSource) i;
    scan = bh_scan_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), source,
                        bh_stmt_int64 (stmt, 4));
    scan->symbology = bh_stmt_dup_text (stmt, 1);
    scan->identifier = bh_stmt_dup_text (stmt, 2);
    scan->scanner = bh_stmt_dup_text (stmt, 5);
    g_ptr_array_add (scans, scan);
  }
  return NULL;
}
