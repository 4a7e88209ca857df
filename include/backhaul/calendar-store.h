/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:calendar-store
 *
 * Calendars as texts (RULES C7, C11).
 */

/* *ics NULL: no such calendar */
gboolean bh_store_calendar_ics (BhStore *self, const char *name, char **ics, GError **error);
char **bh_store_calendar_names (BhStore *self, GError **error);
gboolean bh_store_put_calendar (BhStore *self, const char *name, const char *ics, gint64 at_us,
                                GError **error);

G_END_DECLS
