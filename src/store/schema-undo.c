/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* What acts changed, for who takes them back: each extension of a clock (O2), and how the RMA was
 * that an accepted hold opened again (D6). */
const char bh_schema_undo[] =
    "CREATE TABLE extension ("
    "  id @KEY@, clock_id @INT@ NOT NULL REFERENCES clock (id), days @INT@ NOT NULL,"
    "  act @TEXT@ NOT NULL, at_us @INT@ NOT NULL, operator @TEXT@ NOT NULL,"
    "  reason @TEXT@, undone_us @INT@)@STRICT@;"
    "CREATE INDEX extension_of_clock ON extension (clock_id, id);"
    "ALTER TABLE receipt ADD COLUMN rma_was @TEXT@;"
    "ALTER TABLE receipt ADD COLUMN rma_closed_us @INT@;";
