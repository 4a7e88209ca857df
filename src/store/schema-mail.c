/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* N5: the confirmation of an RMA is looked at as soon as it is queued. */
const char bh_schema_mail[] = "CREATE INDEX mail_of_rma ON mail (rmas, kind, at_us);";
