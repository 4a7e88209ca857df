/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* L2, L3: which station prints which label where, and how far each job came. "any" is the kind of
 * all that have no printer of their own; -1: as the printer is set. */
const char bh_schema_print[] =
    "CREATE TABLE printer ("
    "  station @TEXT@ NOT NULL, kind @TEXT@ NOT NULL, target @TEXT@ NOT NULL,"
    "  language @TEXT@ NOT NULL CHECK (language = 'zpl' OR language = 'pdf'),"
    "  dpi @INT@ NOT NULL, darkness @INT@ NOT NULL DEFAULT -1, speed @INT@ NOT NULL DEFAULT -1,"
    "  PRIMARY KEY (station, kind))@STRICT@;"
    "ALTER TABLE label_job ADD COLUMN tries @INT@ NOT NULL DEFAULT 0;"
    "ALTER TABLE label_job ADD COLUMN next_us @INT@ NOT NULL DEFAULT 0;"
    "ALTER TABLE label_job ADD COLUMN copy @INT@ NOT NULL DEFAULT 0;"
    "ALTER TABLE label_job ADD COLUMN claimed_by @TEXT@;"
    "ALTER TABLE label_job ADD COLUMN claimed_until_us @INT@;"
    "ALTER TABLE label_job ADD COLUMN printed_us @INT@;"
    "ALTER TABLE label_job ADD COLUMN printed_by @TEXT@;"
    "ALTER TABLE label_job ADD COLUMN printer @TEXT@;";
