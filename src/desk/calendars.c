/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/calendars.h"

#include <string.h>

#include "backhaul/calendar-store.h"
#include "clocks-private.h"
#include "transfer-private.h"

char **
bh_desk_calendar_names (BhDesk *self, GError **error)
{
  return bh_store_calendar_names (self->store, error);
}

BhCalendar *
bh_desk_calendar (BhDesk *self, const char *name, GError **error)
{
  const char *key = name != NULL ? name : "";
  BhCalendar *calendar = g_hash_table_lookup (self->calendars, key);
  g_autofree char *ics = NULL;

  if (calendar != NULL)
    return calendar;
  if (name != NULL && !bh_store_calendar_ics (self->store, name, &ics, error))
    return NULL;
  if (ics == NULL)
    calendar = bh_calendar_new (key, self->policy.working_week);
  else
    calendar = bh_calendar_load (key, ics, strlen (ics), self->policy.working_week, error);
  if (calendar != NULL)
    g_hash_table_insert (self->calendars, g_strdup (key), calendar);
  return calendar;
}

BhCalendar *
bh_desk_calendar_named (BhDesk *self, const char *name, GError **error)
{
  g_autofree char *ics = NULL;

  if (name != NULL) {
    if (!bh_store_calendar_ics (self->store, name, &ics, error))
      return NULL;
    if (ics == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                   "%s: no such calendar; `calendar list` names them", name);
      return NULL;
    }
  }
  return bh_desk_calendar (self, name, error);
}

/* As an import has it: a name without letters would stand for the weekdays alone. */
static gboolean
is_named (const char *name, GError **error)
{
  g_autofree char *shown = bh_text_for_display (name, strlen (name), 64);

  if (bh_is_file_key (name, strlen (name)))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "\"%s\": not a calendar's name; give 1 to 64 of A-Z a-z 0-9 - _ .", shown);
  return FALSE;
}

static gboolean
put (BhDesk *self, const char *name, const char *ics, gsize size, gint64 now_us,
     const BhClockWatch *watch, gboolean keep, GError **error)
{
  g_autoptr (BhCalendar) calendar = NULL;
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) clocks = NULL;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("calendar:", name, NULL);
  g_autofree char *sum_before = NULL;
  g_autofree char *sum = NULL;
  gboolean ok;

  if (!bh_desk_require (self, BH_MAY_CALENDAR, error) || !is_named (name, error) ||
      (tx = bh_desk_begin_rules (self, error)) == NULL ||
      (calendar = bh_calendar_load (name, ics, size, self->policy.working_week, error)) == NULL ||
      !bh_store_calendar_ics (self->store, name, &before, error))
    return FALSE;
  text = g_strndup (ics, size);
  if (g_strcmp0 (before, text) == 0)
    return TRUE; /* twice is once */
  if (!bh_store_put_calendar (self->store, name, text, now_us, error) ||
      (clocks = bh_store_clocks (self->store, BH_CLOCKS_BY_CALENDAR, name, error)) == NULL)
    return FALSE;
  /* the clocks are counted by the new one; on failure the old one is read again */
  bh_desk_drop_calendars (self);
  g_hash_table_insert (self->calendars, g_strdup (name), bh_calendar_ref (calendar));
  if (before != NULL)
    sum_before = g_compute_checksum_for_string (G_CHECKSUM_SHA256, before, -1);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  ok = bh_desk_clocks_recount (self, clocks, now_us, watch, error) &&
       bh_desk_audit (self, act, "calendar", entity, sum_before, sum, now_us, error) &&
       (!keep || bh_tx_commit (tx, error));
  /* of what is not kept nothing is remembered either */
  if (!ok || !keep)
    bh_desk_drop_calendars (self);
  return ok;
}

gboolean
bh_desk_calendar_put (BhDesk *self, const char *name, const char *ics, gsize size, gint64 now_us,
                      const BhClockWatch *watch, GError **error)
{
  return put (self, name, ics, size, now_us, watch, TRUE, error);
}

gboolean
bh_desk_calendar_try (BhDesk *self, const char *name, const char *ics, gsize size, gint64 now_us,
                      const BhClockWatch *watch, GError **error)
{
  return put (self, name, ics, size, now_us, watch, FALSE, error);
}
