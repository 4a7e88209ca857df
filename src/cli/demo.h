/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

/* The sample operation, and beside a store in a file the practice boxes. */
int cli_make_demo (Cli *cli, BhDesk *desk);
