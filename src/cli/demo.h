/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

/* The sample operation; beside a store in a file also practice/ with a sheet of
 * practice boxes and pictures of some. */
int cli_make_demo (Cli *cli, BhDesk *desk);
/* A box for each rule, to print and to scan. */
int cli_practice_sheet (Cli *cli, BhDesk *desk, const char *path);
