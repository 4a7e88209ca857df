/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/store.h"

/* Many keys are asked in blocks: a thousand round trips would be felt over a network. */
#define BH_IN_BLOCK 50

/* "$1,$2,…,$50" (transfer full) */
char *bh_in_block_list (void);
/* Binds the block of @values (element-type utf8) that begins at @from; what is over is NULL. */
gboolean bh_in_block_bind (BhStmt *stmt, GPtrArray *values, guint from, GError **error);
