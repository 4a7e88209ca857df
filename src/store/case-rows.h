/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/case-store.h"

/* The columns of a BhCaseRow, in the order in which bh_case_read() reads them. */
#define BH_CASE_COLUMNS                                                                            \
  "SELECT c.case_no, c.status, c.account, a.name, c.site, s.name, c.contact, c.platform,"          \
  " c.priority, c.opened_us, c.modified_us, c.closed_us, c.urgency,"                               \
  " coalesce(nullif(s.time_zone, ''), 'UTC') FROM support_case c"                                  \
  " LEFT JOIN account a ON a.account = c.account"                                                  \
  " LEFT JOIN site s ON s.account = c.account AND s.site = c.site"

void bh_case_read (BhStmt *stmt, BhCaseRow *row);
