/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/returns.h"
#include "cli.h"

/* The objects that several commands answer with, each written in one place. */

/* F1's columns of one line, into an object begun by cli_object(). */
void cli_set_row (JsonBuilder *object, const BhReturnRow *row);
/* "kind", "state", "started", "due" */
void cli_set_clock (JsonBuilder *object, const BhClockRow *clock);
/* All of `rma show`; the caller may add keys, and emits. */
void cli_set_rma (JsonBuilder *object, const BhRmaPage *page);
/* One line: JSON with --json, else aligned text. */
void cli_row (Cli *cli, const BhReturnRow *row);
/* Text padded to @width characters, not bytes. */
void cli_cell (const char *text, int width);
void cli_show_rma (Cli *cli, const BhRmaPage *page);
/* What an act on an RMA answers: the RMA as it is now. Returns the exit status. */
int cli_answer_rma (Cli *cli, BhDesk *desk, const char *rma, gint64 now_us);
