/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A dock that is begun while its store is away, by what the station remembers of it (decision
 * 0067). */

#include "backhaul/link.h"
#include "offline-private.h"
#include "sign-in-private.h"

/* ---- remembering ----------------------------------------------------------------------- */

BhStationMemory *
bh_offline_memory (BhOffline *self)
{
  return bh_station_memory_ref (self->memory);
}

gboolean
bh_station_memory_is_of (BhStationMemory *self, BhStore *store, gboolean *known, GError **error)
{
  const char *origin = bh_station_memory_origin (self);

  *known = TRUE;
  return origin == NULL || bh_store_is_of (store, origin, known, error);
}

gboolean
bh_offline_is_of (BhOffline *self, BhDesk *desk, GError **error)
{
  gboolean known = FALSE;

  if (!bh_desk_refresh (desk, error) ||
      !bh_station_memory_is_of (self->memory, desk->store, &known, error))
    return FALSE;
  if (!known)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_OURS,
                 "this station's boxes are of another store than the one that answers there, and "
                 "nothing was sent to it; ask who looks after the server");
  return known;
}

static GVariant *
pack_policy (const BhPolicy *policy)
{
  g_auto (GVariantBuilder) packed = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  gsize n = 0;
  const BhPolicyKey *keys = bh_policy_keys (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *value = bh_policy_get (policy, keys[i].key);

    g_variant_builder_add (&packed, "{ss}", keys[i].key, value);
  }
  return g_variant_builder_end (&packed);
}

static GVariant *
pack_seat (BhDesk *desk)
{
  return g_variant_new ("(ssbbb)", desk->operator, bh_role_name (desk->role), desk->unenrolled,
                        desk->authorised, desk->own_login);
}

static gboolean
put (BhOffline *self, GVariant *packed, GError **error)
{
  BhStationMemory *memory =
      bh_station_memory_write (self->memory_path, self->copy_path, self->key, packed, error);

  if (memory == NULL)
    return FALSE;
  bh_station_memory_unref (self->memory);
  self->memory = memory;
  return TRUE;
}

/* Who may still come, by what the store says of them now; who was in another store may not. */
static gboolean
recall_people (BhOffline *self, BhDesk *desk, GError **error)
{
  g_autoptr (GVariant) people = bh_station_memory_get (self->memory, BH_MEMORY_PEOPLE);

  bh_desk_recall_people (desk, people);
  return bh_desk_know_all_anew (desk, error);
}

gboolean
bh_offline_remember (BhOffline *self, BhDesk *desk, gint64 now_us, GError **error)
{
  g_autofree char *origin = NULL;
  gboolean known = FALSE;

  if (bh_offline_unsent (self) > 0 && !bh_offline_is_of (self, desk, error))
    return FALSE;
  if (!bh_desk_refresh (desk, error) ||
      !bh_station_memory_is_of (self->memory, desk->store, &known, error) ||
      !bh_store_origin (desk->store, &origin, error) ||
      (known && bh_station_memory_fault (self->memory) == NULL &&
       !recall_people (self, desk, error)))
    return FALSE;
  bh_store_hold_to (desk->store, origin);
  return put (self,
              g_variant_new ("(xs@a{ss}b@(ssbbb)@" BH_KNOWN "ix)", now_us,
                             origin != NULL ? origin : "", pack_policy (&desk->policy), desk->pins,
                             pack_seat (desk), bh_desk_pack_known (desk), desk->away_wrong,
                             desk->away_wrong_us),
              error);
}

gboolean
bh_offline_remember_tries (BhOffline *self, BhDesk *desk, GError **error)
{
  g_autoptr (GVariantBuilder) packed = NULL;

  if (bh_station_memory_fault (self->memory) != NULL)
    return TRUE;
  packed = g_variant_builder_new (G_VARIANT_TYPE (BH_MEMORY));
  for (gsize i = 0; i < BH_MEMORY_PEOPLE; i++) {
    g_autoptr (GVariant) as_it_was = bh_station_memory_get (self->memory, i);

    g_variant_builder_add_value (packed, as_it_was);
  }
  g_variant_builder_add_value (packed, bh_desk_pack_known (desk));
  g_variant_builder_add (packed, "i", desk->away_wrong);
  g_variant_builder_add (packed, "x", desk->away_wrong_us);
  return put (self, g_variant_builder_end (packed), error);
}

/* ---- beginning without the store --------------------------------------------------------- */

static gboolean
cannot (GError **error, const char *why)
{
  g_set_error (error, BH_ERROR, BH_ERROR_LOST, "This station cannot go on without it: %s", why);
  return FALSE;
}

/* Policy that a newer program wrote is no reason to stop a dock. */
static void
recall_policy (BhStationMemory *memory, BhPolicy *policy)
{
  g_autoptr (GVariant) packed = bh_station_memory_get (memory, BH_MEMORY_POLICY);
  GVariantIter iter;
  const char *key;
  const char *value;

  bh_policy_init (policy);
  g_variant_iter_init (&iter, packed);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (!bh_policy_set (policy, key, value, NULL))
      g_debug ("%s: %s", key, value);
}

static gint64
int64_of (BhStationMemory *memory, gsize n)
{
  g_autoptr (GVariant) packed = bh_station_memory_get (memory, n);

  return g_variant_get_int64 (packed);
}

static gboolean
is_fresh (gint64 then_us, gint64 now_us, const BhPolicy *policy, GError **error)
{
  g_autoptr (GDateTime) then = NULL;
  g_autofree char *time = NULL;
  g_autofree char *why = NULL;

  /* a clock that was set back makes nothing younger */
  if (ABS (now_us - then_us) <= policy->offline_start_hours * G_TIME_SPAN_HOUR &&
      policy->offline_start_hours > 0)
    return TRUE;
  then = g_date_time_new_from_unix_local (then_us / G_USEC_PER_SEC);
  time = then != NULL ? g_date_time_format (then, "%Y-%m-%d %H:%M") : g_strdup ("?");
  why = policy->offline_start_hours > 0
            ? g_strdup_printf ("what it knows of the store is of %s, and may be %d hours old", time,
                               policy->offline_start_hours)
            : g_strdup ("the site's policy has docks wait (dock.offline-start-hours)");
  return cannot (error, why);
}

/* By a damaged copy, or that of another store, units would be put aside or taken in wrongly. */
static gboolean
copy_is_good (BhStationMemory *memory, const BhPolicy *policy, gint64 now_us, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (BhAwaitedCopy) copy = bh_awaited_copy_open (bh_station_memory_copy (memory), &why);

  if (g_error_matches (why, BH_ERROR, BH_ERROR_NOT_FOUND))
    return cannot (error, "it has no copy of the awaited units; one is made while the store is "
                          "there");
  if (copy == NULL || !bh_awaited_copy_is_whole (copy))
    return cannot (error, "its copy of the awaited units is damaged; it is made anew when the "
                          "store is there");
  if (!bh_awaited_copy_is_of (copy, bh_station_memory_origin (memory)))
    return cannot (error, "its copy of the awaited units is another store's; it is made anew when "
                          "the store is there");
  return is_fresh (bh_awaited_copy_taken_us (copy), now_us, policy, error);
}

static gboolean
somebody_may (BhStationMemory *memory, GError **error)
{
  g_autoptr (GVariant) pins = bh_station_memory_get (memory, BH_MEMORY_PINS);
  g_autoptr (GVariant) people = bh_station_memory_get (memory, BH_MEMORY_PEOPLE);

  return !g_variant_get_boolean (pins) || g_variant_n_children (people) > 0 ||
         cannot (error, "nobody who may has signed in at it yet");
}

static gboolean
take_seat (BhDesk *self, BhStationMemory *memory, GError **error)
{
  g_autoptr (GVariant) pins = bh_station_memory_get (memory, BH_MEMORY_PINS);
  g_autoptr (GVariant) seat = bh_station_memory_get (memory, BH_MEMORY_SEAT);
  g_autoptr (GVariant) people = bh_station_memory_get (memory, BH_MEMORY_PEOPLE);
  g_autoptr (GVariant) wrong = bh_station_memory_get (memory, BH_MEMORY_WRONG);
  const char *login;
  const char *role;

  g_variant_get (seat, "(&s&sbbb)", &login, &role, &self->unenrolled, &self->authorised,
                 &self->own_login);
  self->pins = g_variant_get_boolean (pins);
  self->signed_in = !self->pins;
  self->away_wrong = g_variant_get_int32 (wrong);
  self->away_wrong_us = int64_of (memory, BH_MEMORY_WRONG_US);
  g_free (self->operator);
  self->operator= g_strdup (login);
  bh_desk_recall_people (self, people);
  return bh_role_parse (role, &self->role) || cannot (error, "it knows a role that is newer");
}

BhDesk *
bh_desk_open_away (const char *uri, BhStationMemory *memory, const char *dock, const char *station,
                   gint64 now_us, GError **error)
{
  g_autoptr (BhDesk) self = NULL;
  BhStore *store;
  BhPolicy policy;

  if (bh_station_memory_fault (memory) != NULL) {
    cannot (error, bh_station_memory_fault (memory));
    return NULL;
  }
  recall_policy (memory, &policy);
  if (!is_fresh (int64_of (memory, BH_MEMORY_HEARD), now_us, &policy, error) ||
      !somebody_may (memory, error) || !copy_is_good (memory, &policy, now_us, error) ||
      (store = bh_store_open (uri, BH_STORE_UNSEEN, error)) == NULL)
    return NULL;
  bh_store_hold_to (store, bh_station_memory_origin (memory));
  self = bh_desk_new (store, NULL, dock, station);
  self->policy = policy;
  self->blind = TRUE;
  return take_seat (self, memory, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
bh_desk_is_away (BhDesk *self)
{
  return self->blind;
}
