/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What no GRANT can say, as functions and triggers of PostgreSQL (database-rows.c); all are named
 * bh_rule…, so that those of before can be found and dropped. */
extern const char bh_row_rules[];
