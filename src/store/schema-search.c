/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* F3 by a carrier's number: a receipt carries a copy of its box's, so that one index tells
 * whether it matches in a zone of lines (line-query.h, decision 0015). */
const char bh_schema_search[] =
    "ALTER TABLE receipt ADD COLUMN tracking @TEXT@;"
    "UPDATE receipt SET tracking = (SELECT b.tracking FROM box b WHERE b.box = receipt.box);"
    "CREATE INDEX receipt_by_zone_tracking ON receipt ((line_id / 4096), tracking)"
    "  WHERE void = 0 AND line_id IS NOT NULL AND tracking IS NOT NULL;";
