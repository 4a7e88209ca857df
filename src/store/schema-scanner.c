/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* Which scanner of the station read it: a damaged or badly set one is found by what it read. */
const char bh_schema_scanner[] = "ALTER TABLE box_scan ADD COLUMN scanner @TEXT@;";
