/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* L1: a label of a unit alone, and the labels that there were of the same thing: a second one is
 * a copy. */
const char bh_schema_plate[] =
    "ALTER TABLE label_job ADD COLUMN serial @TEXT@;"
    "CREATE INDEX label_job_by_at ON label_job (at_us);"
    "CREATE INDEX label_job_of_rma ON label_job (rma, line);"
    "CREATE INDEX label_job_of_serial ON label_job (serial) WHERE serial IS NOT NULL;";
