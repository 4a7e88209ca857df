/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/lists-store.h"
#include "backhaul/receipt.h"

/* The columns of a BhReceipt, in the order in which bh_receipt_rows() reads them. */
#define BH_RECEIPT_COLUMNS                                                                         \
  "SELECT p.receipt, p.act, p.box, p.unit, p.verdict, p.rule, p.line_id, p.rma, p.line,"           \
  " p.serial, p.part, p.account, p.destination, p.late, p.return_by, p.discrepancy, p.message,"    \
  " p.seen_before, p.at_us, p.dock, p.station, p.operator, p.void, p.void_reason, p.void_us,"      \
  " p.void_by, p.replaced_by, p.resolved, p.resolves, p.line_was, p.rma_was,"                      \
  " p.rma_closed_us FROM receipt p"

/* (element-type BhReceipt): all rows of a text that selects these; @key NULL: it has no $1 */
GPtrArray *bh_receipt_rows (BhStore *self, const char *sql, const char *key, GError **error);
