/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/permissions.h"
#include "desk-private.h"

#include <string.h>

#include "backhaul/link.h"
#include "backhaul/rma-bulk.h"

/* connections that break under one act, one after the other, before it is given up */
#define MOST_LOSSES 5
/* a station's clock that is off by more is told */
#define MOST_OFF_US (60 * G_TIME_SPAN_SECOND)

static const char *const role_names[] = {
  [BH_ROLE_RECEIVER] = "receiver",
  [BH_ROLE_TECHNICIAN] = "technician",
  [BH_ROLE_CSR] = "csr",
  [BH_ROLE_SUPERVISOR] = "supervisor",
  [BH_ROLE_ADMINISTRATOR] = "administrator",
};

const char *
bh_role_name (BhRole role)
{
  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (role_names), "receiver");
  return role_names[role];
}

gboolean
bh_role_parse (const char *text, BhRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (g_strcmp0 (text, role_names[i]) == 0) {
      *role = (BhRole) i;
      return TRUE;
    }
  return FALSE;
}

gboolean
bh_desk_require (BhDesk *self, BhMay act, GError **error)
{
  /* what is read is counted by the calendars of now (C10), and by who may; an act begins by that */
  if (act == BH_MAY_READ && !bh_desk_refresh (self, error))
    return FALSE;
  if (!self->signed_in) {
    g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN, "%s: not signed in; give the PIN",
                 self->operator);
    return FALSE;
  }
  if (bh_role_may (self->role, act))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
               "%s: the role %s may not %s; ask a supervisor or administrator", self->operator,
               bh_role_name (self->role), bh_may_text (act));
  return FALSE;
}

BhDesk *
bh_desk_new (BhStore *store, const char *operator, const char * dock, const char *station)
{
  BhDesk *self = g_new0 (BhDesk, 1);

  self->store = store;
  self->operator = g_strdup (operator != NULL ? operator : g_get_user_name ());
  self->dock = g_strdup (dock);
  self->station = g_strdup (station != NULL ? station : g_get_host_name ());
  self->calendars =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) bh_calendar_unref);
  self->retired = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_calendar_unref);
  return self;
}

BhDesk *
bh_desk_open (const char *uri, BhStoreFlags flags, const char *operator, const char * dock,
              const char *station, GError **error)
{
  BhStore *store = bh_store_open (uri, flags, error);
  g_autoptr (BhDesk) self = store != NULL ? bh_desk_new (store, operator, dock, station) : NULL;

  if (self == NULL)
    return NULL;
  if (!bh_store_follow_clock (self->store, &self->clock_off_us, error) ||
      !bh_desk_take_own_login (self, operator, error) || !bh_desk_load_policy (self, error) ||
      !bh_desk_admit (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
bh_desk_close (BhDesk *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->calendars, g_hash_table_unref);
  g_clear_pointer (&self->retired, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self->rules);
  g_clear_pointer (&self->store, bh_store_close);
  g_free (self->operator);
  g_free (self->dock);
  g_free (self->station);
  g_free (self);
}

gboolean
bh_desk_unenrolled (BhDesk *self)
{
  return self->unenrolled;
}

const char *
bh_desk_operator (BhDesk *self)
{
  return self->operator;
}

const char *
bh_desk_dock (BhDesk *self)
{
  return self->dock;
}

const char *
bh_desk_station (BhDesk *self)
{
  return self->station;
}

BhRole
bh_desk_role (BhDesk *self)
{
  return self->role;
}

char *
bh_desk_clock_warning (BhDesk *self)
{
  gint64 off_us = ABS (self->clock_off_us);
  gint64 minutes = (off_us + G_TIME_SPAN_MINUTE / 2) / G_TIME_SPAN_MINUTE;
  g_autofree char *days = NULL;

  if (off_us <= MOST_OFF_US)
    return NULL;
  days = minutes < 24 * 60 ? g_strdup ("")
                           : g_strdup_printf ("%" G_GINT64_FORMAT " d ", minutes / (24 * 60));
  return g_strdup_printf ("%s: this station's clock is %s%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT
                          " min %s the server's; what is recorded has the"
                          " server's time, set the clock",
                          self->station, days, minutes / 60 % 24, minutes % 60,
                          self->clock_off_us > 0 ? "ahead of" : "behind");
}

BhStore *
bh_desk_store (BhDesk *self)
{
  return self->store;
}

gboolean
bh_desk_may_repeat (BhDesk *self, const GError *why, guint *losses)
{
  gint64 now_us = g_get_monotonic_time ();
  gboolean lost = g_error_matches (why, BH_ERROR, BH_ERROR_LOST);
  gboolean full = g_error_matches (why, BH_ERROR, BH_ERROR_FULL);

  /* others wait for their standby, or for a lock that one of them has: their turn ends */
  if (!lost && !full &&
      !(g_error_matches (why, BH_ERROR, BH_ERROR_BUSY) && bh_store_is_far (self->store)))
    return FALSE;
  /* what was given up this moment is not begun anew by whoever asked for it */
  if (self->gave_up_us != 0 && now_us - self->gave_up_us < G_TIME_SPAN_SECOND)
    return FALSE;
  if (full ? bh_store_wait_for_room (self->store)
           : (*losses)++ < MOST_LOSSES && (!lost || bh_store_rejoin (self->store, NULL)))
    return TRUE;
  self->gave_up_us = g_get_monotonic_time ();
  return FALSE;
}

const BhPolicy *
bh_desk_policy (BhDesk *self)
{
  return &self->policy;
}
