/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Plays ui/sounds/NAME.wav: "accept", "hold", "refuse", "fault", "provisional",
 * "provisional-aside" (S12); NULL: nothing.
 * Never waits; silent where there is no device. */
void bh_sounds_play (const char *name);

G_END_DECLS
