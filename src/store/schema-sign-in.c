/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* RULES §2: wrong PINs by person and station, since the last right one. Login '' counts all of a
 * station, and station '' all of a person: trying many logins or many names of stations is
 * bounded, too. */
const char bh_schema_sign_in[] =
    "CREATE TABLE sign_in_try ("
    "  station @TEXT@ NOT NULL, login @TEXT@ NOT NULL, wrong @INT@ NOT NULL,"
    "  last_us @INT@ NOT NULL, PRIMARY KEY (station, login))@STRICT@;";
