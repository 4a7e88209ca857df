/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

/* An iCalendar file as days. A day off is a date on the wall, whatever the event's hour and
 * zone: midnight in Tokyo is no day before. libical reads and steps through the rules; what it
 * marks as unreadable, and what it lets pass though no date fits it, is refused here, for a
 * wrong holiday charges a customer wrongly. */

#include "ics.h"

#include <libical/ical.h>
#include <string.h>

#include "backhaul/error.h"
#include "backhaul/scan.h"

#define MAX_BYTES (1024 * 1024)
/* of all events together: a file is the site's, but it may come from anywhere */
#define MAX_STEPS 100000
#define MAX_SPAN  366 /* days of one event */
#define MAX_SHOWN 80

typedef struct {
  const char *name;
  void (*found) (BhDay day, const char *summary, gpointer data);
  gpointer data;
  GHashTable *moved; /* "UID\x1fday" of each occurrence that an event of its own replaces */
  const char *text;
  icalcomponent *event;
  guint number; /* of the event in the file, from 1 */
  guint steps;
} Reader;

static char *
summary_of (icalcomponent *event)
{
  const char *summary = icalcomponent_get_summary (event);

  return summary != NULL && *summary != '\0'
             ? bh_text_for_display (summary, strlen (summary), MAX_SHOWN)
             : g_strdup ("holiday");
}

/* The line on which the event begins: libical forgets it. */
static guint
line_of (const Reader *self)
{
  guint line = 1;
  guint events = 0;

  for (const char *at = self->text; at != NULL; line++) {
    if (g_ascii_strncasecmp (at, "BEGIN:VEVENT", strlen ("BEGIN:VEVENT")) == 0 &&
        ++events == self->number)
      return line;
    at = strchr (at, '\n');
    at = at != NULL ? at + 1 : NULL;
  }
  return 1;
}

static gboolean
refuse (const Reader *self, const char *what, GError **error)
{
  g_autofree char *summary = summary_of (self->event);

  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:%u: event \"%s\" %s", self->name,
               line_of (self), summary, what);
  return FALSE;
}

/* In libical's words, without what it did about it. */
static gboolean
refuse_unread (const Reader *self, const char *why, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (why != NULL ? why : "", ". Removing entire property", 2);
  g_autofree char *said = g_strjoinv ("", parts);
  g_autofree char *shown = bh_text_for_display (said, strlen (said), 2 * MAX_SHOWN);
  g_autofree char *what = g_strdup_printf ("cannot be read: %s; mend it", shown);

  return refuse (self, what, error);
}

static gboolean
is_date (struct icaltimetype at)
{
  return !icaltime_is_null_time (at) &&
         g_date_valid_dmy ((GDateDay) at.day, (GDateMonth) at.month, (GDateYear) at.year);
}

static BhDay
day_of (struct icaltimetype at)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) at.day, (GDateMonth) at.month, (GDateYear) at.year);
  return g_date_get_julian (&date);
}

/* The date alone, as the event's own zone has it. */
static struct icaltimetype
bare_date (struct icaltimetype at, const icaltimezone *zone)
{
  if (!at.is_date && zone != NULL && icaltime_is_utc (at))
    at = icaltime_convert_to_zone (at, (icaltimezone *) zone);
  at.hour = at.minute = at.second = 0;
  at.is_date = 1;
  at.zone = NULL;
  return at;
}

static gboolean
step (Reader *self, GError **error)
{
  return ++self->steps <= MAX_STEPS ||
         refuse (self,
                 "comes after more days than a calendar of holidays has; leave out what "
                 "recurs without need",
                 error);
}

/* ---- what recurs -------------------------------------------------------------------------- */

static gboolean
is_rule (const Reader *self, const struct icalrecurrencetype *rule, GError **error)
{
  if (rule->freq == ICAL_NO_RECURRENCE)
    return refuse (self, "has a rule that cannot be read; mend RRULE", error);
  if (rule->freq == ICAL_SECONDLY_RECURRENCE || rule->freq == ICAL_MINUTELY_RECURRENCE ||
      rule->freq == ICAL_HOURLY_RECURRENCE || rule->by_second[0] != ICAL_RECURRENCE_ARRAY_MAX ||
      rule->by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
      rule->by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX)
    return refuse (self, "recurs within a day; holidays recur by days, mend RRULE", error);
  if (!icaltime_is_null_time (rule->until) && !is_date (rule->until))
    return refuse (self, "recurs until a date that does not exist; mend RRULE", error);
  return TRUE;
}

/* The days of the event's rules of @kind into @days; @first is the rules' own first day. */
static gboolean
follow_rules (Reader *self, icalproperty_kind kind, struct icaltimetype start, GHashTable *days,
              GError **error)
{
  struct icaltimetype first = bare_date (start, NULL);

  for (icalproperty *at = icalcomponent_get_first_property (self->event, kind); at != NULL;
       at = icalcomponent_get_next_property (self->event, kind)) {
    struct icalrecurrencetype rule =
        kind == ICAL_RRULE_PROPERTY ? icalproperty_get_rrule (at) : icalproperty_get_exrule (at);
    icalrecur_iterator *iterator;
    gboolean ok = TRUE;
    guint n = 0;

    if (!is_rule (self, &rule, error))
      return FALSE;
    if (!icaltime_is_null_time (rule.until))
      rule.until = bare_date (rule.until, icaltime_get_timezone (start));
    iterator = icalrecur_iterator_new (rule, first);
    if (iterator == NULL)
      return refuse (self, "has a rule that cannot be read; mend RRULE", error);
    for (struct icaltimetype next = icalrecur_iterator_next (iterator);
         ok && !icaltime_is_null_time (next); next = icalrecur_iterator_next (iterator)) {
      n++;
      if (next.year > BH_ICS_LAST_YEAR)
        break;
      ok = step (self, error);
      if (next.year >= BH_ICS_FIRST_YEAR)
        g_hash_table_add (days, GUINT_TO_POINTER (day_of (next)));
    }
    icalrecur_iterator_free (iterator);
    if (!ok)
      return FALSE;
    if (n == 0)
      return refuse (self, "has a rule that no day fits; mend RRULE", error);
  }
  return TRUE;
}

/* The days that RDATE or EXDATE name. */
static gboolean
take_dates (Reader *self, icalproperty_kind kind, GHashTable *days, GError **error)
{
  for (icalproperty *at = icalcomponent_get_first_property (self->event, kind); at != NULL;
       at = icalcomponent_get_next_property (self->event, kind)) {
    struct icaltimetype date;

    if (kind == ICAL_EXDATE_PROPERTY) {
      date = icalproperty_get_exdate (at);
    } else {
      struct icaldatetimeperiodtype either = icalproperty_get_rdate (at);

      date = icaltime_is_null_time (either.time) ? either.period.start : either.time;
    }
    if (!is_date (date))
      return refuse (self,
                     kind == ICAL_EXDATE_PROPERTY
                         ? "leaves out a date that does not exist; mend EXDATE"
                         : "is on a date that does not exist; mend RDATE",
                     error);
    g_hash_table_add (days, GUINT_TO_POINTER (day_of (date)));
  }
  return TRUE;
}

/* ---- one event ---------------------------------------------------------------------------- */

/* RFC 5545 3.6.1: DTEND is the first moment after; without it a date is one day.
 * An event that ends at a midnight does not touch the day that begins there. */
static gboolean
days_covered (const Reader *self, struct icaltimetype start, guint *days, GError **error)
{
  struct icaltimetype end = icalcomponent_get_dtend (self->event);
  gint64 seconds;

  *days = 1;
  if (icaltime_is_null_time (end))
    return TRUE;
  if (!is_date (end))
    return refuse (self, "has no valid end date; mend DTEND", error);
  if (day_of (end) < day_of (start))
    return refuse (self, "ends before it begins; mend DTEND", error);
  seconds = (gint64) (day_of (end) - day_of (start)) * 86400;
  if (!end.is_date)
    seconds += end.hour * 3600 + end.minute * 60 + end.second;
  if (seconds > MAX_SPAN * (gint64) 86400)
    return refuse (self, "lasts for more than a year; mend DTEND", error);
  *days = (guint) MAX ((seconds + 86399) / 86400, 1);
  return TRUE;
}

static char *
key_of (icalcomponent *event, BhDay day)
{
  const char *uid = icalcomponent_get_uid (event);

  return g_strdup_printf ("%s\x1f%u", uid != NULL ? uid : "", day);
}

/* What is left out: EXDATE, EXRULE, and what an event of its own replaces. */
static gboolean
is_left_out (const Reader *self, GHashTable *off, BhDay day)
{
  g_autofree char *key = NULL;

  if (g_hash_table_contains (off, GUINT_TO_POINTER (day)))
    return TRUE;
  if (g_hash_table_size (self->moved) == 0 ||
      !icaltime_is_null_time (icalcomponent_get_recurrenceid (self->event)))
    return FALSE;
  key = key_of (self->event, day);
  return g_hash_table_contains (self->moved, key);
}

static gboolean
read_event (Reader *self, GError **error)
{
  g_autoptr (GHashTable) on = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) off = g_hash_table_new (NULL, NULL);
  g_autofree char *summary = summary_of (self->event);
  struct icaltimetype start = icalcomponent_get_dtstart (self->event);
  icalproperty *unread = icalcomponent_get_first_property (self->event, ICAL_XLICERROR_PROPERTY);
  GHashTableIter iter;
  gpointer day;
  guint span = 1;

  if (unread != NULL)
    return refuse_unread (self, icalproperty_get_xlicerror (unread), error);
  if (!is_date (start))
    return refuse (self, "has no valid start date; mend DTSTART", error);
  if (!days_covered (self, start, &span, error) ||
      !follow_rules (self, ICAL_RRULE_PROPERTY, start, on, error))
    return FALSE;
  if (icalcomponent_get_first_property (self->event, ICAL_RRULE_PROPERTY) == NULL)
    g_hash_table_add (on, GUINT_TO_POINTER (day_of (start)));
  if (!take_dates (self, ICAL_RDATE_PROPERTY, on, error) ||
      !take_dates (self, ICAL_EXDATE_PROPERTY, off, error) ||
      !follow_rules (self, ICAL_EXRULE_PROPERTY, start, off, error))
    return FALSE;
  if (icalcomponent_get_status (self->event) == ICAL_STATUS_CANCELLED)
    return TRUE;
  g_hash_table_iter_init (&iter, on);
  while (g_hash_table_iter_next (&iter, &day, NULL))
    for (guint i = 0; i < span && !is_left_out (self, off, GPOINTER_TO_UINT (day)); i++) {
      if (!step (self, error))
        return FALSE;
      self->found (GPOINTER_TO_UINT (day) + i, summary, self->data);
    }
  return TRUE;
}

/* ---- the file ----------------------------------------------------------------------------- */

/* An occurrence that was moved stands in an event of its own, with the day it had. */
static gboolean
find_moved (Reader *self, GError **error)
{
  struct icaltimetype was = icalcomponent_get_recurrenceid (self->event);

  if (icalcomponent_get_first_property (self->event, ICAL_RECURRENCEID_PROPERTY) == NULL)
    return TRUE;
  if (!is_date (was))
    return refuse (self, "replaces one on a date that does not exist; mend RECURRENCE-ID", error);
  g_hash_table_add (self->moved, key_of (self->event, day_of (was)));
  return TRUE;
}

static gboolean
each_event (Reader *self, icalcomponent *root, gboolean (*what) (Reader *self, GError **error),
            GError **error)
{
  self->number = 0;
  for (self->event = icalcomponent_get_first_component (root, ICAL_VEVENT_COMPONENT);
       self->event != NULL;
       self->event = icalcomponent_get_next_component (root, ICAL_VEVENT_COMPONENT)) {
    self->number++;
    if (!what (self, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_all (Reader *self, icalcomponent *root, GError **error)
{
  int unread;

  if (root == NULL || icalcomponent_isa (root) != ICAL_VCALENDAR_COMPONENT) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:1: no VCALENDAR in it; give an iCalendar file (RFC 5545)", self->name);
    return FALSE;
  }
  if (!each_event (self, root, find_moved, error) || !each_event (self, root, read_event, error))
    return FALSE;
  unread = icalcomponent_count_errors (root);
  if (unread > 0)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: %d properties cannot be read; check the file as iCalendar (RFC 5545)",
                 self->name, unread);
  return unread == 0;
}

gboolean
bh_ics_read (const char *name, const char *ics, gsize size,
             void (*found) (BhDay day, const char *summary, gpointer data), gpointer data,
             GError **error)
{
  Reader reader = { .name = name, .found = found, .data = data };
  g_autofree char *text = NULL;
  icalcomponent *root;
  gboolean ok;

  if (size == 0 || size > MAX_BYTES || !g_utf8_validate (ics, (gssize) size, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; give an iCalendar file (RFC 5545)", name,
                 size == 0          ? "there is nothing in it"
                 : size > MAX_BYTES ? "it has more than 1 MiB"
                                    : "it is not UTF-8 text");
    return FALSE;
  }
  text = g_strndup (ics, size);
  reader.text = text;
  root = icalparser_parse_string (text);
  reader.moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = read_all (&reader, root, error);
  g_hash_table_unref (reader.moved);
  g_clear_pointer (&root, icalcomponent_free);
  return ok;
}
