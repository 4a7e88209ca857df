/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* RULES §2: a badge is known by the hash of its code alone, so that who reads the store, or a
 * backup of it, can make none. A table of its own for when a person was last here, too: it is
 * written at each sign-in, and who may do what is not. */
const char bh_schema_badge[] =
    "CREATE TABLE operator_badge ("
    "  login @TEXT@ PRIMARY KEY REFERENCES operator (login), hash @TEXT@ NOT NULL UNIQUE,"
    "  made_us @INT@ NOT NULL)@STRICT@;"
    "CREATE TABLE operator_seen ("
    "  login @TEXT@ PRIMARY KEY REFERENCES operator (login), at_us @INT@ NOT NULL,"
    "  station @TEXT@ NOT NULL)@STRICT@;";
