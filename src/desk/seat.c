/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2: in whose name the desk acts, and what follows when that person's rights change while
 * they are at it. */

#include "backhaul/operators.h"
#include "sign-in-private.h"

gboolean
bh_desk_forbid (const char *who, const char *why, GError **error)
{
  g_autofree char *shown = g_strescape (who, "");

  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN, "%s: %s", shown, why);
  return FALSE;
}

/* Nobody has a PIN: who is on record acts in their role, who is not only while nobody is. */
static gboolean
open_desk (BhDesk *self, GError **error)
{
  g_autoptr (BhOperatorRow) row = NULL;
  gboolean any = FALSE;

  if (!bh_store_any_operator (self->store, &any, error) ||
      !bh_store_find_operator (self->store, self->operator, & row, error))
    return FALSE;
  self->pins = FALSE;
  self->unenrolled = !any;
  self->signed_in = TRUE;
  self->role = BH_ROLE_SUPERVISOR;
  self->authorised = !any || (row != NULL && row->authorised);
  if (!any || (row != NULL && !row->disabled && bh_role_parse (row->role, &self->role)))
    return TRUE;
  return bh_desk_forbid (self->operator,
                         "not an operator of this store; ask an administrator to enrol you", error);
}

/* A store that cannot be asked changes nothing: the next act asks again. */
gboolean
bh_desk_admit (BhDesk *self, GError **error)
{
  gboolean any = FALSE;

  if (!bh_store_any_pin (self->store, &any, error))
    return FALSE;
  if (!any)
    return open_desk (self, error);
  self->pins = TRUE;
  self->unenrolled = FALSE;
  self->signed_in = FALSE;
  return TRUE;
}

gboolean
bh_desk_seat (BhDesk *self, const BhOperatorRow *row, GError **error)
{
  if (row->disabled)
    return bh_desk_forbid (row->login, "disabled; ask an administrator", error);
  if (!bh_desk_may_be (self, row->login, error))
    return FALSE;
  if (!bh_role_parse (row->role, &self->role))
    return bh_desk_forbid (row->login,
                           "a role that this program does not know; bring it up to date", error);
  if (self->operator!= row->login) {
    g_free (self->operator);
    self->operator= g_strdup (row->login);
  }
  self->authorised = row->authorised;
  self->signed_in = TRUE;
  return TRUE;
}

gboolean
bh_desk_reseat (BhDesk *self, GError **error)
{
  g_autoptr (BhOperatorRow) row = NULL;
  gboolean any = FALSE;

  if (!bh_store_any_pin (self->store, &any, error))
    return FALSE;
  /* the first PIN closes an open desk, and it opens where a copy without any is put back */
  if (!any || !self->pins)
    return bh_desk_admit (self, error);
  if (!bh_desk_know_all_anew (self, error))
    return FALSE;
  if (!self->signed_in)
    return TRUE;
  if (!bh_store_find_operator (self->store, self->operator, & row, error))
    return FALSE;
  if (row == NULL || !bh_desk_seat (self, row, NULL))
    self->signed_in = FALSE;
  return TRUE;
}

/* ---- in the name of somebody who was here ------------------------------------------------ */

gboolean
bh_desk_stand_in (BhDesk *self, const char *login, const char *dock, BhSitting *kept,
                  GError **error)
{
  if (!bh_desk_may_be (self, login, error) || !bh_desk_refresh (self, error))
    return FALSE;
  *kept = (BhSitting){ self->operator, self->dock, self->role,
                       self->unenrolled,           self->signed_in,
                       self->authorised,           g_strdup (self->rules) };
  self->operator= g_strdup (login);
  self->dock = g_strdup (dock);
  return TRUE;
}

gboolean
bh_desk_stands_in_for (BhDesk *self, BhMay act, GError **error)
{
  g_autoptr (BhOperatorRow) row = NULL;

  self->signed_in = FALSE;
  if (!self->pins)
    return open_desk (self, error) && bh_desk_require (self, act, error);
  if (!bh_store_find_operator (self->store, self->operator, & row, error))
    return FALSE;
  if (row == NULL)
    return bh_desk_forbid (self->operator, "not on record any more; ask an administrator", error);
  return bh_desk_seat (self, row, error) && bh_desk_require (self, act, error);
}

void
bh_desk_stand_back (BhDesk *self, BhSitting *kept)
{
  g_free (self->operator);
  g_free (self->dock);
  self->operator= g_steal_pointer (&kept->operator);
  self->dock = g_steal_pointer (&kept->dock);
  self->role = kept->role;
  self->unenrolled = kept->unenrolled;
  self->signed_in = kept->signed_in;
  self->authorised = kept->authorised;
  /* rights that changed meanwhile were read for the other one: whoever is here is looked up again
   */
  if (g_strcmp0 (self->rules, kept->rules) != 0)
    g_clear_pointer (&self->rules, g_free);
  g_clear_pointer (&kept->rules, g_free);
}

gboolean
bh_desk_needs_pin (BhDesk *self)
{
  return !self->signed_in;
}

gboolean
bh_desk_has_pins (BhDesk *self)
{
  return self->pins;
}

void
bh_desk_sign_out (BhDesk *self)
{
  if (self->pins)
    self->signed_in = FALSE;
}

gboolean
bh_desk_authorised (BhDesk *self)
{
  return self->signed_in && self->authorised;
}
