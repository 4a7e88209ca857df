/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* C11: when a calendar moves twenty thousand return-by dates, PostgreSQL writes each line anew,
 * and into each of its indexes unless no column of an index changed and the page has room. The
 * report of what is not back sorts what line_awaited_once finds instead. */
const char bh_schema_speed[] = "DROP INDEX line_not_back;";
const char bh_schema_speed_postgres[] = "ALTER TABLE rma_line SET (fillfactor = 70);";
