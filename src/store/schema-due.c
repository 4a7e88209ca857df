/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* What people do about units that are due, each for itself so that it can be taken back: extensions
 * of a clock (O2), reminders of chosen lines (O1), and how the RMA was that a unit which came all
 * the same has opened (D6). */
const char bh_schema_due[] =
    "CREATE TABLE extension ("
    "  id @KEY@, clock_id @INT@ NOT NULL REFERENCES clock (id), days @INT@ NOT NULL,"
    "  act @TEXT@ NOT NULL, at_us @INT@ NOT NULL, operator @TEXT@ NOT NULL,"
    "  reason @TEXT@, undone_us @INT@)@STRICT@;"
    "CREATE INDEX extension_of_clock ON extension (clock_id, id);"
    "CREATE TABLE reminder ("
    "  line_id @INT@ NOT NULL REFERENCES rma_line (id), on_day @TEXT@ NOT NULL,"
    "  mail @TEXT@ NOT NULL, at_us @INT@ NOT NULL, PRIMARY KEY (line_id, on_day))@STRICT@;"
    "CREATE INDEX reminder_of_mail ON reminder (mail);"
    "CREATE INDEX chase_of_mail ON chase (mail) WHERE mail IS NOT NULL;"
    "ALTER TABLE receipt ADD COLUMN rma_was @TEXT@;"
    "ALTER TABLE receipt ADD COLUMN rma_closed_us @INT@;";
