/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/lists-store.h"
#include "backhaul/receipt.h"

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
  " l.coverage, l.level, r.confirmed_us,"                                                          \
  " (SELECT max(c.amount) FROM charge c WHERE c.line_id = l.id)"                                   \
  " FROM rma_line l JOIN rma r ON r.id = l.rma_id"                                                 \
  " LEFT JOIN destination d ON d.destination = r.destination"                                      \
  " LEFT JOIN account a ON a.account = l.account"

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
  CONFIRMED,
  CHARGED
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
  *self = (BhAwaitedLine){ 0 };
}

static gboolean
one_line (BhStmt *stmt, BhAwaitedLine *line, GError **error)
{
  gboolean row = FALSE;

  bh_awaited_line_clear (line);
  if (!bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
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
  line->confirmed_us = bh_stmt_int64 (stmt, CONFIRMED);
  line->charged = bh_stmt_int64 (stmt, CHARGED);
  return TRUE;
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
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET state = 'received', awaited = 0, received_us = $1"
                       " WHERE id = $2",
                       "ii", at_us, line->id) &&
         bh_store_run (self, NULL, error,
                       "UPDATE rma SET state = 'received' WHERE id = $1 AND state = 'open'"
                       " AND NOT EXISTS (SELECT 1 FROM rma_line WHERE rma_id = $1"
                       "                 AND state = 'awaited')",
                       "i", line->rma_id);
}

gboolean
bh_store_set_line_awaited (BhStore *self, gint64 line_id, GError **error)
{
  /* what was charged before it came in (D13) is charged again */
  return bh_store_run (self, NULL, error,
                       "UPDATE rma_line SET awaited = 1, received_us = NULL, state = CASE WHEN"
                       " EXISTS (SELECT 1 FROM charge c WHERE c.line_id = $1"
                       " AND c.credited_us IS NULL) THEN 'charged' ELSE 'awaited' END"
                       " WHERE id = $1",
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
                  gint64 at_us, GError **error)
{
  return bh_store_run (
      self, NULL, error,
      "INSERT INTO box (box, state, dock, station, operator, carrier, tracking, opened_us,"
      " closed_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (box) DO UPDATE SET state = excluded.state, closed_us = excluded.closed_us,"
      " carrier = coalesce(excluded.carrier, box.carrier),"
      " tracking = coalesce(excluded.tracking, box.tracking)",
      done ? "tttttttii" : "tttttttin", box, done ? "done" : "open", dock, station, operator,
      carrier, tracking, at_us, at_us);
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
};

gboolean
bh_store_add_scan (BhStore *self, const char *box, gint64 n, const BhScan *scan, const char *code,
                   BhKind kind, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO box_scan (box, n, bytes, code, symbology, identifier, source,"
                       " kind, at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       "tibtttt"
                       "ti",
                       box, n, scan->bytes, code, scan->symbology, scan->identifier,
                       source_names[scan->source], bh_kind_name (kind), scan->at_us);
}

GPtrArray *
bh_store_box_scans (BhStore *self, const char *box, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self,
                                           "SELECT bytes, symbology, identifier, source, at_us"
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
    g_ptr_array_add (scans, scan);
  }
  return NULL;
}

/* ---- receipts ------------------------------------------------------------------- */

#define RECEIPT_COLUMNS                                                                            \
  "SELECT p.receipt, p.act, p.box, p.unit, p.verdict, p.rule, p.line_id, p.rma, p.line,"           \
  " p.serial, p.part, p.account, p.destination, p.late, p.return_by, p.discrepancy, p.message,"    \
  " p.seen_before, p.at_us, p.dock, p.station, p.operator, p.void FROM receipt p"

void
bh_receipt_clear (BhReceipt *self)
{
  g_free (self->receipt);
  g_free (self->act);
  g_free (self->box);
  g_free (self->verdict);
  g_free (self->rule);
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->account);
  g_free (self->destination);
  g_free (self->return_by);
  g_free (self->discrepancy);
  g_free (self->message);
  g_free (self->seen_before);
  g_free (self->dock);
  g_free (self->station);
  g_free (self->operator);
  *self = (BhReceipt){ 0 };
}

void
bh_receipt_free (BhReceipt *self)
{
  if (self == NULL)
    return;
  bh_receipt_clear (self);
  g_free (self);
}

static void
read_receipt (BhStmt *stmt, BhReceipt *to)
{
  int column = 0;

  to->receipt = bh_stmt_dup_text (stmt, column++);
  to->act = bh_stmt_dup_text (stmt, column++);
  to->box = bh_stmt_dup_text (stmt, column++);
  to->unit = (int) bh_stmt_int64 (stmt, column++);
  to->verdict = bh_stmt_dup_text (stmt, column++);
  to->rule = bh_stmt_dup_text (stmt, column++);
  to->line_id = bh_stmt_int64 (stmt, column++);
  to->rma = bh_stmt_dup_text (stmt, column++);
  to->line = (int) bh_stmt_int64 (stmt, column++);
  to->serial = bh_stmt_dup_text (stmt, column++);
  to->part = bh_stmt_dup_text (stmt, column++);
  to->account = bh_stmt_dup_text (stmt, column++);
  to->destination = bh_stmt_dup_text (stmt, column++);
  to->late = bh_stmt_int64 (stmt, column++) != 0;
  to->return_by = bh_stmt_dup_text (stmt, column++);
  to->discrepancy = bh_stmt_dup_text (stmt, column++);
  to->message = bh_stmt_dup_text (stmt, column++);
  to->seen_before = bh_stmt_dup_text (stmt, column++);
  to->at_us = bh_stmt_int64 (stmt, column++);
  to->dock = bh_stmt_dup_text (stmt, column++);
  to->station = bh_stmt_dup_text (stmt, column++);
  to->operator= bh_stmt_dup_text (stmt, column++);
  to->is_void = bh_stmt_int64 (stmt, column++) != 0;
}

static gboolean
one_receipt (BhStmt *stmt, BhReceipt *found, GError **error)
{
  gboolean row = FALSE;

  bh_receipt_clear (found);
  if (!bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    read_receipt (stmt, found);
  return TRUE;
}

static GPtrArray *
all_receipts (BhStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_receipt_free);
  gboolean row = FALSE;

  if (stmt == NULL || (key != NULL && !bh_stmt_bind (stmt, error, "t", key)))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    BhReceipt *receipt;

    if (!row)
      return g_steal_pointer (&all);
    receipt = g_new0 (BhReceipt, 1);
    read_receipt (stmt, receipt);
    g_ptr_array_add (all, receipt);
  }
  return NULL;
}

GPtrArray *
bh_store_receipts_of_act (BhStore *self, const char *act, GError **error)
{
  return all_receipts (self, RECEIPT_COLUMNS " WHERE p.act = $1 AND p.void = 0 ORDER BY p.unit",
                       act, error);
}

GPtrArray *
bh_store_receipts_of_box (BhStore *self, const char *box, GError **error)
{
  return all_receipts (self, RECEIPT_COLUMNS " WHERE p.box = $1 AND p.void = 0 ORDER BY p.unit",
                       box, error);
}

GPtrArray *
bh_store_receipts_of_serial (BhStore *self, const char *serial, GError **error)
{
  return all_receipts (self, RECEIPT_COLUMNS " WHERE p.serial = $1 ORDER BY p.at_us DESC", serial,
                       error);
}

GPtrArray *
bh_store_recent_receipts (BhStore *self, const char *dock, guint limit, GError **error)
{
  g_autofree char *sql = g_strdup_printf (RECEIPT_COLUMNS " WHERE p.dock = $1 AND p.void = 0"
                                                          " ORDER BY p.at_us DESC LIMIT %u",
                                          limit);

  if (dock != NULL)
    return all_receipts (self, sql, dock, error);
  g_free (sql);
  sql = g_strdup_printf (RECEIPT_COLUMNS " WHERE p.void = 0 ORDER BY p.at_us DESC LIMIT %u", limit);
  return all_receipts (self, sql, NULL, error);
}

gboolean
bh_store_find_receipt (BhStore *self, const char *receipt, BhReceipt *found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, RECEIPT_COLUMNS " WHERE p.receipt = $1", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "t", receipt) &&
         one_receipt (stmt, found, error);
}

gboolean
bh_store_receipt_of_line (BhStore *self, gint64 line_id, BhReceipt *found, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, RECEIPT_COLUMNS " WHERE p.line_id = $1 AND p.void = 0 AND p.verdict = 'accept'", error);

  return stmt != NULL && bh_stmt_bind (stmt, error, "i", line_id) &&
         one_receipt (stmt, found, error);
}

gboolean
bh_store_add_receipt (BhStore *self, const BhReceipt *p, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "INSERT INTO receipt (receipt, act, box, unit, verdict, rule, line_id, rma, line, serial,"
      " part, account, destination, late, return_by, discrepancy, message, seen_before, at_us,"
      " dock, station, operator) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
      " $14, $15, $16, $17, $18, $19, $20, $21, $22)",
      error);

  if (stmt == NULL ||
      !bh_stmt_bind (stmt, error, "tttittiti", p->receipt, p->act, p->box, (gint64) p->unit,
                     p->verdict, p->rule, p->line_id, p->rma, (gint64) p->line) ||
      (p->line_id == 0 &&
       (!bh_stmt_bind_null (stmt, 7, error) || !bh_stmt_bind_null (stmt, 9, error))) ||
      !bh_stmt_bind_text (stmt, 10, p->serial, error) ||
      !bh_stmt_bind_text (stmt, 11, p->part, error) ||
      !bh_stmt_bind_text (stmt, 12, p->account, error) ||
      !bh_stmt_bind_text (stmt, 13, p->destination, error) ||
      !bh_stmt_bind_int64 (stmt, 14, p->late ? 1 : 0, error) ||
      !bh_stmt_bind_text (stmt, 15, p->return_by, error) ||
      !bh_stmt_bind_text (stmt, 16, p->discrepancy, error) ||
      !bh_stmt_bind_text (stmt, 17, p->message, error) ||
      !bh_stmt_bind_text (stmt, 18, p->seen_before, error) ||
      !bh_stmt_bind_int64 (stmt, 19, p->at_us, error) ||
      !bh_stmt_bind_text (stmt, 20, p->dock, error) ||
      !bh_stmt_bind_text (stmt, 21, p->station, error) ||
      !bh_stmt_bind_text (stmt, 22, p->operator, error))
    return FALSE;
  return bh_stmt_run (stmt, NULL, error);
}

gboolean
bh_store_void_receipt (BhStore *self, const char *receipt, const char *reason, const char *by,
                       const char *replaced_by, gint64 at_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE receipt SET void = 1, void_reason = $1, void_us = $2,"
                       " void_by = $3, replaced_by = $4 WHERE receipt = $5 AND void = 0",
                       "titt"
                       "t",
                       reason, at_us, by, replaced_by, receipt);
}
