/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/bench.h"
#include "cli.h"

/* All of a job, into an object that is begun; entries and results when it has them. */
void cli_set_job (JsonBuilder *object, const BhJob *job);
void cli_emit_job (const BhJob *job);
/* For people. */
void cli_print_job (const BhJob *job);
void cli_print_job_row (const BhJob *job);
/* What an act answers: the job as it is now. Returns the exit status. */
int cli_answer_job (Cli *cli, BhDesk *desk, const char *job, gint64 now_us);

/* `bench log`, `bench report` and `bench return`, which have files of their own. */
int cli_bench_log (Cli *cli, int argc, char **argv);
int cli_bench_report (Cli *cli, int argc, char **argv);
int cli_bench_return (Cli *cli, int argc, char **argv);
