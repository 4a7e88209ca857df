/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* F6: the journal read newest first, all of it or a person's part: a page of it is the end of one
 * of these (decision 0060). Of one thing it has been read by audit_by_entity ever since. */
const char bh_schema_trail[] =
    "CREATE INDEX audit_by_time ON audit (at_us, station, seq);"
    "CREATE INDEX audit_by_operator ON audit (operator, at_us, station, seq);";
