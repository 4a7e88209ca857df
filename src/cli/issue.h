/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/issue.h"
#include "cli.h"

/* The words of `rma` that issue, change and end (RULES §3): argv[0] is "rma". */
int cli_rma_new (Cli *cli, int argc, char **argv);
int cli_rma_confirm (Cli *cli, int argc, char **argv);
int cli_rma_edit (Cli *cli, int argc, char **argv);
int cli_rma_flag (Cli *cli, int argc, char **argv);
int cli_rma_cancel (Cli *cli, int argc, char **argv);
int cli_rma_close (Cli *cli, int argc, char **argv);
int cli_rma_check (Cli *cli, int argc, char **argv);
int cli_rma_queue (Cli *cli, int argc, char **argv);

/* N2–N4 under "coverage": what covers a unit, from when to when, why, what it grants. */
void cli_set_coverage (JsonBuilder *object, const BhCoverage *coverage, BhDay on);
/* The same as a line for people. */
void cli_print_coverage (const BhCoverage *coverage);
