/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/returns.h"

G_BEGIN_DECLS

/**
 * bh_clock_rows_merge:
 * @there: (element-type BhClockRow) (inout): the rows that are shown
 * @fresh: (element-type BhClockRow) (transfer full): as they are now
 * @changed: (element-type BhClockRow): gets those of @there in which something is new
 *
 * Makes *@there those of @fresh, in its order. A clock that is there already keeps its row, with
 * what is new in it.
 *
 * Returns: (transfer full) (element-type BhClockRow): those that are not there any more
 */
GPtrArray *bh_clock_rows_merge (GPtrArray **there, GPtrArray *fresh, GPtrArray *changed);

G_END_DECLS
