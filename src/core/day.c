/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/calendar.h"

#include <string.h>

#include "backhaul/error.h"

#define EPOCH 719163 /* 1970-01-01 as a GDate julian day */

BhDay
bh_day_parse (const char *text)
{
  guint numbers[3] = { 0 };
  GDate date;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return BH_DAY_NONE;
  for (guint i = 0, part = 0; i < 10; i++) {
    if (i == 4 || i == 7) {
      part++;
      continue;
    }
    if (!g_ascii_isdigit (text[i]))
      return BH_DAY_NONE;
    numbers[part] = numbers[part] * 10 + (guint) (text[i] - '0');
  }
  if (numbers[0] == 0 ||
      !g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]))
    return BH_DAY_NONE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]);
  return g_date_get_julian (&date);
}

char *
bh_day_format (BhDay day)
{
  GDate date;

  if (!g_date_valid_julian (day))
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

BhDay
bh_day_anniversary (BhDay day, guint years)
{
  GDate date;

  if (!g_date_valid_julian (day))
    return BH_DAY_NONE;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  g_date_add_years (&date, years); /* GLib takes the 28th for a 29th that is not there */
  return g_date_get_julian (&date);
}

static GDateTime *
in_zone (gint64 at_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);

  if (utc == NULL)
    return NULL;
  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_steal_pointer (&utc);
}

BhDay
bh_day_of (gint64 at_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = in_zone (at_us, zone);
  GDate date;

  if (local == NULL)
    return BH_DAY_NONE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  return g_date_get_julian (&date);
}

/* Where daylight saving ends at midnight a day has two (Cuba): GLib gives the second,
 * the day begins with the first. */
static gint64
first_of_two (gint64 start, GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, start);
  gint64 earlier;

  if (interval < 1)
    return start;
  earlier =
      start + g_time_zone_get_offset (zone, interval) - g_time_zone_get_offset (zone, interval - 1);
  return earlier < start &&
                 g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, earlier) == interval - 1
             ? earlier
             : start;
}

gint64
bh_day_start_us (BhDay day, GTimeZone *zone)
{
  g_autoptr (GDateTime) midnight = NULL;
  GDate date;

  if (zone == NULL)
    return ((gint64) day - EPOCH) * G_TIME_SPAN_DAY;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  /* where daylight saving skips midnight, GLib moves to the first instant after */
  midnight = g_date_time_new (zone, g_date_get_year (&date), (int) g_date_get_month (&date),
                              g_date_get_day (&date), 0, 0, 0);
  return midnight != NULL ? first_of_two (g_date_time_to_unix (midnight), zone) * G_USEC_PER_SEC
                          : 0;
}

/* GLib forgets a zone with its last reference, and reading one again takes a
 * tenth of a millisecond: those of use are held. */
GTimeZone *
bh_zone (const char *name)
{
  static GMutex lock;
  static GHashTable *held;
  g_autoptr (GMutexLocker) locker = NULL;
  GTimeZone *zone;

  /* GLib takes the path of a file for a name, too */
  if (name == NULL || *name == '\0' || *name == '/' || *name == '.' || strstr (name, "..") != NULL)
    return NULL;
  locker = g_mutex_locker_new (&lock);
  if (held == NULL)
    held =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_time_zone_unref);
  zone = g_hash_table_lookup (held, name);
  if (zone != NULL)
    return g_time_zone_ref (zone);
  zone = g_time_zone_new_identifier (name);
  if (zone != NULL && g_hash_table_size (held) < 1000)
    g_hash_table_insert (held, g_strdup (name), g_time_zone_ref (zone));
  return zone;
}

char *
bh_time_format (gint64 at_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = in_zone (at_us, zone);

  return local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
}

gboolean
bh_time_parse (const char *text, GTimeZone *zone_if_none, gint64 *at_us, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = zone_if_none != NULL ? zone_if_none : utc;
  BhDay day = bh_day_parse (text);
  g_autoptr (GDateTime) time = NULL;

  if (day != BH_DAY_NONE) {
    *at_us = bh_day_start_us (day, zone);
    return TRUE;
  }
  time = text != NULL ? g_date_time_new_from_iso8601 (text, zone) : NULL;
  if (time == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a time; write it as 2026-11-24T08:30:00+01:00", text);
    return FALSE;
  }
  *at_us = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}
