/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/database-roles.h"

/* The statements that make PostgreSQL ask what the desk asks; see bh_database_roles_sql(). */
char *bh_permissions_sql (gboolean people);
