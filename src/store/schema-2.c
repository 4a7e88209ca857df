/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* The life of an RMA: issue, clocks, chase, claims, cases and mail (RULES §3, §5, §6). */
const char bh_schema_step_2[] =
    /* ---- N1-N6: issue ----------------------------------------------------- */
    "ALTER TABLE rma ADD COLUMN override_reason @TEXT@;"
    "ALTER TABLE rma ADD COLUMN override_by @TEXT@;"
    "ALTER TABLE rma ADD COLUMN cancel_reason @TEXT@;"
    "ALTER TABLE rma ADD COLUMN purchase_order @TEXT@;"
    /* F5: moves it up the queues */
    "ALTER TABLE rma ADD COLUMN urgency @INT@ NOT NULL DEFAULT 0;"
    /* N1: the logistics queue; drafts are few among many */
    "CREATE INDEX rma_draft ON rma (created_us, id) WHERE state = 'draft';"
    /* N2, N4 as they were at confirmation: 'contract', 'warranty', 'override' */
    "ALTER TABLE rma_line ADD COLUMN coverage @TEXT@;"
    "ALTER TABLE rma_line ADD COLUMN level @TEXT@;"
    "ALTER TABLE rma_line ADD COLUMN cancel_reason @TEXT@;"
    /* F3: what matches of each 4,096 lines that came in together (line-query.h) */
    "CREATE INDEX line_by_zone_rma ON rma_line ((id / 4096), rma);"
    "CREATE INDEX line_by_zone_case ON rma_line ((id / 4096), case_no);"
    "CREATE INDEX line_by_zone_serial ON rma_line ((id / 4096), serial);"
    "CREATE INDEX line_by_zone_created ON rma_line ((id / 4096), created_us);"
    /* ---- C6, F2, F5: cases ------------------------------------------------ */
    "ALTER TABLE clock ADD COLUMN stage @TEXT@;"
    "ALTER TABLE clock ADD COLUMN level @TEXT@;"
    /* C8: the days that the export policy of the site's country gives */
    "ALTER TABLE clock ADD COLUMN policy_days @INT@ NOT NULL DEFAULT 0;"
    /* soonest first: a time stands before a date's midnight; what has no date comes last */
    "DROP INDEX clock_due;"
    "CREATE INDEX clock_due ON clock (due, coalesce(due_us, 9223372036854775807), id)"
    "  WHERE state IN ('open','paused') AND due IS NOT NULL;"
    "CREATE INDEX clock_undated ON clock (id)"
    "  WHERE state IN ('open','paused') AND due IS NULL;"
    "CREATE INDEX clock_by_calendar ON clock (calendar) WHERE state IN ('open','paused');"
    "CREATE UNIQUE INDEX clock_case_once ON clock (case_no, kind)"
    "  WHERE state IN ('open','paused') AND case_no IS NOT NULL;"
    "CREATE INDEX clock_of_case ON clock (case_no) WHERE case_no IS NOT NULL;"
    "CREATE TABLE escalation ("
    "  id @KEY@, case_no @TEXT@ NOT NULL REFERENCES support_case (case_no),"
    "  kind @TEXT@ NOT NULL, owner @TEXT@ NOT NULL, reason @TEXT@, at_us @INT@ NOT NULL,"
    "  operator @TEXT@ NOT NULL)@STRICT@;"
    "CREATE INDEX escalation_of_case ON escalation (case_no, id);"
    "CREATE INDEX case_by_modified ON support_case (status, modified_us, case_no);"
    "CREATE INDEX case_by_account ON support_case (account, case_no);"
    "ALTER TABLE support_case ADD COLUMN closed_us @INT@;"
    "ALTER TABLE support_case ADD COLUMN urgency @INT@ NOT NULL DEFAULT 0;"
    /* F2 sorted by each column; the lower-case ones are searched by their beginning, too */
    "CREATE INDEX case_by_status ON support_case (status, case_no);"
    "CREATE INDEX case_by_modified_all ON support_case (modified_us, case_no);"
    "CREATE INDEX case_by_priority ON support_case (coalesce(priority, ''), case_no);"
    "CREATE INDEX case_by_site ON support_case (lower(coalesce(site, '')), case_no);"
    "CREATE INDEX case_by_contact ON support_case (lower(coalesce(contact, '')), case_no);"
    "CREATE INDEX case_by_platform ON support_case (lower(coalesce(platform, '')), case_no);"
    "CREATE INDEX site_by_name ON site (lower(name));"
    /* F5: a line carries what lists are sorted by */
    "ALTER TABLE rma_line ADD COLUMN urgency @INT@ NOT NULL DEFAULT 0;"
    "CREATE INDEX line_by_urgency ON rma_line (urgency, id);"
    /* ---- C8: returns across a border --------------------------------------- */
    "CREATE TABLE export_policy ("
    "  country @TEXT@ PRIMARY KEY, extra_days @INT@ NOT NULL DEFAULT 0,"
    "  possible @INT@ NOT NULL DEFAULT 1 CHECK (possible = 0 OR possible = 1),"
    "  note @TEXT@)@STRICT@;"
    /* one document closes one or more lines of an RMA */
    "CREATE TABLE certificate ("
    "  certificate @TEXT@ PRIMARY KEY, rma_id @INT@ NOT NULL REFERENCES rma (id),"
    "  document_name @TEXT@ NOT NULL, document_type @TEXT@, document_sha256 @TEXT@ NOT NULL,"
    "  document @BLOB@ NOT NULL, reason @TEXT@ NOT NULL, at_us @INT@ NOT NULL,"
    "  operator @TEXT@ NOT NULL)@STRICT@;"
    "CREATE INDEX certificate_of_rma ON certificate (rma_id);"
    "ALTER TABLE rma_line ADD COLUMN certificate @TEXT@;"
    /* F4: the replacement came to the customer */
    "ALTER TABLE rma_line ADD COLUMN delivered_us @INT@;"
    /* ---- §6: chase ---------------------------------------------------------- */
    /* one row a stage that was done for a line and a return-by date: run twice,
     * nothing doubles */
    "CREATE TABLE chase ("
    "  line_id @INT@ NOT NULL REFERENCES rma_line (id), return_by @TEXT@ NOT NULL,"
    "  stage @TEXT@ NOT NULL CHECK (stage = 'before' OR stage = 'day' OR stage = 'overdue'"
    "    OR stage = 'decide'),"
    "  on_day @TEXT@ NOT NULL, mail @TEXT@, at_us @INT@ NOT NULL,"
    "  PRIMARY KEY (line_id, return_by, stage))@STRICT@;"
    "CREATE TABLE claim ("
    "  claim @TEXT@ PRIMARY KEY, line_id @INT@ NOT NULL REFERENCES rma_line (id),"
    "  carrier @TEXT@ NOT NULL, tracking @TEXT@ NOT NULL, delivered @TEXT@ NOT NULL,"
    "  signed_by @TEXT@ NOT NULL, document_name @TEXT@, document_type @TEXT@,"
    "  document_sha256 @TEXT@, document @BLOB@,"
    "  state @TEXT@ NOT NULL CHECK (state = 'pending' OR state = 'accepted'"
    "    OR state = 'rejected'),"
    "  at_us @INT@ NOT NULL, operator @TEXT@ NOT NULL, decided_us @INT@, decided_by @TEXT@,"
    "  reason @TEXT@)@STRICT@;"
    "CREATE INDEX claim_of_line ON claim (line_id);"
    "CREATE INDEX claim_by_state ON claim (state, at_us);"
    "ALTER TABLE charge ADD COLUMN credited_by @TEXT@;"
    "ALTER TABLE charge ADD COLUMN credit_reason @TEXT@;"
    /* which decision made it: two may be stated for one time */
    "ALTER TABLE charge ADD COLUMN act @TEXT@;"
    "CREATE INDEX charge_of_act ON charge (act);"
    "CREATE INDEX charge_by_at ON charge (at_us);"
    "CREATE UNIQUE INDEX claim_pending_once ON claim (line_id) WHERE state = 'pending';"
    "CREATE INDEX receipt_held ON receipt (at_us)"
    "  WHERE verdict = 'hold' AND void = 0 AND resolved IS NULL;"
    /* a hold's end: the receipt that decided it, and what its line was before */
    "ALTER TABLE receipt ADD COLUMN resolves @TEXT@;"
    "ALTER TABLE receipt ADD COLUMN line_was @TEXT@;"
    /* ---- mail ---------------------------------------------------------------- */
    "ALTER TABLE mail ADD COLUMN language @TEXT@;"
    "ALTER TABLE mail ADD COLUMN details @TEXT@;" /* JSON: what the template needs beyond rmas */
    "ALTER TABLE mail ADD COLUMN attempted_us @INT@;"
    "ALTER TABLE mail ADD COLUMN sent_us @INT@;"
    /* which process is at it, and until when nobody else may be */
    "ALTER TABLE mail ADD COLUMN claimed_by @TEXT@;"
    "ALTER TABLE mail ADD COLUMN claimed_until_us @INT@;"
    "CREATE INDEX mail_by_state ON mail (state, at_us);"
    "CREATE INDEX mail_by_at ON mail (at_us, mail);"
    /* K5: the mail that tells of a receipt; one tells of all of a box */
    "ALTER TABLE receipt ADD COLUMN mail @TEXT@;"
    "CREATE INDEX receipt_of_mail ON receipt (mail) WHERE mail IS NOT NULL;"
    /* ---- reports: each is a range of one of these ------------------------------ */
    "CREATE INDEX line_not_back ON rma_line (coalesce(return_by, '9999-12-31'), id)"
    "  WHERE awaited = 1;"
    "CREATE INDEX line_by_received ON rma_line (received_us) WHERE received_us IS NOT NULL;"
    "CREATE INDEX clock_by_end ON clock (ended_us) WHERE ended_us IS NOT NULL;"
    "CREATE INDEX job_by_posted ON job (posted_us) WHERE posted_us IS NOT NULL;"
    /* the same range of parts, with the population of a month beside it (TL 9000) */
    "DROP INDEX unit_by_part;"
    "CREATE INDEX unit_by_part ON unit (part, shipped);";
