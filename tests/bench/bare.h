/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a receipt is compared with: one row in a table of its own, committed
 * durably with the pragmas of the store, and nothing else. */
typedef struct _Bare Bare;

Bare *bare_open (const char *path);
void bare_commit (Bare *self, const char *rma, const char *serial, gint64 now_us);
void bare_close (Bare *self);

/* @sorted: seconds, ascending; @share: 0.5 is the median */
double quantile (GArray *sorted, double share);
void sort_times (GArray *times);
