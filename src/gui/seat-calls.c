/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "seat-calls.h"

#include "backhaul/badge.h"
#include "backhaul/operators.h"

typedef struct {
  BhAway *away;
  char *login;
  char *pin;
  char *badge;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_clear_object (&self->away);
  bh_pin_free (self->pin);
  bh_badge_free (self->badge);
  g_free (self->login);
  g_free (self);
}

static gboolean
seat_on_line (BhDesk *desk, const Wish *wish, GError **error)
{
  if (wish->badge != NULL)
    return bh_desk_sign_in_badge (desk, wish->badge, bh_now_us (), error);
  return wish->pin != NULL ? bh_desk_sign_in (desk, wish->login, wish->pin, bh_now_us (), error)
                           : bh_desk_sign_in_as (desk, wish->login, error);
}

static gboolean
seat_away (BhDesk *desk, const Wish *wish, GError **error)
{
  gboolean ok;

  if (wish->pin == NULL && wish->badge == NULL)
    return bh_desk_sign_in_as_away (desk, wish->login, error);
  ok = wish->badge != NULL
           ? bh_desk_sign_in_badge_away (desk, wish->badge, bh_now_us (), error)
           : bh_desk_sign_in_away (desk, wish->login, wish->pin, bh_now_us (), error);
  bh_away_remember_tries (wish->away, desk);
  return ok;
}

static gboolean
seat (BhDesk *desk, const Wish *wish, GError **error)
{
  gboolean proven = wish->pin == NULL && wish->badge == NULL;
  g_autoptr (GError) why = NULL;

  /* a desk that was opened after the store came back has not met who came before */
  if (wish->away != NULL && bh_away_is_out (wish->away))
    return seat_away (desk, wish, proven ? NULL : error) ||
           (proven && seat_on_line (desk, wish, error));
  if (seat_on_line (desk, wish, &why))
    return TRUE;
  if (wish->away == NULL || !g_error_matches (why, BH_ERROR, BH_ERROR_LOST)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  /* boxes go by the desk at which people prove who they are */
  if (!proven)
    bh_away_leave (wish->away);
  return seat_away (desk, wish, error);
}

static gpointer
run_seat (BhDesk *desk, gpointer data, GError **error)
{
  return seat (desk, data, error) ? bh_place_of (desk) : NULL;
}

void
bh_call_seat_async (BhWorker *worker, BhAway *away, const BhSeatWish *wish,
                    GAsyncReadyCallback callback, gpointer data)
{
  Wish *own = g_new0 (Wish, 1);

  *own = (Wish){ away != NULL ? g_object_ref (away) : NULL, g_strdup (wish->login),
                 g_strdup (wish->pin), g_strdup (wish->badge) };
  bh_worker_run (worker, run_seat, own, wish_free, (GDestroyNotify) bh_place_free, callback, data);
}
