/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/mail.h"
#include "cli.h"

/* A mail as it goes out. */
void cli_show_message (Cli *cli, const BhMail *mail, const BhMessage *message, gboolean html);
/* A template filled with an example; @kind NULL: tells of every template whether it is
 * good. */
int
cli_preview_mail (Cli *cli, BhDesk *desk, const char *kind, const char *language, gboolean html);
