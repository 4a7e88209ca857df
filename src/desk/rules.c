/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What clocks are counted by, policy and calendars, and who may do what, is read once and kept; a
 * stamp in the store tells when another station changed it (C11, RULES §2). */

#include "backhaul/link.h"
#include "desk-private.h"

#define STAMP "rules.version"

/* Policy rows that a newer program wrote are no reason to stop a dock. */
static gboolean
read_policy (BhDesk *self, GError **error)
{
  gsize n = 0;
  const BhPolicyKey *keys = bh_policy_keys (&n);
  BhPolicy policy;

  bh_policy_init (&policy);
  for (gsize i = 0; i < n; i++) {
    g_autoptr (GError) local = NULL;
    g_autofree char *value = bh_store_get_setting (self->store, keys[i].key, &local);

    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (value != NULL && !bh_policy_set (&policy, keys[i].key, value, error))
      return FALSE;
  }
  /* read whole, or not at all */
  self->policy = policy;
  return TRUE;
}

static gboolean
stamp_of (BhDesk *self, char **stamp, GError **error)
{
  g_autoptr (GError) local = NULL;

  *stamp = bh_store_get_setting (self->store, STAMP, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The stamp is read first: what changes after it is read again. */
gboolean
bh_desk_load_policy (BhDesk *self, GError **error)
{
  g_autofree char *stamp = NULL;

  if (!stamp_of (self, &stamp, error) || !read_policy (self, error))
    return FALSE;
  g_free (self->rules);
  self->rules = g_steal_pointer (&stamp);
  return TRUE;
}

void
bh_desk_drop_calendars (BhDesk *self)
{
  GHashTableIter iter;
  gpointer calendar;

  g_hash_table_iter_init (&iter, self->calendars);
  while (g_hash_table_iter_next (&iter, NULL, &calendar))
    g_ptr_array_add (self->retired, bh_calendar_ref (calendar));
  g_hash_table_remove_all (self->calendars);
}

/* A desk that was opened without its store sees it for the first time: as bh_desk_open() does. */
static gboolean
meet_store (BhDesk *self, GError **error)
{
  bh_desk_drop_calendars (self);
  if (!bh_store_follow_clock (self->store, &self->clock_off_us, error) ||
      !bh_desk_take_own_login (self, NULL, error) || !bh_desk_load_policy (self, error) ||
      !bh_desk_reseat (self, error))
    return FALSE;
  self->blind = FALSE;
  return TRUE;
}

gboolean
bh_desk_refresh (BhDesk *self, GError **error)
{
  g_autofree char *stamp = NULL;

  if (self->blind)
    return meet_store (self, error);
  if (!stamp_of (self, &stamp, error))
    return FALSE;
  if (g_strcmp0 (stamp, self->rules) == 0)
    return TRUE;
  bh_desk_drop_calendars (self);
  if (!bh_desk_load_policy (self, error))
    return FALSE;
  if (bh_desk_reseat (self, error))
    return TRUE;
  /* asked for again by the next */
  g_clear_pointer (&self->rules, g_free);
  return FALSE;
}

/* An act was allowed by the rights of before: it is not done by those of now, which may be none. */
static gboolean
refresh_alike (BhDesk *self, GError **error)
{
  gboolean signed_in = self->signed_in;
  gboolean authorised = self->authorised;
  BhRole role = self->role;

  if (!bh_desk_refresh (self, error))
    return FALSE;
  if (!signed_in || (self->signed_in && self->role == role && (self->authorised || !authorised)))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
               self->signed_in
                   ? "%s: your rights were changed just now, and nothing was done; try again"
                   : "%s: not signed in any more, and nothing was done; sign in",
               self->operator);
  return FALSE;
}

BhTx *
bh_desk_begin (BhDesk *self, GError **error)
{
  g_autoptr (BhTx) tx = bh_store_begin_write (self->store, error);

  if (tx == NULL || !bh_store_lock_rules (self->store, FALSE, error) ||
      !refresh_alike (self, error))
    return NULL;
  return g_steal_pointer (&tx);
}

BhTx *
bh_desk_begin_rules (BhDesk *self, GError **error)
{
  g_autoptr (BhTx) tx = bh_store_begin_write (self->store, error);
  g_autofree char *stamp = g_uuid_string_random ();

  if (tx == NULL || !bh_store_lock_rules (self->store, TRUE, error) ||
      !refresh_alike (self, error) || !bh_store_set_setting (self->store, STAMP, stamp, error))
    return NULL;
  return g_steal_pointer (&tx);
}
