/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* O5: a claim that was recorded by mistake. Its state is that of a rejected one, so that nothing
 * waits for it. */
const char bh_schema_claim[] = "ALTER TABLE claim ADD COLUMN withdrawn_us @INT@;";
