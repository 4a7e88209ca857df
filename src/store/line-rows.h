/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/lists-store.h"

/* The columns of a BhReturnRow, in the order in which bh_line_rows() reads them. */
#define BH_LINE_COLUMNS                                                                            \
  "l.id, l.rma, l.status, r.state, l.line, l.state, l.flag, l.account, l.account_name,"            \
  " l.case_no, r.reference, l.serial, l.part, r.destination, d.time_zone, l.created_us,"           \
  " r.confirmed_us, l.received_us, l.return_by, l.coverage, l.level, l.cancel_reason, l.urgency,"  \
  " l.replacement"
#define BH_LINE_FROM                                                                               \
  " FROM rma_line l JOIN rma r ON r.id = l.rma_id"                                                 \
  " LEFT JOIN destination d ON d.destination = r.destination"

/* Those of the line alone, for a query that looks at lines first. */
#define BH_LINE_OWN                                                                                \
  "l.id, l.rma_id, l.rma, l.status, l.line, l.state, l.flag, l.account, l.account_name,"           \
  " l.case_no, l.serial, l.part, l.created_us, l.received_us, l.return_by, l.coverage, l.level,"   \
  " l.cancel_reason, l.urgency, l.replacement"

/* (element-type BhReturnRow): all rows of a statement that selects these columns */
GPtrArray *bh_line_rows (BhStmt *stmt, GError **error);
