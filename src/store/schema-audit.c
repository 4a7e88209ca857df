/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* F6: what stations sign of their chains, and with which keys; and the journal by day and by
 * person. A key that comes back to a station has a row more: the newest is in use. */
const char bh_schema_audit[] =
    "CREATE TABLE station_key ("
    "  id @KEY@, station @TEXT@ NOT NULL, key @TEXT@ NOT NULL, at_us @INT@ NOT NULL,"
    "  operator @TEXT@ NOT NULL)@STRICT@;"
    "CREATE INDEX station_key_by_station ON station_key (station, id);"
    "CREATE TABLE checkpoint ("
    "  station @TEXT@ NOT NULL, seq @INT@ NOT NULL, from_seq @INT@ NOT NULL,"
    "  hash @TEXT@ NOT NULL, at_us @INT@ NOT NULL, key @TEXT@ NOT NULL, marks @TEXT@ NOT NULL,"
    "  signature @TEXT@ NOT NULL, PRIMARY KEY (station, seq))@STRICT@;";
