/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/cases.h"
#include "cli.h"

/* F2's columns of one case: a JSON line, or aligned text. */
void cli_case_row (Cli *cli, const BhCaseRow *row);
/* A case with its RMAs, clocks, escalations and history. */
void cli_show_case (Cli *cli, const BhCasePage *page);
