/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2 while the store is out of reach: who has sat at this desk while it was there may sit
 * down again. The station remembers them, too (station-memory.c). */

#include <string.h>

#include "backhaul/operators.h"
#include "sign-in-private.h"

struct _BhAcquainted {
  BhOperatorRow row;
  char *badge; /* its hash; NULL: they have shown none here */
  int wrong;   /* PINs while the store was away */
};

static void
known_free (gpointer data)
{
  BhAcquainted *self = data;

  g_free (self->row.login);
  g_free (self->row.role);
  bh_pin_free (self->row.pin_hash);
  g_free (self->badge);
  g_free (self);
}

static BhAcquainted *
find (BhDesk *self, const char *login)
{
  return self->known != NULL && login != NULL ? g_hash_table_lookup (self->known, login) : NULL;
}

/* ---- while the store is there ---------------------------------------------------------- */

void
bh_desk_know (BhDesk *self, const BhOperatorRow *row)
{
  BhAcquainted *known = find (self, row->login);
  BhAcquainted *fresh;

  if (row->pin_hash == NULL)
    return;
  fresh = g_new0 (BhAcquainted, 1);
  fresh->row = (BhOperatorRow){ .login = g_strdup (row->login),
                                .role = g_strdup (row->role),
                                .pin_hash = g_strdup (row->pin_hash),
                                .authorised = row->authorised };
  fresh->badge = known != NULL ? g_strdup (known->badge) : NULL;
  if (self->known == NULL)
    self->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, known_free);
  g_hash_table_replace (self->known, fresh->row.login, fresh);
}

void
bh_desk_know_badge (BhDesk *self, const char *login, const char *hash)
{
  BhAcquainted *known = find (self, login);

  if (known == NULL)
    return;
  g_free (known->badge);
  known->badge = g_strdup (hash);
}

GVariant *
bh_desk_pack_known (BhDesk *self)
{
  g_auto (GVariantBuilder) packed = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (BH_KNOWN));
  GHashTableIter iter;
  gpointer each;

  if (self->known != NULL)
    g_hash_table_iter_init (&iter, self->known);
  while (self->known != NULL && g_hash_table_iter_next (&iter, NULL, &each)) {
    const BhAcquainted *known = each;

    g_variant_builder_add (&packed, "(sssbsi)", known->row.login, known->row.role,
                           known->row.pin_hash, known->row.authorised,
                           known->badge != NULL ? known->badge : "", known->wrong);
  }
  return g_variant_builder_end (&packed);
}

void
bh_desk_recall_people (BhDesk *self, GVariant *packed)
{
  BhOperatorRow row = { 0 };
  GVariantIter iter;
  const char *badge;
  int wrong;

  g_variant_iter_init (&iter, packed);
  while (g_variant_iter_next (&iter, "(&s&s&sb&si)", &row.login, &row.role, &row.pin_hash,
                              &row.authorised, &badge, &wrong)) {
    BhAcquainted *known = find (self, row.login);

    if (known != NULL)
      continue;
    bh_desk_know (self, &row);
    bh_desk_know_badge (self, row.login, *badge != '\0' ? badge : NULL);
    known = find (self, row.login);
    if (known != NULL)
      known->wrong = wrong;
  }
}

static gboolean
know_anew (BhDesk *self, const char *login, GError **error)
{
  const BhAcquainted *known = find (self, login);
  g_autoptr (BhOperatorRow) row = NULL;
  g_autoptr (BhOperatorRow) bearer = NULL;

  if (!bh_store_find_operator (self->store, login, &row, error) ||
      (known->badge != NULL && !bh_store_find_badge (self->store, known->badge, &bearer, error)))
    return FALSE;
  if (row == NULL || row->disabled || row->pin_hash == NULL) {
    g_hash_table_remove (self->known, login);
    return TRUE;
  }
  bh_desk_know (self, row);
  if (bearer == NULL || !g_str_equal (bearer->login, login))
    bh_desk_know_badge (self, login, NULL);
  return TRUE;
}

gboolean
bh_desk_know_all_anew (BhDesk *self, GError **error)
{
  g_autoptr (GPtrArray) logins = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer login;

  if (self->known == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &login, NULL))
    g_ptr_array_add (logins, g_strdup (login));
  for (guint i = 0; i < logins->len; i++)
    if (!know_anew (self, g_ptr_array_index (logins, i), error))
      return FALSE;
  return TRUE;
}

/* ---- while it is away ------------------------------------------------------------------ */

/* As where the store counts: before it is looked at. */
static gboolean
count_try (BhDesk *self, BhAcquainted *known, gint64 now_us, GError **error)
{
  gint64 wait_us = (gint64) self->policy.sign_in_wait_minutes * 60 * G_USEC_PER_SEC;
  GHashTableIter iter;
  gpointer each;

  if (now_us - self->away_wrong_us > wait_us && self->known != NULL) {
    g_hash_table_iter_init (&iter, self->known);
    while (g_hash_table_iter_next (&iter, NULL, &each))
      ((BhAcquainted *) each)->wrong = 0;
    self->away_wrong = 0;
  }
  if (self->away_wrong >= self->policy.sign_in_station_tries ||
      (known != NULL && known->wrong >= self->policy.sign_in_tries))
    return bh_desk_forbid ("sign-in", "too many wrong ones while the store is out of reach; wait",
                           error);
  self->away_wrong++;
  self->away_wrong_us = now_us;
  if (known != NULL)
    known->wrong++;
  return TRUE;
}

static gboolean
let_in (BhDesk *self, BhAcquainted *known, GError **error)
{
  known->wrong = 0;
  self->away_wrong = MAX (self->away_wrong - 1, 0);
  return bh_desk_seat (self, &known->row, error);
}

gboolean
bh_desk_sign_in_away (BhDesk *self, const char *login, const char *pin, gint64 now_us,
                      GError **error)
{
  BhAcquainted *known = find (self, login);

  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  if (!count_try (self, known, now_us, error))
    return FALSE;
  if (!bh_pin_matches (known != NULL ? known->row.pin_hash : NULL, pin))
    return bh_desk_forbid ("sign-in",
                           "the store is out of reach, and this is a wrong PIN or somebody who has "
                           "not signed in at this window before; try again, or wait for the store",
                           error);
  return let_in (self, known, error);
}

gboolean
bh_desk_sign_in_badge_away (BhDesk *self, const char *badge, gint64 now_us, GError **error)
{
  g_autofree char *hash = bh_badge_hash (badge);
  GHashTableIter iter;
  gpointer each;

  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  if (!count_try (self, NULL, now_us, error))
    return FALSE;
  if (self->known != NULL) {
    g_hash_table_iter_init (&iter, self->known);
    while (g_hash_table_iter_next (&iter, NULL, &each))
      if (hash != NULL && g_strcmp0 (((BhAcquainted *) each)->badge, hash) == 0)
        return let_in (self, each, error);
  }
  return bh_desk_forbid ("badge",
                         "the store is out of reach, and this badge has signed nobody in at this "
                         "window before; sign in by login and PIN, or wait for the store",
                         error);
}

gboolean
bh_desk_sign_in_as_away (BhDesk *self, const char *login, GError **error)
{
  BhAcquainted *known = find (self, login);

  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  return known != NULL
             ? bh_desk_seat (self, &known->row, error)
             : bh_desk_forbid (login, "not known here while the store is out of reach", error);
}
