/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/receive.h"
#include "cli.h"

/* The keys of a verdict, into an object begun by cli_object(). */
void cli_set_outcome (JsonBuilder *object, const BhOutcome *outcome);
/* One line: JSON with --json, else text. */
void cli_show_outcome (Cli *cli, const BhOutcome *outcome);
/* "charge": {"amount","currency","at"}, or null when @amount is */
void cli_set_charge (JsonBuilder *object, const char *amount, const char *currency, gint64 at_us);
