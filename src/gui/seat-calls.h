/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "away.h"
#include "calls.h"

G_BEGIN_DECLS

/* Who wants to be at a desk: by login and PIN, by a badge, or, at another desk than that of the
 * PIN or badge, by the login alone. */
typedef struct {
  const char *login;
  const char *pin;
  const char *badge;
} BhSeatWish;

/* @away: (nullable): where there is a journal a store that does not answer keeps nobody out who
 * has signed in here before (bh_desk_sign_in_away()). Finished by bh_call_open_finish(). */
void bh_call_seat_async (BhWorker *worker, BhAway *away, const BhSeatWish *wish,
                         GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
