/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2: who is at the desk, and a bounded number of wrong PINs. */

#include <string.h>

#include "backhaul/operators.h"
#include "desk-private.h"

#define MAX_LOGIN 64

/* Nobody has a PIN: who is on record acts in their role, who is not only while nobody is. */
static gboolean
open_desk (BhDesk *self, GError **error)
{
  g_autoptr (BhOperatorRow) row = NULL;
  gboolean any = FALSE;

  if (!bh_store_any_operator (self->store, &any, error) ||
      !bh_store_find_operator (self->store, self->operator, & row, error))
    return FALSE;
  self->unenrolled = !any;
  self->signed_in = TRUE;
  self->role = BH_ROLE_SUPERVISOR;
  self->authorised = !any || (row != NULL && row->authorised);
  if (!any || (row != NULL && !row->disabled && bh_role_parse (row->role, &self->role)))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
               "%s: not an operator of this store; ask an administrator to enrol you",
               self->operator);
  return FALSE;
}

gboolean
bh_desk_admit (BhDesk *self, GError **error)
{
  gboolean any = FALSE;

  if (!bh_store_any_pin (self->store, &any, error))
    return FALSE;
  self->pins = any;
  self->signed_in = FALSE;
  return any || open_desk (self, error);
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

/* ---- tries ------------------------------------------------------------------------ */

/* What is counted: a person at a station; all at a station; a person anywhere, as a station is
 * but a name that is told. */
typedef struct {
  const char *station;
  const char *login;
  gint64 most;
} Count;

static void
counts_of (BhDesk *self, const char *login, Count counts[3])
{
  counts[0] = (Count){ self->station, login, self->policy.sign_in_tries };
  counts[1] = (Count){ self->station, "", self->policy.sign_in_station_tries };
  counts[2] = (Count){ "", login, self->policy.sign_in_station_tries };
}

static gboolean
count_one (BhDesk *self, const Count *count, gint64 now_us, GError **error)
{
  gint64 wait_us = (gint64) self->policy.sign_in_wait_minutes * 60 * G_USEC_PER_SEC;
  gint64 wrong;
  gint64 last_us;
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *time = NULL;

  if (!bh_store_sign_in_tries (self->store, count->station, count->login, &wrong, &last_us,
                               error) ||
      !bh_store_count_sign_in_try (self->store, count->station, count->login, now_us - wait_us,
                                   now_us, &wrong, error))
    return FALSE;
  if (wrong <= count->most)
    return TRUE;
  /* not committed: a try that is not looked at prolongs nothing */
  until = g_date_time_new_from_unix_local ((last_us + wait_us) / G_USEC_PER_SEC + 1);
  time = g_date_time_format (until, "%H:%M:%S");
  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
               "sign-in: too many wrong PINs; wait until %s, or ask an administrator", time);
  return FALSE;
}

/* Counts the try as a wrong one, and waits after too many: before it is looked at. */
static gboolean
count_try (BhDesk *self, const char *login, gint64 now_us, BhOperatorRow **row, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);
  Count counts[3];

  if (tx == NULL)
    return FALSE;
  counts_of (self, login, counts);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!count_one (self, &counts[i], now_us, error))
      return FALSE;
  return bh_store_find_operator (self->store, login, row, error) && bh_tx_commit (tx, error);
}

/* It was a right one: the person's are forgotten, of all others one less is counted. */
static gboolean
forget_try (BhDesk *self, const char *login, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);
  Count counts[3];

  if (tx == NULL)
    return FALSE;
  counts_of (self, login, counts);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    gint64 wrong;
    gint64 last_us;

    if (!bh_store_sign_in_tries (self->store, counts[i].station, counts[i].login, &wrong, &last_us,
                                 error) ||
        !(i == 0 ? bh_store_clear_sign_in_tries (self->store, self->station, login, error)
                 : bh_store_set_sign_in_tries (self->store, counts[i].station, counts[i].login,
                                               MAX (wrong - 1, 0), last_us, error)))
      return FALSE;
  }
  return bh_tx_commit (tx, error);
}

/* ---- signing in and out ------------------------------------------------------------- */

static gboolean
is_login (const char *login)
{
  return *login != '\0' && strlen (login) <= MAX_LOGIN && g_utf8_validate (login, -1, NULL);
}

static gboolean
forbid (const char *login, const char *why, GError **error)
{
  g_autofree char *shown = g_strescape (login, "");

  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN, "%s: %s", shown, why);
  return FALSE;
}

static gboolean
take (BhDesk *self, const BhOperatorRow *row, GError **error)
{
  if (row->disabled)
    return forbid (row->login, "disabled; ask an administrator", error);
  if (!bh_desk_may_be (self, row->login, error))
    return FALSE;
  if (!bh_role_parse (row->role, &self->role))
    return forbid (row->login, "a role that this program does not know; bring it up to date",
                   error);
  if (self->operator!= row->login) {
    g_free (self->operator);
    self->operator= g_strdup (row->login);
  }
  self->authorised = row->authorised;
  self->signed_in = TRUE;
  return TRUE;
}

gboolean
bh_desk_sign_in (BhDesk *self, const char *login, const char *pin, gint64 now_us, GError **error)
{
  static const char wrong[] = "no such login, or a wrong PIN; try again";
  const char *who = login != NULL ? login : self->operator;
  g_autoptr (BhOperatorRow) row = NULL;

  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  if (!is_login (who))
    return forbid ("sign-in", wrong, error);
  if (!count_try (self, who, now_us, &row, error))
    return FALSE;
  if (!bh_pin_matches (row != NULL ? row->pin_hash : NULL, pin)) {
    if (row != NULL && row->pin_hash == NULL && !row->disabled)
      return forbid (who, "no PIN is set yet; ask an administrator for `operator pin`", error);
    return forbid (who, wrong, error);
  }
  return forget_try (self, who, error) && take (self, row, error);
}

gboolean
bh_desk_sign_in_as (BhDesk *self, const char *login, GError **error)
{
  g_autoptr (BhOperatorRow) row = NULL;

  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  if (!bh_store_find_operator (self->store, login, &row, error))
    return FALSE;
  return row != NULL ? take (self, row, error)
                     : forbid (login, "not on record any more; ask an administrator", error);
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
