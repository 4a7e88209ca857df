/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/clocks.h"
#include "cli.h"

/* Gathers the clocks that move (C11); progress goes to a terminal. */
BhClockWatch cli_clock_watch (void);
/* Tells them as {"rma","kind","from","to"} when the act was @done, else its @error.
 * Returns the exit status. */
int cli_clock_watch_end (Cli *cli, BhClockWatch *watch, gboolean done, GError *error);
/* The keys of `clock show`, with the working, into an object that was begun. */
void cli_set_clock_view (JsonBuilder *object, const BhClockView *clock);
/* One clock with its working, as `clock show`. */
void cli_answer_clock (Cli *cli, const BhClockView *clock);
