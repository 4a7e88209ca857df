/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/calendar.h"

#include "backhaul/error.h"
#include "ics.h"

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

static void
add_holiday (BhDay day, const char *summary, gpointer data)
{
  BhCalendar *self = data;

  g_hash_table_insert (self->holidays, GUINT_TO_POINTER (day), g_strdup (summary));
}

/* A year in which nobody works is a mistake, and clocks of that calendar would never end. */
static gboolean
is_worked (BhCalendar *self, GError **error)
{
  BhDay next = bh_day_parse (G_STRINGIFY (BH_ICS_FIRST_YEAR) "-01-01");

  for (guint year = BH_ICS_FIRST_YEAR; self->week != 0 && year <= BH_ICS_LAST_YEAR; year++) {
    BhDay day = next;

    next = bh_day_anniversary (day, 1);
    while (day < next && bh_calendar_why_not (self, day) != NULL)
      day++;
    if (day == next) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: no day of %u is worked; leave out what recurs every day", self->name, year);
      return FALSE;
    }
  }
  return TRUE;
}

BhCalendar *
bh_calendar_load (const char *name, const char *ics, gsize size, guint week, GError **error)
{
  g_autoptr (BhCalendar) self = bh_calendar_new (name, week);

  return bh_ics_read (name, ics, size, add_holiday, self, error) && is_worked (self, error)
             ? g_steal_pointer (&self)
             : NULL;
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
