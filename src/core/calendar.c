/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/calendar.h"

#include <libical/ical.h>
#include <string.h>

#include "backhaul/error.h"

/* How far rules are followed: beyond it a calendar is silent. */
#define FIRST_YEAR 1990
#define LAST_YEAR  2070
#define MAX_BYTES  (4 * 1024 * 1024)
#define MAX_DAYS   200000

struct _BhCalendar {
  gatomicrefcount refs;
  char *name;
  guint week;
  GHashTable *holidays; /* BhDay → summary; filled once, then only read */
};

static const char *const weekdays[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };

BhCalendar *
bh_calendar_new (const char *name, guint week)
{
  BhCalendar *self = g_new0 (BhCalendar, 1);

  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->week = week;
  self->holidays = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

BhCalendar *
bh_calendar_ref (BhCalendar *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
bh_calendar_unref (BhCalendar *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->name);
  g_hash_table_unref (self->holidays);
  g_free (self);
}

const char *
bh_calendar_name (const BhCalendar *self)
{
  return self->name;
}

typedef struct {
  BhCalendar *calendar;
  const char *summary;
  guint days; /* that one occurrence covers */
} Fill;

/* libical's own span of an all-day event ends a day late (3.0.16), so only its
 * start is believed. Spans of floating dates are in UTC. */
static void
on_recurrence (icalcomponent *event, struct icaltime_span *span, void *data)
{
  Fill *fill = data;
  BhDay first = bh_day_of ((gint64) span->start * G_USEC_PER_SEC, NULL);

  for (guint i = 0; i < fill->days && g_hash_table_size (fill->calendar->holidays) < MAX_DAYS; i++)
    g_hash_table_insert (fill->calendar->holidays, GUINT_TO_POINTER (first + i),
                         g_strdup (fill->summary));
}

/* RFC 5545 3.6.1: DTEND is the first moment after; without it a date is one day.
 * An event that ends at a midnight does not touch the day that begins there. */
static guint
days_covered (icalcomponent *event)
{
  struct icaltimetype start = icalcomponent_get_dtstart (event);
  struct icaltimetype end = icalcomponent_get_dtend (event);
  gint64 seconds;

  if (icaltime_is_null_time (end))
    return 1;
  seconds = (gint64) icaltime_as_timet (end) - (gint64) icaltime_as_timet (start);
  seconds += start.hour * 3600 + start.minute * 60 + start.second;
  return (guint) CLAMP ((seconds + 86399) / 86400, 1, 366);
}

/* libical is lenient: what it could not read it marks, and goes on. A wrong
 * holiday charges a customer wrongly, so here every such mark is an error. */
static gboolean
refuse_broken (const char *name, icalcomponent *root, GError **error)
{
  for (icalcomponent *part = icalcomponent_get_first_component (root, ICAL_ANY_COMPONENT);
       part != NULL; part = icalcomponent_get_next_component (root, ICAL_ANY_COMPONENT)) {
    struct icaltimetype start = icalcomponent_get_dtstart (part);
    icalproperty *rule = icalcomponent_get_first_property (part, ICAL_RRULE_PROPERTY);

    if (icalcomponent_isa (part) != ICAL_VEVENT_COMPONENT)
      continue;
    if (icaltime_is_null_time (start) ||
        !g_date_valid_dmy ((GDateDay) start.day, (GDateMonth) start.month,
                           (GDateYear) start.year)) {
      g_set_error (
          error, BH_ERROR, BH_ERROR_INPUT, "%s: event \"%s\" has no valid start date; mend DTSTART",
          name, icalcomponent_get_summary (part) != NULL ? icalcomponent_get_summary (part) : "");
      return FALSE;
    }
    if (rule != NULL && icalproperty_get_rrule (rule).freq == ICAL_NO_RECURRENCE) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: event \"%s\" has a rule that cannot be read; mend RRULE", name,
                   icalcomponent_get_summary (part) != NULL ? icalcomponent_get_summary (part)
                                                            : "");
      return FALSE;
    }
  }
  if (icalcomponent_count_errors (root) == 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: %d properties cannot be read; check the file as iCalendar (RFC 5545)", name,
               icalcomponent_count_errors (root));
  return FALSE;
}

BhCalendar *
bh_calendar_load (const char *name, const char *ics, gsize size, guint week, GError **error)
{
  g_autoptr (BhCalendar) self = bh_calendar_new (name, week);
  g_autofree char *text = NULL;
  icalcomponent *root = NULL;
  struct icaltimetype from = icaltime_null_date ();
  struct icaltimetype to = icaltime_null_date ();
  gboolean ok;

  if (size == 0 || size > MAX_BYTES || !g_utf8_validate (ics, (gssize) size, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; give an iCalendar file (RFC 5545)", name,
                 size > MAX_BYTES ? "the file is too large" : "it is not UTF-8 text");
    return NULL;
  }
  text = g_strndup (ics, size);
  root = icalparser_parse_string (text);
  if (root == NULL || icalcomponent_isa (root) != ICAL_VCALENDAR_COMPONENT) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:1: no VCALENDAR in it; give an iCalendar file (RFC 5545)", name);
    g_clear_pointer (&root, icalcomponent_free);
    return NULL;
  }
  ok = refuse_broken (name, root, error);
  from.year = FIRST_YEAR;
  to.year = LAST_YEAR;
  from.month = from.day = to.month = to.day = 1;
  for (icalcomponent *event = icalcomponent_get_first_component (root, ICAL_VEVENT_COMPONENT);
       ok && event != NULL;
       event = icalcomponent_get_next_component (root, ICAL_VEVENT_COMPONENT)) {
    const char *summary = icalcomponent_get_summary (event);
    Fill fill = { self, summary != NULL && *summary != '\0' ? summary : "holiday",
                  days_covered (event) };

    icalcomponent_foreach_recurrence (event, from, to, on_recurrence, &fill);
  }
  icalcomponent_free (root);
  return ok ? g_steal_pointer (&self) : NULL;
}

const char *
bh_calendar_holiday (BhCalendar *self, BhDay day)
{
  return g_hash_table_lookup (self->holidays, GUINT_TO_POINTER (day));
}

const char *
bh_calendar_why_not (BhCalendar *self, BhDay day)
{
  const char *holiday = bh_calendar_holiday (self, day);
  /* GDate's day 1 was a Monday */
  guint weekday = (day - 1) % 7;

  if (holiday != NULL)
    return holiday;
  return self->week & (1u << weekday) ? NULL : weekdays[weekday];
}

BhDay
bh_calendar_add (BhCalendar *self, BhDay from, guint n)
{
  BhDay day = from;
  BhDay last = from + 40 * 366;

  while (n > 0 && day < last) {
    day++;
    if (bh_calendar_why_not (self, day) == NULL)
      n--;
  }
  return n == 0 ? day : BH_DAY_NONE;
}

int
bh_calendar_between (BhCalendar *self, BhDay from, BhDay to)
{
  int n = 0;

  for (BhDay day = MIN (from, to) + 1; day <= MAX (from, to); day++)
    n += bh_calendar_why_not (self, day) == NULL;
  return to >= from ? n : -n;
}
