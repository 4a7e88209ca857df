/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* One text for both engines. The drivers put in their own word for each of
 *   @INT@  64-bit integer        @TEXT@  UTF-8 text in byte order
 *   @BLOB@ bytes                 @KEY@   integer primary key made by the engine
 *   @STRICT@ end of a table
 * A step is never edited once released: add another. */

static const char step_1[] =
    /* ---- who and where ------------------------------------------------- */
    "CREATE TABLE setting (key @TEXT@ PRIMARY KEY, value @TEXT@ NOT NULL)@STRICT@;"
    "CREATE TABLE operator ("
    "  login @TEXT@ PRIMARY KEY, name @TEXT@ NOT NULL,"
    "  role @TEXT@ NOT NULL CHECK (role = 'receiver' OR role = 'technician' OR role = 'csr'"
    "    OR role = 'supervisor' OR role = 'administrator'),"
    "  authorised_technician @INT@ NOT NULL DEFAULT 0, email @TEXT@,"
    "  pin_hash @TEXT@, disabled @INT@ NOT NULL DEFAULT 0)@STRICT@;"
    "CREATE TABLE calendar (name @TEXT@ PRIMARY KEY, ics @TEXT@ NOT NULL,"
    "  changed_us @INT@ NOT NULL)@STRICT@;"
    "CREATE TABLE destination ("
    "  destination @TEXT@ PRIMARY KEY, name @TEXT@ NOT NULL, address @TEXT@, city @TEXT@,"
    "  postal_code @TEXT@, country @TEXT@, time_zone @TEXT@ NOT NULL, calendar @TEXT@,"
    "  contract_manufacturer @TEXT@)@STRICT@;"
    "CREATE TABLE account ("
    "  account @TEXT@ PRIMARY KEY, name @TEXT@ NOT NULL, country @TEXT@, language @TEXT@,"
    "  email @TEXT@)@STRICT@;"
    "CREATE TABLE site ("
    "  account @TEXT@ NOT NULL REFERENCES account (account), site @TEXT@ NOT NULL,"
    "  name @TEXT@ NOT NULL, address @TEXT@, city @TEXT@, postal_code @TEXT@, country @TEXT@,"
    "  time_zone @TEXT@, PRIMARY KEY (account, site))@STRICT@;"
    /* ---- what is sold -------------------------------------------------- */
    "CREATE TABLE product ("
    "  part @TEXT@ PRIMARY KEY, description @TEXT@, platform @TEXT@, list_price @INT@,"
    "  currency @TEXT@, first_shipment @TEXT@, end_of_life @TEXT@, end_of_service @TEXT@,"
    "  third_party @INT@ NOT NULL DEFAULT 0, components @TEXT@)@STRICT@;"
    "CREATE TABLE unit ("
    "  serial @TEXT@ PRIMARY KEY, part @TEXT@ NOT NULL, account @TEXT@, site @TEXT@,"
    "  shipped @TEXT@, registered @TEXT@, distributor @TEXT@, contract @TEXT@,"
    "  contract_level @TEXT@, contract_until @TEXT@)@STRICT@;"
    "CREATE INDEX unit_by_part ON unit (part);"
    "CREATE INDEX unit_by_account ON unit (account, serial);"
    /* ---- cases and RMAs ------------------------------------------------ */
    "CREATE TABLE support_case ("
    "  case_no @TEXT@ PRIMARY KEY, account @TEXT@ NOT NULL, site @TEXT@, priority @TEXT@,"
    "  contact @TEXT@, platform @TEXT@, status @TEXT@ NOT NULL DEFAULT 'open',"
    "  opened_us @INT@ NOT NULL, modified_us @INT@ NOT NULL)@STRICT@;"
    "CREATE TABLE rma ("
    "  id @KEY@, rma @TEXT@ NOT NULL UNIQUE,"
    "  state @TEXT@ NOT NULL CHECK (state = 'draft' OR state = 'open' OR state = 'received'"
    "    OR state = 'in-analysis' OR state = 'closed' OR state = 'cancelled'"
    "    OR state = 'charged' OR state = 'waived'),"
    /* open as far as goods go (RULES §4): draft and open are 1 */
    "  status @TEXT@ NOT NULL CHECK (status = 'open' OR status = 'closed'),"
    "  account @TEXT@ NOT NULL, site @TEXT@, case_no @TEXT@, contact @TEXT@, reference @TEXT@,"
    "  destination @TEXT@, created_us @INT@ NOT NULL, confirmed_us @INT@, closed_us @INT@)@STRICT@;"
    "CREATE INDEX rma_by_case ON rma (case_no, id);"
    /* A line carries a copy of what F1 sorts by, so that every sort order and
     * every page of a million rows is one index range. */
    "CREATE TABLE rma_line ("
    "  id @KEY@, rma_id @INT@ NOT NULL REFERENCES rma (id), line @INT@ NOT NULL,"
    "  serial @TEXT@ NOT NULL, part @TEXT@,"
    "  state @TEXT@ NOT NULL CHECK (state = 'draft' OR state = 'awaited' OR state = 'received'"
    "    OR state = 'cancelled' OR state = 'charged' OR state = 'waived'"
    "    OR state = 'closed'),"
    "  flag @TEXT@ CHECK (flag = 'ra' OR flag = 'fa'), replacement @TEXT@,"
    /* 1: goods may come in under it: at most one such line a serial (I4, V5) */
    "  awaited @INT@ NOT NULL CHECK (awaited = 0 OR awaited = 1),"
    "  received_us @INT@, return_by @TEXT@,"
    "  rma @TEXT@ NOT NULL, status @TEXT@ NOT NULL, account @TEXT@ NOT NULL,"
    "  account_name @TEXT@ NOT NULL, case_no @TEXT@ NOT NULL DEFAULT '',"
    "  created_us @INT@ NOT NULL, UNIQUE (rma_id, line))@STRICT@;"
    "CREATE UNIQUE INDEX line_awaited_once ON rma_line (serial) WHERE awaited = 1;"
    "CREATE INDEX line_by_serial ON rma_line (serial, id);"
    "CREATE INDEX line_by_rma ON rma_line (rma, id);"
    "CREATE INDEX line_by_status ON rma_line (status, id);"
    "CREATE INDEX line_by_account ON rma_line (account, id);"
    "CREATE INDEX line_by_account_name ON rma_line (account_name, id);"
    "CREATE INDEX line_by_case ON rma_line (case_no, id);"
    "CREATE INDEX line_by_part ON rma_line (coalesce(part, ''), id);"
    "CREATE INDEX line_by_created ON rma_line (created_us, id);"
    /* each sort behind each status: open ones are few and stand together, so that a
     * walk through all would meet none for long */
    "CREATE INDEX line_by_status_created ON rma_line (status, created_us, id);"
    "CREATE INDEX line_by_status_rma ON rma_line (status, rma, id);"
    "CREATE INDEX line_by_status_serial ON rma_line (status, serial, id);"
    "CREATE INDEX line_by_status_case ON rma_line (status, case_no, id);"
    "CREATE INDEX line_by_status_account ON rma_line (status, account_name, id);"
    "CREATE INDEX line_by_status_part ON rma_line (status, coalesce(part, ''), id);"
    /* F3: words of references and account names; kind 'reference' or 'account' */
    "CREATE TABLE search_word (word @TEXT@ NOT NULL, kind @TEXT@ NOT NULL, ref @TEXT@ NOT NULL,"
    "  PRIMARY KEY (kind, word, ref))@STRICT@;"
    "CREATE INDEX search_word_by_ref ON search_word (ref, kind, word);"
    /* ---- clocks: rows, not sums over the past (DESIGN) ----------------- */
    "CREATE TABLE clock ("
    "  id @KEY@, kind @TEXT@ NOT NULL CHECK (kind = 'C1' OR kind = 'C2' OR kind = 'C3' OR kind = "
    "'C4' OR kind = 'C5'"
    "    OR kind = 'C6'),"
    "  line_id @INT@ REFERENCES rma_line (id), case_no @TEXT@,"
    "  state @TEXT@ NOT NULL CHECK (state = 'open' OR state = 'paused' OR state = 'met' OR state = "
    "'missed'"
    "    OR state = 'void'),"
    "  started_us @INT@ NOT NULL, due @TEXT@, due_us @INT@, ended_us @INT@,"
    "  extra_days @INT@ NOT NULL DEFAULT 0, zone @TEXT@ NOT NULL, calendar @TEXT@)@STRICT@;"
    "CREATE UNIQUE INDEX clock_runs_once ON clock (line_id, kind)"
    "  WHERE state IN ('open','paused') AND line_id IS NOT NULL;"
    "CREATE INDEX clock_of_line ON clock (line_id);"
    "CREATE INDEX clock_due ON clock (due, id) WHERE state IN ('open','paused');"
    "CREATE TABLE clock_pause ("
    "  clock_id @INT@ NOT NULL REFERENCES clock (id), from_us @INT@ NOT NULL, to_us @INT@,"
    "  reason @TEXT@ NOT NULL, PRIMARY KEY (clock_id, from_us))@STRICT@;"
    /* ---- the dock ------------------------------------------------------- */
    "CREATE TABLE box ("
    "  box @TEXT@ PRIMARY KEY, state @TEXT@ NOT NULL CHECK (state = 'open' OR state = 'done'),"
    "  dock @TEXT@, station @TEXT@, operator @TEXT@, carrier @TEXT@, tracking @TEXT@,"
    "  opened_us @INT@ NOT NULL, closed_us @INT@)@STRICT@;"
    "CREATE INDEX box_by_tracking ON box (tracking);"
    "CREATE INDEX box_by_opened ON box (opened_us);"
    /* every read, byte for byte (I4), and folded for finding it again (V8) */
    "CREATE TABLE box_scan ("
    "  box @TEXT@ NOT NULL REFERENCES box (box), n @INT@ NOT NULL, bytes @BLOB@ NOT NULL,"
    "  code @TEXT@ NOT NULL, symbology @TEXT@, identifier @TEXT@, source @TEXT@ NOT NULL,"
    "  kind @TEXT@ NOT NULL, at_us @INT@ NOT NULL, PRIMARY KEY (box, n))@STRICT@;"
    "CREATE INDEX box_scan_by_code ON box_scan (code);"
    "CREATE TABLE photo ("
    "  photo @TEXT@ PRIMARY KEY, box @TEXT@ NOT NULL REFERENCES box (box), name @TEXT@,"
    "  media_type @TEXT@, sha256 @TEXT@ NOT NULL, bytes @BLOB@ NOT NULL,"
    "  at_us @INT@ NOT NULL)@STRICT@;"
    "CREATE UNIQUE INDEX photo_of_box ON photo (box, sha256);"
    /* one row a verdict that was committed: accept, hold or refuse */
    "CREATE TABLE receipt ("
    "  receipt @TEXT@ PRIMARY KEY, act @TEXT@ NOT NULL, box @TEXT@ NOT NULL REFERENCES box (box),"
    "  unit @INT@ NOT NULL, verdict @TEXT@ NOT NULL CHECK (verdict = 'accept' OR verdict = 'hold' "
    "OR verdict = 'refuse'),"
    "  rule @TEXT@ NOT NULL, line_id @INT@ REFERENCES rma_line (id), rma @TEXT@, line @INT@,"
    "  serial @TEXT@, part @TEXT@, account @TEXT@, destination @TEXT@, late @INT@ NOT NULL,"
    "  return_by @TEXT@, discrepancy @TEXT@, message @TEXT@ NOT NULL, seen_before @TEXT@,"
    "  at_us @INT@ NOT NULL, dock @TEXT@, station @TEXT@, operator @TEXT@ NOT NULL,"
    /* a hold's end: decided by a CSR */
    "  resolved @TEXT@, resolved_us @INT@,"
    /* D16: voided, never deleted */
    "  void @INT@ NOT NULL DEFAULT 0, void_reason @TEXT@, void_us @INT@, void_by @TEXT@,"
    "  replaced_by @TEXT@)@STRICT@;"
    "CREATE UNIQUE INDEX receipt_line_once ON receipt (line_id)"
    "  WHERE void = 0 AND verdict = 'accept' AND line_id IS NOT NULL;"
    "CREATE UNIQUE INDEX receipt_unit_once ON receipt (box, unit) WHERE void = 0;"
    "CREATE INDEX receipt_by_act ON receipt (act);"
    "CREATE INDEX receipt_by_serial ON receipt (serial);"
    "CREATE INDEX receipt_by_at ON receipt (at_us);"
    "CREATE INDEX receipt_by_rma ON receipt (rma);"
    "CREATE INDEX receipt_by_line ON receipt (line_id);"
    /* RA4: where each unit is, by scans out and in */
    "CREATE TABLE move ("
    "  id @KEY@, serial @TEXT@ NOT NULL, location @TEXT@ NOT NULL, at_us @INT@ NOT NULL,"
    "  operator @TEXT@ NOT NULL, station @TEXT@, receipt @TEXT@)@STRICT@;"
    "CREATE INDEX move_by_serial ON move (serial, id);"
    /* ---- queued in the act's transaction -------------------------------- */
    "CREATE TABLE label_job ("
    "  job @TEXT@ PRIMARY KEY, template @TEXT@ NOT NULL, receipt @TEXT@, rma @TEXT@, line @INT@,"
    "  state @TEXT@ NOT NULL CHECK (state = 'queued' OR state = 'printed' OR state = 'failed'"
    "    OR state = 'cancelled'),"
    "  copies @INT@ NOT NULL DEFAULT 1, at_us @INT@ NOT NULL, station @TEXT@, error "
    "@TEXT@)@STRICT@;"
    "CREATE INDEX label_job_queued ON label_job (at_us) WHERE state = 'queued';"
    "CREATE INDEX label_job_of_receipt ON label_job (receipt);"
    "CREATE TABLE mail ("
    "  mail @TEXT@ PRIMARY KEY, kind @TEXT@ NOT NULL, to_address @TEXT@, account @TEXT@,"
    "  rmas @TEXT@ NOT NULL, receipt @TEXT@, message_id @TEXT@ NOT NULL UNIQUE,"
    "  state @TEXT@ NOT NULL CHECK (state = 'queued' OR state = 'sent' OR state = 'failed'),"
    "  tries @INT@ NOT NULL DEFAULT 0, error @TEXT@, at_us @INT@ NOT NULL)@STRICT@;"
    "CREATE INDEX mail_queued ON mail (at_us) WHERE state = 'queued';"
    "CREATE INDEX mail_of_receipt ON mail (receipt);"
    /* ---- money and claims of §6 ----------------------------------------- */
    "CREATE TABLE charge ("
    "  id @KEY@, line_id @INT@ NOT NULL REFERENCES rma_line (id), amount @INT@ NOT NULL,"
    "  currency @TEXT@ NOT NULL, at_us @INT@ NOT NULL, operator @TEXT@ NOT NULL,"
    "  reason @TEXT@ NOT NULL, credited_us @INT@)@STRICT@;"
    "CREATE INDEX charge_of_line ON charge (line_id);"
    /* ---- repair center (issue of its own) ------------------------------- */
    "CREATE TABLE job ("
    "  job @TEXT@ PRIMARY KEY, line_id @INT@ NOT NULL REFERENCES rma_line (id),"
    "  serial @TEXT@ NOT NULL, kind @TEXT@ NOT NULL CHECK (kind = 'ra' OR kind = 'fa'),"
    "  state @TEXT@ NOT NULL CHECK (state = 'open' OR state = 'posted' OR state = 'void'), "
    "technician @TEXT@,"
    "  started_us @INT@ NOT NULL, due @TEXT@, symptom @TEXT@, fault @TEXT@,"
    "  disposition @TEXT@, posted_us @INT@)@STRICT@;"
    "CREATE INDEX job_by_serial ON job (serial);"
    /* ---- F6: one hash chain a station ----------------------------------- */
    "CREATE TABLE audit ("
    "  station @TEXT@ NOT NULL, seq @INT@ NOT NULL, at_us @INT@ NOT NULL,"
    "  operator @TEXT@ NOT NULL, act @TEXT@ NOT NULL, what @TEXT@ NOT NULL,"
    "  entity @TEXT@ NOT NULL, before @TEXT@, after @TEXT@,"
    "  previous @TEXT@ NOT NULL, hash @TEXT@ NOT NULL, PRIMARY KEY (station, seq))@STRICT@;"
    "CREATE INDEX audit_by_entity ON audit (entity, at_us);"
    "CREATE UNIQUE INDEX audit_by_act ON audit (act, what, entity);";

const BhMigration bh_migrations[] = {
  { 1, step_1, NULL, NULL },
  { 2, bh_schema_step_2, NULL, NULL },
  { 3, bh_schema_search, NULL, NULL },
  { 4, bh_schema_sign_in, NULL, NULL },
  { 5, bh_schema_mail, NULL, NULL },
  { 6, bh_schema_repair, bh_schema_repair_sqlite, bh_schema_repair_postgres },
  { 7, bh_schema_print, NULL, NULL },
  { 8, bh_schema_plate, NULL, NULL },
  { 9, bh_schema_due, NULL, NULL },
  { 10, bh_schema_speed, bh_schema_speed_sqlite, bh_schema_speed_postgres },
  { 11, bh_schema_badge, NULL, NULL },
  { 12, bh_schema_claim, NULL, NULL },
  { 13, bh_schema_audit, NULL, NULL },
  { 14, bh_schema_scanner, NULL, NULL },
  { 15, bh_schema_trail, NULL, NULL },
  { 0, NULL, NULL, NULL },
};
