/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:operator
 *
 * Who is enrolled (RULES §2).
 */

gboolean bh_store_any_operator (BhStore *self, gboolean *any, GError **error);
/* *role is NULL when @login is not enrolled, or disabled. */
gboolean bh_store_operator_role (BhStore *self, const char *login, char **role, GError **error);

G_END_DECLS
