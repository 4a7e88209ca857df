/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2: who is at the desk, and a bounded number of wrong PINs. */

#include <string.h>

#include "backhaul/issue.h"
#include "backhaul/operators.h"
#include "sign-in-private.h"

#define MAX_LOGIN 64

/* ---- tries ------------------------------------------------------------------------ */

/* What is counted: a person at a station; all at a station; a person anywhere, as a station is
 * but a name that is told. */
typedef struct {
  const char *station;
  const char *login;
  gint64 most;
  const char *what; /* of which there were too many */
} Count;

static void
counts_of (BhDesk *self, const char *login, Count counts[3])
{
  counts[0] = (Count){ self->station, login, self->policy.sign_in_tries, "wrong PINs" };
  counts[1] = (Count){ self->station, "", self->policy.sign_in_station_tries, "wrong PINs" };
  counts[2] = (Count){ "", login, self->policy.sign_in_station_tries, "wrong PINs" };
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
               "sign-in: too many %s; wait until %s, or ask an administrator", count->what, time);
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
forget_try (BhDesk *self, const char *login, gint64 now_us, GError **error)
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
  return bh_store_set_seen (self->store, login, self->station, now_us, error) &&
         bh_tx_commit (tx, error);
}

/* ---- signing in ------------------------------------------------------------- */

static gboolean
is_login (const char *login)
{
  return *login != '\0' && strlen (login) <= MAX_LOGIN && g_utf8_validate (login, -1, NULL);
}

gboolean
bh_desk_sign_in (BhDesk *self, const char *login, const char *pin, gint64 now_us, GError **error)
{
  static const char wrong[] = "no such login, or a wrong PIN; try again";
  const char *who = login != NULL ? login : self->operator;
  g_autoptr (BhOperatorRow) row = NULL;

  /* another station may have set the first PIN */
  if (!bh_desk_refresh (self, error))
    return FALSE;
  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  if (!is_login (who))
    return bh_desk_forbid ("sign-in", wrong, error);
  if (!count_try (self, who, now_us, &row, error))
    return FALSE;
  if (!bh_pin_matches (row != NULL ? row->pin_hash : NULL, pin)) {
    if (row != NULL && row->pin_hash == NULL && !row->disabled)
      return bh_desk_forbid (who, "no PIN is set yet; ask an administrator for `operator pin`",
                             error);
    return bh_desk_forbid (who, wrong, error);
  }
  if (!forget_try (self, who, now_us, error) || !bh_desk_seat (self, row, error))
    return FALSE;
  bh_desk_know (self, row);
  return TRUE;
}

gboolean
bh_desk_sign_in_as (BhDesk *self, const char *login, GError **error)
{
  g_autoptr (BhOperatorRow) row = NULL;

  if (!bh_desk_refresh (self, error))
    return FALSE;
  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  if (!bh_store_find_operator (self->store, login, &row, error))
    return FALSE;
  if (row == NULL)
    return bh_desk_forbid (login, "not on record any more; ask an administrator", error);
  if (!bh_desk_seat (self, row, error))
    return FALSE;
  bh_desk_know (self, row);
  return TRUE;
}

/* ---- badges ------------------------------------------------------------------------- */

/* Not a login, which has no blanks: unknown badges at a station are counted apart from wrong PINs,
 * so that who tries one does not keep others from the other. */
#define ANY_BADGE " badge"

/* A disabled person's badge is no accident: it is written down as theirs. */
static gboolean
note_disabled (BhDesk *self, const BhOperatorRow *row, gint64 now_us, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("operator:", row->login, NULL);
  char *operator= self->operator;
  gboolean ok;

  self->operator= row->login;
  ok = bh_desk_audit (self, act, "badge-refused", entity, NULL, "disabled", now_us, error);
  self->operator= operator;
  return ok;
}

/* Counts it as an unknown one, and waits after too many: before it is looked for. */
static gboolean
try_badge (BhDesk *self, const char *hash, gint64 now_us, BhOperatorRow **row, GError **error)
{
  const Count count = { self->station, ANY_BADGE, self->policy.sign_in_station_tries,
                        "unknown badges" };
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);
  gint64 wrong;
  gint64 last_us;

  *row = NULL;
  if (tx == NULL || !count_one (self, &count, now_us, error) ||
      (hash != NULL && !bh_store_find_badge (self->store, hash, row, error)))
    return FALSE;
  if (*row != NULL && (*row)->disabled && !note_disabled (self, *row, now_us, error))
    return FALSE;
  if (*row != NULL && !(*row)->disabled &&
      (!bh_store_sign_in_tries (self->store, self->station, ANY_BADGE, &wrong, &last_us, error) ||
       !bh_store_set_sign_in_tries (self->store, self->station, ANY_BADGE, MAX (wrong - 1, 0),
                                    last_us, error) ||
       !bh_store_set_seen (self->store, (*row)->login, self->station, now_us, error)))
    return FALSE;
  return bh_tx_commit (tx, error);
}

gboolean
bh_desk_sign_in_badge (BhDesk *self, const char *badge, gint64 now_us, GError **error)
{
  g_autofree char *hash = bh_badge_hash (badge);
  g_autoptr (BhOperatorRow) row = NULL;

  if (!bh_desk_refresh (self, error))
    return FALSE;
  if (!self->pins)
    return TRUE;
  bh_desk_sign_out (self);
  if (!try_badge (self, hash, now_us, &row, error))
    return FALSE;
  if (row == NULL)
    return bh_desk_forbid ("badge",
                           "not known here, or replaced by a newer one; sign in by login and PIN, "
                           "or ask an administrator for a badge",
                           error);
  if (!bh_desk_seat (self, row, error))
    return FALSE;
  bh_desk_know (self, row);
  bh_desk_know_badge (self, row->login, hash);
  return TRUE;
}
