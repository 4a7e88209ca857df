/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/mail.h"
#include "cli.h"

/* A row of `mail list`. */
void cli_show_mail (Cli *cli, const BhMail *mail);
/* The mail as it stands now; the exit code. */
int cli_answer_mail (Cli *cli, BhDesk *desk, const char *mail);
