/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar.h"
#include "clocks.h"

G_BEGIN_DECLS

/**
 * SECTION:calendars
 *
 * The site's holiday calendars (RULES C7, C11): iCalendar texts in the store,
 * named by destinations.
 */

/* (transfer full), sorted; empty when there is none. */
char **bh_desk_calendar_names (BhDesk *self, GError **error);

/* (transfer none), parsed once; @name NULL: the working week alone.
 * Errors: BH_ERROR_NOT_FOUND. */
BhCalendar *bh_desk_calendar_named (BhDesk *self, const char *name, GError **error);

/**
 * bh_desk_calendar_put:
 * @watch: (nullable): told of each clock that gets another due date (C11)
 *
 * Adds or replaces the calendar @name and recomputes the running clocks of its
 * destinations, in one transaction. Errors: %BH_ERROR_INPUT (the file; nothing is
 * written), %BH_ERROR_FORBIDDEN.
 */
gboolean bh_desk_calendar_put (BhDesk *self, const char *name, const char *ics, gsize size,
                               gint64 now_us, const BhClockWatch *watch, GError **error);
/* The same without keeping it: what it would move is told, and nothing is written. */
gboolean bh_desk_calendar_try (BhDesk *self, const char *name, const char *ics, gsize size,
                               gint64 now_us, const BhClockWatch *watch, GError **error);

G_END_DECLS
