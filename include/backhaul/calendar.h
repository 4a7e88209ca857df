/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A date is a GDate julian day number (guint32): days compare and count as
 * integers. Text is ISO 8601, "YYYY-MM-DD". */
typedef guint32 BhDay;

#define BH_DAY_NONE 0u

BhDay bh_day_parse (const char *text); /* BH_DAY_NONE when no such date */
char *bh_day_format (BhDay day);       /* (transfer full) */
/* The same date @years later; of 29 February the 28th where there is no 29th. */
BhDay bh_day_anniversary (BhDay day, guint years);
BhDay bh_day_of (gint64 at_us, GTimeZone *zone); /* the local date of an instant */
/* The instant of local midnight that begins @day in @zone (daylight-saving
 * gaps: the first instant of the day); zone NULL: UTC. */
gint64 bh_day_start_us (BhDay day, GTimeZone *zone);
/* IANA name, NULL when the system has no such zone. Cached, so cheap. */
GTimeZone *bh_zone (const char *name);
/* ISO 8601 with offset, as "2026-11-24T08:21:56+01:00"; zone NULL: UTC. */
char *bh_time_format (gint64 at_us, GTimeZone *zone);
gboolean bh_time_parse (const char *text, GTimeZone *zone_if_none, gint64 *at_us, GError **error);

/**
 * BhCalendar:
 *
 * Named days that are not worked, from an iCalendar file (RFC 5545), expanded
 * once per year asked for; recurrence, exceptions and multi-day events honoured.
 * Immutable after loading; may be shared between threads.
 */
typedef struct _BhCalendar BhCalendar;

/* @week: bits 1<<0 Monday … 1<<6 Sunday that are worked (policy); 0x1f is Mon-Fri. */
BhCalendar *bh_calendar_new (const char *name, guint week);
/* Errors: BH_ERROR_INPUT with line and reason; nothing is guessed. */
BhCalendar *
bh_calendar_load (const char *name, const char *ics, gsize size, guint week, GError **error);
BhCalendar *bh_calendar_ref (BhCalendar *self);
void bh_calendar_unref (BhCalendar *self);
const char *bh_calendar_name (const BhCalendar *self);
/* The holiday's summary, NULL on other days, weekends too. */
const char *bh_calendar_holiday (BhCalendar *self, BhDay day);
/* NULL: a working day; else why not, "Saturday" or the holiday's summary
 * (valid until the calendar is freed). */
const char *bh_calendar_why_not (BhCalendar *self, BhDay day);
/* RULES C7: the last day counted when @n working days follow day 0 @from; n >= 1.
 * BH_DAY_NONE when 40 years do not suffice (a calendar with no working day). */
BhDay bh_calendar_add (BhCalendar *self, BhDay from, guint n);
/* working days after @from up to and with @to; negative when @to is before @from. */
int bh_calendar_between (BhCalendar *self, BhDay from, BhDay to);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCalendar, bh_calendar_unref)

G_END_DECLS
