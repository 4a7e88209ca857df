/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

/* The words of `rma` about certificates of destruction (C8): argv[0] is "rma". */
int cli_rma_destroy (Cli *cli, int argc, char **argv);
int cli_rma_certificate (Cli *cli, int argc, char **argv);
/* The replacement came to the customer (C1, F4). */
int cli_rma_replacement (Cli *cli, int argc, char **argv);
int cli_rma_delivered (Cli *cli, int argc, char **argv);
