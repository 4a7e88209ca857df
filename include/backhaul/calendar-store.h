/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:calendar-store
 *
 * Calendars as texts, and the clocks that a calendar governs (RULES C7, C11).
 */

/* *ics NULL: no such calendar */
gboolean bh_store_calendar_ics (BhStore *self, const char *name, char **ics, GError **error);
char **bh_store_calendar_names (BhStore *self, GError **error);
gboolean bh_store_put_calendar (BhStore *self, const char *name, const char *ics, gint64 at_us,
                                GError **error);

/* A clock of days that runs; @pauses of BhPause. */
typedef struct {
  gint64 id;
  char *rma;
  int line;
  gint64 line_id;
  char *kind;
  gint64 started_us;
  char *due;
  char *zone;
  int extra_days;
  GArray *pauses;
} BhRunningClock;

void bh_running_clock_free (BhRunningClock *self);
/* (element-type BhRunningClock) */
GPtrArray *bh_store_clocks_by_calendar (BhStore *self, const char *name, GError **error);
gboolean bh_store_set_clock_due (BhStore *self, const BhRunningClock *clock, const char *due,
                                 GError **error);

G_END_DECLS
