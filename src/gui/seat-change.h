/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "away.h"
#include "calls.h"
#include "dock-page.h"
#include "senders.h"

G_BEGIN_DECLS

/**
 * SECTION:seat-change
 *
 * Puts another person, or nobody, at all desks of the window. What was scanned before is saved
 * first, in the name of who scanned it: a change waits for the dock.
 *
 * Signals: "seated" (#BhPlace): it is done; "refused" (text): why not, and nobody is there.
 */
#define BH_TYPE_SEAT_CHANGE (bh_seat_change_get_type ())
G_DECLARE_FINAL_TYPE (BhSeatChange, bh_seat_change, BH, SEAT_CHANGE, GObject)

/* @away: (nullable); @senders, @dock: the window's */
BhSeatChange *bh_seat_change_new (BhWorker *acts, BhWorker *reads, BhAway *away, BhSenders *senders,
                                  BhDockPage *dock);
/* The window goes, and the two with it. */
void bh_seat_change_end (BhSeatChange *self);
void bh_seat_change_to_nobody (BhSeatChange *self);
void bh_seat_change_by_pin (BhSeatChange *self, const char *login, const char *pin);
void bh_seat_change_by_badge (BhSeatChange *self, const char *badge);
/* A person is on their way in. */
gboolean bh_seat_change_is_busy (BhSeatChange *self);

G_END_DECLS
